"""One unit of work, in a worker thread so that heartbeats on the event loop never wait for it.

1. decode the records of each partition; what cannot be decoded is poison;
2. load the documents the events touch, one query a collection for all partitions;
3. fold event by event, then settle, partition by partition;
4. in one transaction: advance each partition's checkpoint (compare-and-set, first, so that a zombie stops here),
   write each changed document once, keep dead letters, append to the change feed, and to the service's journal what
   the folds say;
5. only then believe the new positions.

Partitions never share documents; they share the transaction and the shards of totals, so that twelve quiet partitions
cost one commit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, groupby, islice
from time import perf_counter
from typing import Any

from pymongo import MongoClient
from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import BulkWriteError, OperationFailure, PyMongoError
from pymongo.read_concern import ReadConcern

from contracts.envelope import attribute
from kit import metrics
from kit.journal import COLLECTION as JOURNAL
from kit.journal import entry_of
from kit.mongo import AWAY, DURABLE
from kit.projector import deadletters
from kit.projector.breaker import Breaker
from kit.projector.checkpoint import Checkpoints, Move, Position
from kit.projector.decoding import Decoded, Decoder
from kit.projector.documents import Document, Documents, load
from kit.projector.outcomes import Fenced, Poison, Retry, Tripped
from kit.projector.projection import FEED, Projection
from kit.projector.shards import Shards
from kit.projector.tracing import batch_span
from kit.telemetry import current_traceparent

FACTS_AN_ENTRY = 500


@dataclass(slots=True)
class Fresh:
    """One partition's records that are not folded yet, decoded, and its documents to be filled."""

    position: Position
    records: Sequence[Any]
    decoded: Decoded
    documents: Documents


@dataclass(slots=True)
class Folded:
    """One partition's batch, worked out and not yet committed."""

    position: Position
    reached: dict[str, int]
    last: dict[str, str]
    documents: Documents
    letters: list[Document]
    lacking: list[tuple[str, str]]
    answered: list[str]
    runs: list[tuple[bool, int]]
    good: int
    newest: int
    """Timestamp of the newest record, milliseconds."""


