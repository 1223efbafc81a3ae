"""How far the partitions of this process are: readiness, gauges, and offsets told to the broker for lag tools."""

import asyncio
from collections.abc import Collection, Iterator, Mapping
from time import perf_counter

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from kit import metrics
from kit.projector.checkpoint import Position

log = structlog.get_logger()

TELL_SECONDS = 5.0
Positions = Mapping[int, Position]


class Progress:
    """`caught_up` once every position has been where its topic ended at the take-over, and from then on."""

    def __init__(self, consumer: AIOKafkaConsumer) -> None:
        self.caught_up = False
        self._consumer = consumer
        self._ends: dict[TopicPartition, int] | None = None
        self._starts: dict[TopicPartition, int] = {}
        self._told_at = 0.0
        self._telling: asyncio.Task[None] | None = None

    async def look(self) -> None:
        """Ask the broker where the assigned topics start and end now. Raises KafkaError when it does not say."""
        mine = list(self._consumer.assignment())
        self._starts = await self._consumer.beginning_offsets(mine)
        self._ends = await self._consumer.end_offsets(mine)

    def start(self, tp: TopicPartition) -> int:
        """The oldest offset that is still there."""
        return self._starts.get(tp, 0)

    def beyond(self, positions: Positions) -> Iterator[tuple[TopicPartition, int]]:
        """Topics that end before our position, with that end: it is not the log we read, it was cut or made anew."""
        for tp, end in (self._ends or {}).items():
            position = positions.get(tp.partition)
            if position is not None and position.next.get(tp.topic, 0) > end:
                yield tp, end

    def lag(self, positions: Positions) -> int:
        """Records between the positions and the ends, as last heard from the broker."""
        behind = 0
        for tp in self._consumer.assignment():
            position, end = positions.get(tp.partition), self._consumer.highwater(tp)
            if end is None:  # nothing has been fetched of it yet
                end = (self._ends or {}).get(tp)
            if position is not None and end is not None:
                behind += max(0, end - position.next.get(tp.topic, self.start(tp)))
        return behind

    def there(self, positions: Positions, topics: Collection[str] | None = None) -> bool:
        """Whether every position of these topics (None: of all) is where its topic ended at the take-over."""
        ends = {tp: end for tp, end in (self._ends or {}).items() if topics is None or tp.topic in topics}
        reached = {TopicPartition(t, p): offset for p, at in positions.items() for t, offset in at.next.items()}
        # Nothing is left to read where retention has deleted all there was.
        return all(reached.get(tp, 0) >= end or self.start(tp) >= end for tp, end in ends.items())

    def note(self, positions: Positions) -> None:
        """After each turn of the loop: readiness; every few seconds gauges and the broker."""
        if not self.caught_up and self._ends is not None:
            self.caught_up = self.there(positions)
        if perf_counter() - self._told_at < TELL_SECONDS:
            return
        self._told_at = perf_counter()
        for partition, position in positions.items():
            for topic, offset in position.next.items():
                labels = {"topic": topic, "partition": str(partition)}
                metrics.PROJECTOR_CHECKPOINT_OFFSET.labels(**labels).set(offset)
                end = self._consumer.highwater(TopicPartition(topic, partition))
                metrics.PROJECTOR_LAG_RECORDS.labels(**labels).set(max(0, (end or offset) - offset))
        # Beside the folding, which must not wait for a broker that is away: what it is told is for lag tools only.
        if self._telling is None or self._telling.done():
            if self._telling is not None:
                self._telling.result()
            self._telling = asyncio.create_task(self.tell(positions))

    async def tell(self, positions: Positions) -> None:
        """Commit the positions to the broker. Its refusals during a rebalance mean nothing to us."""
        mine = self._consumer.assignment()
        offsets = {
            tp: offset
            for partition, position in positions.items()
            for topic, offset in position.next.items()
            if (tp := TopicPartition(topic, partition)) in mine
        }
        if offsets:
            try:
                await self._consumer.commit(offsets)
            except (CommitFailedError, IllegalStateError) as error:
                log.info("the advisory commit came too late", error=str(error))
            except KafkaError as error:
                log.warning("the advisory commit failed", error=str(error))

    def be_silent(self) -> None:
        """End what is being told: it is not true any more, or will be told in the end."""
        if self._telling is not None:
            self._telling.cancel()
            self._telling = None

    def forget(self) -> None:
        """The partitions are somebody else's: their gauges vanish."""
        self.be_silent()
        metrics.PROJECTOR_LAG_RECORDS.clear()
        metrics.PROJECTOR_CHECKPOINT_OFFSET.clear()
        metrics.PROJECTOR_FRESHNESS_SECONDS.clear()
