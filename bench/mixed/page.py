"""What somebody has before the eyes: figures that are asked for again and again, or an open page that is told when."""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from bench.clients import Clients
from bench.mixed.frames import follow

PAUSE = 0.1  # between two questions of one who waits: the probes shall not be the load; it is part of what is measured
AGAIN = 1.0  # web/src/live/stream.ts: after a stream that was lost
PACE = 0.3  # web/src/card/useCardsMoving.ts: an open page asks again this long after it was told
Figures = Callable[[Any], Mapping[str, Any]]
"""Of an answer, those of whom it is about."""


class Asked:
    """A view that is asked for until it shows something; who asks while an answer is under way gets that one."""

    def __init__(
        self, clients: Clients, token: str, path: str, query: Mapping[str, str], figures: Figures | None = None
    ) -> None:
        self._clients, self._token = clients, token
        self._path, self._query = path, query
        self._figures = figures or (lambda answer: answer["figures"])
        self._under_way: asyncio.Task[Any] | None = None

    async def ask(self) -> Any:
        """The answer now. Raises ConnectionError when there is none, or no good one."""
        if self._under_way is None or self._under_way.done():
            self._under_way = asyncio.create_task(self._fetch())
            self._under_way.add_done_callback(_heard)
        return await asyncio.shield(self._under_way)

    async def _fetch(self) -> Any:
        answer = await self._clients.get(self._path, self._query, token=self._token)
        if answer is None or answer.status != 200:
            raise ConnectionError(f"{self._path}: {answer.status if answer else 'no answer'}")
        return json.loads(answer.body)

    async def value(self, path: tuple[str, ...]) -> int:
        """A figure now."""
        return at(self._figures(await self.ask()), path)

    async def until_above(self, path: tuple[str, ...], before: int) -> None:
        """Return once the figure is more than it was, however often there is no answer."""
        while True:
            with suppress(ConnectionError):
                if await self.value(path) > before:
                    return
            await asyncio.sleep(PAUSE)


class Page(Asked):
    """An open page: it holds a connection to the live stream and asks for its figures again PACE after a frame that
    `concerns` it, as the web app's pages do. What it shows is what it has asked for last."""

    def __init__(
        self,
        clients: Clients,
        door: tuple[str, int],
        token: str,
        path: str,
        query: Mapping[str, str],
        *,
        unit: str = "",
        concerns: Callable[[Any], bool] = lambda frame: True,
        figures: Figures | None = None,
    ) -> None:
        super().__init__(clients, token, path, query, figures)
        self._door, self._unit, self._concerns = door, unit, concerns
        self._told, self._shown = asyncio.Event(), asyncio.Condition()
        self._tasks: list[asyncio.Task[None]] = []
        self._answer: Any = None
        self.asked_again = 0

    async def open(self) -> None:
        """Ask for the figures and go on from there, as a page that is loaded."""
        self._answer = await self.ask()
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._ask_again())]

    async def close(self) -> None:
        """Leave."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task

    async def value(self, path: tuple[str, ...]) -> int:
        """A figure as the page shows it."""
        return at(self._figures(self._answer), path)

    async def until_above(self, path: tuple[str, ...], before: int) -> None:
        """Return once the page shows more."""
        async with self._shown:
            await self._shown.wait_for(lambda: at(self._figures(self._answer), path) > before)

    async def _listen(self) -> None:
        while True:
            asked = {"last_event_id": self._answer["freshness"]["position"]}
            asked |= {"unit": self._unit} if self._unit else {}
            with suppress(ConnectionError):
                async for event, data in follow(*self._door, self._token, asked):
                    if event == "reset" or (event == "presence" and self._concerns(data)):
                        self._told.set()
            await asyncio.sleep(AGAIN)
            self._told.set()

    async def _ask_again(self) -> None:
        while True:
            await self._told.wait()
            await asyncio.sleep(PACE)
            self._told.clear()  # whatever is told from here on may be missing in the answer
            try:
                self._answer = await self.ask()
            except ConnectionError:
                self._told.set()
                continue
            self.asked_again += 1
            async with self._shown:
                self._shown.notify_all()


def _heard(asking: "asyncio.Task[Any]") -> None:
    """Its failure concerns only who still waits for it."""
    if not asking.cancelled():
        asking.exception()


def at(figures: Mapping[str, Any], path: tuple[str, ...]) -> int:
    """A number in nested figures; what is not there is nothing yet."""
    found: Any = figures
    for name in path:
        found = (found or {}).get(name)
    return int(found or 0)
