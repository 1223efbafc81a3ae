"""A rebuild says what differs: documents by id, totals by their sums, whoever's shards they lie in."""

import pytest

from kit.projector import generations
from kit.projector.rebuild import rebuild
from kit.projector.shards import shard_id
from tests.integration.kit.heart import Heart, expected, numbered, running
from tests.integration.kit.tally import PEOPLE, TOTALS, Tally

pytestmark = pytest.mark.integration

SAID = numbered(6, 5)


@pytest.fixture
async def folded(heart: Heart) -> Heart:
    ends = await heart.say(*SAID)
    async with running(heart.projector().run()):
        await heart.folded(ends)
    return heart


async def test_what_is_equal_is_switched_to(folded: Heart) -> None:
    outcome = await rebuild(Tally(), folded.client, folded.db, folded.bootstrap)
    assert (outcome.differing, outcome.switched) == ([], True)
    assert outcome.documents == len(expected(SAID)) + 1
    assert await generations.active(folded.db, "tally") == 2
    assert (await folded.people(2), await folded.total(2)) == (expected(SAID), len(SAID))


async def test_a_total_may_lie_in_other_shards_and_be_the_same(folded: Heart) -> None:
    """Two processes folded it once, and what one counted the other took back."""
    total = folded.db[f"{TOTALS}_v1"]
    await total.update_one({"_id": shard_id("all", 0)}, {"$inc": {"punches": 7}})
    await total.insert_one({"_id": shard_id("all", 6), "of": "all", "punches": -7})
    await total.insert_one({"_id": shard_id("nobody", 6), "of": "nobody", "punches": 0})
    outcome = await rebuild(Tally(), folded.client, folded.db, folded.bootstrap)
    assert (outcome.differing, outcome.switched) == ([], True)


async def test_what_differs_is_named_and_nothing_is_switched(folded: Heart) -> None:
    await folded.db[f"{TOTALS}_v1"].update_one({}, {"$inc": {"punches": 1}})
    await folded.db[f"{PEOPLE}_v1"].update_one({"_id": "person-3"}, {"$pop": {"punches": 1}})
    await folded.db[f"{PEOPLE}_v1"].insert_one({"_id": "person-9", "punches": ["never"]})
    outcome = await rebuild(Tally(), folded.client, folded.db, folded.bootstrap)
    assert sorted(outcome.differing) == [f"{PEOPLE}/person-3", f"{PEOPLE}/person-9", f"{TOTALS}/all|p"]
    assert not outcome.switched
    assert await generations.active(folded.db, "tally") == 1


async def test_a_collection_that_a_release_folds_otherwise_is_built_and_not_compared(folded: Heart) -> None:
    """As one that it has for the first time, which the running generation holds nothing or too little of."""
    await folded.db[f"{TOTALS}_v1"].delete_many({})
    assert (await rebuild(Tally(), folded.client, folded.db, folded.bootstrap)).differing == [f"{TOTALS}/all|p"]
    outcome = await rebuild(Tally(), folded.client, folded.db, folded.bootstrap, changed=[TOTALS])
    assert (outcome.differing, outcome.changed, outcome.switched) == ([], [TOTALS], True)
    assert await folded.total(2) == len(SAID)


async def test_what_else_differs_is_not_hidden_by_what_was_changed(folded: Heart) -> None:
    await folded.db[f"{PEOPLE}_v1"].delete_one({"_id": "person-3"})
    outcome = await rebuild(Tally(), folded.client, folded.db, folded.bootstrap, changed=[TOTALS])
    assert (outcome.differing, outcome.switched) == ([f"{PEOPLE}/person-3"], False)


async def test_only_what_the_view_has_can_be_said_to_have_changed(folded: Heart) -> None:
    with pytest.raises(ValueError, match="tally has no nothing"):
        await rebuild(Tally(), folded.client, folded.db, folded.bootstrap, changed=["nothing"])
