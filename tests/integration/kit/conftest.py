"""Topics and a database of each test's own."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiokafka.admin import AIOKafkaAdminClient

from contracts.topics import ATTENDANCE_PUNCHES, BY_TYPE, PLATFORM_JOURNALS, PLATFORM_READS, Topic
from kit import kafka as clients
from kit import log
from kit.mongo import Client, Database, connect_uri
from tests.integration.kit.heart import Heart
from tests.integration.kit.tally import Tally
from tests.stack import Stack

PARTITIONS = 3


@pytest.fixture(autouse=True, scope="session")
def _json_logs() -> None:
    log.configure("test")


@pytest.fixture
async def client(mongo_uri: str) -> AsyncIterator[Client]:
    connected = connect_uri(mongo_uri, "test")
    yield connected
    connected.close()


@pytest.fixture
def db(client: Client, database_name: str) -> Database:
    return client[database_name]


@pytest.fixture
def renamed(topic_prefix: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Topic]:
    """The registry renamed for the time of a test, so that nobody else's records are seen."""
    topics = {
        topic.name: replace(topic, name=topic_prefix + topic.name, partitions=min(topic.partitions, PARTITIONS))
        for topic in (ATTENDANCE_PUNCHES, PLATFORM_JOURNALS, PLATFORM_READS)
    }
    for kind, topic in list(BY_TYPE.items()):
        if topic.name in topics:
            monkeypatch.setitem(BY_TYPE, kind, topics[topic.name])
    Tally.refused.clear()
    return topics


@asynccontextmanager
async def beating(bootstrap: str, client: Client, db: Database, topics: dict[str, Topic]) -> AsyncIterator[Heart]:
    """A heart on these topics, which are deleted afterwards."""
    await clients.ensure_topics(bootstrap, topics.values(), replication=1)
    producer = clients.producer(bootstrap, "test")
    await producer.start()
    yield Heart(bootstrap, client, db, topics[ATTENDANCE_PUNCHES.name], producer)
    await producer.stop()
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    await admin.delete_topics([topic.name for topic in topics.values()])
    await admin.close()


@pytest.fixture
async def heart(kafka: str, client: Client, db: Database, renamed: dict[str, Topic]) -> AsyncIterator[Heart]:
    """On the broker and database that all tests share."""
    async with beating(kafka, client, db, renamed) as made:
        yield made


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A broker and a database of one module's own, to be killed."""
    with Stack.infrastructure(tmp_path_factory.mktemp("mortal"), heap_mb=256, cache_gb=0.25) as stack:
        yield stack


@pytest.fixture
async def mortal_heart(mortal: Stack, renamed: dict[str, Topic], topic_prefix: str) -> AsyncIterator[Heart]:
    """On the broker and database that may be killed."""
    connected = connect_uri(mortal.mongo_uri, "test")
    async with beating(mortal.bootstrap, connected, connected[topic_prefix.strip(".")], renamed) as made:
        yield made
    connected.close()
