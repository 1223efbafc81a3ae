"""Rows of the book as they are changed: each has a version, and what it was in every version is kept.

Who changes the book takes turns: each transaction moves the head, so a rule that looks at all of it (no two patterns at
once for a unit, no pattern away that somebody has) still holds when it commits.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kit.mongo import DURABLE, Database, Document, Session
from services.attendance.schedules.models import Frozen

HEAD, CHANGES = "book_head", "book_changes"


class Stale(Exception):  # noqa: N818 - no error: somebody was faster
    """The row is not in the version an edit was made from; `present` is the one it is in, 0 when there is none."""

    def __init__(self, present: int) -> None:
        super().__init__(f"version {present} is present")
        self.present = present


class BookRows:
    """One collection a kind (services/attendance/schedules/store.py)."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._changes = db.get_collection(CHANGES, write_concern=DURABLE)

    async def setup(self) -> None:
        """Indexes; a transaction cannot make collections. Idempotent."""
        await self._changes.create_index([("kind", 1), ("row", 1), ("version", -1)], name="of_row")
        await self._changes.create_index([("at", -1)], name="latest")
        await self._db[HEAD].update_one({"_id": HEAD}, {"$setOnInsert": {"revision": 0}}, upsert=True)

    async def some(self, kind: str, query: Mapping[str, Any], order: str, most: int) -> list[Document]:
        """Rows in the order of a field."""
        found: list[Document] = await self._db[kind].find(query).sort([(order, 1), ("_id", 1)]).to_list(most)
        return found

    async def one(self, kind: str, identity: str, session: Session | None = None) -> Document | None:
        """A row by its id."""
        found: Document | None = await self._db[kind].find_one({"_id": identity}, session=session)
        return found

    async def changes(self, kind: str | None, identity: str | None, most: int) -> list[Document]:
        """What was changed, newest first."""
        query = {name: value for name, value in (("kind", kind), ("row", identity)) if value is not None}
        found: list[Document] = await self._changes.find(query).sort([("at", -1), ("_id", -1)]).to_list(most)
        return found

    async def turn(self, session: Session) -> None:
        """Begins every change: who comes at the same time waits, then begins again with what is there."""
        await self._db[HEAD].update_one({"_id": HEAD}, {"$inc": {"revision": 1}}, session=session)

    async def put(self, kind: str, row: Frozen, version: int, by: str, at: datetime, session: Session) -> Document:
        """A row in place of the one in `version` (0: a new one). Raises Stale."""
        content = document(row)
        present = await self.one(kind, content["id"], session)
        self._in_version(present, version)
        kept = {"_id": content["id"], **content, "version": version + 1, "changed_at": at, "changed_by": by}
        await self._db[kind].replace_one({"_id": kept["_id"]}, kept, upsert=True, session=session)
        await self._note(kind, kept["_id"], version + 1, by, at, content, session)
        return kept

    async def delete(self, kind: str, identity: str, version: int, by: str, at: datetime, session: Session) -> None:
        """Take a row away; what it was stays in the changes. Raises Stale."""
        self._in_version(await self.one(kind, identity, session), version)
        await self._db[kind].delete_one({"_id": identity}, session=session)
        await self._note(kind, identity, version + 1, by, at, None, session)

    def _in_version(self, present: Document | None, version: int) -> None:
        # What was not changed over the API yet (the demo city) is in its first version.
        found = present.get("version", 1) if present else 0
        if found != version:
            raise Stale(found)

    async def _note(
        self, kind: str, identity: str, version: int, by: str, at: datetime, content: Document | None, session: Session
    ) -> None:
        change = {"kind": kind, "row": identity, "version": version, "at": at, "by": by, "content": content}
        await self._changes.insert_one(change, session=session)


def document(row: Frozen) -> Document:
    """A row as it is kept: sets in a steady order."""
    content = row.model_dump(mode="json")
    return {name: sorted(value) if name in ("sites", "regions") else value for name, value in content.items()}
