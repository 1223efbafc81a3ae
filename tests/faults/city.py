"""Terminals that never stop pushing, and the comparison of what they sent with what the board would show."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from bench.population import Population, employee_id, pin
from bench.surge.ledger import wall_time
from bench.surge.pace import scattered
from bench.system import System
from bench.terminals.link import Link
from bench.terminals.terminal import Sent, Terminal
from bench.terminals.wire import FINGER, Answer, Requests, finger_line
from kit.mongo import Client, Database
from services.attendance.punches.rules import punch_id
from services.reporting.presence.counts import DEVICE_COUNTS
from services.reporting.presence.folds import DAYS
from services.reporting.presence.shares import UNIT_DAYS

# Few enough that everybody has been here before, and is known without asking the database, when that is killed.
POPULATION = Population(people=2_400, terminals=24, sites=6, units=30)
STATUS = 0
ERROR_DELAY = 0.3
TICK = 0.02


@dataclass(frozen=True, slots=True)
class Verdict:
    """Punch ids sent, and how what is in the view differs from them."""

    sent: int
    stored: int
    lost: int
    doubled: int
    never_sent: int
    counted_by_terminal: int
    counted_by_unit: int

    @property
    def exact(self) -> bool:
        """The set of punches in the view equals the set sent, and so do the totals kept beside it."""
        faults = self.lost, self.doubled, self.never_sent
        return not any(faults) and self.counted_by_terminal == self.counted_by_unit == self.stored == self.sent


class City:
    """`rate` punches a second, each at the terminal of its person. `retries` counts batches sent again."""

    def __init__(self, system: System, client: Client, *, rate: float) -> None:
        self.rate = rate
        self.retries = 0
        self.sent: set[str] = set()
        self._acknowledged: list[tuple[float, int]] = []
        self._attendance: Database = client["attendance"]
        self._reporting: Database = client["reporting"]
        doors = system.doors
        self._terminals = [
            self._terminal(number, *doors[number % len(doors)]) for number in range(POPULATION.terminals)
        ]
        self._order = scattered(POPULATION.people)
        self._pushing: asyncio.Task[None] | None = None

    def _terminal(self, number: int, host: str, port: int) -> Terminal:
        keep = number % 2 == 0  # both kinds are in the field
        requests = Requests(POPULATION.serial(number), f"{host}:{port}", keep_alive=keep)
        link = Link(host, port, keep_alive=keep, timeout=10)
        return Terminal(requests, link, self, batch=1 + number % 4, error_delay=ERROR_DELAY, delay=5)

    def acknowledged(self, terminal: Terminal, sent: Sent) -> None:
        """`OK: n` came for a request that had left at `sent.since`."""
        self._acknowledged.append((sent.since, sent.lines))

    def failed(self, terminal: Terminal, sent: Sent, answer: Answer | None) -> None:
        """It will be sent again."""
        self.retries += 1

    def start(self) -> None:
        """Power on, and people begin to arrive."""
        for terminal in self._terminals:
            terminal.start()
        self.resume()

    def resume(self) -> None:
        """People arrive again."""
        self._pushing = asyncio.create_task(self._push(), name="people arriving")

    async def pause(self) -> None:
        """Nobody arrives; terminals go on with what they hold."""
        if self._pushing is not None:
            self._pushing.cancel()
            await asyncio.wait({self._pushing})
            self._pushing = None

    async def stop(self) -> None:
        """Power off."""
        await self.pause()
        for terminal in self._terminals:
            terminal.stop()

    def held(self) -> int:
        """Punches that no terminal has heard an OK for."""
        return sum(len(terminal.memory) for terminal in self._terminals)

    def acknowledged_since(self, moment: float) -> int:
        """Punches acknowledged in requests that left after `moment` (perf_counter)."""
        return sum(lines for since, lines in self._acknowledged if since >= moment)

    async def _push(self) -> None:
        began, done = time.perf_counter(), 0
        while True:
            for _ in range(int((time.perf_counter() - began) * self.rate) - done):
                self._punch()
                done += 1
            await asyncio.sleep(TICK)

    def _punch(self) -> None:
        person = next(self._order, None)
        if person is None:
            self._order = scattered(POPULATION.people)
            person = next(self._order)
        number = POPULATION.terminal(person)
        text = wall_time(POPULATION.zone(number), int(time.time()))
        self.sent.add(punch_id(POPULATION.serial(number), pin(person), text, str(STATUS), str(FINGER)))
        self._terminals[number].record(finger_line(pin(person), text, STATUS))

    async def settled(self, *, seconds: float = 120) -> Verdict:
        """Stop the arrivals, wait until everything is acknowledged and in the view, and compare; then go on.

        Raises TimeoutError when terminals cannot get rid of what they hold. A view that never becomes equal is told
        by the verdict.
        """
        await self.pause()
        deadline = time.monotonic() + seconds
        while self.held():
            if time.monotonic() > deadline:
                raise TimeoutError(f"terminals still hold {self.held()} punches after {seconds} s")
            await asyncio.sleep(0.05)
        verdict = await self._compare()
        while not verdict.exact and time.monotonic() < deadline:
            await asyncio.sleep(0.3)
            verdict = await self._compare()
        self.resume()
        return verdict

    async def _compare(self) -> Verdict:
        found: Counter[str] = Counter()
        strangers = 0
        people = {employee_id(number) for number in range(POPULATION.people)}
        async for day in self._reporting[f"{DAYS}_v1"].find({}, {"punches.id": 1, "employee": 1}, batch_size=2_000):
            found.update(punch["id"] for punch in day["punches"])
            strangers += day["employee"] not in people
        return Verdict(
            sent=len(self.sent),
            stored=len(found),
            lost=len(self.sent - found.keys()),
            doubled=sum(times - 1 for times in found.values()),
            never_sent=len(found.keys() - self.sent) + strangers,
            counted_by_terminal=await self._sum(DEVICE_COUNTS, "stored"),
            counted_by_unit=await self._sum(UNIT_DAYS, "punches"),
        )

    async def _sum(self, collection: str, field: str) -> int:
        pipeline: list[dict[str, Any]] = [{"$group": {"_id": None, "sum": {"$sum": f"${field}"}}}]
        rows = await self._reporting[f"{collection}_v1"].aggregate(pipeline).to_list(1)
        return int(rows[0]["sum"]) if rows else 0
