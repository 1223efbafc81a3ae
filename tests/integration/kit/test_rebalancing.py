"""Members come and go in the middle of batches: nothing is lost, nothing is doubled, nobody waits for long."""

import asyncio
import json
from typing import Any

import pytest
from pymongo.errors import AutoReconnect

from contracts.events.access import PersonViewed
from contracts.topics import PLATFORM_READS, Topic
from kit.projector.documents import Documents
from tests.integration.kit.heart import Heart, eventually, expected, numbered, running
from tests.integration.kit.tally import Ledger, Said, Tally

READ = PersonViewed.TYPE

pytestmark = pytest.mark.integration


class Slow(Tally):
    """Takes its time in every batch, so that a rebalance falls into one."""

    def settle(self, documents: Documents) -> None:
        import time

        time.sleep(0.05)


@pytest.mark.timeout(180)
async def test_two_projectors_join_and_leave_in_the_middle_of_batches(heart: Heart) -> None:
    pairs = numbered(60, 100)
    ends: dict[tuple[str, int], int] = {}

    async def load() -> None:
        for start in range(0, len(pairs), 60):
            ends.update(await heart.say(*pairs[start : start + 60]))
            await asyncio.sleep(0.08)

    async def comings_and_goings() -> None:
        while True:
            second = heart.projector(Slow(), max_records=200)
            async with running(second.run()):
                await eventually(second.positions, "the second member works")
                await asyncio.sleep(0.3)

    first = heart.projector(Slow(), max_records=200)
    async with running(first.run()):
        loading = asyncio.create_task(load())
        async with running(comings_and_goings()):
            await loading
        await heart.folded(ends, timeout=60)
    assert await heart.people() == expected(pairs)
    assert await heart.total() == len(pairs)


async def test_a_rebalance_does_not_wait_for_a_member_whose_database_is_away(
    heart: Heart, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The member holds its batch and has nothing under way, so the others must get their partitions at once."""
    pairs = numbered(30, 10)
    first = heart.projector(drain_seconds=40)
    async with running(first.run()):
        await heart.folded(await heart.say(*pairs[:30]))
        assert first._unit is not None
        away, loop = asyncio.Event(), asyncio.get_running_loop()

        def refuse(*_: Any, **__: Any) -> None:
            loop.call_soon_threadsafe(away.set)
            raise AutoReconnect("no database for this member")

        monkeypatch.setattr(first._unit._session, "with_transaction", refuse)
        ends = await heart.say(*pairs[30:])
        await away.wait()
        started = asyncio.get_running_loop().time()
        second = heart.projector()
        async with running(second.run()):
            await eventually(second.positions, "the second member has partitions", seconds=35)
            assert asyncio.get_running_loop().time() - started < 15
            monkeypatch.undo()
            await heart.folded(ends, timeout=40)
    assert await heart.people() == expected(pairs)
    assert await heart.total() == len(pairs)


async def test_a_batch_that_takes_longer_than_the_budget_is_abandoned_safely(heart: Heart) -> None:
    """The transaction of the abandoned batch may commit or be fenced: either way each record counts once."""
    gate = asyncio.Event()
    loop = asyncio.get_running_loop()
    busy = asyncio.Event()

    class Stuck(Tally):
        def settle(self, documents: Documents) -> None:
            loop.call_soon_threadsafe(busy.set)
            asyncio.run_coroutine_threadsafe(gate.wait(), loop).result(60)

    pairs = numbered(30, 10)
    ends = await heart.say(*pairs)
    first = heart.projector(Stuck(), drain_seconds=0.5)
    async with running(first.run()):
        await busy.wait()
        second = heart.projector()
        async with running(second.run()):
            await eventually(second.positions, "the second member has partitions", seconds=30)
            gate.set()
            await heart.folded(ends, timeout=40)
    assert await heart.people() == expected(pairs)
    assert await heart.total() == len(pairs)


class Wider(Ledger):
    """The view of a later release: it reads one more topic."""

    name = "tally"
    inputs = {**Ledger.inputs, READ: Said}


async def test_a_release_that_adds_a_topic_reads_it_under_the_same_instance(
    heart: Heart, renamed: dict[str, Topic]
) -> None:
    """A static member that comes back is given its old assignment, without the topic it did not know."""
    reads = renamed[PLATFORM_READS.name]
    punch = await heart.say(("person-0", "0"))
    async with running(heart.projector(instance="tally-0").run()):
        await heart.folded(punch)
    added = json.dumps({"punch_id": "1", "employee_id": "person-0"}).encode()
    sent = await heart.producer.send_and_wait(reads.name, added, b"person-0", headers=[("ce_type", READ.encode())])
    async with running(heart.projector(Wider(), instance="tally-0").run()):
        await heart.folded({(sent.topic, sent.partition): sent.offset + 1})
    assert await heart.people() == {"person-0": ["0", "1"]}
