"""Whom an outage may concern: people by where they work, and at which terminals they can scan."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kit.access.mongo_copy import EMPLOYEES
from kit.mongo import Database, Document
from services.attendance.days.models import Fault
from services.attendance.devices.registry import Registry
from services.attendance.enrolments.cache import COLLECTION as ENROLMENTS
from services.attendance.outages.rules import dates, touched
from services.attendance.schedules.rules import REACH, plans_of
from services.attendance.schedules.store import BookStore
from services.attendance.sheets.people import Roll


@dataclass(frozen=True)
class Concerned:
    """On the copies of the directory, enrolments, sheets and the book."""

    db: Database
    registry: Registry
    roll: Roll
    book: BookStore

    async def after(self, row: Document, employee_id: str, now: datetime, limit: int) -> list[str]:
        """The next people in order of id. Of a terminal only those who can scan at no other of its site; where records
        are missing at it (a gap), all who scan there."""
        first, last = dates(row["since"], row["until"] or now)
        held: Document = {"kind": "primary", "valid_from": {"$lte": str(last)}}
        ending = {"$or": [{"valid_to": None}, {"valid_to": {"$gte": str(first)}}]}
        if row["site_id"] is not None:
            held["site_id"] = row["site_id"]
        query: Document = {"_id": {"$gt": employee_id}, "assignments": {"$elemMatch": {**held, **ending}}}
        if row["scope"] == "terminal":
            query["_id"] |= {"$in": sorted(await self._only_at(row))}
        return [one["_id"] async for one in self.db[EMPLOYEES].find(query, {"_id": 1}).sort("_id", 1).limit(limit)]

    async def touched(self, people: Sequence[str], fault: Fault, now: datetime) -> dict[str, list[date]]:
        """The dates of each whose shifts the fault could have spoiled."""
        first, last = dates(fault.since, min(fault.until or now, now))
        book = await self.book.book()
        persons = await self.roll.persons(people, first - 2 * REACH, last + 2 * REACH)

        def work() -> dict[str, list[date]]:
            return {one.employee_id: touched(plans_of(one, first, last, book), fault, now) for one in persons}

        return await asyncio.to_thread(work)

    async def _only_at(self, row: Document) -> set[str]:
        here = self.registry.get(row["serial"])
        if here is None:
            return set()
        enrolled = await self._enrolled({here.device.space})
        if row["signal"] == "gap":
            return enrolled
        others = {
            one.device.space
            for one in self.registry.terminals.values()
            if one is not here and one.device.status == "active" and one.device.site_id == row["site_id"]
        }
        return enrolled - await self._enrolled(others)

    async def _enrolled(self, spaces: set[str]) -> set[str]:
        query: dict[str, Any] = {"space": {"$in": sorted(spaces)}, "employee_id": {"$ne": None}}
        return set(await self.db[ENROLMENTS].distinct("employee_id", query)) if spaces else set()
