"""Killing parts of the running system, and what is learned from each death."""

import asyncio
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from deploy.local.program import Program
from kit.mongo import Client
from kit.projector.checkpoint import COLLECTION as CHECKPOINTS
from tests.stack import Stack

# Where a process dies: after how many passages, at least and at most. A pass is a request, a batch or a commit.
PASSAGES = {
    "intake-unstored": (5, 60),
    "intake-stored": (5, 120),
    "relay-before": (2, 20),
    "relay-acknowledged": (2, 20),
    "projector-before": (2, 20),
    "projector-writing": (5, 80),
    "projector-inside": (2, 20),
    "projector-after": (2, 20),
}
LEAVE_OPEN = {"projector-writing", "projector-inside"}
PART = {"intake": "devices", "relay": "attendance-worker", "projector": "projector"}


@dataclass
class Record:
    """What one kind of kill cost.

    Seconds from the start of a successor's process, its interpreter included, to its first commit; and from its claim
    of that partition, which is what locks of a killed predecessor would hold up.
    """

    kills: int = 0
    take_over_seconds: list[float] = field(default_factory=list)
    claim_to_commit_seconds: list[float] = field(default_factory=list)
    left_open: int = 0
    arrived_seconds: list[float] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """For the report."""
        told: dict[str, Any] = {"kills": self.kills}
        if self.take_over_seconds:
            told["take_over_seconds"] = _summary(self.take_over_seconds)
        if self.claim_to_commit_seconds:
            told["claim_to_commit_seconds"] = _summary(self.claim_to_commit_seconds)
        if self.arrived_seconds:
            told["everything_arrived_after_seconds"] = _summary(self.arrived_seconds)
        if self.left_open:
            told["transactions_left_open"] = self.left_open
        return told


@dataclass
class Drills:
    """`random` decides where in its work a process dies; a run names its seed."""

    stack: Stack
    client: Client
    random: random.Random
    records: dict[str, Record] = field(default_factory=dict)

    def record(self, name: str) -> Record:
        """What is known of one kind of kill."""
        return self.records.setdefault(name, Record())

    async def kill_at(self, point: str, times: int) -> None:
        """Let the part that has this point die there, so many times, each successor with the next death before it."""
        part = PART[point.partition("-")[0]]
        plain = self.stack.programs[part]
        await asyncio.to_thread(self.stack.kill9, part)
        try:
            for _ in range(times):
                await self._die(part, plain, point)
        finally:
            self.stack.add(plain)
            if not self.stack.running(part):
                started = time.time()
                await asyncio.to_thread(self.stack.launch, part)
                if part == "projector":
                    await self.first_commit(started, self.record(point))
                await asyncio.to_thread(self.stack.wait, part)

    async def _die(self, part: str, plain: Program, point: str) -> None:
        record = self.record(point)
        self.stack.add(_armed(plain, point, self.random.randint(*PASSAGES[point])))
        started = time.time()
        await asyncio.to_thread(self.stack.launch, part)
        if part == "projector":
            # What dies in its first batch has taken nothing over.
            await self.first_commit(started, record, dead=lambda: not self.stack.running(part))
        await self._until(lambda: not self.stack.running(part), f"{part} dies at {point}")
        record.kills += 1
        if point in LEAVE_OPEN:
            status = await self.client.admin.command("serverStatus")
            record.left_open += status["transactions"]["currentOpen"] > 0

    async def kill(self, part: str, *, away: float = 0.0) -> float:
        """Kill a part, leave it dead for so long, start it again. Returns when it died (perf_counter)."""
        await asyncio.to_thread(self.stack.kill9, part)
        died = time.perf_counter()
        await asyncio.sleep(away)
        await self.revive(part)
        self.record(part).kills += 1
        return died

    async def revive(self, part: str) -> None:
        """Start a part that is dead and wait until it is healthy."""
        await asyncio.to_thread(self.stack.start, part)

    async def first_commit(
        self, started: float, record: Record | None = None, *, dead: Callable[[], bool] = lambda: False
    ) -> None:
        """Wait for the first position that a projector started at `started` (time) moves, and note how long it took.

        One that is `dead` before has moved none: nothing is noted.
        """
        moment = datetime.fromtimestamp(started, UTC)
        checkpoints = self.client["reporting"][CHECKPOINTS]
        deadline = time.time() + 60
        while True:
            row = await checkpoints.find_one({"at": {"$gte": moment}, "claimed": {"$gte": moment}}, sort=[("at", 1)])
            if row is not None and record is not None:
                record.take_over_seconds.append(row["at"].timestamp() - started)
                record.claim_to_commit_seconds.append((row["at"] - row["claimed"]).total_seconds())
            if row is not None or dead():
                return
            if time.time() > deadline:
                raise TimeoutError(f"no projector commits:\n{self.stack.log('projector')[-3000:]}")
            await asyncio.sleep(0.02)

    async def _until(self, condition: Any, what: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what}: not within {seconds} s")
            await asyncio.sleep(0.01)


def _summary(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {"median": round(ordered[len(ordered) // 2], 2), "longest": round(ordered[-1], 2)}


def _armed(program: Program, point: str, number: int) -> Program:
    """The same program through the driver."""
    executable, dash_m, *rest = program.argv
    assert (executable, dash_m) == (sys.executable, "-m")
    return replace(program, argv=(executable, "-m", "tests.faults.driver", point, str(number), *rest))
