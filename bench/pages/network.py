"""A network of a given slowness between a browser and the edge, for everything that goes over it.

The browser's own emulation leaves out what a service worker fetches; a relay of bytes leaves out nothing.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Self

PIECE = 4_096


@dataclass(frozen=True, slots=True)
class Condition:
    """`rtt` in seconds, `rate` in bytes a second each way (0 = as it is), `cpu` = how many times slower."""

    name: str
    title: str
    rtt: float = 0.0
    rate: float = 0.0
    cpu: float = 1.0


class Pace:
    """When the next piece may be there, on a line of this rate that all connections share."""

    def __init__(self) -> None:
        self._free = 0.0

    def due(self, now: float, size: int, condition: Condition) -> float:
        """The time at which the piece has arrived: behind what is under way, half a round trip after it was sent."""
        if condition.rate:
            self._free = max(self._free, now) + size / condition.rate
            return self._free + condition.rtt / 2
        return now + condition.rtt / 2


class Relay:
    """Listens on `port` and passes on to the edge as the condition of the moment says."""

    def __init__(self, host: str, port: int, edge: int) -> None:
        self._host, self._port, self._edge = host, port, edge
        self._lines: set[asyncio.Task[None]] = set()
        self._up, self._down = Pace(), Pace()
        self.condition = Condition("plain", "")

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, self._host, self._port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._server.close()
        for line in self._lines:
            line.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self.condition.rtt)  # what it takes to connect
        out_reader, out_writer = await asyncio.open_connection(self._host, self._edge)
        ways = [
            asyncio.create_task(self._pass(reader, out_writer, self._up)),
            asyncio.create_task(self._pass(out_reader, writer, self._down)),
        ]
        self._lines.update(ways)
        await asyncio.wait(ways)
        self._lines.difference_update(ways)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pace: Pace) -> None:
        """Reading goes on while what was read is under way: a line holds more than one piece."""
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivery = asyncio.create_task(_deliver(under_way, writer))
        with suppress(ConnectionError):
            while piece := await reader.read(PIECE):
                under_way.put_nowait((pace.due(monotonic(), len(piece), self.condition), piece))
        under_way.put_nowait((monotonic(), b""))
        await delivery


async def _deliver(under_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while True:
            due, piece = await under_way.get()
            await asyncio.sleep(max(0.0, due - monotonic()))
            if not piece:
                break
            writer.write(piece)
            await writer.drain()
    writer.close()
