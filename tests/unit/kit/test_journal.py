"""Group commit: who shares an insert, who is told what, and that nobody is told too early or never."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import bson
import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pymongo.errors import AutoReconnect

from contracts.events.attendance import DeviceChanged
from kit import telemetry
from kit.gathering import Unwritten
from kit.journal import MOST_FACT_BYTES, Fact, Journal
from tests.unit.kit.spans import recorded

NOW = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)


class Collection:
    """Inserts that stay under way until the test lets them go, and end as it says."""

    codec_options = bson.DEFAULT_CODEC_OPTIONS

    def __init__(self) -> None:
        self.inserts: list[list[Any]] = []
        self._ends: list[asyncio.Future[None]] = []
        self._arrived = asyncio.Event()

    async def insert_many(self, documents: Iterable[Any], *, ordered: bool) -> None:
        assert not ordered
        self.inserts.append([document["device"] for document in documents])
        end: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._ends.append(end)
        self._arrived.set()
        await end

    async def under_way(self, number: int) -> None:
        """Wait until insert `number` (from 1) has been sent."""
        async with asyncio.timeout(5):
            while len(self.inserts) < number:
                self._arrived.clear()
                await self._arrived.wait()

    def stored(self, number: int) -> None:
        self._ends[number - 1].set_result(None)

    def failed(self, number: int, error: BaseException) -> None:
        self._ends[number - 1].set_exception(error)


@pytest.fixture
def collection() -> Collection:
    return Collection()


def journal_on(collection: Collection, **options: int) -> Journal:
    database: Any = SimpleNamespace(get_collection=lambda name, write_concern: collection)
    return Journal(database, "attendance", clock=lambda: NOW, **options)


def appended(journal: Journal, *devices: str) -> list["asyncio.Task[Any]"]:
    return [asyncio.create_task(journal.append([], entry={"device": device})) for device in devices]


def fact(data: bytes = b"{}") -> Fact:
    return Fact("1", DeviceChanged.TYPE, "device-1", "2026-11-23T00:30:00Z", data)


async def test_nobody_is_answered_before_the_insert_has_ended(collection: Collection) -> None:
    journal = journal_on(collection, in_flight=1)
    (append,) = appended(journal, "a")
    await collection.under_way(1)
    assert not append.done()
    collection.stored(1)
    assert isinstance(await append, bson.ObjectId)


async def test_what_arrives_during_an_insert_leaves_together_in_the_next(collection: Collection) -> None:
    journal = journal_on(collection, in_flight=1)
    (first,) = appended(journal, "a")
    await collection.under_way(1)
    rest = appended(journal, "b", "c", "d")
    await asyncio.sleep(0)
    assert collection.inserts == [["a"]]
    collection.stored(1)
    await collection.under_way(2)
    assert collection.inserts == [["a"], ["b", "c", "d"]]
    await first
    assert not any(append.done() for append in rest)
    collection.stored(2)
    assert len(set(await asyncio.gather(*rest))) == 3


async def test_a_group_is_bounded_and_so_are_the_inserts_under_way(collection: Collection) -> None:
    journal = journal_on(collection, max_group=2, in_flight=2)
    appends = appended(journal, "a", "b", "c", "d", "e")
    await collection.under_way(2)
    for _ in range(20):
        await asyncio.sleep(0)
    assert collection.inserts == [["a", "b"], ["c", "d"]]
    collection.stored(2)
    await collection.under_way(3)
    assert collection.inserts[2] == ["e"]
    collection.stored(1)
    collection.stored(3)
    await asyncio.gather(*appends)


async def test_a_failed_insert_reaches_everybody_in_it_and_nobody_else(collection: Collection) -> None:
    journal = journal_on(collection, in_flight=1)
    before = appended(journal, "a")
    await collection.under_way(1)
    failing = appended(journal, "b", "c")
    await asyncio.sleep(0)
    collection.stored(1)
    await collection.under_way(2)
    after = appended(journal, "d")
    await asyncio.sleep(0)
    cause = AutoReconnect("gone")
    collection.failed(2, cause)
    await collection.under_way(3)
    collection.stored(3)
    results = await asyncio.gather(*failing, return_exceptions=True)
    assert [type(result) for result in results] == [Unwritten, Unwritten]
    assert all(isinstance(result, Unwritten) and result.__cause__ is cause for result in results)
    assert results[0] is not results[1], "two callers raising one exception would share its traceback"
    await asyncio.gather(*before, *after)


async def test_a_writer_that_breaks_leaves_nobody_waiting_and_the_next_one_works(collection: Collection) -> None:
    journal = journal_on(collection, in_flight=1)
    failing = appended(journal, "a")
    await collection.under_way(1)
    failing += appended(journal, "b")
    await asyncio.sleep(0)
    writers = list(journal._grouped._writers)
    collection.failed(1, RuntimeError("the executor is closed"))
    async with asyncio.timeout(5):
        results = await asyncio.gather(*failing, return_exceptions=True)
    assert [type(result) for result in results] == [Unwritten, Unwritten]
    with pytest.raises(RuntimeError, match="executor"):
        await writers[0]
    (next_one,) = appended(journal, "c")
    await collection.under_way(2)
    collection.stored(2)
    await next_one


async def test_a_caller_that_goes_away_harms_nobody(collection: Collection) -> None:
    journal = journal_on(collection, in_flight=1)
    (sent,) = appended(journal, "a")
    await collection.under_way(1)
    gone, stays = appended(journal, "b", "c")
    await asyncio.sleep(0)
    sent.cancel()
    gone.cancel()
    await asyncio.sleep(0)
    collection.stored(1)
    await collection.under_way(2)
    assert collection.inserts[1] == ["b", "c"], "its entry stands: the request had been accepted"
    collection.stored(2)
    await stays
    assert sent.cancelled()
    assert gone.cancelled()


@pytest.mark.parametrize(
    "value", [2**70, "\ud800", object(), {"a\0b": 1}, b"x" * 17_000_000], ids=["int", "text", "object", "name", "size"]
)
async def test_what_cannot_be_stored_fails_its_own_caller_only(collection: Collection, value: Any) -> None:
    journal = journal_on(collection, in_flight=1)
    (first,) = appended(journal, "a")
    await collection.under_way(1)
    refused = asyncio.create_task(journal.append([], entry={"device": "b", "raw": value}))
    (behind,) = appended(journal, "c")
    await asyncio.sleep(0)
    with pytest.raises(ValueError, match="attendance"):
        await refused
    collection.stored(1)
    await collection.under_way(2)
    assert collection.inserts[1] == ["c"]
    collection.stored(2)
    await asyncio.gather(first, behind)


async def test_what_no_topic_carries_or_no_broker_takes_is_refused_at_once(collection: Collection) -> None:
    journal = journal_on(collection)
    with pytest.raises(ValueError, match="no topic"):
        await journal.append([Fact("1", "id.test.unknown.v1", "k", "2026-11-23T00:30:00Z", b"{}")])
    with pytest.raises(ValueError, match="broker"):
        await journal.append([fact(b"x" * (MOST_FACT_BYTES + 1))])
    assert collection.inserts == []


async def test_an_entry_keeps_its_facts_its_instant_and_its_trace() -> None:
    written: list[Any] = []

    async def insert_many(documents: Any, *, ordered: bool) -> None:
        written.extend(documents)

    collection: Any = SimpleNamespace(codec_options=bson.DEFAULT_CODEC_OPTIONS, insert_many=insert_many)
    journal = journal_on(collection)
    with recorded(InMemorySpanExporter()), telemetry.span("POST /iclock/cdata"):
        trace = telemetry.current_traceparent()
        identity = await journal.append([fact()], entry={"device": "d"})
    (entry,) = written
    assert entry["_id"] == identity
    assert entry["recorded"].replace(tzinfo=UTC) == NOW
    assert (entry["trace"], entry["device"]) == (trace, "d")
    assert trace.endswith("-01")
    assert [dict(row) for row in entry["facts"]] == [fact().document()]
