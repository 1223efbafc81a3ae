"""The city's people at their terminals: a steady rate of punches, whatever the system does."""

import asyncio
import time
from collections.abc import Sequence

from bench.measure import Times
from bench.mixed.town import Person
from bench.morning.city import CityTerminal
from bench.surge.ledger import wall_time
from bench.surge.pace import Pace, scattered
from bench.terminals.link import Link
from bench.terminals.terminal import Sent, Terminal
from bench.terminals.wire import Answer, Requests, face_line
from bench.waiting import until
from bench.workload import Result

TICK = 0.004
LINES_MOST = 20  # of one request: a terminal sends what it holds


class Crowd:
    """Everybody in a scattered order, again and again: each punch is another second of the same person's day."""

    def __init__(self, terminals: Sequence[CityTerminal], people: Sequence[Person], door: tuple[str, int]) -> None:
        self._people = people
        self._answered = Times()
        self._warm = 0
        self._refused = 0
        self.sent = 0
        self._terminals = {
            one.serial: Terminal(
                Requests(one.serial, "{}:{}".format(*door), keep_alive=True),
                Link(*door, keep_alive=True),
                self,
                batch=LINES_MOST,
            )
            for one in terminals
        }

    def acknowledged(self, terminal: Terminal, sent: Sent) -> None:
        """Timed from when the oldest line of it was punched."""
        self._answered.add(time.perf_counter() - sent.recorded)

    def failed(self, terminal: Terminal, sent: Sent, answer: Answer | None) -> None:
        """It will be sent again, and counts as refused."""
        self._refused += 1

    async def connect(self) -> None:
        """Every terminal greets the server. Raises TimeoutError."""
        for terminal in self._terminals.values():
            terminal.start()
            await asyncio.sleep(0.001)
        everybody = self._terminals.values()
        await until(lambda: all(one.greeted for one in everybody), seconds=60, what="the terminals' handshakes")

    async def punch(self, rate: float, seconds: float, *, warm_up: float) -> Result:
        """`rate` a second for both; what happens in the first `warm_up` seconds is not in the times. Returns when all
        is acknowledged; raises TimeoutError when that does not happen."""
        pace, order = Pace(rate, warm_up + seconds), scattered(len(self._people))
        began = time.perf_counter()
        while not pace.over:
            elapsed = time.perf_counter() - began
            self._warm = len(self._answered) if elapsed < warm_up else self._warm
            for _ in range(pace.due(elapsed)):
                if (number := next(order, None)) is None:
                    order = scattered(len(self._people))
                    number = next(order)
                self.record(self._people[number])
            await asyncio.sleep(TICK)
        everybody = self._terminals.values()
        await until(lambda: not any(one.memory for one in everybody), seconds=60, what="the last acknowledgements")
        return {**self._answered.since(self._warm).summary(), "refused": self._refused}

    def stop(self) -> None:
        """Hang up."""
        for terminal in self._terminals.values():
            terminal.stop()

    def record(self, person: Person) -> None:
        """One punch, now."""
        at = wall_time(person.zone, int(time.time()))
        self._terminals[person.serial].record(face_line(person.pin, at))
        self.sent += 1
