"""Poison: kept with the position that moves past it, shown as a gap, replayed, dropped, and too much of it."""

import asyncio

import pytest
from aiokafka import AIOKafkaConsumer

from kit.projector import Projector, deadletters
from kit.projector.breaker import Limits
from tests.integration.kit.heart import Heart, eventually, expected, numbered, running
from tests.integration.kit.tally import PUNCH, Ledger, Tally

pytestmark = pytest.mark.integration

TYPE = ("ce_type", PUNCH.encode())
BY = deadletters.Actor("account-1", "person-9")


async def letters(heart: Heart) -> list[str]:
    return [row["_id"] async for row in deadletters.waiting(heart.db)]


async def incomplete(heart: Heart) -> dict[str, list[str]]:
    return {row["_id"]: row["letters"] async for row in heart.db["incomplete"].find()}


async def test_poison_costs_nothing_but_itself_and_is_kept_whole(heart: Heart) -> None:
    await heart.say(("person-1", "a"), ("person-2", "b"))
    ends = await heart.put(("person-1", b'{"punch_id":7', [TYPE, ("ce_id", b"x")]))
    ends |= await heart.say(("person-1", "c"), ("person-2", "d"))
    async with running(heart.projector().run()):
        await heart.folded(ends)
    assert await heart.people() == {"person-1": ["a", "c"], "person-2": ["b", "d"]}
    (row,) = [row async for row in deadletters.waiting(heart.db)]
    assert (row["key"], row["value"], row["topic"]) == (b"person-1", b'{"punch_id":7', heart.punches.name)
    assert row["headers"] == [["ce_type", PUNCH.encode()], ["ce_id", b"x"]]
    assert await incomplete(heart) == {"person-1": [row["_id"]]}


