"""Topics and a database of each test's own."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiokafka.admin import AIOKafkaAdminClient

from contracts.topics import ATTENDANCE_PUNCHES, BY_TYPE, PLATFORM_JOURNALS
from kit import kafka as clients
from kit import log
from kit.mongo import Client, Database, connect_uri
from tests.integration.kit.heart import Heart
from tests.integration.kit.tally import Tally

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
async def heart(
    kafka: str, client: Client, db: Database, topic_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Heart]:
    """The registry renamed for the time of a test, so that nobody else's records are seen."""
    renamed = {
        topic.name: replace(topic, name=topic_prefix + topic.name, partitions=min(topic.partitions, PARTITIONS))
        for topic in (ATTENDANCE_PUNCHES, PLATFORM_JOURNALS)
    }
    for kind, topic in list(BY_TYPE.items()):
        if topic.name in renamed:
            monkeypatch.setitem(BY_TYPE, kind, renamed[topic.name])
    await clients.ensure_topics(kafka, renamed.values())
    producer = clients.producer(kafka, "test")
    await producer.start()
    Tally.refused.clear()
    yield Heart(kafka, client, db, renamed[ATTENDANCE_PUNCHES.name], producer)
    await producer.stop()
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    await admin.delete_topics([topic.name for topic in renamed.values()])
    await admin.close()
