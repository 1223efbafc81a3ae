"""The register: collections, indexes, and the one way to read and to write them.

Writers take turns: every commit moves the head document, so two of them never overlap, and a rule that looks at the
whole directory (no cycle among superiors, no number held twice) still holds when its transaction commits.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, tzinfo
from typing import TypeVar

from pymongo import ReturnDocument

from kit.journal import Journal
from kit.mongo import Client, Database, Document, Session, as_kept, in_transaction
from services.directory.register.kinds import EMPLOYEE, KINDS
from services.directory.register.rows import HISTORY, Cause
from services.directory.register.view import HEAD, HEAD_ID, View
from services.directory.register.writing import Writing

R = TypeVar("R")


def now() -> datetime:
    """The present instant in whole milliseconds, as the store keeps it."""
    return as_kept(datetime.now(UTC))


class Busy(RuntimeError):
    """An import is being applied: nothing else may be written until it is done (seconds to a minute)."""


class Register:
    """The directory's own database. `clock` gives the instant a commit is dated with, `zone` where "today" is."""

    def __init__(
        self,
        client: Client,
        db: Database,
        journal: Journal,
        *,
        zone: tzinfo,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.client = client
        self.db = db
        self.journal = journal
        self.zone = zone
        self.clock = clock

    async def setup(self) -> None:
        """Create collections, indexes and the head. Idempotent."""
        await self.journal.setup()
        for kind in KINDS:
            rows = self.db[kind.collection]
            await rows.create_index([("id", 1)], name="id")
            await rows.create_index([("sort", 1), ("id", 1)], name="list")
            await rows.create_index([("since", 1), ("_id", 1)], name="since")
            await rows.create_index([("until", 1)], name="until")
        employees = self.db[EMPLOYEE.collection]
        await employees.create_index([("state.numbers.number", 1)], name="number")
        await employees.create_index([("number", 1), ("id", 1)], name="list_by_number")
        # Rows from before lists could be ordered by number.
        last = {"$ifNull": [{"$last": "$state.numbers.number"}, ""]}
        await employees.update_many({"number": None}, [{"$set": {"number": last}}])
        for field in ("unit_id", "post_id", "site_id", "superior_id"):
            await employees.create_index([(f"state.assignments.{field}", 1)], name=field)
        await self.db[HISTORY].create_index([("kind", 1), ("id", 1), ("version", -1)], name="entity")
        head = {"revision": 0, "visible": 0, "import": None}
        await self.db[HEAD].update_one({"_id": HEAD_ID}, {"$setOnInsert": head}, upsert=True)

    def today(self) -> date:
        """The agency's own date."""
        return self.clock().astimezone(self.zone).date()

    @asynccontextmanager
    async def view(self) -> AsyncIterator[View]:
        """A consistent picture: everything read through it is as of one moment."""
        async with await self.client.start_session(snapshot=True) as session:
            head = await self.head(session)
            yield View(self.db, session, visible=head["visible"], revision=head["revision"])

    async def head(self, session: Session | None = None) -> Document:
        """The head: `revision` (commits so far), `visible` (what readers see), `import` (who has the lock)."""
        found: Document | None = await self.db[HEAD].find_one({"_id": HEAD_ID}, session=session)
        if found is None:
            raise RuntimeError("the directory has no head: Register.setup has not run on this database")
        return found

    async def write(
        self,
        work: Callable[[Writing], Awaitable[R]],
        cause: Cause,
        *,
        then: Callable[[R, Session], Awaitable[None]] | None = None,
    ) -> R:
        """Run `work` and commit what it put, with its events, in one transaction. Raises Busy during an import.

        `work` may run more than once; it must only read and put through the Writing it is given. What it raises
        aborts the transaction and comes out. `then` writes what belongs to the same commit (the stored answer of an
        idempotent command).
        """

        async def attempt(session: Session) -> R:
            head = await self.db[HEAD].find_one_and_update(
                {"_id": HEAD_ID, "import": None},
                {"$inc": {"revision": 1}},
                return_document=ReturnDocument.AFTER,
                session=session,
            )
            if head is None:
                raise Busy("an import is being applied")
            writing = Writing(
                self.db,
                session,
                head["visible"],
                revision=head["revision"],
                at=self.clock(),
                zone=self.zone,
                cause=cause,
            )
            result = await work(writing)
            facts = await writing.facts()
            if facts:
                await self.journal.append(facts, entry={"cause": cause.document()}, session=session)
            if then is not None:
                await then(result, session)
            return result

        return await in_transaction(self.client, attempt)
