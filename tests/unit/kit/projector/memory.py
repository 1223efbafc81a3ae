"""A database in memory, just enough for a projection: what `Documents` reads, and the writes it asks for.

It keeps copies, cuts instants to milliseconds as the real one does, and refuses to insert an id twice.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from pymongo import DeleteOne, InsertOne, ReplaceOne, UpdateOne

from contracts.base import EventData
from kit.journal import Fact
from kit.projector import Documents, Poison, Projection
from kit.projector.decoding import Decoder
from kit.projector.documents import load
from kit.projector.shards import Shards

Document = dict[str, Any]


class MemoryDatabase:
    """Collections by name, documents by id."""

    def __init__(self) -> None:
        self.collections: dict[str, dict[Any, Document]] = {}

    def __getitem__(self, name: str) -> "MemoryCollection":
        return MemoryCollection(self.collections.setdefault(name, {}))

    def write(self, name: str, operations: Iterable[Any]) -> None:
        """Apply a bulk write."""
        held = self.collections.setdefault(name, {})
        for operation in operations:
            if isinstance(operation, InsertOne):
                document = _stored(operation._doc)
                assert document["_id"] not in held, f"duplicate {document['_id']} in {name}"
                held[document["_id"]] = document
            elif isinstance(operation, ReplaceOne):
                document = _stored(operation._doc)
                assert document["_id"] in held, f"{document['_id']} is not in {name}"
                held[document["_id"]] = document
            elif isinstance(operation, UpdateOne):
                _update(held, operation)
            else:
                assert isinstance(operation, DeleteOne)
                held.pop(operation._filter["_id"], None)


class MemoryCollection:
    """Reads of one collection."""

    def __init__(self, held: dict[Any, Document]) -> None:
        self._held = held

    def find(self, query: Document, batch_size: int = 0) -> "Found":
        """Copies of the documents that match."""
        return Found([deepcopy(one) for one in self._held.values() if _matches(one, query)])


class Found:
    """What was found, to be ordered and cut."""

    def __init__(self, documents: list[Document]) -> None:
        self._documents = documents

    def __iter__(self) -> Iterator[Document]:
        return iter(self._documents)

    def sort(self, by: str, _direction: int) -> "Found":
        """In the order of a field."""
        return Found(sorted(self._documents, key=lambda one: one[by]))

    def limit(self, most: int) -> "Found":
        """The first of them."""
        return Found(self._documents[:most])


def _matches(document: Document, query: Document) -> bool:
    return all(_holds(document.get(name), condition) for name, condition in query.items())


def _holds(value: Any, condition: Any) -> bool:
    if not isinstance(condition, dict):
        return bool(value == condition)
    tests: dict[str, Callable[[Any], bool]] = {
        "$in": lambda wanted: value in wanted,
        "$gte": lambda bound: value >= bound,
        "$gt": lambda bound: value > bound,
        "$lt": lambda bound: value < bound,
        "$lte": lambda bound: value is not None and value <= bound,
        "$type": lambda kind: kind == "null" and value is None,
    }
    return all(tests[name](operand) for name, operand in condition.items())


def _update(held: dict[Any, Document], operation: UpdateOne) -> None:
    changes: Any = operation._doc
    identity = operation._filter["_id"]
    document = held.get(identity)
    if document is None:
        document = held[identity] = {"_id": identity, **changes.get("$setOnInsert", {})}
    for path, amount in changes.get("$inc", {}).items():
        at, leaf = _leaf(document, path)
        at[leaf] = at.get(leaf, 0) + amount
    for path, instant in changes.get("$max", {}).items():
        at, leaf = _leaf(document, path)
        at[leaf] = max(at[leaf], _stored(instant)) if leaf in at else _stored(instant)


def _leaf(document: Document, path: str) -> tuple[Document, str]:
    *above, leaf = path.split(".")
    for name in above:
        document = document.setdefault(name, {})
    return document, leaf


def _stored(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _stored(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_stored(item) for item in value]
    if isinstance(value, datetime):
        assert value.tzinfo is None, "instants are stored as UTC without tzinfo"
        return value.replace(microsecond=value.microsecond // 1000 * 1000)
    return value


@dataclass
class Record:
    """A record of a topic."""

    value: bytes | None
    headers: Sequence[tuple[str, bytes]]
    key: bytes = b""
    topic: str = "t"
    partition: int = 0
    offset: int = 0
    timestamp: int = 0

    @classmethod
    def of(cls, event: EventData) -> "Record":
        """As the relay publishes it."""
        return cls(event.to_json(), [("ce_type", event.TYPE.encode())])


@dataclass
class Folding:
    """Runs a projection over a memory database the way the projector's unit of work does."""

    projection: Projection
    db: MemoryDatabase = field(default_factory=MemoryDatabase)
    suffix: str = "_v1"
    feed: list[Document] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def home(self, collection: str) -> str:
        """The collection a logical name stands for."""
        return collection if collection in self.projection.reads else collection + self.suffix

    def batch(self, records: Sequence[Record], *, partition: int = 0, commit: bool = True) -> list[str]:
        """Fold one batch; returns why records were poison. Without `commit` it is worked out and then lost."""
        batch = Decoder(self.projection.inputs).decode(records)
        totals = Shards(partition)
        documents = Documents(self.db, self.home, totals)  # type: ignore[arg-type]
        load(self.db, self.home, [(documents, self.projection.touched(batch.kinds, batch.events, documents))])  # type: ignore[arg-type]
        self.projection.prepare(batch.kinds, batch.events, documents)
        reasons = [reason for _, reason in batch.poison]
        for kind, event in zip(batch.kinds, batch.events, strict=True):
            try:
                self.projection.fold(kind, event, documents)
            except Poison as error:
                reasons.append(str(error))
        self.projection.settle(documents)
        if commit:
            for name, operations in chain[tuple[str, Sequence[Any]]](documents.writes(), totals.writes()):
                self.db.write(name + self.suffix, operations)
            self.facts += documents.facts
            if changed := self.projection.changes([documents], totals):
                self.feed.append(changed)
        return reasons

    def documents(self, collection: str) -> dict[Any, Document]:
        """What is stored, by id."""
        return self.db.collections.get(collection + self.suffix, {})
