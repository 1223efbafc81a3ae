"""The directory copy over a collection of employees by id, each with its dated assignments as contracts/ tells them.

A service that keeps only such a copy takes `employee_row` for `kit/copying.py` and calls `setup`; one that keeps more
of a person adds to it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from contracts.events.directory import EmployeeChanged
from kit.access.reach import Held
from kit.mongo import AT_ONCE, Database, Document

FOR_EVER = "9999-12-31"
EMPLOYEES = "employees"


def employee_row(employee: EmployeeChanged) -> Document:
    """A row of the copy: where and under whom somebody works, dated. Names and numbers stay in the directory."""
    return {
        "_id": employee.employee_id,
        "assignments": [
            held.model_dump(mode="json", exclude={"post_title"}, exclude_none=True) for held in employee.assignments
        ],
        "changed_at": employee.changed_at,
    }


async def setup(db: Database, employees: str = EMPLOYEES) -> None:
    """The indexes by which superiors and posts are found. Idempotent."""
    for field in ("superior_id", "post_id"):
        await db[employees].create_index(f"assignments.{field}", name=f"by_{field}")


class MongoCopy:
    """`employees` names the collection, whose owner gives it the indexes of `setup`;
    `below` gives units with all below them on a day (the
    units alone where nobody sees a unit as such)."""

    def __init__(
        self,
        db: Database,
        employees: str = EMPLOYEES,
        below: Callable[[Collection[str], date], Collection[str]] = lambda units, _on: units,
    ) -> None:
        self._employees = db[employees]
        self._below = below

    async def held(self, employee: str, on: date) -> Sequence[Held]:
        """The posts somebody holds on a day, acting ones included."""
        found = await self._employees.find_one({"_id": employee}, {"assignments": 1})
        return held_on(found["assignments"], on) if found else []

    async def holders(self, posts: Collection[str], on: date) -> Collection[str]:
        """Who holds one of `posts` as the own post on a day."""
        return await self._with({"post_id": {"$in": sorted(posts)}, "kind": "primary"}, on)

    async def subordinates(
        self, superiors: Collection[str], on: date, among: Collection[str] | None = None
    ) -> Collection[str]:
        """Whose superior in the own post is one of `superiors` on a day; with `among` only of these."""
        return await self._with({"superior_id": {"$in": sorted(superiors)}, "kind": "primary"}, on, among)

    async def below(self, units: Collection[str], on: date) -> Collection[str]:
        """These units and all below them on a day."""
        return self._below(units, on)

    async def offices(self, _units: Collection[str], _on: date) -> Collection[str]:
        """None: who needs them keeps the tree."""
        return ()

    async def _with(self, held: Document, on: date, among: Collection[str] | None = None) -> set[str]:
        query = holding(held, str(on)) | ({} if among is None else {"_id": {"$in": sorted(among)}})
        rows: list[Document] = await self._employees.find(query, {"_id": 1}, batch_size=AT_ONCE).to_list(None)
        return {row["_id"] for row in rows}


def holding(held: Document, day: str) -> Document:
    """The query for employees with an assignment valid on a day that has these fields."""
    valid = {"valid_from": {"$lte": day}, "$or": [{"valid_to": None}, {"valid_to": {"$gte": day}}]}
    return {"assignments": {"$elemMatch": {**held, **valid}}}


def held_on(assignments: Sequence[Mapping[str, Any]], on: date) -> list[Held]:
    """Those of `assignments` that are valid on a day. Pure."""
    day = str(on)
    return [
        Held(held["unit_id"], held["post_id"], held["kind"] != "primary")
        for held in assignments
        if held["valid_from"] <= day <= (held.get("valid_to") or FOR_EVER)
    ]
