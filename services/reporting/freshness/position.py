"""Reads where a view stands, and waits until it stands far enough."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from contracts.events.journal import JournalRelayed
from contracts.topics import BY_TYPE, Topic
from kit.mongo import Database
from kit.projector.reading import Watermarks, reached
from kit.tables import Table
from services.reporting.freshness.standing import Standing, of_sources

LOOK_AGAIN = 0.025


class ViewPosition:
    """The position of one view over `topics`. Its sources are the services that produce them."""

    def __init__(
        self,
        db: Database,
        view: str,
        topics: tuple[Topic, ...],
        journals: Table[JournalRelayed],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.journals = journals
        self.view = view
        self.topics = topics
        self._db = db
        self._topics = frozenset(topic.name for topic in topics)
        self._sources = sorted({service for topic in topics for service in topic.producers})
        self._clock = clock
        self._watermarks = Watermarks()
        journals.on_change(self._watermarks.note)

    @classmethod
    def following(cls, db: Database, view: str, topics: tuple[Topic, ...], bootstrap: str) -> "ViewPosition":
        """With the watermarks of all journals; the table is not started yet."""
        return cls(db, view, topics, Table(bootstrap, BY_TYPE[JournalRelayed.TYPE], JournalRelayed))

    async def read(self) -> Standing:
        """Where the view stands now. Read it before the data it is to vouch for: the data can only be further."""
        as_of = self._clock()
        at = await reached(self._db, self.view)
        return Standing(at, as_of, of_sources(self._sources, self._watermarks.complete_to(at, self._topics)))

    async def wait(self, until: datetime, seconds: float) -> Standing:
        """Return once the view is complete to `until`, or after `seconds`: the standing says which."""
        deadline = asyncio.get_running_loop().time() + seconds
        while True:
            standing = await self.read()
            far = standing.complete_to
            if (far is not None and far >= until) or asyncio.get_running_loop().time() >= deadline:
                return standing
            await asyncio.sleep(LOOK_AGAIN)
