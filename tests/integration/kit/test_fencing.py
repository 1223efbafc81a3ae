"""One owner at a time: whoever is not it writes nothing, whatever it still believes."""

import asyncio
from typing import Any

import pytest
from prometheus_client import REGISTRY

from kit.mongo import blocking, blocking_database
from kit.projector.breaker import Breaker, Limits
from kit.projector.outcomes import Fenced
from kit.projector.unit import Unit
from tests.integration.kit.heart import Heart, eventually, expected, numbered, running
from tests.integration.kit.tally import Tally

pytestmark = pytest.mark.integration


def unit(heart: Heart) -> Unit:
    """A worker on the test's database that nobody drives but the test."""
    client, db = blocking(heart.client), blocking_database(heart.db)
    projection = Tally()
    projection.setup(db, "_v1")
    return Unit(projection, client, db, view="tally_v1", suffix="_v1", breaker=Breaker(Limits()))


async def batches(heart: Heart) -> dict[int, list[Any]]:
    """All records of the topic by partition."""
    out: dict[int, list[Any]] = {}
    for record in await heart.records():
        out.setdefault(record.partition, []).append(record)
    return out


async def test_a_zombie_owner_writes_nothing(heart: Heart) -> None:
    await heart.say(*numbered(9, 4))
    work = await batches(heart)
    zombie, owner = unit(heart), unit(heart)
    for partition in work:
        await asyncio.to_thread(zombie.claim, partition)
    for partition in work:
        await asyncio.to_thread(owner.claim, partition)
    with pytest.raises(Fenced):
        await asyncio.to_thread(zombie.process, work)
    assert await heart.people() == {}
    assert await heart.total() == 0
    assert await heart.db["changes_v1"].count_documents({}) == 0
    await asyncio.to_thread(owner.process, work)
    with pytest.raises(Fenced):
        await asyncio.to_thread(zombie.process, work)
    assert await heart.people() == expected(numbered(9, 4))
    assert await heart.total() == 36


async def test_one_partition_that_is_not_ours_stops_the_whole_transaction(heart: Heart) -> None:
    await heart.say(*numbered(9, 4))
    work = await batches(heart)
    assert len(work) > 1
    first, *_ = work
    loser, owner = unit(heart), unit(heart)
    for partition in work:
        await asyncio.to_thread(loser.claim, partition)
    await asyncio.to_thread(owner.claim, first)
    with pytest.raises(Fenced):
        await asyncio.to_thread(loser.process, work)
    assert await heart.people() == {}


async def test_a_stale_position_of_the_same_owner_writes_nothing(heart: Heart) -> None:
    await heart.say(*numbered(9, 4))
    work = await batches(heart)
    worker = unit(heart)
    for partition in work:
        await asyncio.to_thread(worker.claim, partition)
    await heart.db["checkpoints"].update_many({}, {"$inc": {"version": 1}})
    with pytest.raises(Fenced):
        await asyncio.to_thread(worker.process, work)
    assert await heart.people() == {}


async def test_a_claim_ends_the_open_transaction_of_its_predecessor(heart: Heart) -> None:
    await heart.say(*numbered(3, 1))
    work = await batches(heart)
    partition = next(iter(work))
    hanging = unit(heart)
    await asyncio.to_thread(hanging.claim, partition)
    row = await heart.checkpoint(partition)
    client, db = blocking(heart.client), blocking_database(heart.db)

    def leave_open() -> None:
        hanging._session.start_transaction()
        db["checkpoints"].update_one({"_id": row["_id"]}, {"$inc": {"version": 1}}, session=hanging._session)
        db["people_v1"].insert_one({"_id": "person-0", "punches": ["half done"]}, session=hanging._session)

    await asyncio.to_thread(leave_open)
    assert client.admin.command("serverStatus")["transactions"]["currentOpen"] >= 1
    successor = unit(heart)
    started = asyncio.get_running_loop().time()
    await asyncio.to_thread(successor.claim, partition)
    await asyncio.to_thread(successor.process, {partition: work[partition]})
    assert asyncio.get_running_loop().time() - started < 2
    said = {record.key.decode() for record in work[partition]}
    assert (await heart.people()).keys() == said


async def test_claiming_again_does_not_end_ones_own_session(heart: Heart, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = unit(heart)
    await asyncio.to_thread(worker.claim, 0)
    ended: list[Any] = []
    monkeypatch.setattr(worker._checkpoints, "_end_session", ended.append)
    await asyncio.to_thread(worker.claim, 0)
    assert ended == []
    other = unit(heart)
    monkeypatch.setattr(other._checkpoints, "_end_session", ended.append)
    await asyncio.to_thread(other.claim, 0)
    assert len(ended) == 1


async def test_a_released_partition_has_no_owner_to_end(heart: Heart) -> None:
    worker, successor = unit(heart), unit(heart)
    await asyncio.to_thread(worker.claim, 0)
    await asyncio.to_thread(successor.claim, 0)
    await asyncio.to_thread(worker.release, 0)
    assert (await heart.checkpoint(0))["owner"] is not None, "only the owner may give it back"
    await asyncio.to_thread(successor.release, 0)
    assert (await heart.checkpoint(0))["owner"] is None


async def test_two_projectors_that_both_believe_they_own_everything_agree_in_the_end(heart: Heart) -> None:
    """Different groups, so that the broker gives every partition to both: the stored positions alone decide."""
    fenced = REGISTRY.get_sample_value("projector_fenced_total") or 0.0
    first, second = heart.projector(), heart.projector(group=f"{heart.punches.name}.usurper")
    pairs = numbered(20, 50)
    half = len(pairs) // 2
    async with running(first.run(), second.run()):
        await heart.folded(await said_slowly(heart, pairs[:half]), timeout=30)
        await eventually(lambda: first.positions() and second.positions(), "both own what there is")
        await heart.folded(await said_slowly(heart, pairs[half:]), timeout=30)
        await eventually(lambda: (REGISTRY.get_sample_value("projector_fenced_total") or 0.0) > fenced, "a fencing")
    assert await heart.people() == expected(pairs)
    assert await heart.total() == len(pairs)


async def said_slowly(heart: Heart, pairs: list[tuple[str, str]]) -> dict[tuple[str, int], int]:
    """Many small batches; returns where the last ended."""
    ends: dict[tuple[str, int], int] = {}
    for start in range(0, len(pairs), 50):
        ends |= await heart.say(*pairs[start : start + 50])
        await asyncio.sleep(0.02)
    return ends
