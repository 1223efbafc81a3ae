"""A service's own small copy of what it must know of the directory: its compacted topics followed into MongoDB.

Full states replaced by key: applying one twice, or an old one after a newer, changes nothing. The positions are saved
after the writes, so a crash repeats a batch. One member outside any group: one process of a service copies.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from pydantic import ValidationError
from pymongo import ReplaceOne
from pymongo.errors import BulkWriteError

from contracts.base import EventData
from contracts.envelope import event_type
from contracts.topics import BY_TYPE, Topic
from kit import metrics
from kit.health import Check, Readiness
from kit.mongo import Client, Database, ping
from kit.topic_follower import TopicFollower

log = structlog.get_logger()

DUPLICATE_KEY = 11000


@dataclass(frozen=True, slots=True)
class Copied:
    """One kind of state: `row` makes the document of `collection`, with `_id` and `changed_at`."""

    model: type[EventData]
    collection: str
    row: Callable[[Any], dict[str, Any]]


class DirectoryCopy(TopicFollower):
    """`run` until cancelled; `caught_up` is set when the topics' ends at start were reached.

    `edition` goes up when the rows take more of a state than before: then everything is read anew. `topics` replaces
    those of the registry in tests.
    """

    def __init__(
        self,
        db: Database,
        bootstrap: str,
        service: str,
        copied: tuple[Copied, ...],
        *,
        edition: int = 1,
        topics: tuple[Topic, ...] | None = None,
    ) -> None:
        self._copied: Mapping[str, Copied] = {one.model.TYPE: one for one in copied}
        followed = topics or tuple(BY_TYPE[kind] for kind in self._copied)
        super().__init__(db, bootstrap, f"{service}-directory", followed, f"directory_positions_{edition}")

    async def readiness(self, client: Client) -> Readiness:
        """Of a process that copies: when the database answers and the directory has been read once."""
        await ping(client)
        caught_up = self.caught_up.is_set()
        reading = "" if caught_up else "still reading the directory's topics"
        return Readiness({"mongo": Check(True), "directory": Check(caught_up, reading)})

    async def take(self, records: Sequence[Any]) -> None:
        """The latest state of each, written where nothing newer is."""
        rows: dict[tuple[str, str], dict[str, Any]] = {}
        for record in records:
            if (found := self._row(record)) is not None:
                collection, row = found
                rows[collection, row["_id"]] = row
        for collection in {collection for collection, _ in rows}:
            await self._write(collection, [row for (name, _), row in rows.items() if name == collection])

    async def _write(self, collection: str, rows: list[dict[str, Any]]) -> None:
        writes = [
            ReplaceOne({"_id": row["_id"], "changed_at": {"$not": {"$gt": row["changed_at"]}}}, row, upsert=True)
            for row in rows
        ]
        try:
            await self._db[collection].bulk_write(writes, ordered=False)
        except BulkWriteError as error:
            # The stored state is newer, so the guard did not match and the upsert tried to insert: leave it.
            others = [one for one in error.details["writeErrors"] if one["code"] != DUPLICATE_KEY]
            if others:
                raise

    def _row(self, record: Any) -> tuple[str, dict[str, Any]] | None:
        """The copy of one record; None for a tombstone, another type, or an unreadable state (logged, counted)."""
        known = self._copied.get(event_type(record.headers))
        if known is None or record.value is None:
            return None
        try:
            return known.collection, known.row(known.model.model_validate_json(record.value))
        except ValidationError as error:
            metrics.TABLE_REJECTED.labels(topic=record.topic).inc()
            log.error("a directory state was refused", topic=record.topic, offset=record.offset, error=str(error))
            return None
