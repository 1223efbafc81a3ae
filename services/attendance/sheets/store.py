"""Sheets in MongoDB. Each change is written in the caller's transaction together with its `DutyChanged`, so that the
assessor (services/attendance/days) looks again at just those dates, and never at what was rolled back."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from itertools import groupby
from uuid import uuid4

from contracts.events.days import DutyChanged
from kit.days import each_day
from kit.journal import Fact, Journal
from kit.mongo import DURABLE, Database, Document, Session
from services.attendance.schedules.models import Assigned, RosterDay
from services.attendance.sheets.models import Claimed, Doubted, Granted, OwnSheet, Sheet, sheet_id, sheet_of

SHEETS, OWN = "sheets", "own_sheets"


class Sheets:
    """`in_transaction(..., tries=TRIES)` around every change: two who change one month meet, and the later begins again
    with what the first has left."""

    def __init__(self, db: Database, journal: Journal, clock: Callable[[], datetime]) -> None:
        self._sheets = db.get_collection(SHEETS, write_concern=DURABLE)
        self._own = db.get_collection(OWN, write_concern=DURABLE)
        self._journal = journal
        self._clock = clock

    async def setup(self) -> None:
        """Indexes; a transaction cannot make collections. Idempotent."""
        await self._sheets.create_index("employee_id", name="own")
        await self._own.create_index("assigned.pattern_id", name="by_pattern")

    async def read(self, employee_id: str, first: date, last: date, session: Session | None = None) -> Sheet:
        """What is on the sheets for these dates, an excuse that spans months once."""
        months = sorted({sheet_id(employee_id, day) for day in each_day(first, last)})
        rows = await self._sheets.find({"_id": {"$in": months}}, session=session).sort("_id", 1).to_list(None)
        sheets = [sheet_of(row) for row in rows]
        granted = {one.excuse.id: one for sheet in sheets for one in sheet.granted}
        return Sheet(
            roster=tuple(one for sheet in sheets for one in sheet.roster if first <= one.day <= last),
            granted=tuple(one for one in granted.values() if one.first <= last and first <= one.last),
            claimed=tuple(one for sheet in sheets for one in sheet.claimed if first <= one.day <= last),
            doubted=tuple(one for sheet in sheets for one in sheet.doubted if first <= one.day <= last),
        )

    async def own(self, employee_id: str, session: Session | None = None) -> OwnSheet:
        """What is assigned to the person."""
        row = await self._own.find_one({"_id": employee_id}, session=session)
        return OwnSheet(assigned=row["assigned"]) if row else OwnSheet()

    async def rosters(
        self, people: Collection[str], first: date, last: date, session: Session | None = None
    ) -> dict[str, list[RosterDay]]:
        """What is rostered for some people in a period, by employee and in order."""
        months = {f"{day:%Y-%m}" for day in each_day(first, last)}
        wanted = [f"{one}|{month}" for one in sorted(people) for month in sorted(months)]
        found: dict[str, list[RosterDay]] = {}
        async for row in self._sheets.find({"_id": {"$in": wanted}}, session=session).sort("_id", 1):
            days = [one for one in sheet_of(row).roster if first <= one.day <= last]
            found.setdefault(row["employee_id"], []).extend(days)
        return found

    async def owns(self, people: Collection[str], session: Session | None = None) -> dict[str, tuple[Assigned, ...]]:
        """What is assigned to each of some people."""
        found = self._own.find({"_id": {"$in": sorted(people)}}, session=session)
        return {row["_id"]: OwnSheet(assigned=row["assigned"]).assigned async for row in found}

    async def own_version(self, employee_id: str, session: Session | None = None) -> int:
        """How often what is assigned to the person was set, and one: the version an edit is made from."""
        row = await self._own.find_one({"_id": employee_id}, {"version": 1}, session=session)
        return 1 + (row.get("version", 1) if row else 0)

    async def given(self, pattern_id: str, session: Session | None = None) -> int:
        """To how many people a pattern is assigned, whenever."""
        return await self._own.count_documents({"assigned.pattern_id": pattern_id}, session=session)

    async def roster(
        self, employee_id: str, days: Sequence[RosterDay], cleared: Collection[date], session: Session
    ) -> None:
        """Set these dates and take the roster of those away; nothing else of the months is touched."""
        touched = sorted({*cleared, *(one.day for one in days)})
        if not touched:
            return
        for _, some in groupby(touched, key=lambda day: (day.year, day.month)):
            dates = list(some)

            def change(sheet: Sheet, dates: list[date] = dates) -> Sheet:
                kept = [one for one in sheet.roster if one.day not in dates]
                kept += [one for one in days if one.day in dates]
                return sheet.model_copy(update={"roster": tuple(sorted(kept, key=lambda one: one.day))})

            await self._change(employee_id, dates[0], change, session)
        await self._say(employee_id, touched[0], touched[-1], session)

    async def grant(self, employee_id: str, granted: Granted, session: Session) -> None:
        """Excuse these dates. The same id again takes the place of the one before (also where its dates were others:
        `withdraw` that first)."""
        await self._excuses(employee_id, granted.excuse.id, granted.first, granted.last, granted, session)

    async def withdraw(self, employee_id: str, granted: Granted, session: Session) -> None:
        """Take an excuse back."""
        await self._excuses(employee_id, granted.excuse.id, granted.first, granted.last, None, session)

    async def claim(self, employee_id: str, claimed: Claimed, session: Session) -> None:
        """Let a claimed punch count. The same id again takes the place of the one before."""
        await self._claims(employee_id, claimed, [claimed], session)

    async def unclaim(self, employee_id: str, claimed: Claimed, session: Session) -> None:
        """Take a claimed punch back."""
        await self._claims(employee_id, claimed, [], session)

    async def doubt(self, employee_id: str, doubted: Doubted, session: Session) -> None:
        """Say that a fault may be why something is held against the employee on a date. The same one again takes the
        place of the one before."""
        await self._doubts(employee_id, doubted, [doubted], session)

    async def trust(self, employee_id: str, doubted: Doubted, session: Session) -> None:
        """It was decided: nothing is in doubt for its sake any more."""
        await self._doubts(employee_id, doubted, [], session)

    async def assign(self, employee_id: str, assigned: Sequence[Assigned], since: date, session: Session) -> None:
        """Replace all that is assigned to the person; `since` is the first date for which that changes anything."""
        own = OwnSheet(assigned=tuple(assigned))
        version = await self.own_version(employee_id, session)
        row = {"_id": employee_id, "employee_id": employee_id, "version": version, **own.model_dump(mode="json")}
        await self._own.replace_one({"_id": employee_id}, row, upsert=True, session=session)
        await self._say(employee_id, since, None, session)

    async def _doubts(self, employee_id: str, doubted: Doubted, new: list[Doubted], session: Session) -> None:
        def change(sheet: Sheet) -> Sheet:
            same = (doubted.day, doubted.fault.id)
            kept = [one for one in sheet.doubted if (one.day, one.fault.id) != same]
            return sheet.model_copy(update={"doubted": (*kept, *new)})

        await self._change(employee_id, doubted.day, change, session)
        await self._say(employee_id, doubted.day, doubted.day, session)

    async def _claims(self, employee_id: str, claimed: Claimed, new: list[Claimed], session: Session) -> None:
        def change(sheet: Sheet) -> Sheet:
            kept = [one for one in sheet.claimed if one.punch.id != claimed.punch.id]
            return sheet.model_copy(update={"claimed": (*kept, *new)})

        await self._change(employee_id, claimed.day, change, session)
        await self._say(employee_id, claimed.day, claimed.day, session)

    async def _excuses(
        self, employee_id: str, identity: str, first: date, last: date, new: Granted | None, session: Session
    ) -> None:
        def change(sheet: Sheet) -> Sheet:
            kept = [one for one in sheet.granted if one.excuse.id != identity]
            return sheet.model_copy(update={"granted": (*kept, new) if new else tuple(kept)})

        for day in {(day.year, day.month): day for day in each_day(first, last)}.values():
            await self._change(employee_id, day, change, session)
        await self._say(employee_id, first, last, session)

    async def _change(self, employee_id: str, day: date, change: Callable[[Sheet], Sheet], session: Session) -> None:
        identity = sheet_id(employee_id, day)
        row = await self._sheets.find_one({"_id": identity}, session=session)
        sheet = change(sheet_of(row) if row else Sheet())
        written: Document = {"_id": identity, "employee_id": employee_id, **sheet.model_dump(mode="json")}
        await self._sheets.replace_one({"_id": identity}, written, upsert=True, session=session)

    async def _say(self, employee_id: str, first: date, last: date | None, session: Session) -> None:
        now = self._clock()
        event = DutyChanged(employee_id=employee_id, first=first, last=last, changed_at=now)
        fact = Fact.of(event, event_id=uuid4().hex, key=employee_id, time=now)
        await self._journal.append([fact], session=session)
