"""Assessed days as they are read. They are written by the assessor alone (folds.py)."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from contracts.events.days import DayAssessed
from kit.dated import Dated
from kit.mongo import Database, Document
from services.attendance.days.batch import CLOCKS, DAYS, SUFFIX
from services.attendance.days.documents import EXCUSES, FAULTS, SAID, aware, day_id, said_between, seen_of
from services.attendance.days.history import State, is_past, known_on, states
from services.attendance.days.models import AssessedDay, Excuse, Seen
from services.attendance.days.rules import assess
from services.attendance.days.slots import slot_of
from services.attendance.days.spans import EPOCH
from services.attendance.days.subjects import dates_of
from services.attendance.days.tables import LatenessRule, Tables
from services.attendance.days.telling import restored
from services.attendance.schedules.plans import DayPlan
from services.attendance.sheets.store import Sheets

HISTORY = {"day": 1, "version": 1, "said": 1, "said_at": 1, "until": 1, "before": 1}


class DayStore:
    """`tables` are those the assessor uses, `zone` the agency's: by its dates things are known."""

    def __init__(
        self, db: Database, sheets: Sheets, tables: Tables, zone: ZoneInfo, clock: Callable[[], datetime]
    ) -> None:
        self._days = db[DAYS + SUFFIX]
        self._clocks = db[CLOCKS + SUFFIX]
        self._sheets = sheets
        self._tables = tables
        self._zone = zone
        self._clock = clock

    async def known_until(self, employee_id: str) -> datetime:
        """Up to when all that happened to somebody is known."""
        row = await self._clocks.find_one({"_id": slot_of(employee_id)}, {"until": 1})
        return aware(row["until"]) if row else EPOCH

    async def some(self, employee_id: str, first: date, last: date) -> list[DayAssessed]:
        """The days there are of a period, in order."""
        return (await self.of_people([employee_id], first, last))[employee_id]

    async def of_people(self, people: Collection[str], first: date, last: date) -> dict[str, list[DayAssessed]]:
        """The days there are of some people in a period, each one's in order."""
        found: dict[str, list[DayAssessed]] = {who: [] for who in people}
        query = said_between(first, last, people)
        async for row in self._days.find(query, SAID, batch_size=5_000).sort([("employee_id", 1), ("day", 1)]):
            who = row["employee_id"]
            found[who].append(restored(who, date.fromisoformat(row["day"]), row["version"], row["said"]))
        return found

    async def some_known(self, employee_id: str, first: date, last: date, on: date) -> list[DayAssessed]:
        """The days of a period as they were known when a date ended. The same for ever, once that date `is_past`."""
        cursor = self._days.find(said_between(first, last, [employee_id]), HISTORY).sort("day", 1)
        found = [(row["day"], known_on(row, on, self._zone)) async for row in cursor]
        return [restored(employee_id, date.fromisoformat(day), one.version, one.said) for day, one in found if one]

    async def history(self, employee_id: str, day: date) -> list[State]:
        """All that was known of a date when a day ended, oldest first."""
        row: Document | None = await self._days.find_one({"_id": day_id(employee_id, day)}, HISTORY)
        return list(states(row)) if row else []

    def is_past(self, on: date) -> bool:
        """Whether nothing is added any more to what was known on a date."""
        return is_past(on, self._clock(), self._zone)

    async def explained(
        self, employee_id: str, day: date, cut: LatenessRule | None = None
    ) -> tuple[AssessedDay, Sequence[Seen], int] | None:
        """A day with every step that led to it, the punches around it, and its version: assessed once more from what
        it was assessed from. `cut` is the row of the same bands with what the allowance is cut for them."""
        row: Document | None = await self._days.find_one({"_id": day_id(employee_id, day)})
        if row is None or not row["version"]:
            return None
        plan = DayPlan.model_validate_json(row["plan"])
        dates = dates_of(plan)
        around = self._days.find({"_id": {"$in": [day_id(employee_id, one) for one in dates]}}, {"punches": 1})
        sheet = await self._sheets.read(employee_id, dates[0], dates[-1])
        known = [*seen_of(await around.to_list(None)), *(one.punch for one in sheet.claimed)]
        since, until = plan.reach
        punches = sorted((one for one in known if since <= one.at < until), key=lambda one: (one.at, one.id))
        excuses: tuple[Excuse, ...] = EXCUSES.validate_json(row["excuses"])
        faults = FAULTS.validate_json(row.get("faults", "[]"))
        tables = self._tables if cut is None else Tables(Dated([cut]), self._tables.reading)
        return assess(plan, punches, aware(row["until"]), tables, excuses, faults), punches, row["version"]