class Unit:
    """Works batches of the partitions this process owns. Not thread-safe: one worker thread."""

    def __init__(
        self,
        projection: Projection,
        client: "MongoClient[Document]",
        db: "Database[Document]",
        *,
        view: str,
        suffix: str,
        breaker: Breaker,
        speaks: bool = True,
    ) -> None:
        self._projection = projection
        self._db = db
        self._view = view
        self._suffix = suffix
        self._speaks = speaks
        self._breaker = breaker
        self._decoder = Decoder(projection.inputs)
        self._checkpoints = Checkpoints(client, db, view)
        self._session = client.start_session()
        self._topics = [topic.name for topic in projection.topics()]
        self.positions: dict[int, Position] = {}

    def claim(self, partition: int) -> dict[str, int]:
        """Take a partition over; returns the offset to read each topic from (0 where nothing is folded yet).

        That is the last record folded, when we know which one it was: it shows whether this is the log we read.
        """
        position = self._checkpoints.claim(partition, self._session)
        self.positions[partition] = position
        return {topic: max(0, position.next.get(topic, 0) - (topic in position.last)) for topic in self._topics}

    def release(self, partition: int) -> None:
        """Give a partition back after its last batch committed."""
        if self.positions.pop(partition, None) is not None:
            self._checkpoints.release(partition, self._session)

    def rewind(self, partition: int, topic: str) -> None:
        """Start a topic again from its first record. Raises Fenced when the partition is not ours."""
        if (position := self.positions.get(partition)) is not None:
            self._checkpoints.rewind(position, topic, self._session)

    def process(self, batches: Mapping[int, Sequence[Any]]) -> tuple[int, dict[int, int]]:
        """Fold and commit the records of several partitions; returns the number of records and, per
        partition, the timestamp of the newest in milliseconds.

        Raises Retry (nothing happened, same batch again), Fenced (not ours), Tripped (too much poison).
        """
        with batch_span(batches, self._view):
            return self._process(batches)

    def _process(self, batches: Mapping[int, Sequence[Any]]) -> tuple[int, dict[int, int]]:
        totals = Shards(min(self.positions, default=0))
        batch = [fresh for number, records in batches.items() if (fresh := self._decode(number, records, totals))]
        if not batch:
            return 0, {}
        self._load(batch)
        work = [self._fold(fresh) for fresh in batch]
        good, poison = sum(folded.good for folded in work), sum(len(folded.letters) for folded in work)
        runs = [run for folded in work for run in folded.runs]
        try:
            self._breaker.check(runs)
        except Tripped as error:
            last = next(folded.letters[-1] for folded in work if folded.letters)
            where = f"{last['topic']}/{last['partition']} at offset {last['offset']}"
            raise Tripped(f"{error}, such as {where}: {last['reason']}") from error
        started = perf_counter()
        self._commit(work, totals)
        metrics.PROJECTOR_PHASE_SECONDS.labels(phase="write").inc(perf_counter() - started)
        self._breaker.note(runs)
        for folded in work:
            folded.position.version += 1
            folded.position.next = folded.reached
            folded.position.last = folded.last
        if poison:
            metrics.PROJECTOR_DEAD_LETTERS.labels(reason="poison").inc(poison)
        metrics.PROJECTOR_BATCH_RECORDS.observe(good + poison)
        return good + poison, {folded.position.partition: folded.newest for folded in work}

    def _home(self, collection: str) -> str:
        return collection if collection in self._projection.reads else collection + self._suffix

    def _decode(self, partition: int, records: Sequence[Any], totals: Shards) -> Fresh | None:
        position = self.positions.get(partition)
        if position is None:
            return None  # given up while we were busy with another: a rebalance that did not wait
        # What was fetched before the seek of a take-over took effect is already folded (aiokafka #738).
        fresh = [record for record in records if record.offset >= position.next.get(record.topic, 0)]
        if len(fresh) < len(records):
            self._recognise(position, records)
        if not fresh:
            return None
        started = perf_counter()
        decoded = self._decoder.decode(fresh)
        metrics.PROJECTOR_PHASE_SECONDS.labels(phase="decode").inc(perf_counter() - started)
        return Fresh(position, fresh, decoded, Documents(self._db, self._home, totals))

    def _load(self, batch: Sequence[Fresh]) -> None:
        started = perf_counter()
        touched = self._projection.touched
        try:
            wanted = [(one.documents, touched(one.decoded.kinds, one.decoded.events, one.documents)) for one in batch]
            load(self._db, self._home, wanted)
        except PyMongoError as error:
            raise _outcome(error) from error
        metrics.PROJECTOR_PHASE_SECONDS.labels(phase="load").inc(perf_counter() - started)

    def _fold(self, fresh: Fresh) -> Folded:
        started = perf_counter()
        position, batch, documents = fresh.position, fresh.decoded, fresh.documents
        poison = batch.poison
        try:
            self._projection.prepare(batch.kinds, batch.events, documents)
        except PyMongoError as error:
            raise _outcome(error) from error
        fold = self._projection.fold
        for kind, event, record in zip(batch.kinds, batch.events, batch.records, strict=True):
            try:
                fold(kind, event, documents)
            except Poison as error:
                poison.append((record, str(error)))
        self._projection.settle(documents)
        metrics.PROJECTOR_PHASE_SECONDS.labels(phase="fold").inc(perf_counter() - started)
        letters = [deadletters.letter(self._view, record, reason) for record, reason in poison]
        reached, last = dict(position.next), dict(position.last)
        newest = {record.topic: record for record in fresh.records}
        for topic, record in newest.items():
            reached[topic], last[topic] = record.offset + 1, attribute(record.headers, "ce_id")
        bad = {id(record) for record, _ in poison}
        verdicts = groupby(fresh.records, lambda record: id(record) not in bad) if bad else [(True, fresh.records)]
        return Folded(
            position=position,
            reached=reached,
            last=last,
            documents=documents,
            letters=letters,
            lacking=[
                (who, row["_id"])
                for (record, _), row in zip(poison, letters, strict=True)
                for who in self._projection.incomplete(record)
            ],
            answered=deadletters.answered(self._view, batch.records, bad),
            runs=[(good, len(list(run))) for good, run in verdicts],
            good=len(fresh.records) - len(poison),
            newest=max(record.timestamp for record in fresh.records),
        )

    def _recognise(self, position: Position, records: Sequence[Any]) -> None:
        """Raises Fenced when the last record we folded of a topic is not the one we remember.

        The topic was made anew, or cut and filled again: it is folded from its start, wherever our position was.
        """
        for record in records:
            if record.offset == position.next.get(record.topic, 0) - 1:
                known, found = position.last.get(record.topic), attribute(record.headers, "ce_id")
                if known and known != found:
                    self.rewind(position.partition, record.topic)
                    where = f"{record.topic}/{record.partition} at offset {record.offset}"
                    raise Fenced(f"{where} is {found!r}, not the {known!r} we read there: reading the topic again")

    def _writes(self, work: Sequence[Folded], totals: Shards) -> dict[str, list[Any]]:
        """By logical collection, what all partitions write there."""
        writes: dict[str, list[Any]] = {}
        sources = [folded.documents.writes() for folded in work]
        for collection, operations in chain[tuple[str, Sequence[Any]]](*sources, totals.writes()):
            writes.setdefault(collection, []).extend(operations)
        return writes

    def _entries(self, work: Sequence[Folded]) -> list[Document]:
        """What the batch says, as entries of the service's journal."""
        facts = iter([fact for folded in work for fact in folded.documents.facts] if self._speaks else [])
        recorded, entries = datetime.now(UTC), []
        while some := list(islice(facts, FACTS_AN_ENTRY)):
            entries.append(entry_of(some, recorded, current_traceparent()))
        return entries

    def _commit(self, work: Sequence[Folded], totals: Shards) -> None:
        writes = self._writes(work, totals)
        entries = self._entries(work)
        changed = self._projection.changes([folded.documents for folded in work], totals)

        def move(session: ClientSession) -> None:
            self._checkpoints.advance([Move(one.position, one.reached, one.last) for one in work], session)
            for folded in work:
                if folded.letters:
                    deadletters.keep(self._db, folded.letters, folded.lacking, session)
                if folded.answered:
                    deadletters.clear(self._db, folded.answered, session)
            for collection, operations in writes.items():
                self._db[collection + self._suffix].bulk_write(operations, ordered=False, session=session)
            if changed:
                self._db[FEED + self._suffix].insert_one({"at": datetime.now(UTC), **changed}, session=session)
            if entries:
                self._db[JOURNAL].insert_many(entries, session=session)

        try:
            self._session.with_transaction(move, read_concern=ReadConcern("local"), write_concern=DURABLE)
        except PyMongoError as error:
            raise _outcome(error) from error


def _outcome(error: PyMongoError) -> Exception:
    """Infrastructure is a reason to try again; a write the server refuses for its content is a bug."""
    if isinstance(error, AWAY) or error.has_error_label("TransientTransactionError"):
        return Retry(str(error))
    if isinstance(error, BulkWriteError):
        duplicate = any(item.get("code") == 11000 for item in error.details.get("writeErrors", ()))
        # A document we did not load exists: another owner wrote it, so our position is stale.
        return Fenced(str(error)) if duplicate else error
    if isinstance(error, OperationFailure) and error.code in TRANSIENT:
        return Retry(str(error))
    return error


# What the driver itself would retry: networks, step-down, shut-down.
TRANSIENT = {6, 7, 89, 91, 134, 189, 262, 9001, 10058, 10107, 11600, 11602, 13435, 13436}
# LockTimeout, WriteConcernFailed, WriteConflict, FailedToSatisfyReadPreference, TransactionTooOld, CursorKilled,
# SnapshotUnavailable, NoSuchTransaction, TransactionExceededLifetimeLimitSeconds, Interrupted (a session killed at a
# take-over).
TRANSIENT |= {24, 64, 112, 133, 225, 237, 246, 251, 290, 11601}
