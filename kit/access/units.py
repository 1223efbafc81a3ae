"""The units as a service copies them (kit/copying.py): their names, and the tree by which heads see what is below them.

```
COPIES = (Copied(EmployeeChanged, EMPLOYEES, employee_row), Copied(UnitChanged, UNITS, unit_row))
Authority(UnitsCopy(db, Units(db)), today)
```
"""

import time
from collections.abc import Collection
from datetime import date
from typing import Any

from contracts.events.directory import UnitChanged
from kit.access.mongo_copy import MongoCopy
from kit.mongo import Database, Document
from kit.unit_tree import Tree, on

UNITS = "units"
FRESH_SECONDS = 5.0


def unit_row(unit: UnitChanged) -> Document:
    """A row of the copy: the whole state, which `Units` reads back."""
    row: dict[str, Any] = unit.model_dump(mode="json")
    return {"_id": unit.unit_id, **row, "changed_at": unit.changed_at}


class Units:
    """The tree on a day, read again when it is older than `FRESH_SECONDS`."""

    def __init__(self, db: Database) -> None:
        self._rows = db[UNITS]
        self._read_at = 0.0
        self._states: list[UnitChanged] = []
        self._trees: dict[date, Tree] = {}

    async def tree(self, day: date) -> Tree:
        """The units valid on a day."""
        if time.monotonic() - self._read_at > FRESH_SECONDS:
            self._states = [UnitChanged.model_validate(row) async for row in self._rows.find({}, {"_id": 0})]
            self._read_at = time.monotonic()
            self._trees.clear()
        if day not in self._trees:
            self._trees[day] = on(day, self._states)
        return self._trees[day]

    async def lines(self, units: Collection[str], day: date) -> Collection[str]:
        """These units, those above them and those below them on a day."""
        tree = await self.tree(day)
        return {one for unit in units for one in tree.line(unit)}


class UnitsCopy(MongoCopy):
    """The directory copy of a service in which heads see their units with all below."""

    def __init__(self, db: Database, units: Units) -> None:
        super().__init__(db)
        self._units = units

    async def below(self, units: Collection[str], on: date) -> Collection[str]:
        """These units and all below them on a day."""
        tree = await self._units.tree(on)
        return {one for unit in units for one in tree.subtree(unit)}

    async def offices(self, units: Collection[str], on: date) -> Collection[str]:
        """The offices these units belong to on a day."""
        tree = await self._units.tree(on)
        return {tree.office(unit) for unit in units}
