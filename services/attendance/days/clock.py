"""Who says what time it is: one process of the service (the worker) sends the clock to the assessor.

It sends when something has become due for somebody, when the book is another one than the last that was kept, and
seldom otherwise. What a turn leaves over is sent for again as soon as that turn is folded: so the assessor sets the
pace, and nothing piles up. Killed, it goes on from what the assessor has written down.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from pymongo.errors import PyMongoError

from contracts.envelope import rfc3339
from contracts.events.days import ClockMoved
from kit.gathering import Unwritten
from kit.journal import Fact, Journal
from kit.mongo import DURABLE, Database, Document, as_kept
from services.attendance.days.batch import BOOKS, CLOCKS, PEOPLE, SUFFIX
from services.attendance.days.slots import SLOTS
from services.attendance.directory.folds import SITES, UNITS
from services.attendance.schedules.book import Book
from services.attendance.schedules.store import KINDS, BookStore

log = structlog.get_logger()

SELDOM = timedelta(minutes=10)
LOST = timedelta(seconds=30)
"""A turn that is not folded after so long is sent again: the assessor was away, or its word was lost."""


class Clock:
    """`every` is how often it is looked whether something is due, in seconds; `busy`, while turns are left."""

    def __init__(
        self,
        db: Database,
        journal: Journal,
        store: BookStore,
        now: Callable[[], datetime],
        *,
        every: float = 1.0,
        busy: float = 0.1,
    ) -> None:
        self._db = db
        self._journal = journal
        self._store = store
        self._now = now
        self._every, self._busy = every, busy
        self._books = db.get_collection(BOOKS, write_concern=DURABLE)
        self._sent = datetime(1970, 1, 1, tzinfo=UTC)
        self._kept: tuple[int, str] | None = None
        self._changed = True

    collections = (*KINDS, SITES, UNITS)

    async def load(self) -> None:
        """The book may have changed while nobody looked (services/attendance/following.py)."""
        self._changed = True

    async def apply(self, _change: Document) -> None:
        """Something of the book has changed."""
        self._changed = True

    async def run(self) -> None:
        """For as long as the process runs."""
        while True:
            pause = self._every
            try:
                if await self.turn():
                    pause = self._busy
            except (PyMongoError, Unwritten) as error:
                log.warning("the clock waits for the database", error=repr(error))
            await asyncio.sleep(pause)

    async def turn(self) -> bool:
        """Send the clock if there is reason to; True while turns are under way or left."""
        version = await self._book()
        now = as_kept(self._now())
        clocks = {row["_id"]: row async for row in self._db[CLOCKS + SUFFIX].find()}
        folded = all(slot in clocks and clocks[slot]["until"] >= self._sent for slot in SLOTS)
        if not folded and now - self._sent < LOST:
            return True
        behind = {slot for slot in SLOTS if slot not in clocks or clocks[slot]["behind"]}
        behind |= {slot for slot, row in clocks.items() if row["book"] != version}
        waiting = {"slot": {"$in": list(SLOTS)}, "due": {"$lte": now}}  # all slots, by the index
        due = await self._db[PEOPLE + SUFFIX].find_one(waiting, {"slot": 1})
        if behind or due or now - self._sent >= SELDOM:
            await self._send(now, version)
            return True
        return False

    async def _send(self, now: datetime, version: int) -> None:
        facts = []
        for slot in SLOTS:
            event = ClockMoved(slot=slot, until=now, book=version)
            identity = f"{slot}|{rfc3339(now)}|{version}"
            facts.append(Fact.of(event, event_id=identity, key=slot, time=now))
        await self._journal.append(facts)
        self._sent = now

    async def _book(self) -> int:
        """The version of the book as it is now, kept for ever once it was sent."""
        if self._kept is not None and not self._changed:
            return self._kept[0]
        self._changed = False
        try:
            return await self._keep((await self._store.book()).model_dump_json())
        except PyMongoError:
            self._changed = True
            raise

    async def _keep(self, book: str) -> int:
        if self._kept is None:
            row: dict[str, Any] | None = await self._books.find_one(sort=[("_id", -1)])
            self._kept = (row["_id"], row["book"]) if row else (0, Book(zone="UTC").model_dump_json())
        version, known = self._kept
        if book != known:
            version += 1
            await self._books.insert_one({"_id": version, "book": book, "kept_at": self._now()})
            self._kept = (version, book)
            log.info("working time is another: days are assessed anew", book=version)
        return version
