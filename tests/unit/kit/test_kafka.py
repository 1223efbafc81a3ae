"""Keys go where Kafka's own clients would put them."""

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.partitioner import DefaultPartitioner
from hypothesis import given
from hypothesis import strategies as st

from contracts.topics import ATTENDANCE_PUNCHES
from kit import kafka
from kit.kafka import partition_of

# Kafka's UtilsTest.testMurmur2: the reference values of the Java client.
REFERENCE = {
    b"21": -973932308,
    b"foobar": -790332482,
    b"a-little-bit-long-string": -985981536,
    b"a-little-bit-longer-string": -1486304829,
    b"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8": -58897971,
    b"abc": 479470107,
}


@pytest.mark.parametrize(("key", "hashed"), REFERENCE.items())
def test_a_key_lies_where_the_java_client_puts_it(key: bytes, hashed: int) -> None:
    assert partition_of(key, 12) == (hashed & 0x7FFFFFFF) % 12


@given(key=st.binary(min_size=1, max_size=80), partitions=st.integers(1, 64))
def test_a_key_lies_where_this_client_puts_it_by_default(key: bytes, partitions: int) -> None:
    every = list(range(partitions))
    assert partition_of(key, partitions) == DefaultPartitioner()(key, every, every)


async def test_a_producer_waits_for_all_replicas_and_repeats_without_duplicates() -> None:
    made: AIOKafkaProducer = kafka.producer("127.0.0.1:1", "test")
    assert made._sender._acks == -1
    assert made._txn_manager is not None


async def test_a_group_member_never_commits_by_itself_nor_skips_history() -> None:
    made = kafka.group_consumer("127.0.0.1:1", "group", instance="group-0", drain_seconds=60)
    assert made._enable_auto_commit is False
    assert made._auto_offset_reset == "earliest"
    assert made._group_instance_id == "group-0"
    assert made._rebalance_timeout_ms == 60_000


@pytest.mark.parametrize(("copies", "at_least"), [(1, "1"), (2, "1"), (3, "2"), (5, "4")])
def test_a_topic_takes_records_while_at_most_one_copy_is_missing(copies: int, at_least: str) -> None:
    made = kafka._new_topic(ATTENDANCE_PUNCHES, copies)
    assert (made.num_partitions, made.replication_factor) == (ATTENDANCE_PUNCHES.partitions, copies)
    assert made.topic_configs["min.insync.replicas"] == at_least
