"""The consumer loop: who owns which partitions, how fast to go, what to do when something is away.

The loop only fetches and waits; a worker thread folds and commits (unit.py). Kafka's own commits are advisory, for
lag tools: the position that counts is in the view's database.
"""

import asyncio
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from time import perf_counter, time
from typing import Any, TypeVar
from zlib import crc32

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.abc import ConsumerRebalanceListener
from aiokafka.errors import IllegalStateError, KafkaError
from pymongo.errors import PyMongoError

from kit import metrics
from kit.kafka import group_consumer, retry_until_started
from kit.mongo import Client, Database, blocking, blocking_database
from kit.pace import pause_after
from kit.projector import deadletters
from kit.projector.breaker import Breaker, Limits
from kit.projector.outcomes import Fenced, Retry, Tripped
from kit.projector.progress import Progress
from kit.projector.projection import Projection
from kit.projector.unit import Unit

log = structlog.get_logger()
T = TypeVar("T")

HEARTBEAT_SECONDS = 1.5


class Projector(ConsumerRebalanceListener):  # type: ignore[misc]
    """Runs one projection over the partitions the group gives this process.

    `instance` makes the group membership static (a restart within 6 s causes no rebalance: `member_of`).
    `drain_seconds` bounds how long a rebalance waits for the batch in hand; past it the batch is abandoned, which the
    compare-and-set makes safe. `generation` is the set of collections written to (a rebuild writes the next one
    beside it, and does not `speak`: what it would say was said).
    """

    def __init__(
        self,
        projection: Projection,
        client: Client,
        db: Database,
        bootstrap: str,
        *,
        generation: int = 1,
        instance: str | None = None,
        max_records: int = 5_000,
        drain_seconds: float = 45.0,
        limits: Limits | None = None,
        group: str | None = None,
        speaks: bool = True,
    ) -> None:
        self._speaks = speaks
        self.view = f"{projection.name}_v{generation}"
        self.tripped: str | None = None
        self._projection = projection
        self._client, self._db = client, db
        self._suffix = f"_v{generation}"
        self._max_records = max_records
        self._drain_seconds = drain_seconds
        self._limits = limits or Limits()
        self._consumer: AIOKafkaConsumer = group_consumer(
            bootstrap, group or self.view, instance=member_of(projection, instance), drain_seconds=drain_seconds + 15
        )
        self._progress = Progress(self._consumer)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"fold-{projection.name}")
        self._unit: Unit | None = None
        self._epoch = 0
        self._assigned: set[int] = set()
        self._held_back: set[TopicPartition] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._ahead: asyncio.Task[dict[TopicPartition, list[Any]]] | None = None
        self._work_seconds = 0.0
        self._turned_at: float | None = None

    async def run(self) -> None:
        """Project until cancelled. Raises only for bugs; a tripped breaker stays, refusing, until it is restarted."""
        await self._patiently(self._open)
        await retry_until_started(self._consumer)
        self._consumer.subscribe([topic.name for topic in self._projection.topics()], listener=self)
        try:
            await self._loop()
        finally:
            await self._leave()

    def positions(self) -> dict[str, int]:
        """Next offset by "topic/partition" of what this process owns, for its readiness answer."""
        if self._unit is None:
            return {}
        rows = self._unit.positions.items()
        return {f"{topic}/{partition}": offset for partition, at in rows for topic, offset in sorted(at.next.items())}

    def lag(self) -> int:
        """Records between our positions and the ends of what this process owns, as last heard from the broker."""
        return self._progress.lag(self._unit.positions) if self._unit is not None else 0

    @property
    def caught_up(self) -> bool:
        """Every partition has been where its topics ended when it was taken over."""
        return self._progress.caught_up

    @property
    def still_seconds(self) -> float:
        """For how long the loop has not come round: a batch takes seconds, waiting for what is away none."""
        return 0.0 if self._turned_at is None else perf_counter() - self._turned_at

    async def _open(self) -> None:
        client, db = blocking(self._client), blocking_database(self._db)
        await self._in_thread(self._projection.setup, db, self._suffix)
        await self._in_thread(deadletters.setup, db)
        self._unit = await self._in_thread(
            lambda: Unit(
                self._projection,
                client,
                db,
                view=self.view,
                suffix=self._suffix,
                breaker=Breaker(self._limits),
                speaks=self._speaks,
            )
        )

    async def _loop(self) -> None:
        seen_epoch = 0
        while True:
            self._turned_at = perf_counter()
            if seen_epoch != self._epoch:
                seen_epoch = self._epoch
                await self._take_over(seen_epoch)
                continue
            started = perf_counter()
            fetched = await self._fetch()
            if 0 < (records := _records(fetched)) * 4 < self._max_records:
                await self._gather(fetched, records)
            metrics.PROJECTOR_PHASE_SECONDS.labels(phase="poll" if fetched else "idle").inc(perf_counter() - started)
            if seen_epoch != self._epoch:
                continue  # the assignment changed while we waited: these records may not be ours
            if self._went_back(fetched):
                self._epoch += 1  # to the positions, and to a look at where the topics end
                continue
            if fetched:
                if records * 4 >= self._max_records:
                    self._ahead = asyncio.create_task(self._get())
                await self._work(_by_partition(fetched), seen_epoch)
            assert self._unit is not None  # noqa: S101 - opened before the loop
            self._progress.note(self._unit.positions)
            self._let_go()

    async def _fetch(self) -> dict[TopicPartition, list[Any]]:
        """The next records. While behind, they were fetched and parsed as the batch before was being written."""
        if self._ahead is None:
            return await self._get()
        ahead, self._ahead = self._ahead, None
        return await ahead

    async def _gather(self, fetched: dict[TopicPartition, list[Any]], records: int) -> None:
        """We are live: add what came meanwhile.

        What was fetched lay in the consumer since the last turn, and while it lies there its partitions are not asked
        for more. Waiting now, rather than after the batch, a record is in the next batch and not in the one after.
        """
        await asyncio.sleep(pause_after(records, self._work_seconds))
        more: dict[TopicPartition, list[Any]] = await self._consumer.getmany(max_records=self._max_records)
        for tp, later in more.items():
            fetched.setdefault(tp, []).extend(later)

    async def _get(self) -> dict[TopicPartition, list[Any]]:
        fetched: dict[TopicPartition, list[Any]] = await self._consumer.getmany(
            timeout_ms=200, max_records=self._max_records
        )
        return fetched

    async def _work(self, batches: Mapping[int, Sequence[Any]], epoch: int) -> None:
        assert self._unit is not None  # noqa: S101 - opened before the loop
        try:
            pause = 0.05
            while self._epoch == epoch:
                self._idle.clear()
                started = perf_counter()
                try:
                    records, newest_of = await self._in_thread(self._unit.process, batches)
                except Retry as error:
                    metrics.PROJECTOR_TXN_RETRIES.labels(label="Retry").inc()
                    log.warning("the database is away, holding the batch", error=str(error), pause_seconds=pause)
                    await self._hold(pause)
                    pause = min(pause * 2, 5.0)
                    continue
                except Fenced as error:
                    metrics.PROJECTOR_FENCED.inc()
                    log.warning("fenced: loading the positions anew", error=str(error))
                    # A heartbeat's time: if the group has given our partitions away, we hear it before we claim again.
                    await self._hold(HEARTBEAT_SECONDS)
                    self._epoch += 1
                    return
                except Tripped as error:
                    await self._refuse(str(error))
                    return
                if records:
                    for partition, newest in newest_of.items():
                        age = max(0.0, time() - newest / 1000)
                        metrics.PROJECTOR_FRESHNESS_SECONDS.labels(view=self.view, partition=str(partition)).set(age)
                    self._work_seconds = perf_counter() - started
                return
        finally:
            self._idle.set()

    async def _hold(self, seconds: float) -> None:
        """Wait with every partition paused, still polling, so that membership stays.

        Nothing is under way meanwhile: a rebalance need not wait for us.
        """
        self._idle.set()
        self._turned_at = perf_counter()
        paused = self._consumer.assignment()
        self._consumer.pause(*paused)
        try:
            await asyncio.sleep(seconds * random.uniform(0.75, 1.25))  # noqa: S311 - jitter
            if paused:
                await self._consumer.getmany(*paused, timeout_ms=0)
        finally:
            self._consumer.resume(*(paused & self._consumer.assignment() - self._held_back))

    async def _refuse(self, why: str) -> None:
        self.tripped = why
        log.error("the projector stopped: look at the dead letters, mend the cause, restart", why=why, view=self.view)
        while True:  # membership is kept, so that nobody else swallows the same poison
            await self._hold(1.0)

    async def _take_over(self, epoch: int) -> None:
        """Claim each assigned partition, learn its position, go there."""
        assert self._unit is not None  # noqa: S101 - opened before the loop
        started = perf_counter()
        if self._ahead is not None:
            await self._fetch()  # from before the positions we are about to seek to: dropped
        for partition in sorted(self._assigned):
            offsets = await self._patiently(partial(self._in_thread, self._unit.claim, partition))
            if epoch != self._epoch:
                return
            for topic, offset in offsets.items():
                with suppress(IllegalStateError):  # revoked meanwhile: the epoch says so at the next turn
                    self._consumer.seek(TopicPartition(topic, partition), offset)
        await self._patiently(self._progress.look)
        try:
            await self._patiently(self._rewind)
        except Fenced as error:
            log.warning("fenced: loading the positions anew", error=str(error))
            self._epoch += 1
            return
        self._hold_back()
        metrics.PROJECTOR_PHASE_SECONDS.labels(phase="rebalance").inc(perf_counter() - started)
        log.info("partitions taken over", view=self.view, partitions=sorted(self._assigned))

    def _hold_back(self) -> None:
        """What others refer to goes first (Projection.leading)."""
        assert self._unit is not None  # noqa: S101 - opened before the loop
        self._consumer.resume(*(self._held_back & self._consumer.assignment()))
        leading = self._projection.leading_topics()
        behind = not self._progress.there(self._unit.positions, leading)
        self._held_back = {tp for tp in self._consumer.assignment() if behind and tp.topic not in leading}
        self._consumer.pause(*self._held_back)

    def _let_go(self) -> None:
        """Everything else, once that is folded."""
        assert self._unit is not None  # noqa: S101 - opened before the loop
        if self._held_back and self._progress.there(self._unit.positions, self._projection.leading_topics()):
            self._consumer.resume(*(self._held_back & self._consumer.assignment()))
            self._held_back = set()

    def _went_back(self, fetched: Mapping[TopicPartition, Sequence[Any]]) -> bool:
        """Records from before the positions we had gone to: the broker no longer had those offsets."""
        assert self._unit is not None  # noqa: S101 - opened before the loop
        at = self._unit.positions
        return any(
            tp.partition in at and records[0].offset < at[tp.partition].next.get(tp.topic, 0) - 1
            for tp, records in fetched.items()
        )

    async def _rewind(self) -> None:
        """A topic that ends before our position is folded from its start again.

        The relay sends again what it had sent, so events we know come with new ones; projections take an event twice
        (projection.py).
        """
        assert self._unit is not None  # noqa: S101 - opened before the loop
        for tp, end in list(self._progress.beyond(self._unit.positions)):
            log.error("a topic is shorter than what was read of it: reading it again", topic=str(tp), end=end)
            await self._in_thread(self._unit.rewind, tp.partition, tp.topic)
            with suppress(IllegalStateError):
                self._consumer.seek(tp, self._progress.start(tp))

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Note the new assignment; the loop claims and seeks before it believes any record."""
        self._assigned = {tp.partition for tp in assigned}
        self._epoch += 1
        metrics.PROJECTOR_REBALANCES.labels(outcome="assigned").inc()

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """Let the batch in hand finish within the budget, give the partitions back; past it, abandon."""
        if not self._assigned or self._unit is None:
            return
        self._epoch += 1
        outcome = "drained"
        try:
            await asyncio.wait_for(self._idle.wait(), self._drain_seconds)
            for partition in list(self._unit.positions):
                await asyncio.wait_for(self._in_thread(self._unit.release, partition), 5)
        except (TimeoutError, PyMongoError) as error:
            outcome = "abandoned"
            log.warning("a rebalance did not wait for the batch in hand", error=repr(error))
        self._unit.positions.clear()
        self._assigned = set()
        metrics.PROJECTOR_REBALANCES.labels(outcome=outcome).inc()
        self._progress.forget()

    async def _leave(self) -> None:
        """Orderly end: last commit while still a member, release, leave the group (stop() calls no listener)."""
        self._progress.be_silent()
        if self._unit is not None and self.tripped is None:
            try:
                # The thread folds the batch in hand to its end, whoever was cancelled: what is told is after it.
                await asyncio.wait_for(self._in_thread(int), self._drain_seconds)
                await asyncio.wait_for(self._progress.tell(self._unit.positions), 5)
            except TimeoutError:
                log.warning("left without telling the broker how far the view is", view=self.view)
            for partition in list(self._unit.positions):
                try:
                    await asyncio.wait_for(self._in_thread(self._unit.release, partition), 5)
                except (TimeoutError, PyMongoError) as error:
                    log.warning("a partition was not released", partition=partition, error=repr(error))
                    break
        with suppress(TimeoutError):
            await asyncio.wait_for(self._consumer.stop(), 10)
        if self._ahead is not None:  # it ends by itself once the consumer has stopped; what it says is of no use
            await asyncio.wait({self._ahead}, timeout=1)
            if self._ahead.done() and not self._ahead.cancelled():
                self._ahead.exception()
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _in_thread(self, call: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call, *args)

    async def _patiently(self, call: Callable[[], Any]) -> Any:
        pause = 0.1
        while True:
            try:
                return await call()
            except (PyMongoError, KafkaError) as error:
                log.warning("the view's database or the broker does not answer, trying again", error=repr(error))
                self._turned_at = perf_counter()
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)


def member_of(projection: Projection, instance: str | None) -> str | None:
    """The name of a static member. A program that reads other topics than its predecessor is another member: to a known
    one the broker gives its old assignment back without asking anybody (KIP-345), and topics that a release adds would
    never be read."""
    if instance is None:
        return None
    topics = " ".join(sorted(topic.name for topic in projection.topics()))
    return f"{instance}-{crc32(topics.encode()):08x}"


def _records(fetched: Mapping[TopicPartition, Sequence[Any]]) -> int:
    return sum(map(len, fetched.values()))


def _by_partition(fetched: Mapping[TopicPartition, Sequence[Any]]) -> dict[int, list[Any]]:
    """Records by partition number, master data before facts: fewer days wait for their employee."""
    merged: dict[int, list[Any]] = {}
    for tp in sorted(fetched, key=lambda tp: tp.topic, reverse=True):
        merged.setdefault(tp.partition, []).extend(fetched[tp])
    return merged
