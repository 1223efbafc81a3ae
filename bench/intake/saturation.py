"""A closed loop of terminals: each connection has one request under way, always."""

import asyncio
from collections.abc import Callable
from time import perf_counter, time
from typing import Any

from bench.measure import Times
from bench.population import Population, WallClocks, pin
from bench.terminals.link import Link
from bench.terminals.wire import FACE, UNDEFINED, Answer, Requests
from bench.waiting import until

TAIL = f"\t{UNDEFINED}\t{FACE}\t0\t0\t0\t0\t0\t0\t\n"


class Bodies:
    """Bodies of `lines` lines: the people in turn, each at the present second of the terminal's zone."""

    def __init__(self, population: Population, lines: int) -> None:
        self._pins = [pin(number).encode() for number in range(population.people)]
        self._lines = lines
        self._next = 0
        self._clocks = WallClocks()

    def body(self, zone: str) -> bytes:
        """The next one."""
        start = self._next
        if start + self._lines > len(self._pins):
            start = 0
        self._next = start + self._lines
        rest = f"\t{self._clocks.text(zone, time())}{TAIL}".encode()
        return rest.join(self._pins[start : self._next]) + rest


class Connection:
    """One terminal that sends as quickly as it is answered."""

    def __init__(self, link: Link, requests: Requests, zone: str, bodies: Bodies, lines: int, times: Times) -> None:
        self._link = link
        self._requests = requests
        self._zone = zone
        self._bodies = bodies
        self._lines = lines
        self._times = times
        self._since = 0.0
        self._going = True
        self.refused = 0

    def send(self, _: Any = None) -> None:
        """The next request, until told to end."""
        if self._going:
            self._since = perf_counter()
            self._link.ask(self._requests.attlog(self._bodies.body(self._zone)), self._answered)

    def end(self) -> None:
        """No further request; the one under way is answered."""
        self._going = False

    @property
    def idle(self) -> bool:
        """Nothing is under way."""
        return not self._link.busy

    def _answered(self, answer: Answer | None) -> None:
        if answer is not None and answer.acknowledged == self._lines:
            self._times.add(perf_counter() - self._since)
            self.send()
        else:
            self.refused += 1
            asyncio.get_running_loop().call_later(0.1, self.send)


async def saturate(
    population: Population,
    door: tuple[str, int],
    *,
    lines: int,
    connections: int,
    warm_up: float,
    seconds: float,
    keep_alive: bool = True,
    measured: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Requests and punches per second and answer times over `seconds`, after `warm_up` that do not count.

    `measured` is called when the measurement begins.
    """
    times = Times()
    bodies = Bodies(population, lines)
    host = f"{door[0]}:{door[1]}"
    running = [
        Connection(
            Link(*door, keep_alive=keep_alive),
            Requests(population.serial(number), host, keep_alive=keep_alive),
            population.zone(number),
            bodies,
            lines,
            times,
        )
        for number in range(connections)
    ]
    for connection in running:
        connection.send()
    await asyncio.sleep(warm_up)
    measured()
    skipped, began = len(times), perf_counter()
    await asyncio.sleep(seconds)
    counted, took = times.since(skipped), perf_counter() - began
    for connection in running:
        connection.end()
    await until(lambda: all(connection.idle for connection in running), seconds=30, what="the last answers")
    return {
        "requests_per_second": round(len(counted) / took, 1),
        "punches_per_second": round(len(counted) * lines / took, 1),
        "answers": counted.summary(),
        "refused": sum(connection.refused for connection in running),
        "acknowledged_lines": len(times) * lines,
    }
