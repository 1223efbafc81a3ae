"""Timers on a real database: none is missed, none has its effect twice, whoever dies."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from deploy.local.program import ROOT
from kit.mongo import Client, Database, Document, Session, in_transaction
from kit.timers import Timer, Timers
from kit.writes import Writes
from tests.integration.kit.heart import eventually

pytestmark = pytest.mark.integration
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
Effects = Callable[[Timer, Session], Awaitable[None]]


def writing(db: Database) -> Effects:
    """An effect that can be counted: one row each time it is there."""

    async def handler(timer: Timer, session: Session) -> None:
        await db["effects"].insert_one({"key": timer.key, "due": timer.due, **timer.payload}, session=session)

    return handler


class Watch:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def timers(client: Client, db: Database, watch: Watch) -> Timers:
    made = Timers(client, db, {"ring": writing(db)}, clock=watch)
    await made.setup()
    await db.create_collection("effects")
    return made


async def effects(db: Database) -> list[Document]:
    rows: list[Document] = await db["effects"].find({}, {"_id": 0}).sort("_id", 1).to_list(None)
    return rows


@asynccontextmanager
async def written(client: Client) -> AsyncIterator[Writes]:
    """What is set or cancelled inside, in a transaction."""
    async with await client.start_session() as session, session.start_transaction():
        writes = Writes(session)
        yield writes
        await writes.flush()


async def all_due(timers: Timers) -> int:
    fired = 0
    while await timers.fire_next():
        fired += 1
    return fired


async def test_it_fires_when_it_is_due_and_once(client: Client, timers: Timers, db: Database, watch: Watch) -> None:
    async with written(client) as writes:
        timers.set("ring", "a", NOON + timedelta(hours=1), {"n": 1}, writes)
    assert await all_due(timers) == 0
    watch.now += timedelta(hours=1)
    assert await all_due(timers) == 1
    watch.now += timedelta(days=1)
    assert await all_due(timers) == 0
    assert await effects(db) == [{"key": "a", "due": NOON + timedelta(hours=1), "n": 1}]


async def test_set_again_it_is_moved_and_cancelled_it_is_gone(
    client: Client, timers: Timers, db: Database, watch: Watch
) -> None:
    async with written(client) as writes:
        timers.set("ring", "a", NOON, {"n": 1}, writes)
        timers.set("ring", "b", NOON, {}, writes)
    async with written(client) as writes:
        timers.set("ring", "a", NOON + timedelta(hours=2), {"n": 2}, writes)
        timers.cancel("ring", "b", writes)
        timers.cancel("ring", "never-set", writes)
    assert await all_due(timers) == 0
    watch.now += timedelta(hours=3)
    assert await all_due(timers) == 1
    assert [one["n"] for one in await effects(db)] == [2]


async def test_it_is_set_with_what_it_is_about_or_not_at_all(timers: Timers, client: Client) -> None:
    async def work(session: Session) -> None:
        writes = Writes(session)
        timers.set("ring", "a", NOON, {}, writes)
        await writes.flush()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await in_transaction(client, work)
    assert await all_due(timers) == 0


async def test_what_was_due_while_nobody_ran_fires_oldest_first(
    client: Client, timers: Timers, db: Database, watch: Watch
) -> None:
    async with written(client) as writes:
        for hour in (3, 1, 2):
            timers.set("ring", str(hour), NOON + timedelta(hours=hour), {}, writes)
    watch.now += timedelta(days=30)
    assert await all_due(timers) == 3
    assert [one["key"] for one in await effects(db)] == ["1", "2", "3"]


async def test_one_that_fails_keeps_nobody_waiting_and_is_tried_again(
    client: Client, db: Database, watch: Watch
) -> None:
    failing = True

    async def handler(timer: Timer, session: Session) -> None:
        await writing(db)(timer, session)
        if failing and timer.key == "bad":
            raise ZeroDivisionError

    timers = Timers(client, db, {"ring": handler}, clock=watch)
    await timers.setup()
    async with written(client) as writes:
        timers.set("ring", "bad", NOON - timedelta(hours=1), {}, writes)
        timers.set("ring", "good", NOON, {}, writes)
    assert await all_due(timers) == 2
    assert [one["key"] for one in await effects(db)] == ["good"], "nothing is left of what failed"
    failing = False
    assert await all_due(timers) == 0, "before its lease is over"
    watch.now += timedelta(seconds=31)
    assert await all_due(timers) == 1
    assert [one["key"] for one in await effects(db)] == ["good", "bad"]


async def test_a_kind_that_nobody_here_handles_waits_for_who_does(client: Client, timers: Timers, watch: Watch) -> None:
    async with written(client) as writes:
        timers.set("other", "a", NOON, {}, writes)
    assert await all_due(timers) == 0
    assert await timers.collection.count_documents({}) == 1


async def test_moved_or_taken_over_under_a_running_handler_nothing_is_left_of_it(
    client: Client, db: Database, watch: Watch
) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def slow(timer: Timer, session: Session) -> None:
        await writing(db)(timer, session)
        begun.set()
        await go.wait()

    first = Timers(client, db, {"ring": slow}, clock=watch)
    second = Timers(client, db, {"ring": writing(db)}, clock=watch)
    await first.setup()
    await db.create_collection("effects")
    async with written(client) as writes:
        first.set("ring", "a", NOON, {}, writes)
    stuck = asyncio.create_task(first.fire_next())
    await begun.wait()
    assert not await second.fire_next(), "one owner at a time"
    watch.now += timedelta(seconds=31)
    taken = asyncio.create_task(second.fire_next())  # waits for the locks of the first
    await asyncio.sleep(0.2)
    go.set()
    await asyncio.gather(stuck, taken)
    assert [one["key"] for one in await effects(db)] == ["a"]
    assert await first.collection.count_documents({}) == 0


async def test_two_owners_share_the_work_and_do_none_of_it_twice(
    client: Client, db: Database, timers: Timers, watch: Watch
) -> None:
    async with written(client) as writes:
        for number in range(60):
            timers.set("ring", str(number), NOON, {}, writes)
    second = Timers(client, db, {"ring": writing(db)}, clock=watch)
    fired = await asyncio.gather(*(all_due(one) for one in (timers, second, timers)))
    assert min(fired) > 0
    assert sorted(int(one["key"]) for one in await effects(db)) == list(range(60))


async def test_killed_in_its_work_the_next_does_all_of_it_once(
    client: Client, db: Database, mongo_uri: str, timers: Timers
) -> None:
    now = datetime.now(UTC)
    async with written(client) as writes:
        for number in range(20):
            timers.set("ring", str(number), now - timedelta(minutes=1), {}, writes)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.integration.kit.timers_process", mongo_uri, db.name, "7"), cwd=ROOT
    )
    assert await asyncio.wait_for(process.wait(), 60) == -signal.SIGKILL
    before = [one["key"] for one in await effects(db)]
    assert 0 < len(before) < 20, "or this proves nothing"

    async def no_timers() -> bool:
        return await timers.collection.count_documents({}) == 0

    successor = Timers(
        client, db, {"ring": writing(db)}, clock=lambda: datetime.now(UTC), poll=timedelta(milliseconds=50)
    )
    running = asyncio.create_task(successor.run())
    try:
        # After the killed one's lease, and when the server has let go of the locks it left.
        await eventually(no_timers, "all fired", seconds=90)
    finally:
        running.cancel()
    assert sorted(int(one["key"]) for one in await effects(db)) == list(range(20))
