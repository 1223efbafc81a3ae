"""The harness itself: what it starts is real, survives kill -9 and leaves nothing behind."""

import asyncio
import os
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from pymongo import MongoClient

from tests.stack import Stack

pytestmark = pytest.mark.integration


async def test_a_record_goes_through_the_shared_broker(kafka: str, topic_prefix: str) -> None:
    topic = topic_prefix + "round"
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    await admin.create_topics([NewTopic(topic, 1, 1)])
    await admin.close()
    producer = AIOKafkaProducer(bootstrap_servers=kafka, acks="all", enable_idempotence=True)
    await producer.start()
    await producer.send_and_wait(topic, b"punch")
    await producer.stop()
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=kafka, group_id=None, auto_offset_reset="earliest")
    await consumer.start()
    record = await asyncio.wait_for(consumer.getone(), 20)
    await consumer.stop()
    assert record.value == b"punch"


def test_the_shared_database_has_transactions_and_change_streams(mongo_uri: str, database_name: str) -> None:
    with MongoClient[dict[str, object]](mongo_uri) as client:
        rows = client[database_name]["rows"]
        rows.insert_one({"_id": 0})
        with rows.watch(max_await_time_ms=100) as stream:
            with client.start_session() as session, session.start_transaction():
                rows.insert_one({"_id": 1}, session=session)
            assert next(stream)["documentKey"] == {"_id": 1}


@pytest.mark.timeout(180)
def test_what_was_acknowledged_survives_kill_9_and_nothing_stays(tmp_path: Path) -> None:
    stack = Stack.infrastructure(tmp_path, heap_mb=256, cache_gb=0.25)
    stack.programs.pop("kafka")
    with stack:
        first = stack.pid("mongod")
        with MongoClient[dict[str, object]](stack.mongo_uri, w="majority", journal=True) as client:
            client.kept.rows.insert_one({"_id": "safe"})
            stack.kill9("mongod")
            assert not stack.running("mongod")
            stack.start("mongod")
            assert stack.pid("mongod") != first
            assert client.kept.rows.find_one() == {"_id": "safe"}
        last = stack.pid("mongod")
    with pytest.raises(ProcessLookupError):
        os.kill(last, 0)
