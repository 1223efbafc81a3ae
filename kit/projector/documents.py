"""The working set of one batch: documents loaded once, changed in memory, written once."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice, zip_longest
from typing import Any

from pymongo import DeleteOne, InsertOne, ReplaceOne, UpdateOne
from pymongo.collection import Collection
from pymongo.database import Database

Document = dict[str, Any]
Write = InsertOne[Document] | ReplaceOne[Document] | UpdateOne | DeleteOne
LOAD_AT_ONCE = 5_000


class Shard:
    """Changes to one partition's share of a total: summed over the batch, written as one `$inc`."""

    __slots__ = ("base", "latest", "sums")

    def __init__(self, base: Mapping[str, Any]) -> None:
        self.base = base
        self.sums: dict[str, int] = {}
        self.latest: dict[str, datetime] = {}


class Documents:
    """Documents of one partition during one batch, by logical collection name and `_id`.

    Filled by `load` and `load_where` before folding; in a fold only `get`, `put` and `add`. A document is written
    once, whatever happened to it.
    """

    def __init__(self, db: "Database[Document]", suffix: str, partition: int) -> None:
        self.partition = partition
        self._db = db
        self._suffix = suffix
        self._known: dict[str, dict[str, Document]] = {}
        self._stored: dict[str, set[str]] = {}
        self._changed: dict[str, dict[str, Document]] = {}
        self._shards: dict[str, dict[str, Shard]] = {}

    def load_where(self, collection: str, query: Document) -> None:
        """Fetch documents by any query; what is loaded already is kept as it is in memory."""
        for document in self._db[collection + self._suffix].find(query, batch_size=LOAD_AT_ONCE):
            self.keep(collection, document)

    def keep(self, collection: str, document: Document) -> None:
        """Take in a document as it is stored, unless it is here already."""
        identity = document["_id"]
        self._stored.setdefault(collection, set()).add(identity)
        self._known.setdefault(collection, {}).setdefault(identity, document)

    def get(self, collection: str, identity: str) -> Document | None:
        """A loaded document, or None. Change it in place, then `put` it."""
        return self._known.get(collection, {}).get(identity)

    def known(self, collection: str) -> dict[str, Document]:
        """The loaded and put documents of a collection by id, for a fold that looks up one per event."""
        return self._known.setdefault(collection, {})

    def loaded(self, collection: str) -> Iterable[Document]:
        """All loaded documents of a collection."""
        return self._known.get(collection, {}).values()

    def put(self, collection: str, document: Document) -> None:
        """Write this document, new or changed, when the batch commits."""
        identity = document["_id"]
        self._known.setdefault(collection, {})[identity] = document
        self._changed.setdefault(collection, {})[identity] = document

    def changed(self, collection: str) -> dict[str, Document]:
        """The documents put in this batch, by id."""
        return self._changed.get(collection, {})

    def add(
        self,
        collection: str,
        identity: str,
        base: Mapping[str, Any],
        sums: Mapping[str, int],
        latest: Mapping[str, datetime] | None = None,
    ) -> None:
        """Change this partition's shard of a total: contribution(new) - contribution(old).

        `base` names what the shard is of (written when it is created), `sums` are added, `latest` keeps the maximum.
        """
        shards = self._shards.setdefault(collection, {})
        name = f"{identity}|p{self.partition:02d}"
        shard = shards.get(name)
        if shard is None:
            shard = shards[name] = Shard({**base, "partition": self.partition})
        for field, amount in sums.items():
            shard.sums[field] = shard.sums.get(field, 0) + amount
        for field, instant in (latest or {}).items():
            if field not in shard.latest or shard.latest[field] < instant:
                shard.latest[field] = instant

    def shards(self, collection: str) -> dict[str, Shard]:
        """The shards changed in this batch, by id."""
        return self._shards.get(collection, {})

    def writes(self) -> dict[str, list[Write]]:
        """What to write, per physical collection: inserts for new documents (half the cost of an upsert)."""
        out: dict[str, list[Write]] = {}
        for collection, changed in self._changed.items():
            stored = self._stored.get(collection, set())
            out[collection + self._suffix] = [
                ReplaceOne({"_id": identity}, document) if identity in stored else InsertOne(document)
                for identity, document in changed.items()
            ]
        for collection, shards in self._shards.items():
            updates = [_shard_update(identity, shard) for identity, shard in shards.items()]
            out.setdefault(collection + self._suffix, []).extend(u for u in updates if u is not None)
        return {name: writes for name, writes in out.items() if writes}


Touched = Mapping[str, Iterable[str]]
"""Ids by logical collection name."""


def load(db: "Database[Document]", suffix: str, wanted: Iterable[tuple[Documents, Iterator[Touched]]]) -> None:
    """Fetch what several partitions want, stage by stage, by collection and id: one query for all of them each time.

    Twelve partitions with a handful of events each cost one round trip, not twelve. A stage is asked for when the one
    before it is in the documents.
    """
    partitions = list(wanted)
    for stage in zip_longest(*(stages for _, stages in partitions), fillvalue={}):
        homes: dict[str, dict[str, Documents]] = {}
        for (documents, _), touched in zip(partitions, stage, strict=True):
            for collection, ids in touched.items():
                homes.setdefault(collection, {}).update(dict.fromkeys(ids, documents))
        for collection, home in homes.items():
            _fetch(db[collection + suffix], collection, home)


def _fetch(source: "Collection[Document]", collection: str, home: Mapping[str, Documents]) -> None:
    everything = iter(home)
    while some := list(islice(everything, LOAD_AT_ONCE)):
        for document in source.find({"_id": {"$in": some}}, batch_size=LOAD_AT_ONCE):
            home[document["_id"]].keep(collection, document)


def _shard_update(identity: str, shard: Shard) -> UpdateOne | None:
    sums = {field: amount for field, amount in shard.sums.items() if amount}
    if not sums and not shard.latest:
        return None
    update: Document = {"$setOnInsert": dict(shard.base)}
    if sums:
        update["$inc"] = sums
    if shard.latest:
        update["$max"] = dict(shard.latest)
    return UpdateOne({"_id": identity}, update, upsert=True)
