"""Closings, what was closed of each employee, and the agency's calendar, in MongoDB."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import suppress
from datetime import date, datetime

from pymongo.errors import DuplicateKeyError

from kit.mongo import DURABLE, Client, Database, Document, Session
from services.attendance.closings.calendar import Calendar, Period, PeriodRule, shipped
from services.attendance.closings.closed import ClosedDays, Stretch
from services.attendance.closings.models import PersonClosed

CLOSINGS, PEOPLE, CALENDAR = "closings", "closed_people", "closing_calendar"
ONLY = "calendar"
AT_ONCE = 200


class Closings:
    """A closing's `_id` is the first day of its period. Days are text, as dates sort."""

    def __init__(self, client: Client, db: Database) -> None:
        self.client = client
        self.rows = db.get_collection(CLOSINGS, write_concern=DURABLE)
        self.people = db.get_collection(PEOPLE, write_concern=DURABLE)
        self._calendar = db.get_collection(CALENDAR, write_concern=DURABLE)

    async def setup(self) -> None:
        """Indexes and the calendar's document; a transaction cannot make collections. Idempotent."""
        await self.rows.create_index("state", name="state")
        await self.people.create_index([("period", 1), ("employee_id", 1)], name="of_period")
        await self.people.create_index([("employee_id", 1), ("period", 1)], name="own")
        with suppress(DuplicateKeyError):
            await self._calendar.insert_one({"_id": ONLY, "rows": [], "version": 1, "closings": 0})

    async def all(self, session: Session | None = None) -> list[Document]:
        """Every closing, oldest first."""
        found: list[Document] = await self.rows.find(session=session).sort("_id", 1).to_list(None)
        return found

    async def signed(self) -> list[Document]:
        """Those whose figures are signed, oldest first."""
        return [row for row in await self.all() if row["state"] == "closed"]

    async def one(self, identity: str) -> Document | None:
        """A closing."""
        found: Document | None = await self.rows.find_one({"_id": identity})
        return found

    async def under_way(self) -> Document | None:
        """The one that is being closed."""
        found: Document | None = await self.rows.find_one({"state": "closing"})
        return found

    async def closed(self) -> ClosedDays:
        """Which days are closed."""
        rows = self.rows.find({}, {"first": 1, "last": 1, "since": 1}).sort("_id", 1)
        days = [(row["first"], row["last"], row["since"]) async for row in rows]
        return ClosedDays(tuple(Stretch(*map(date.fromisoformat, one)) for one in days))

    async def calendar(self, session: Session | None = None) -> tuple[Calendar, int]:
        """How periods are cut, and the version an edit is made from."""
        row = await self._calendar.find_one({"_id": ONLY}, session=session)
        assert row is not None  # noqa: S101 - setup has made it
        return Calendar((*shipped(), *(PeriodRule(**one) for one in row["rows"]))), row["version"]

    async def put_calendar(
        self, rows: Sequence[PeriodRule], version: int, by: str, at: datetime, session: Session
    ) -> bool:
        """These rows in place of those of `version`; False when it is another now."""
        kept = [row.model_dump(mode="json") for row in rows]
        change = {"$set": {"rows": kept, "changed_by": by, "changed_at": at}, "$inc": {"version": 1}}
        done = await self._calendar.update_one({"_id": ONLY, "version": version}, change, session=session)
        return bool(done.matched_count)

    async def ask(self, row: Document, session: Session) -> None:
        """A new closing. Whoever closes or cuts periods at the same time begins again with what is there then."""
        await self._calendar.update_one({"_id": ONLY}, {"$inc": {"closings": 1}}, session=session)
        await self.rows.insert_one(row, session=session)

    async def advance(self, row: Document, changes: Document, session: Session) -> bool:
        """A step of a closing; False when somebody else has made it."""
        seen = {"_id": row["_id"], "state": "closing", "after": row["after"]}
        return bool((await self.rows.update_one(seen, {"$set": changes}, session=session)).matched_count)

    async def keep(self, people: Sequence[PersonClosed], session: Session) -> None:
        """What is closed of some employees."""
        if people:
            await self.people.insert_many([_stored(one) for one in people], session=session)

    async def of_people(self, people: Collection[str]) -> dict[str, list[PersonClosed]]:
        """All that was closed of each, oldest first."""
        found: dict[str, list[PersonClosed]] = {}
        cursor = self.people.find({"employee_id": {"$in": sorted(people)}}).sort([("employee_id", 1), ("period", 1)])
        async for row in cursor:
            found.setdefault(row["employee_id"], []).append(person_of(row))
        return found

    async def leaves(self, period: str) -> AsyncIterator[PersonClosed]:
        """What was closed in a period, in the order it is signed in."""
        async for row in self.people.find({"period": period}).sort("employee_id", 1).batch_size(AT_ONCE):
            yield person_of(row)

    async def page(self, period: str, after: str, limit: int) -> tuple[list[PersonClosed], int]:
        """What was closed in a period, by employee id."""
        query = {"period": period}
        rows = self.people.find({**query, "employee_id": {"$gt": after}}).sort("employee_id", 1).limit(limit)
        return [person_of(row) async for row in rows], int(await self.people.count_documents(query))


def period_of(row: Document) -> Period:
    """Of a closing."""
    return Period(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))


def person_of(row: Document) -> PersonClosed:
    """As signed."""
    return PersonClosed.model_validate({name: row[name] for name in PersonClosed.model_fields})


def _stored(person: PersonClosed) -> Document:
    return {"_id": f"{person.period}|{person.employee_id}", **person.model_dump(mode="json")}
