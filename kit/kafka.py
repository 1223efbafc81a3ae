"""Kafka: topics from the registry, and clients with the settings this product relies on.

The library's defaults lose records quietly (auto-commit on, acks=1, reset to latest: engineering.md section 4.1), so
every producer and consumer is made here.
"""

import asyncio
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code
from aiokafka.partitioner import murmur2

from contracts.topics import TOPICS, Topic
from kit.kafka_connection import expect_closed_connections

if TYPE_CHECKING:
    from kit.serving import Background
    from kit.settings import Settings

log = structlog.get_logger()

DAY_MS = 86_400_000
LEADER_LOOKS = 50  # 5 s

expect_closed_connections()


class TopicMismatch(RuntimeError):
    """A topic exists with another number of partitions than the registry says; the message says what to do."""


async def ensure_topics(bootstrap: str, topics: Iterable[Topic], *, replication: int) -> None:
    """Create what is missing, from the registry, with `replication` copies. Safe to call from every service at once.

    Raises TopicMismatch when an existing topic has another number of partitions: keys would land elsewhere.
    """
    wanted = {topic.name: topic for topic in topics}
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, client_id="kinerja-topics")
    await retry_until_started(admin)
    try:
        existing = set(await admin.list_topics())
        missing = [_new_topic(topic, replication) for name, topic in wanted.items() if name not in existing]
        if missing:
            response = await admin.create_topics(missing)
            for name, code, *_ in response.topic_errors:
                if code and for_code(code) is not TopicAlreadyExistsError:
                    raise for_code(code)(f"topic {name} could not be created")
        for _ in range(LEADER_LOOKS):
            described = await admin.describe_topics(list(wanted))
            _check_partitions(described, wanted)
            if all(_led(topic) for topic in described):
                return
            await asyncio.sleep(0.1)
        log.warning("not every partition has a leader yet: clients will ask again", topics=sorted(wanted))
    finally:
        await admin.close()


async def ensure_registry(settings: "Settings") -> None:
    """`ensure_topics` of the whole registry."""
    await ensure_topics(settings.kafka, TOPICS, replication=settings.kafka_replication)


def once_topics_exist(settings: "Settings", work: "Background") -> "Background":
    """`work`, begun when every topic of the registry is there. Waits for a broker that is away, so that a service
    answers and journals meanwhile."""

    async def waited() -> None:
        await ensure_registry(settings)
        await work()

    return waited


def _check_partitions(described: Iterable[Any], wanted: Mapping[str, Topic]) -> None:
    for topic in described:
        found, expected = len(topic["partitions"]), wanted[topic["topic"]].partitions
        if topic["error_code"] == 0 and found != expected:
            raise TopicMismatch(
                f"topic {topic['topic']} has {found} partitions, the registry says {expected}: "
                "create it anew and re-emit it from the journal, or mend contracts/topics.py"
            )


def _led(topic: Any) -> bool:
    """Every partition has a leader, so that the first client need not be turned away."""
    return topic["error_code"] == 0 and all(partition["leader"] >= 0 for partition in topic["partitions"])


def _new_topic(topic: Topic, replication: int) -> NewTopic:
    config = {
        "cleanup.policy": topic.cleanup,
        "message.timestamp.type": "CreateTime",
        # Acknowledged by all in-sync copies means little where one may be all: at most one may be missing.
        "min.insync.replicas": str(max(1, replication - 1)),
    }
    if topic.cleanup == "delete":
        config["retention.ms"] = str(topic.retention_days * DAY_MS if topic.retention_days else -1)
    return NewTopic(topic.name, topic.partitions, replication, topic_configs=config)


async def retry_until_started(client: Any, *, first: float = 0.2, most: float = 5.0) -> None:
    """Start a producer, consumer or admin client, trying again for as long as the broker is away."""
    pause = first
    while True:
        try:
            await client.start()
            return
        except KafkaError as error:
            log.warning("the broker does not answer, trying again", error=str(error), pause_seconds=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, most)


def producer(bootstrap: str, client_id: str) -> AIOKafkaProducer:
    """An idempotent producer, acknowledged by all in-sync replicas. `linger_ms` 2 groups what one batch sends."""
    return AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        client_id=client_id,
        acks="all",
        enable_idempotence=True,
        compression_type="lz4",
        linger_ms=2,
        max_batch_size=262_144,
        request_timeout_ms=10_000,
        retry_backoff_ms=100,
    )


def group_consumer(
    bootstrap: str, group: str, *, instance: str | None = None, drain_seconds: float = 60.0
) -> AIOKafkaConsumer:
    """A member of a group that keeps its positions elsewhere (kit/projector): never commits by itself.

    Range assignment gives one member the same partition number of every topic. A dead member is noticed after
    6 s; `drain_seconds` is how long a rebalance waits for members to finish their batch.
    """
    return AIOKafkaConsumer(
        bootstrap_servers=bootstrap,
        group_id=group,
        group_instance_id=instance,
        client_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        partition_assignment_strategy=(RangePartitionAssignor,),
        session_timeout_ms=6_000,
        heartbeat_interval_ms=1_000,
        rebalance_timeout_ms=int(drain_seconds * 1000),
        fetch_max_wait_ms=50,
        max_partition_fetch_bytes=1024 * 1024,  # long runs of one partition: what a day gets twice is written once
        metadata_max_age_ms=30_000,
    )


def reader(bootstrap: str, client_id: str) -> AIOKafkaConsumer:
    """A consumer outside any group, for reading a small topic whole."""
    return AIOKafkaConsumer(
        bootstrap_servers=bootstrap,
        group_id=None,
        client_id=client_id,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=100,
    )


@lru_cache(maxsize=200_000)
def partition_of(key: bytes, partitions: int) -> int:
    """The partition of a key by Kafka's own default (murmur2), so that any other producer agrees."""
    hashed: int = murmur2(key)
    return (hashed & 0x7FFFFFFF) % partitions