async def test_a_letter_its_mark_and_the_position_move_together_or_not_at_all(
    heart: Heart, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The transaction fails after the letter was written in it: nothing of it may be seen, and it comes again."""
    Tally.refused.add("bad")
    keep, failures = deadletters.keep, iter([True, False])

    def failing_once(*arguments: object) -> None:
        keep(*arguments)  # type: ignore[arg-type]
        if next(failures, False):
            raise ConnectionError("after the letter")

    monkeypatch.setattr(deadletters, "keep", failing_once)
    ends = await heart.say(("person-1", "good"), ("person-1", "bad"))
    with pytest.raises(ConnectionError):
        async with running(heart.projector().run()):
            await asyncio.sleep(20)
    assert (await letters(heart), await incomplete(heart), await heart.people()) == ([], {}, {})
    async with running(heart.projector().run()):
        await heart.folded(ends)
    assert len(await letters(heart)) == 1
    assert await heart.people() == {"person-1": ["good"]}


async def test_a_replay_that_can_be_folded_clears_letter_and_mark(heart: Heart) -> None:
    Tally.refused.add("b")
    ends = await heart.say(("person-1", "a"), ("person-1", "b"), ("person-1", "c"))
    async with running(heart.projector().run()):
        await heart.folded(ends)
        (letter,) = await letters(heart)
        Tally.refused.clear()
        assert await deadletters.replay(heart.db, heart.producer, letter, BY)
        await heart.folded(await heart.ends())
    assert await heart.people() == {"person-1": ["a", "c", "b"]}
    assert await letters(heart) == []
    assert await incomplete(heart) == {}
    row = await heart.db["dead_letters"].find_one({"_id": letter})
    assert row is not None
    assert row["status"] == "replayed"
    assert not await deadletters.replay(heart.db, heart.producer, letter, BY), "it is answered: nothing to replay"


async def test_a_replay_that_is_poison_again_stays_one_letter(heart: Heart) -> None:
    Tally.refused.add("b")
    ends = await heart.say(("person-1", "b"))
    async with running(heart.projector().run()):
        await heart.folded(ends)
        (letter,) = await letters(heart)
        for _ in range(3):
            assert await deadletters.replay(heart.db, heart.producer, letter, BY)
            await heart.folded(await heart.ends())
    assert await letters(heart) == [letter]
    assert await incomplete(heart) == {"person-1": [letter]}


async def test_a_mark_stays_until_the_last_letter_of_a_person_is_answered(heart: Heart) -> None:
    Tally.refused.update({"b", "c"})
    ends = await heart.say(("person-1", "a"), ("person-1", "b"), ("person-1", "c"))
    async with running(heart.projector().run()):
        await heart.folded(ends)
        first, second = await letters(heart)
        Tally.refused.clear()
        await deadletters.replay(heart.db, heart.producer, first, BY)
        await heart.folded(await heart.ends())
        assert await incomplete(heart) == {"person-1": [second]}
        await deadletters.replay(heart.db, heart.producer, second, BY)
        await heart.folded(await heart.ends())
    assert await incomplete(heart) == {}


async def test_a_dropped_letter_leaves_its_gap_marked(heart: Heart) -> None:
    Tally.refused.add("b")
    ends = await heart.say(("person-1", "b"))
    async with running(heart.projector().run()):
        await heart.folded(ends)
    (letter,) = await letters(heart)
    assert await deadletters.drop(heart.db, letter, "the terminal was a test terminal", BY)
    assert await letters(heart) == []
    assert await incomplete(heart) == {"person-1": [letter]}
    assert not await deadletters.drop(heart.db, letter, "again", BY)
    assert not await deadletters.replay(heart.db, heart.producer, letter, BY)


async def test_the_replay_of_one_view_answers_nothing_of_another(heart: Heart) -> None:
    Tally.refused.add("b")
    ends = await heart.say(("person-1", "b"))
    async with running(heart.projector(Tally()).run(), heart.projector(Ledger()).run()):
        await heart.folded(ends)
        await heart.folded(ends, view="ledger_v1")
        both = sorted(await letters(heart))
        assert [letter.partition(":")[0] for letter in both] == ["ledger_v1", "tally_v1"]
        await deadletters.replay(heart.db, heart.producer, both[1], BY)
        ends = await heart.ends()
        await heart.folded(ends)
        await heart.folded(ends, view="ledger_v1")
    waiting = sorted(await letters(heart))
    assert waiting[0] == both[0]
    assert both[1] in waiting
    # To the ledger the replay is a record of its own that it cannot fold either.
    assert len(waiting) == 3


async def test_too_much_poison_trips_before_it_is_swallowed_and_the_message_says_which(heart: Heart) -> None:
    Tally.refused.update(f"bad-{n}" for n in range(10))
    good = await heart.say(*numbered(5, 4))
    projector = heart.projector(limits=Limits(run=8))
    async with running(projector.run()):
        await heart.folded(good)
        bad = await heart.say(*(("person-1", f"bad-{n}") for n in range(10)))
        await eventually(lambda: projector.tripped, "the breaker")
        behind = await heart.say(("person-1", "after"))
        assert projector.tripped is not None
        assert "in a row" in projector.tripped
        assert "is refused today" in projector.tripped
        assert await letters(heart) == []
        ((at, end),) = good_of(good, bad).items()
        assert [row["offset"] for row in (await heart.checkpoint(at[1]))["next"]] == [end]
    assert await heart.people() == expected(numbered(5, 4))
    Tally.refused.clear()
    async with running(heart.projector().run()):
        await heart.folded(behind)
    assert await heart.total() == 31


def good_of(good: dict[tuple[str, int], int], bad: dict[tuple[str, int], int]) -> dict[tuple[str, int], int]:
    """Where the partition of the poison stood before it."""
    (at,) = bad
    return {at: good[at]}


async def test_a_tripped_member_holds_its_partitions_and_no_rebalance_waits_for_it(heart: Heart) -> None:
    Tally.refused.update(f"bad-{n}" for n in range(10))
    projector: Projector = heart.projector(limits=Limits(run=8), drain_seconds=30)
    async with running(projector.run()):
        await heart.say(*(("person-1", f"bad-{n}") for n in range(10)))
        await eventually(lambda: projector.tripped, "the breaker")
        other: AIOKafkaConsumer = heart.projector(limits=Limits(run=8))
        async with running(other.run()):
            await eventually(lambda: other.caught_up or other.tripped, "the second member is in", seconds=15)
    assert await letters(heart) == []
