"""The journal: a service's append-only `events` collection. The record is the outbox (ADR 2).

One document per request holds the facts it produced, already as the bytes that go to Kafka, and whatever the service
keeps beside them (a terminal's raw bytes). Concurrent requests share one insert (group commit): while one insert is on
its way, what arrives waits and leaves together in the next. `append` returns when MongoDB has it on the disk of a
majority; only then may anybody be answered.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from bson import ObjectId, encode
from bson.errors import BSONError
from bson.raw_bson import RawBSONDocument

from contracts.base import EventData
from contracts.envelope import rfc3339
from contracts.topics import BY_TYPE
from kit import metrics
from kit.gathering import Gathering
from kit.mongo import DURABLE, Database, Document, Session
from kit.telemetry import current_traceparent
from kit.writes import Writes

COLLECTION = "events"
MOST_ENTRY_BYTES = 16 * 1024 * 1024  # MongoDB's limit of a document
MOST_FACT_BYTES = 900_000  # a broker takes records of up to 1 MiB, key and headers included


@dataclass(slots=True)
class Fact:
    """One event about to be recorded. `data` is the value as it will be published, `time` RFC 3339 in UTC.

    Made once and left alone; not frozen, which would cost a microsecond a punch.
    """

    id: str
    type: str
    key: str
    time: str
    data: bytes

    @classmethod
    def of(cls, event: EventData, *, event_id: str, key: str, time: datetime) -> "Fact":
        """A fact from a contract model. `key` is the entity id the topic is keyed by; `time` when it happened."""
        return cls(event_id, event.TYPE, key, rfc3339(time), event.to_json())

    def document(self) -> Document:
        """How a fact lies in the journal."""
        return {"id": self.id, "type": self.type, "key": self.key, "time": self.time, "data": self.data}


def entry_of(facts: Sequence[Fact], recorded: datetime, trace: str | None) -> Document:
    """How facts that were said together lie in the collection. Raises ValueError for what can never be published (a
    type no topic carries, too many bytes)."""
    for fact in facts:
        if fact.type not in BY_TYPE:
            raise ValueError(f"event type {fact.type} is in no topic of contracts/topics.py")
        if len(fact.data) > MOST_FACT_BYTES:
            raise ValueError(f"fact {fact.id}: {len(fact.data)} bytes, the broker takes {MOST_FACT_BYTES}")
    return {
        "_id": ObjectId(),
        "recorded": recorded,
        "trace": trace,
        "facts": [fact.document() for fact in facts],
    }


class Journal:
    """The one way a service says something; a projection of its own says it in its transaction (`entry_of`).

    `max_group` bounds the documents of one insert; `in_flight` how many inserts may be on their way at once.
    """

    def __init__(
        self,
        db: Database,
        service: str,
        *,
        max_group: int = 500,
        in_flight: int = 2,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.service = service
        self.collection = db.get_collection(COLLECTION, write_concern=DURABLE)
        self._clock = clock
        self._grouped = Gathering(self._insert, most=max_group, in_flight=in_flight)

    async def setup(self) -> None:
        """Create the index that a late relay falls back to (kit/relay.py). Idempotent."""
        await self.collection.create_index([("recorded", 1), ("_id", 1)], name="recorded")

    async def append(
        self, facts: Sequence[Fact], *, entry: Mapping[str, Any] | None = None, session: Session | None = None
    ) -> ObjectId:
        """Record `facts` with the extra fields `entry`; returns the journal id once durable.

        With `session` the entry belongs to the caller's transaction and is durable when that commits.
        Raises ValueError for what can never be stored or published (a type no topic carries, a value BSON has no
        place for, too many bytes), Unwritten when storage failed.
        """
        document = entry_of(facts, self._clock(), current_traceparent())
        if entry:
            document.update(entry)
        if session is not None:
            await self.collection.insert_one(document, session=session)
        else:
            await self._grouped.put(self._encoded(document))
        identity: ObjectId = document["_id"]
        return identity

    def record(self, facts: Sequence[Fact], writes: Writes, trace: str | None) -> None:
        """Record `facts` with what else is written together; durable when that commits. `trace` is the traceparent of
        the request they come from (None: of none). Raises ValueError as `append` does."""
        writes.insert(self.collection, entry_of(facts, self._clock(), trace))

    def _encoded(self, document: Document) -> RawBSONDocument:
        """Encoded here, not by the driver: what BSON refuses fails its own caller and nobody beside it."""
        try:
            encoded = encode(document, codec_options=self.collection.codec_options)
        except (BSONError, OverflowError, UnicodeError) as error:
            raise ValueError(f"{self.service}: an entry cannot be stored: {error}") from error
        if len(encoded) > MOST_ENTRY_BYTES:
            raise ValueError(f"{self.service}: an entry of {len(encoded)} bytes, MongoDB takes {MOST_ENTRY_BYTES}")
        return RawBSONDocument(encoded)

    async def _insert(self, group: Sequence[RawBSONDocument]) -> Sequence[None]:
        started = perf_counter()
        try:
            await self.collection.insert_many(group, ordered=False)
        finally:
            metrics.JOURNAL_APPEND_SECONDS.observe(perf_counter() - started)
            metrics.JOURNAL_GROUP_SIZE.observe(len(group))
        return [None] * len(group)
