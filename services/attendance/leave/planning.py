"""What was required of somebody on dates, from the book and the sheets as they are now."""

import asyncio
from datetime import date, timedelta

from kit.access.mongo_copy import EMPLOYEES
from kit.mongo import Database
from services.attendance.leave.service import Serving, serving
from services.attendance.schedules.book import Book
from services.attendance.schedules.plans import DayPlan
from services.attendance.schedules.rules import REACH, plans_of
from services.attendance.schedules.store import BookStore
from services.attendance.sheets.people import Roll
from services.attendance.sheets.store import Sheets

MARGIN = REACH + timedelta(days=1)
"""Shifts of neighbouring dates cut each other's windows."""


class Planning:
    """Over the directory copy, the book and the sheets."""

    def __init__(self, db: Database, book: BookStore, sheets: Sheets) -> None:
        self._employees = db[EMPLOYEES]
        self._book = book
        self._sheets = sheets
        self._roll = Roll(db, sheets)

    async def setup(self) -> None:
        """Collections and indexes. Idempotent."""
        await asyncio.gather(self._book.setup(), self._sheets.setup())

    async def book(self) -> Book:
        """What holds for everybody, also before the agency assesses anybody."""
        return (await self._book.book()).planned()

    async def served(self, employee_id: str) -> tuple[Serving, ...]:
        """As what, and how long."""
        row = await self._employees.find_one({"_id": employee_id}, {"serving": 1})
        return serving((row or {}).get("serving", ()))

    async def plans(self, employee_id: str, first: date, last: date, book: Book) -> list[DayPlan]:
        """Of these dates."""
        (person,) = await self._roll.persons([employee_id], first - MARGIN, last + MARGIN)
        return plans_of(person, first, last, book)
