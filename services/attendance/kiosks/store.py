"""Kiosks in MongoDB, and which codes were used."""

from datetime import datetime, timedelta
from secrets import token_bytes, token_hex

from pymongo import ReturnDocument

from kit.mongo import DURABLE, Database, Document, Session
from services.attendance.kiosks.codes import Code

COLLECTION = "kiosks"
USES = "kiosk_code_uses"
KEY_BYTES = 32
USES_KEPT = timedelta(days=30)  # longer than a check-in may wait on a phone


class Kiosks:
    """A kiosk's key is answered once, when it is made; withdrawn kiosks stay, their codes count no more."""

    def __init__(self, db: Database) -> None:
        self._kiosks = db.get_collection(COLLECTION, write_concern=DURABLE)
        self._uses = db.get_collection(USES, write_concern=DURABLE)

    async def setup(self) -> None:
        """Indexes. Idempotent."""
        await self._uses.create_index("at", expireAfterSeconds=int(USES_KEPT.total_seconds()), name="purge")

    async def add(self, site_id: str, name: str, by: str, at: datetime) -> Document:
        """A new kiosk with a new key."""
        row: Document = {
            "_id": token_hex(6),
            "site_id": site_id,
            "name": name,
            "key": token_bytes(KEY_BYTES),
            "active": True,
            "made_by": by,
            "made_at": at,
        }
        await self._kiosks.insert_one(row)
        return row

    async def all(self) -> list[Document]:
        """All kiosks, their keys left out."""
        found: list[Document] = (
            await self._kiosks.find({}, {"key": 0}).sort([("site_id", 1), ("name", 1)]).to_list(None)
        )
        return found

    async def one(self, identity: str) -> Document | None:
        """A kiosk that was not withdrawn."""
        found: Document | None = await self._kiosks.find_one({"_id": identity, "active": True})
        return found

    async def withdraw(self, identity: str, by: str, at: datetime) -> Document | None:
        """Its codes count no more. None when there is no such kiosk."""
        changed = {"active": False, "withdrawn_by": by, "withdrawn_at": at}
        found: Document | None = await self._kiosks.find_one_and_update(
            {"_id": identity, "active": True}, {"$set": changed}, {"key": 0}, return_document=ReturnDocument.AFTER
        )
        return found

    async def used(self, employee_id: str, code: Code) -> bool:
        """Whether this person has used this code already."""
        return await self._uses.find_one({"_id": _use(employee_id, code)}) is not None

    async def use(self, employee_id: str, code: Code, at: datetime, session: Session) -> None:
        """Note, with the punch, that this person has used this code. Raises DuplicateKeyError when that is not new."""
        await self._uses.insert_one({"_id": _use(employee_id, code), "at": at}, session=session)


def _use(employee_id: str, code: Code) -> str:
    return f"{employee_id}|{code.kiosk_id}|{code.step}"
