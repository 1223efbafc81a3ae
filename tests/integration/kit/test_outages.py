"""Broker or database killed (-9) under journal, relay and projector, and started again: nothing lost, nothing twice."""

import asyncio
from contextlib import suppress
from time import perf_counter
from typing import Any

import pytest

from kit.gathering import Unwritten
from kit.journal import Journal
from kit.mongo import AWAY
from kit.relay import Relay
from tests.integration.kit.facts import fact
from tests.integration.kit.heart import Heart, eventually, expected, numbered, running
from tests.integration.kit.tally import Ledger
from tests.stack import Stack

pytestmark = [pytest.mark.integration, pytest.mark.timeout(240)]


async def test_the_database_is_killed_while_projecting(mortal: Stack, mortal_heart: Heart) -> None:
    heart, pairs = mortal_heart, numbered(40, 200)
    ends: dict[tuple[str, int], int] = {}

    async def load() -> None:
        for start in range(0, len(pairs), 80):
            ends.update(await heart.say(*pairs[start : start + 80]))
            await asyncio.sleep(0.1)

    async with running(heart.projector(max_records=300).run()):
        loading = asyncio.create_task(load())
        for _ in range(2):
            await eventually(heart.total, "some progress")
            await asyncio.to_thread(mortal.kill9, "mongod")
            await asyncio.sleep(1)
            await asyncio.to_thread(mortal.start, "mongod")
        await loading
        await heart.folded(ends, timeout=60)
    assert await heart.people() == expected(pairs)
    assert await heart.total() == len(pairs)


@pytest.mark.seconds
async def test_the_broker_is_killed_under_relay_and_projector(mortal: Stack, mortal_heart: Heart) -> None:
    heart = mortal_heart
    journal = Journal(heart.db, "attendance")
    await journal.setup()
    said: list[tuple[str, str]] = []
    slowest = 0.0

    async def record(who: int) -> None:
        nonlocal slowest
        for n in range(120):
            began = perf_counter()
            await journal.append([fact(f"{who}:{n}", f"person-{who}")])
            slowest = max(slowest, perf_counter() - began)
            said.append((f"person-{who}", f"{who}:{n}"))
            await asyncio.sleep(0.05)

    relay = Relay(heart.client, heart.db, heart.bootstrap, "attendance")
    async with running(relay.run(), heart.projector(Ledger()).run()):
        recording = asyncio.gather(*(record(who) for who in range(12)))
        for _ in range(2):
            await eventually(heart.total, "some progress")
            await asyncio.to_thread(mortal.kill9, "kafka")
            await asyncio.to_thread(mortal.start, "kafka")
        await recording

        async def whole() -> bool:
            return await heart.total() == len(said) == 12 * 120

        await eventually(whole, "everything in the view", seconds=90)
    assert await heart.people() == expected(said)
    assert slowest < 2, "the journal does not wait for the broker"


async def test_without_a_database_nothing_is_acknowledged(mortal: Stack, mortal_heart: Heart) -> None:
    journal = Journal(mortal_heart.db, "attendance")
    await journal.append([fact("before")])
    await asyncio.to_thread(mortal.kill9, "mongod")
    try:
        results = await asyncio.gather(
            *(journal.append([fact(f"during-{n}")]) for n in range(20)), return_exceptions=True
        )
        assert {type(result) for result in results} == {Unwritten}
    finally:
        await asyncio.to_thread(mortal.start, "mongod")
    await journal.append([fact("after")])


async def test_everything_waits_for_a_broker_that_is_not_there_yet(mortal: Stack, mortal_heart: Heart) -> None:
    heart = mortal_heart
    journal = Journal(heart.db, "attendance")
    await journal.setup()
    await asyncio.to_thread(mortal.kill9, "kafka")
    relay = Relay(heart.client, heart.db, heart.bootstrap, "attendance")
    async with running(relay.run(), heart.projector(Ledger()).run()):
        await journal.append([fact("p1")])
        await asyncio.sleep(2)
        await asyncio.to_thread(mortal.start, "kafka")
        await eventually(heart.total, "the punch in the view", seconds=60)


async def test_a_take_over_waits_for_a_broker_that_dies_meanwhile(
    mortal: Stack, mortal_heart: Heart, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Assigned, claimed, and then the broker does not say where its topics end."""
    heart = mortal_heart
    projector = heart.projector(Ledger())
    look = projector._progress.look
    killed = asyncio.Event()

    async def dying() -> None:
        if not killed.is_set():
            await asyncio.to_thread(mortal.kill9, "kafka")
            killed.set()
        await look()

    monkeypatch.setattr(projector._progress, "look", dying)
    async with running(projector.run()):
        await killed.wait()
        await asyncio.to_thread(mortal.start, "kafka")
        await heart.say(("person-1", "p1"))
        await eventually(heart.total, "the punch in the view", seconds=90)


async def test_the_primary_steps_down_under_everything(mortal_heart: Heart) -> None:
    """No process dies: connections stay, and the server says that it may not write just now."""
    heart = mortal_heart
    journal = Journal(heart.db, "attendance")
    await journal.setup()
    said: list[tuple[str, str]] = []

    async def record(who: int) -> None:
        for n in range(100):
            while True:
                try:
                    await journal.append([fact(f"{who}:{n}", f"person-{who}")])
                    break
                except Unwritten:
                    await asyncio.sleep(0.1)  # as a terminal does: the same again
            said.append((f"person-{who}", f"{who}:{n}"))
            await asyncio.sleep(0.05)

    async def counted() -> int:
        with suppress(*AWAY):  # while there is no primary nobody can look
            return await heart.total()
        return 0

    relay = Relay(heart.client, heart.db, heart.bootstrap, "attendance")
    async with running(relay.run(), heart.projector(Ledger()).run()):
        recording = asyncio.gather(*(record(who) for who in range(8)))
        for _ in range(2):
            await eventually(counted, "some progress")
            with suppress(*AWAY):
                await heart.client.admin.command("replSetStepDown", 2, force=True)
            await asyncio.sleep(3)
        await recording

        async def whole() -> bool:
            return await counted() == len(said)

        await eventually(whole, "everything in the view", seconds=60)
    assert await heart.people() == expected(said)


async def test_an_answer_that_the_database_was_restarted_within_is_asked_for_again(
    mortal: Stack, mortal_heart: Heart
) -> None:
    """A client of a service is told to come back, not that the service failed."""
    rows = mortal_heart.db["rows"]
    await rows.insert_many([{"_id": number} for number in range(20)])
    answer = rows.find({}, batch_size=5)
    assert await answer.next() == {"_id": 0}
    await asyncio.to_thread(mortal.kill9, "mongod")
    await asyncio.to_thread(mortal.start, "mongod")
    await eventually(lambda: _found(rows), "the database is back")
    with pytest.raises(AWAY):
        await answer.to_list(None)


async def _found(rows: Any) -> bool:
    with suppress(*AWAY):
        return await rows.find_one({}) is not None
    return False
