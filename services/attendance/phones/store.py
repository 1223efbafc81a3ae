"""Which installation is whose, in MongoDB."""

from datetime import datetime
from typing import Literal

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from kit.mongo import DURABLE, Client, Database, Document, Session, in_transaction

COLLECTION = "phones"
State = Literal["active", "pending", "replaced", "refused"]


class Phones:
    """At most one installation of an employee is active, at most one waits; an index holds that."""

    def __init__(self, client: Client, db: Database) -> None:
        self._client = client
        self._rows = db.get_collection(COLLECTION, write_concern=DURABLE)

    async def setup(self) -> None:
        """Indexes. Idempotent."""
        for state in ("active", "pending"):
            await self._rows.create_index(
                "employee_id", unique=True, partialFilterExpression={"state": state}, name=f"one_{state}"
            )
        await self._rows.create_index([("state", 1), ("asked_at", 1)], name="queue")
        await self._rows.create_index([("employee_id", 1), ("asked_at", -1)], name="own")
        await self._rows.create_index("install_id", name="by_install")

    async def ask(self, employee_id: str, install_id: str, label: str, at: datetime) -> Document:
        """Bind this installation: at once when the employee has none, else it waits for a person. Asking again for
        what is so or waits changes nothing; asking for yet another replaces the one that waits."""
        known = await self._rows.find_one(
            {"employee_id": employee_id, "install_id": install_id, "state": {"$in": ["active", "pending"]}}
        )
        if known is not None:
            return dict(known)
        row: Document = {"employee_id": employee_id, "install_id": install_id, "label": label, "asked_at": at}
        identity = f"{employee_id}|{install_id}|{at.timestamp():.3f}"
        try:
            first: Document = {"_id": identity, **row, "state": "active", "decided_at": at}
            await self._rows.insert_one(first)
            return first
        except DuplicateKeyError:  # there is an active one: the change waits
            replaced: Document | None = await self._rows.find_one_and_update(
                {"employee_id": employee_id, "state": "pending"},
                {"$set": row, "$setOnInsert": {"_id": identity, "state": "pending"}},
                upsert=True,
                return_document=ReturnDocument.AFTER,
            )
            return dict(replaced or row)

    async def of(self, employee_id: str) -> list[Document]:
        """All of one employee, newest first."""
        found: list[Document] = await self._rows.find({"employee_id": employee_id}).sort("asked_at", -1).to_list(None)
        return found

    async def whose(self, install_id: str) -> set[str]:
        """The employees whose own installation this is."""
        return set(await self._rows.distinct("employee_id", {"install_id": install_id, "state": "active"}))

    async def waiting(self, within: Document) -> list[Document]:
        """Changes that wait, oldest first."""
        found: list[Document] = await self._rows.find({**within, "state": "pending"}).sort("asked_at", 1).to_list(500)
        return found

    async def count(self, within: Document) -> int:
        """How many changes wait."""
        return int(await self._rows.count_documents({**within, "state": "pending"}))

    async def one(self, identity: str) -> Document | None:
        """One by id."""
        found: Document | None = await self._rows.find_one({"_id": identity})
        return found

    async def decide(self, identity: str, approve: bool, by: str, words: str, at: datetime) -> Document | None:
        """Approve or refuse a change; None when it does not wait any more. The former one ends in the same moment."""
        decided = {"decided_by": by, "decided_at": at, "words": words}

        async def write(session: Session) -> Document | None:
            waiting = await self._rows.find_one({"_id": identity, "state": "pending"}, session=session)
            if waiting is None:
                return None
            if approve:
                own = {"employee_id": waiting["employee_id"], "state": "active"}
                await self._rows.update_one(own, {"$set": {"state": "replaced", "ended_at": at}}, session=session)
            state: State = "active" if approve else "refused"
            await self._rows.update_one({"_id": identity}, {"$set": {"state": state, **decided}}, session=session)
            return {**waiting, "state": state, **decided}

        return await in_transaction(self._client, write)
