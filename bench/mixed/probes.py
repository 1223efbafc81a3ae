"""Single events, sent and followed until a card, a unit's view and open pages show them."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bench.measure import Times
from bench.mixed.page import Asked, Page
from bench.mixed.town import Person
from bench.mixed.views import Views
from bench.workload import Result

PATIENCE = 10.0
SOURCES: Mapping[str, tuple[str, ...]] = {
    "punch": ("days_present",),
    "activity": ("work", "entries"),
    "note": ("notes", "received"),
    "rating": ("served", "given"),
}
"""What is sent, and the figure that it moves. A rating shows at once on its service and unit only: what is said of
whoever served is released in groups (ADR 21)."""
OF_A_PERSON, OF_A_UNIT = ("card", "card page"), ("unit", "unit page", "agency page")

Send = Callable[[Person], Awaitable[bool]]


def views_of(source: str) -> tuple[str, ...]:
    """Where an event of a source is looked for."""
    return OF_A_UNIT if source == "rating" else OF_A_PERSON + OF_A_UNIT


class Probes:
    """A lane for each source: one event a second, one at a time, each of another of `people`, who have not punched
    today and whom nobody else touches. `sends` has what to do by source; it says whether it was accepted."""

    def __init__(self, views: Views, people: list[Person], sends: Mapping[str, Send]) -> None:
        self._views, self._people, self._sends = views, people, sends
        self._times: dict[tuple[str, str], Times] = defaultdict(Times)
        self._missed: Counter[tuple[str, str]] = Counter()
        self.sent: Counter[str] = Counter()
        self._refused = 0

    async def run(self, seconds: float, *, warm_up: float) -> Result:
        """For both; those of the first `warm_up` seconds are sent and not timed."""
        lanes = (
            self._lane(source, number / len(SOURCES), warm_up, warm_up + seconds)
            for number, source in enumerate(SOURCES)
        )
        await asyncio.gather(*lanes)
        shown: dict[str, dict[str, Any]] = {}
        for source in SOURCES:
            shown[source] = {}
            for view in views_of(source):
                summary = self._times[source, view].summary()
                shown[source][view] = {**summary, "missed": self._missed[source, view]}
        return {"shown": shown, "refused": self._refused}

    async def _lane(self, source: str, offset: float, warm_up: float, until: float) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        for number, person in enumerate(self._people):
            if (ahead := began + number + offset - loop.time()) > 0:
                await asyncio.sleep(ahead)
            elapsed = loop.time() - began
            if elapsed >= until:
                return
            await self._probe(source, person, timed=elapsed >= warm_up)

    async def _probe(self, source: str, person: Person, *, timed: bool) -> None:
        views: dict[str, Asked] = dict(self._views.of_unit)
        page: Page | None = None
        if source != "rating":
            page = self._views.card_page(person)
            views |= {"card": self._views.card(person), "card page": page}
        try:
            if page is not None:
                await page.open()
            await self._follow(source, person, views, timed=timed)
        except ConnectionError:
            self._refused += 1  # what was there before could not be asked
        finally:
            if page is not None:
                await page.close()

    async def _follow(self, source: str, person: Person, views: Mapping[str, Asked], *, timed: bool) -> None:
        path = SOURCES[source]
        before = {name: await view.value(path) for name, view in views.items()}
        sent = time.perf_counter()

        async def see(name: str, view: Asked) -> None:
            try:
                async with asyncio.timeout(PATIENCE):
                    await view.until_above(path, before[name])
            except TimeoutError:
                self._missed[source, name] += 1
            else:
                if timed:
                    self._times[source, name].add(time.perf_counter() - sent)

        self.sent[source] += 1
        if await self._sends[source](person):
            await asyncio.gather(*(see(name, view) for name, view in views.items()))
        else:
            self._refused += 1
