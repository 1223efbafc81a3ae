"""The relay: follows a service's journal and publishes it to Kafka, in batches, at least once.

1. take the next batch of the change stream (one call brings many entries);
2. send every fact, key = entity id, and wait for all acknowledgements (acks=all, idempotent);
3. save the stream's token: a relay that dies before this sends the batch again: duplicates are possible, loss is not;
4. once a second say how far the journal is published (`JournalRelayed`): readers then know what they are complete to.

When the token is lost or too old the journal itself is read in order of recording, with an overlap, and then followed.
When the broker has lost what it acknowledged (its topics end before our positions), all of the journal is.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError
from aiokafka.structs import RecordMetadata
from pymongo.errors import PyMongoError

from contracts.envelope import CONTENT_TYPE, SPEC_VERSION, rfc3339
from contracts.events.journal import JournalRelayed, PartitionPosition
from contracts.topics import BY_TYPE, PLATFORM_JOURNALS
from kit import metrics
from kit.journal import COLLECTION
from kit.kafka import partition_of, producer, reader, retry_until_started
from kit.mongo import Client, Database, Document
from kit.pace import pause_after
from kit.relay_stream import HistoryLost, JournalStream
from kit.telemetry import Span, SpanKind, link_from, span

log = structlog.get_logger()

BATCH_ENTRIES = 2_000
REREAD_ENTRIES = 200  # an entry of a file holds up to 2,000 facts; the stream bounds its batches by bytes itself
WATERMARK_SECONDS = 1.0
# Saving the position waits for the disk. What was published since is published again after a crash, and dropped there.
SAVE_SECONDS = 0.2
# `recorded` is stamped before an entry waits for its group, and several processes write: entries become visible
# slightly out of its order. A watermark claims this much less than it has seen, a re-read starts that much earlier.
IN_FLIGHT = timedelta(seconds=2)
OVERLAP = timedelta(minutes=5)


Ack = tuple[RecordMetadata, int]
"""Where the broker put a batch, and how many records it had."""


class TopicsCut(RuntimeError):
    """A topic is shorter than what this relay had published to it."""


class Relay:
    """One relay per service at a time. A second one loses nothing and consumers drop what they have seen, but states of
    a compacted topic could end in another order (kit/tables.py believes the last)."""

    def __init__(
        self,
        client: Client,
        db: Database,
        bootstrap: str,
        service: str,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.service = service
        self._db = db
        self._clock = clock
        self._stream = JournalStream(client, db, COLLECTION, BATCH_ENTRIES)
        self._states = db.get_collection("relay")
        self._bootstrap = bootstrap
        self._producer = producer(bootstrap, f"{service}-relay")
        self._source = f"/kinerja/{service}".encode()
        self._types = {kind: kind.encode() for kind in BY_TYPE}
        self._positions: dict[tuple[str, int], int] = {}
        self._recorded: datetime | None = None
        self._watermark_at = 0.0
        self.caught_up = False

    async def run(self) -> None:
        """Relay until cancelled. Waits for a broker or database that is away; never gives a batch up."""
        await retry_until_started(self._producer)
        try:
            token = await self._retry(self._load)
            if await self._topics_cut():
                token = None
                self._start_over()
            while True:
                try:
                    token = await self._follow(token)
                except TopicsCut:
                    token = None
                    self._start_over()
                except HistoryLost:
                    log.warning("the change stream no longer reaches back to our token: re-reading the journal")
                    token = None
                except PyMongoError as error:
                    log.warning("the journal cannot be followed, trying again", error=str(error))
                    await asyncio.sleep(0.2)
                    token = await self._retry(self._load)
        finally:
            await self._stream.close()
            # With the broker away, stop() waits for batches that are safe in the journal anyway (aiokafka #1101).
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._producer.stop(), 5)

    async def _follow(self, token: Document | None) -> Document | None:
        """Publish from `token` on; without one, the journal first. Leaves only by exception."""
        fresh = await self._stream.open(token)
        if token is None:
            await self._reread()
            await self._save(fresh)
        unsaved, saved_at = False, 0.0
        while True:
            asked = self._clock()
            entries, token = await self._stream.next()
            started = perf_counter()
            self.caught_up = not entries
            if entries:
                sent = await self._publish(entries)
                unsaved = True
            if unsaved and started - saved_at >= SAVE_SECONDS:
                await self._save(token)
                unsaved, saved_at = False, started
            await self._announce(asked if not entries else None)
            if entries:
                await asyncio.sleep(pause_after(sent, perf_counter() - started))

    async def _reread(self) -> None:
        query: Document = {"facts.0": {"$exists": True}}
        if self._recorded:
            query["recorded"] = {"$gte": self._recorded - OVERLAP}
        cursor = self._db[COLLECTION].find(query, self._stream.fields, batch_size=BATCH_ENTRIES).sort("recorded", 1)
        published = 0
        while entries := await cursor.to_list(REREAD_ENTRIES):
            await self._publish(entries)
            published += len(entries)
            if published % (500 * REREAD_ENTRIES) == 0:
                log.info("re-reading the journal", entries=published, at=rfc3339(entries[-1]["recorded"]))
        log.info("the journal was re-read", entries=published)

    async def _publish(self, entries: list[Document]) -> int:
        """Send all facts of `entries` and return their number when the broker has them, however long it is away."""
        pause = 0.1
        while True:
            try:
                with _batch_span(entries):
                    acks = await self._send_all(entries)
                # The broker knows that it has a batch but no longer where (aiokafka: DuplicateSequenceNumber): no
                # watermark can be given from that.
                if all(ack.offset >= 0 for ack, _ in acks):
                    break
                error: Exception | str = "acknowledged without offsets"
            except KafkaError as refused:
                error = refused
                await self._renew_producer()
            metrics.OUTBOX_PUBLISHED.labels(outcome="retried").inc(len(entries))
            log.warning("the broker did not take a batch, sending it again", error=str(error), entries=len(entries))
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)
        self._note(acks)
        for ack, records in acks:
            metrics.MESSAGING_SENT.labels(destination=ack.topic).inc(records)
            metrics.OUTBOX_PUBLISHED.labels(outcome="acknowledged").inc(records)
        self._recorded = entries[-1]["recorded"]
        metrics.OUTBOX_OLDEST_SECONDS.set((self._clock() - entries[0]["recorded"]).total_seconds())
        return sum(records for _, records in acks)

    async def _send_all(self, entries: list[Document]) -> list[Ack]:
        """Send the facts of `entries`, batch by batch of a partition, in their order; returns when all are taken.

        Batches made here cost half of what single sends do: no future for each record.
        """
        sends: list[tuple[asyncio.Future[RecordMetadata], int]] = []
        batches: dict[tuple[str, int], Any] = {}

        async def send(at: tuple[str, int]) -> None:
            batch = batches.pop(at)
            batch.close()
            taken = await self._producer.send_batch(batch, at[0], partition=at[1])
            taken.add_done_callback(_look)  # of several that fail only the first is raised
            sends.append((taken, batch.record_count()))

        for entry, fact in _facts(entries):
            at, record = self._record(entry, fact)
            if at not in batches:
                batches[at] = self._producer.create_batch()
            elif batches[at].append(**record) is not None:
                continue
            else:  # full
                await send(at)
                batches[at] = self._producer.create_batch()
            batches[at].append(**record)  # an empty batch takes a record of any size
        for at in list(batches):
            await send(at)
        acks = await asyncio.gather(*(taken for taken, _ in sends))
        return [(ack, records) for ack, (_, records) in zip(acks, sends, strict=True)]

    def _note(self, acks: Sequence[Ack]) -> None:
        """Remember where each partition ends now. Raises TopicsCut when one ends before where it did."""
        before = dict(self._positions)
        for ack, records in acks:
            self._positions[ack.topic, ack.partition] = ack.offset + records
        cut = [at for at, end in before.items() if self._positions[at] < end]
        if cut:
            raise TopicsCut(f"shorter than what was published: {cut}")

    async def _renew_producer(self) -> None:
        """Begin a new sequence of numbers: an idempotent producer never raises what it could try again itself."""
        with suppress(asyncio.TimeoutError, KafkaError):
            await asyncio.wait_for(self._producer.stop(), 5)
        self._producer = producer(self._bootstrap, f"{self.service}-relay")
        await retry_until_started(self._producer)

    async def _topics_cut(self) -> bool:
        """Whether the broker has lost what it acknowledged: a power cut before it wrote, a topic made anew."""
        if not self._positions:
            return False
        consumer = reader(self._bootstrap, f"{self.service}-relay-ends")
        await retry_until_started(consumer)
        try:
            pause = 0.1
            while True:
                try:
                    ends = await consumer.end_offsets([TopicPartition(*at) for at in self._positions])
                    break
                except KafkaError as error:
                    log.warning("the ends of the topics are not known, trying again", error=repr(error))
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, 5.0)
        finally:
            await asyncio.wait_for(consumer.stop(), 5)
        return any(ends[TopicPartition(*at)] < end for at, end in self._positions.items())

    def _start_over(self) -> None:
        """Publish the whole journal again. Consumers drop what they have seen, and find what they had not."""
        log.error("the broker has lost records it had acknowledged: publishing the journal from its beginning")
        self._recorded, self._positions = None, {}

    def _record(self, entry: Document, fact: Document) -> tuple[tuple[str, int], dict[str, Any]]:
        """A fact as a record: where it goes, and what a batch takes."""
        topic = BY_TYPE[fact["type"]]
        key = fact["key"].encode()
        headers = [
            ("ce_type", self._types[fact["type"]]),
            ("ce_id", fact["id"].encode()),
            ("ce_time", fact["time"].encode()),
            ("ce_recordedtime", rfc3339(entry["recorded"]).encode()),
            ("ce_source", self._source),
            ("ce_subject", key),
            ("ce_specversion", SPEC_VERSION),
            ("content-type", CONTENT_TYPE),
        ]
        if entry.get("trace"):
            headers.append(("traceparent", entry["trace"].encode()))
        stamp = int(entry["recorded"].timestamp() * 1000)
        record = {"key": key, "value": fact["data"], "timestamp": stamp, "headers": headers}
        return (topic.name, partition_of(key, topic.partitions)), record

    async def _announce(self, drained_at: datetime | None) -> None:
        """Publish the watermark when a second has passed; `drained_at` = nothing was waiting at that instant."""
        now = asyncio.get_running_loop().time()
        if now - self._watermark_at < WATERMARK_SECONDS:
            return
        seen_to = drained_at or self._recorded
        if seen_to is None:
            return
        relayed_to = seen_to - IN_FLIGHT
        self._watermark_at = now
        if drained_at:
            metrics.OUTBOX_OLDEST_SECONDS.set(0)
        event = JournalRelayed(
            service=self.service,
            relayed_to=relayed_to,
            positions=tuple(
                PartitionPosition(topic=topic, partition=partition, next_offset=offset)
                for (topic, partition), offset in sorted(self._positions.items())
            ),
        )
        fact: Document = {"id": f"{self.service}:{rfc3339(relayed_to)}", "type": event.TYPE, "key": self.service}
        fact |= {"time": rfc3339(relayed_to), "data": event.to_json()}
        try:
            (topic, partition), record = self._record({"recorded": relayed_to}, fact)
            stamp = record.pop("timestamp")
            await self._producer.send_and_wait(topic, partition=partition, timestamp_ms=stamp, **record)
        except KafkaError as error:
            log.warning("the watermark was not published", topic=PLATFORM_JOURNALS.name, error=str(error))

    async def _load(self) -> Document | None:
        state = await self._states.find_one({"_id": self.service})
        if state is None:
            return None
        self._recorded = state["recorded"]
        known = {topic.name for topic in BY_TYPE.values()}  # what an earlier version published to may be gone
        rows = [row for row in state["positions"] if row["topic"] in known]
        self._positions = {(row["topic"], row["partition"]): row["next_offset"] for row in rows}
        token: Document | None = state["token"]
        return token

    async def _save(self, token: Document) -> None:
        positions = [{"topic": t, "partition": p, "next_offset": o} for (t, p), o in sorted(self._positions.items())]
        await self._states.update_one(
            {"_id": self.service},
            {"$set": {"token": token, "recorded": self._recorded, "positions": positions}},
            upsert=True,
        )

    async def _retry(self, call: Callable[[], Any]) -> Any:
        while True:
            try:
                return await call()
            except PyMongoError as error:
                log.warning("the relay's position cannot be read, trying again", error=str(error))
                await asyncio.sleep(0.5)


def _look(taken: "asyncio.Future[RecordMetadata]") -> None:
    if not taken.cancelled():
        taken.exception()


def _batch_span(entries: list[Document]) -> AbstractContextManager[Span]:
    """`send <topic>` around a batch, linked to the requests whose facts it carries."""
    topic = BY_TYPE[entries[0]["facts"][0]["type"]].name
    return span(
        f"send {topic}",
        SpanKind.PRODUCER,
        links=(link_from(entry["trace"]) for entry in entries if entry.get("trace")),
        attributes={
            "messaging.system": "kafka",
            "messaging.operation.name": "send",
            "messaging.operation.type": "send",
            "messaging.destination.name": topic,
            "messaging.batch.message_count": sum(len(entry["facts"]) for entry in entries),
        },
    )


def _facts(entries: Iterable[Document]) -> Iterable[tuple[Document, Document]]:
    return ((entry, fact) for entry in entries for fact in entry["facts"])
