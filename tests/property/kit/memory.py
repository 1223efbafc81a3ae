"""The few calls the projector makes of a database, in memory, with transactions, and with an end at any of them."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from types import SimpleNamespace
from typing import Any

from bson import DEFAULT_CODEC_OPTIONS, Binary
from pymongo import InsertOne, ReplaceOne, UpdateOne
from pymongo.errors import AutoReconnect, BulkWriteError

Row = dict[str, Any]


class Killed(BaseException):
    """The process ends here. Not an Exception: nothing may catch it."""


class Memory:
    """Collections by name. `end_at` the n-th call from now: `kill` or, with `lose`, only the connection is lost."""

    codec_options: Any = DEFAULT_CODEC_OPTIONS

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Row]] = {}
        self.ended_sessions: list[Binary] = []
        self.admin = SimpleNamespace(command=self._command)
        self._calls_left: int | None = None
        self._kill = True

    def end_at(self, call: int | None, *, lose: bool = False) -> None:
        """Arm (or with None disarm) the end."""
        self._calls_left, self._kill = call, not lose

    def step(self) -> None:
        """A call reaches the server, or does not."""
        if self._calls_left is None:
            return
        self._calls_left -= 1
        if self._calls_left < 0:
            self._calls_left = None
            raise Killed if self._kill else AutoReconnect("connection lost")

    def start_session(self) -> "Session":
        """A session of its own id."""
        return Session(self)

    def __getitem__(self, name: str) -> "Collection":
        return Collection(self, name)

    def get_collection(self, name: str, **_: Any) -> "Collection":
        """The same; nothing here depends on options."""
        return self[name]

    def list_collection_names(self) -> list[str]:
        """Names of what holds anything."""
        return list(self.rows)

    def create_collection(self, name: str) -> None:
        """Nothing needs to be done."""
        self.rows.setdefault(name, {})

    def _command(self, command: Row) -> None:
        self.step()
        self.ended_sessions.extend(row["id"] for row in command["killSessions"])


class Session:
    """A transaction is everything or nothing; its end may come before or after the server has committed."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.session_id = {"id": Binary(uuid.uuid4().bytes, 4)}

    def with_transaction(self, work: Callable[["Session"], None], **_: Any) -> None:
        """As the driver's, without its retries."""
        before = deepcopy(self._memory.rows)
        try:
            work(self)
            self._memory.step()
        except BaseException:
            self._memory.rows = before
            raise
        self._memory.step()


class Collection:
    """One collection."""

    def __init__(self, memory: Memory, name: str) -> None:
        self._memory, self._name = memory, name

    @property
    def _rows(self) -> dict[str, Row]:
        return self._memory.rows.setdefault(self._name, {})

    def find(self, query: Row, batch_size: int = 0) -> Iterator[Row]:
        """Only by a list of ids."""
        self._memory.step()
        return iter([deepcopy(self._rows[one]) for one in query["_id"]["$in"] if one in self._rows])

    def find_one(self, query: Row) -> Row | None:
        """Only by id."""
        self._memory.step()
        return deepcopy(self._rows.get(query["_id"]))

    def find_one_and_update(self, query: Row, update: Row, return_document: bool) -> Row | None:
        """The row as it is afterwards."""
        self.update_one(query, update)
        return deepcopy(self._rows.get(query["_id"]))

    def update_one(self, query: Row, update: Row, upsert: bool = False, session: Any = None) -> SimpleNamespace:
        """By id and further equal fields."""
        self._memory.step()
        return SimpleNamespace(matched_count=self._updated(query, update, upsert))

    def update_many(self, query: Row, update: Row, session: Any = None) -> None:
        """By a list of ids, or of letters."""
        self._memory.step()
        for row in self._having(query):
            _apply(row, update)

    def delete_many(self, query: Row, session: Any = None) -> None:
        """By equal fields."""
        self._memory.step()
        gone = [one for one, row in self._rows.items() if all(row.get(f) == v for f, v in query.items())]
        for one in gone:
            del self._rows[one]

    def insert_one(self, row: Row, session: Any = None) -> None:
        """As many."""
        self.insert_many([row])

    def insert_many(self, rows: Iterable[Row], session: Any = None) -> None:
        """With ids of their own when they have none."""
        self._memory.step()
        for row in rows:
            identity = row.setdefault("_id", uuid.uuid4().hex)
            self._rows[identity] = deepcopy(row)

    def bulk_write(self, operations: Iterable[Any], ordered: bool = True, session: Any = None) -> SimpleNamespace:
        """Inserts, replacements and updates; a second insert of one id is refused as by the server."""
        self._memory.step()
        matched = 0
        for operation in operations:
            match operation:
                case InsertOne(_doc=row):
                    if row["_id"] in self._rows:
                        raise BulkWriteError({"writeErrors": [{"code": 11000}]})
                    self._rows[row["_id"]] = deepcopy(dict(row))
                case ReplaceOne(_filter=query, _doc=row):
                    assert query["_id"] in self._rows, "replaced what is not there"
                    self._rows[query["_id"]] = deepcopy(dict(row))
                    matched += 1
                case UpdateOne(_filter=query, _doc=update, _upsert=upsert):
                    matched += self._updated(query, update, bool(upsert))
                case _:
                    raise NotImplementedError(operation)
        return SimpleNamespace(matched_count=matched)

    def create_index(self, *_: Any, **__: Any) -> None:
        """Nothing here is slow."""

    def _updated(self, query: Any, update: Any, upsert: bool) -> int:
        """How many were matched, or made: 1 or 0."""
        row = self._rows.get(query["_id"])
        if row is not None and any(row.get(field) != value for field, value in query.items()):
            return 0
        if row is None:
            if not upsert:
                return 0
            row = self._rows[query["_id"]] = {"_id": query["_id"], **deepcopy(update.get("$setOnInsert", {}))}
        _apply(row, update)
        return 1

    def _having(self, query: Row) -> list[Row]:
        ((field, condition),) = query.items()
        wanted = condition["$in"]
        return [
            row
            for row in self._rows.values()
            if (set(row[field]) & set(wanted) if isinstance(row[field], list) else row[field] in wanted)
        ]


def _apply(row: Row, update: Row) -> None:
    """The operators the projector uses."""
    for operator, fields in update.items():
        for field, value in fields.items():
            match operator:
                case "$set":
                    row[field] = deepcopy(value)
                case "$inc":
                    row[field] = row.get(field, 0) + value
                case "$max":
                    row[field] = max(row.get(field, value), value)
                case "$addToSet":
                    row[field] = [*row.get(field, []), *([value] if value not in row.get(field, []) else [])]
                case "$pull":
                    row[field] = [one for one in row[field] if one not in value["$in"]]
                case "$setOnInsert":
                    pass
                case _:
                    raise NotImplementedError(operator)
