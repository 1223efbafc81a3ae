"""Applying a plan so that readers see all of it or nothing, whatever is killed on the way.

One transaction cannot hold 100,000 changes (the server's cache and its transaction lifetime are bounded), so:

1. lock: the head names the import; nobody else may write the directory until it is done;
2. stage: new rows are written beside the present ones under the next number, in chunks; no reader sees them;
3. switch: one transaction moves the head to that number: every reader sees everything at once;
4. publish: the events go to the journal in chunks, each with the position it reached in the same transaction;
5. tidy: replaced rows move to the history, the lock is given back.

A worker that dies in 1 or 2 leaves nothing visible: its successor wipes what was staged and judges the file anew. One
that dies in 4 or 5 is continued where it stopped. Each step checks the lease in its transaction, so that a worker that
was thought dead cannot write any more.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from kit.journal import Fact
from kit.mongo import Document, Session, in_transaction
from services.directory.register.facts import employee_changed, fact, site_changed, unit_changed
from services.directory.register.kinds import BY_NAME, EMPLOYEE, KINDS, POST, SITE, UNIT, Kind
from services.directory.register.rows import HISTORY, OPEN, Cause, history_document, row_document
from services.directory.register.store import Register
from services.directory.register.view import HEAD, HEAD_ID
from services.directory.transfer.plan import Change
from services.directory.transfer.records import Imports

T = TypeVar("T")
CHUNK = 1_000  # rows in one transaction
FACTS = 50  # facts in one journal entry: some 40 kB, which the relay takes many of at a time


class Application:
    """One import being applied by one worker. `at` is the instant all its changes are dated with."""

    def __init__(self, register: Register, imports: Imports, identity: str, owner: str, cause: Cause) -> None:
        self._register = register
        self._db = register.db
        self._imports = imports
        self._id = identity
        self._owner = owner
        self._cause = cause

    async def lock(self) -> Document | None:
        """Take the directory for this import; returns the head, None while another import has it."""
        head = await self._register.head()
        if head["import"] == self._id:
            return head

        async def take(session: Session) -> Document | None:
            await self._imports.update(self._id, self._owner, self._register.clock(), {}, session)
            found: Document | None = await self._db[HEAD].find_one_and_update(
                {"_id": HEAD_ID, "import": None}, {"$set": {"import": self._id}}, session=session
            )
            return found

        return await in_transaction(self._register.client, take)

    async def unlock(self) -> None:
        """Give the directory back without having switched; whatever was staged is wiped first."""
        await self.wipe()

        async def give_back(session: Session) -> None:
            await self._imports.update(self._id, self._owner, self._register.clock(), {}, session)
            await self._released(session)

        await in_transaction(self._register.client, give_back)

    async def _released(self, session: Session) -> None:
        await self._db[HEAD].update_one(
            {"_id": HEAD_ID, "import": self._id}, {"$set": {"import": None}}, session=session
        )

    async def wipe(self) -> None:
        """Remove rows staged before a crash; nobody has seen them."""
        # Renewed here, the lease outlasts the wiping: nobody else can be staging meanwhile.
        await self._imports.update(self._id, self._owner, self._register.clock(), {})
        head = await self._register.head()
        if head["import"] != self._id:
            return
        number = head["visible"] + 1
        for kind in KINDS:
            await self._db[kind.collection].update_many({"until": number}, {"$set": {"until": OPEN}})
            await self._db[kind.collection].delete_many({"since": number})

    async def stage(self, changes: Sequence[Change], at: datetime, total_rows: int) -> None:
        """Step 2. The caller holds the lock and has wiped."""
        head = await self._register.head()
        number = head["visible"] + 1
        done = 0
        for chunk in _chunks(changes, CHUNK):
            done += len(chunk)
            # Half of the work is staging, half publishing: rows done are counted in proportion.
            progress = {"rows.done": total_rows * done // (2 * len(changes))}
            await self._staged(chunk, number, at, progress)

    async def _staged(self, chunk: Sequence[Change], number: int, at: datetime, progress: Document) -> None:
        async def write(session: Session) -> None:
            await self._imports.update(self._id, self._owner, self._register.clock(), progress, session)
            for name, kind in BY_NAME.items():
                some = [change for change in chunk if change.kind == name]
                if not some:
                    continue
                rows = self._db[kind.collection]
                replaced = [change.identity for change in some if change.version]
                if replaced:
                    await rows.update_many(
                        {"id": {"$in": replaced}, "until": OPEN, "since": {"$lt": number}},
                        {"$set": {"until": number}},
                        session=session,
                    )
                await rows.insert_many([self._row(kind, change, number, at) for change in some], session=session)

        await in_transaction(self._register.client, write)

    def _row(self, kind: Kind[Any], change: Change, number: int, at: datetime) -> Document:
        return row_document(
            kind, change.identity, change.state, version=change.version + 1, since=number, at=at, cause=self._cause
        )

    async def switch(self) -> None:
        """Step 3: the moment from which the import is a fact."""

        async def move(session: Session) -> None:
            fields = {"state": "publishing", "published": None}
            await self._imports.update(self._id, self._owner, self._register.clock(), fields, session)
            moved = await self._db[HEAD].update_one(
                {"_id": HEAD_ID, "import": self._id}, {"$inc": {"visible": 1, "revision": 1}}, session=session
            )
            if not moved.matched_count:
                raise RuntimeError(f"import {self._id} would switch a directory that it has not locked")

        await in_transaction(self._register.client, move)

    async def publish(self, published: Document | None, total_rows: int) -> None:
        """Step 4, from the position `published` on (None = the beginning)."""
        head = await self._register.head()
        number, revision = head["visible"], head["revision"]
        titles = {row["id"]: row["state"]["title"] async for row in self._db[POST.collection].find({"until": OPEN})}
        done = published["count"] if published else 0
        total = await self._db[EMPLOYEE.collection].count_documents({"since": number}) or 1
        async for step, rows in self._batches(number, published):
            facts = [_fact(step, row, titles, revision) for row in rows]
            done += len(rows)
            position = {"step": step, "after": rows[-1]["_id"], "count": done}
            share = total_rows * min(done, total) // (2 * total)
            await self._journaled(facts, {"published": position, "rows.done": total_rows // 2 + share})

    async def _batches(self, number: int, published: Document | None) -> AsyncIterator[tuple[int, list[Document]]]:
        """What has to be told, in a fixed order: sites, units, employees, then holders of renamed posts."""
        renamed = await self._renamed_posts(number)
        steps: list[tuple[Kind[Any], Document]] = [
            (SITE, {"since": number}),
            (UNIT, {"since": number}),
            (EMPLOYEE, {"since": number}),
            (EMPLOYEE, {"since": {"$lt": number}, "until": OPEN, "state.assignments.post_id": {"$in": renamed}}),
        ]
        start = published["step"] if published else 0
        for step, (kind, where) in list(enumerate(steps))[start:]:
            after = published["after"] if published and step == start else ""
            while rows := await self._after(kind, where, after):
                yield step, rows
                after = rows[-1]["_id"]

    async def _after(self, kind: Kind[Any], where: Document, after: str) -> list[Document]:
        query = {**where, "_id": {"$gt": after}}
        found: list[Document] = await self._db[kind.collection].find(query).sort("_id", 1).limit(CHUNK).to_list(None)
        return found

    async def _renamed_posts(self, number: int) -> list[str]:
        before = {row["id"]: row["state"]["title"] async for row in self._db[POST.collection].find({"until": number})}
        posts = self._db[POST.collection].find({"since": number, "id": {"$in": list(before)}})
        return [row["id"] async for row in posts if row["state"]["title"] != before[row["id"]]]

    async def _journaled(self, facts: Sequence[Fact], progress: Document) -> None:
        async def write(session: Session) -> None:
            await self._imports.update(self._id, self._owner, self._register.clock(), progress, session)
            for some in _chunks(facts, FACTS):
                await self._register.journal.append(some, entry={"cause": self._cause.document()}, session=session)

        await in_transaction(self._register.client, write)

    async def tidy(self) -> None:
        """Step 5: replaced rows to the history."""
        head = await self._register.head()
        for kind in KINDS:
            rows = self._db[kind.collection]
            while hidden := await rows.find({"until": {"$lte": head["visible"]}}).limit(CHUNK).to_list(None):
                await self._moved(kind, hidden)

    async def _moved(self, kind: Kind[Any], hidden: list[Document]) -> None:
        async def move(session: Session) -> None:
            await self._imports.update(self._id, self._owner, self._register.clock(), {}, session)
            await self._db[HISTORY].insert_many([history_document(kind, row) for row in hidden], session=session)
            gone = {"_id": {"$in": [row["_id"] for row in hidden]}}
            await self._db[kind.collection].delete_many(gone, session=session)

        await in_transaction(self._register.client, move)

    async def close(self, total_rows: int) -> None:
        """The end of step 5: the record is closed and the lock given back in one transaction."""

        async def give_back(session: Session) -> None:
            at = self._register.clock()
            await self._imports.finish(self._id, self._owner, "applied", at, {"rows.done": total_rows}, session)
            await self._released(session)

        await in_transaction(self._register.client, give_back)


def _fact(step: int, row: Document, titles: dict[str, str], revision: int) -> Fact:
    identity, at = row["id"], row["changed_at"]
    match step:
        case 0:
            return fact(site_changed(identity, SITE.state(row["state"]), at), revision=revision)
        case 1:
            return fact(unit_changed(identity, UNIT.state(row["state"]), at), revision=revision)
        case _:
            return fact(employee_changed(identity, EMPLOYEE.state(row["state"]), titles, at), revision=revision)


def _chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
