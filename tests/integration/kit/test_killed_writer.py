"""A projector killed inside its transaction: the locks it leaves behind do not hold up its successor."""

import asyncio
import signal
import sys

import pytest

from deploy.local.program import ROOT
from tests.integration.kit.heart import Heart, Positions, eventually, expected, numbered, running

pytestmark = pytest.mark.integration


async def killed(heart: Heart, mongo_uri: str, *, commits: int) -> None:
    """Run the process until it has killed itself before commit number `commits`."""
    topic = heart.punches
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.integration.kit.process", heart.bootstrap, mongo_uri, heart.db.name),
        *(topic.name, str(topic.partitions), "tally-0", str(commits)),
        cwd=ROOT,
    )
    try:
        assert await asyncio.wait_for(process.wait(), 60) == -signal.SIGKILL
    finally:
        if process.returncode is None:
            process.kill()


async def open_transactions(heart: Heart) -> int:
    status = await heart.client.admin.command("serverStatus")
    number: int = status["transactions"]["currentOpen"]
    return number


async def test_a_successor_commits_within_two_seconds(heart: Heart, mongo_uri: str) -> None:
    pairs = numbered(12, 20)
    ends: Positions = await heart.say(*pairs[:120])
    await killed(heart, mongo_uri, commits=1)
    assert await heart.people() == {}, "nothing of the unfinished transaction is seen"
    assert await open_transactions(heart) >= 1, "or this proves nothing: its locks are there"
    before = await heart.checkpoint(0)
    started = asyncio.get_running_loop().time()
    async with running(heart.projector(instance="tally-0").run()):
        await eventually(heart.total, "the first commit", pause=0.005)
        taken = asyncio.get_running_loop().time() - started
        ends |= await heart.say(*pairs[120:])
        await heart.folded(ends)
    assert taken < 2
    assert (await heart.checkpoint(0))["owner"] != before["owner"]
    assert await heart.people() == expected(pairs)
    assert await heart.total() == len(pairs)


async def test_killed_again_and_again_it_counts_everything_once(heart: Heart, mongo_uri: str) -> None:
    pairs = numbered(12, 60)
    for turn, commits in enumerate((2, 1, 3)):
        await heart.say(*pairs[turn * 240 : (turn + 1) * 240])
        dying = asyncio.create_task(killed(heart, mongo_uri, commits=commits))
        while not dying.done():  # something to commit until it is dead
            pairs.append(("person-x", f"x{len(pairs)}"))
            await heart.say(pairs[-1])
            await asyncio.sleep(0.05)
        await dying
    async with running(heart.projector(instance="tally-0").run()):
        await heart.folded(await heart.ends())
    assert await heart.people() == expected(pairs)
    assert await heart.total() == len(pairs)
