"""`python -m services.reporting wait`: until the views have folded what the topics hold now."""

from aiokafka import TopicPartition

from contracts.topics import Topic
from kit.kafka import reader, retry_until_started
from kit.mongo import connect, database
from kit.projector.reading import TooLate, wait_for
from services.reporting.generation import in_use
from services.reporting.months.folds import Months
from services.reporting.months.store import VIEW as MONTHS
from services.reporting.presence.folds import Presence
from services.reporting.settings import ReportingSettings


async def run(settings: ReportingSettings, seconds: float) -> None:
    """Returns when the views have caught up with the present ends; ends the process with a line when it has not."""
    ends = await _ends(settings.kafka)
    client = connect(settings)
    db = database(client, settings)
    try:
        generation = await in_use(db, settings.generation)
        for view, topics in ((generation.view, Presence.topics()), (MONTHS, Months.topics())):
            await wait_for(db, view, _of(ends, topics), timeout=seconds)
    except TooLate as error:
        raise SystemExit(str(error)) from None
    finally:
        client.close()


async def _ends(bootstrap: str) -> dict[tuple[str, int], int]:
    consumer = reader(bootstrap, "reporting-wait")
    await retry_until_started(consumer)
    try:
        partitions = [
            TopicPartition(topic.name, number)
            for topic in {*Presence.topics(), *Months.topics()}
            for number in range(topic.partitions)
        ]
        found = await consumer.end_offsets(partitions)
        return {(tp.topic, tp.partition): end for tp, end in found.items() if end}
    finally:
        await consumer.stop()


def _of(ends: dict[tuple[str, int], int], topics: tuple[Topic, ...]) -> dict[tuple[str, int], int]:
    named = {topic.name for topic in topics}
    return {at: end for at, end in ends.items() if at[0] in named}
