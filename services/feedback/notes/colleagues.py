"""People by name in the service's copy of the directory: whom one may praise, and who stands beside a note."""

import re
from collections.abc import Collection
from datetime import date
from typing import Any

from contracts.events.directory import EmployeeChanged
from kit.access.mongo_copy import EMPLOYEES, FOR_EVER, employee_row, holding
from kit.access.reach import DirectoryCopy
from kit.mongo import Database, Document
from services.feedback.notes.models import Colleague, Person

MOST = 20


def person_row(employee: EmployeeChanged) -> Document:
    """A row of the copy: where and under whom somebody works, with the name and the posts' titles; nothing else."""
    titles = [{"post_title": held.post_title} for held in employee.assignments]
    row = employee_row(employee)
    held = [assignment | title for assignment, title in zip(row["assignments"], titles, strict=True)]
    return {**row, "name": employee.name, "assignments": held}


class Colleagues:
    """Names and posts, by date."""

    def __init__(self, db: Database, copy: DirectoryCopy) -> None:
        self._rows = db[EMPLOYEES]
        self._copy = copy

    async def setup(self) -> None:
        """The index by which the people of units are found. Idempotent."""
        await self._rows.create_index("assignments.unit_id", name="by_unit_id")

    async def people(self, identities: Collection[str]) -> dict[str, Person]:
        """Each of `identities`, with the name where the directory has one."""
        wanted = sorted(set(identities))
        found = {row["_id"]: row.get("name") async for row in self._rows.find({"_id": {"$in": wanted}}, {"name": 1})}
        return {one: Person(id=one, name=found.get(one)) for one in wanted}

    async def of_office(self, employee_id: str, text: str, on: date) -> list[Colleague]:
        """Others of the same office whose name has `text` in it, by name."""
        held = await self._copy.held(employee_id, on)
        offices = await self._copy.offices({post.unit_id for post in held}, on)
        units = sorted(await self._copy.below(offices, on))
        query = holding({"unit_id": {"$in": units}, "kind": "primary"}, str(on)) | {
            "_id": {"$ne": employee_id},
            "name": {"$regex": re.escape(text), "$options": "i"},
        }
        return [_colleague(row, on) async for row in self._rows.find(query).sort([("name", 1), ("_id", 1)]).limit(MOST)]

    async def some(self, identities: Collection[str], on: date) -> list[Colleague]:
        """Those of `identities` whom the directory knows, by name."""
        query = {"_id": {"$in": sorted(identities)}, "name": {"$exists": True}}
        return [_colleague(row, on) async for row in self._rows.find(query).sort([("name", 1), ("_id", 1)])]


def _colleague(row: Document, on: date) -> Colleague:
    return Colleague(id=row["_id"], name=row["name"], post_title=_own_post(row["assignments"], str(on)))


def _own_post(assignments: Collection[Document], day: str) -> str:
    def valid(held: Any) -> bool:
        within: bool = held["valid_from"] <= day <= (held.get("valid_to") or FOR_EVER)
        return within and held["kind"] == "primary"

    return next((held["post_title"] for held in assignments if valid(held)), "")
