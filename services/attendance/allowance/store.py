"""What the agency has chosen, in MongoDB: a row a decision, one for each first day."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from pymongo.errors import DuplicateKeyError

from kit.access import Principal
from kit.mongo import DURABLE, Database, Document, Session
from services.attendance.allowance.models import NewChoice
from services.attendance.allowance.tables import Choice

CHOICES = "allowance_choices"


class Taken(ValueError):
    """There is a decision from that day on."""


class Allowances:
    """The agency's choices."""

    def __init__(self, db: Database) -> None:
        self._choices = db.get_collection(CHOICES, write_concern=DURABLE)

    async def setup(self) -> None:
        """Indexes. Idempotent."""
        await self._choices.create_index("valid_from", unique=True, name="first_day")

    async def rows(self) -> list[Document]:
        """All decisions, the latest first."""
        return list(await self._choices.find().sort("valid_from", -1).to_list(None))

    async def choices(self) -> Sequence[Choice]:
        """All decisions, as rules have them."""
        names = set(Choice.model_fields)
        return [Choice(**{name: value for name, value in row.items() if name in names}) for row in await self.rows()]

    async def add(self, sent: NewChoice, by: Principal, at: object, session: Session) -> Document:
        """A new decision. Raises Taken."""
        row: Document = {
            "_id": str(uuid4()),
            **sent.model_dump(mode="json"),
            "by": by.employee_id,
            "account": by.subject,
            "at": at,
        }
        try:
            await self._choices.insert_one(row, session=session)
        except DuplicateKeyError:
            raise Taken(str(sent.valid_from)) from None
        return row

    async def remove(self, identity: str, after: date) -> bool:
        """Take back a decision that has not begun to hold; whether there was one."""
        gone = await self._choices.delete_one({"_id": identity, "valid_from": {"$gt": str(after)}})
        return bool(gone.deleted_count)

    async def one(self, identity: str) -> Document | None:
        """A decision."""
        found: Document | None = await self._choices.find_one({"_id": identity})
        return found
