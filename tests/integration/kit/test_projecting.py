"""The projector on a real broker and database: once each, in order, and what readers see of it."""

import asyncio
import threading

import pytest

from kit.projector import Documents
from kit.projector.reading import TooLate, wait_for
from tests.integration.kit.heart import Heart, eventually, expected, numbered, running
from tests.integration.kit.tally import Tally

pytestmark = pytest.mark.integration


async def test_every_record_is_folded_once_and_in_order(heart: Heart) -> None:
    history, live = numbered(40, 30), numbered(40, 5, start=30)
    await heart.say(*history)
    projector = heart.projector(max_records=173)
    async with running(projector.run()):
        ends: dict[tuple[str, int], int] = {}
        for pair in live:
            ends |= await heart.say(pair)
        await heart.folded(ends)
    assert await heart.people() == expected([*history, *live])
    assert await heart.total() == len(history) + len(live)


async def test_a_restart_goes_on_where_the_view_stands(heart: Heart) -> None:
    pairs = numbered(10, 30)
    for start in range(0, 300, 100):
        ends = await heart.say(*pairs[start : start + 100])
        async with running(heart.projector().run()):
            await heart.folded(ends)
    assert await heart.people() == expected(pairs)
    assert await heart.total() == 300


async def test_it_says_when_it_is_caught_up_and_where_it_stands(heart: Heart) -> None:
    ends = await heart.say(*numbered(10, 10))
    projector = heart.projector()
    assert not projector.caught_up
    async with running(projector.run()):
        await eventually(lambda: projector.caught_up, "caught up")
        assert await heart.total() == 100
        assert projector.positions() == {f"{topic}/{partition}": end for (topic, partition), end in ends.items()}
        assert projector.lag() == 0


async def test_one_that_hangs_says_for_how_long(heart: Heart) -> None:
    go_on = threading.Event()

    class Hanging(Tally):
        def settle(self, documents: Documents) -> None:
            go_on.wait(30)

    projector = heart.projector(Hanging())
    assert projector.still_seconds == 0
    async with running(projector.run()):
        await eventually(lambda: projector.caught_up, "caught up")
        await asyncio.sleep(1)
        assert projector.still_seconds < 1, "it looks for records all the time"
        ends = await heart.say(("person-1", "a"))
        await eventually(lambda: projector.still_seconds > 1, "hanging")
        go_on.set()
        await heart.folded(ends)
        await eventually(lambda: projector.still_seconds < 1, "going on")


async def test_an_empty_topic_is_caught_up(heart: Heart) -> None:
    projector = heart.projector()
    async with running(projector.run()):
        await eventually(lambda: projector.caught_up, "caught up")


async def test_a_member_without_partitions_is_ready_and_stays_so(heart: Heart) -> None:
    projectors = [heart.projector() for _ in range(heart.punches.partitions + 1)]
    async with running(*(projector.run() for projector in projectors)):
        await eventually(lambda: all(projector.caught_up for projector in projectors), "all ready", seconds=40)
        await heart.folded(await heart.say(*numbered(20, 5)))
    assert await heart.total() == 100


async def test_each_commit_tells_live_readers_what_changed(heart: Heart) -> None:
    async with running(heart.projector().run()):
        await heart.folded(await heart.say(("person-1", "a")))
        await heart.folded(await heart.say(("person-2", "b")))
    fed = [row async for row in heart.db["changes_v1"].find().sort("at", 1)]
    assert [row["people"] for row in fed] == [["person-1"], ["person-2"]]


async def test_waiting_for_a_position_that_is_not_reached_says_how_far_it_got(heart: Heart) -> None:
    async with running(heart.projector().run()):
        ((at, end),) = (await heart.say(("person-1", "a"))).items()
        await heart.folded({at: end})
        with pytest.raises(TooLate, match=r"tally_v1 is behind .*\(1, 2\)"):
            await wait_for(heart.db, "tally_v1", {at: end + 1}, timeout=0.05)


async def test_offsets_are_told_to_the_broker_for_lag_tools(heart: Heart) -> None:
    ends = await heart.say(*numbered(20, 2))
    projector = heart.projector()
    async with running(projector.run()):
        await heart.folded(ends)
    assert await heart.told() == ends


async def test_what_the_broker_is_told_at_the_end_is_after_the_batch_in_hand(heart: Heart) -> None:
    begun, go_on = threading.Event(), threading.Event()

    class Slow(Tally):
        def settle(self, documents: Documents) -> None:
            begun.set()
            go_on.wait(30)

    ends = await heart.say(("person-1", "a"))
    async with running(heart.projector(Slow()).run()) as (projecting,):
        await asyncio.to_thread(begun.wait, 30)
        projecting.cancel()
        asyncio.get_running_loop().call_later(0.5, go_on.set)
    assert await heart.total() == 1
    assert await heart.told() == ends


async def test_a_view_stopped_in_the_middle_of_a_load_has_not_lost_its_place(heart: Heart) -> None:
    pairs = numbered(50, 200)
    ends = await heart.say(*pairs)
    for _ in range(4):
        before = await heart.total()

        async def moved(before: int = before) -> bool:
            return await heart.total() > before or before == len(pairs)

        async with running(heart.projector(max_records=500).run()):
            await eventually(moved, "some progress", pause=0.005)
    async with running(heart.projector().run()):
        await heart.folded(ends)
    assert await heart.people() == expected(pairs)
    assert await heart.total() == len(pairs)
