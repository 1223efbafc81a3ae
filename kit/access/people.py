"""What a service's copy of the directory (kit/access/mongo_copy.py) says of somebody."""

from collections.abc import Collection
from datetime import date

from kit.access.mongo_copy import EMPLOYEES, FOR_EVER, holding
from kit.mongo import Database, Document


class People:
    """Posts held, by date."""

    def __init__(self, db: Database) -> None:
        self._rows = db[EMPLOYEES]

    async def units(self, employee_id: str, on: date) -> list[str]:
        """The units somebody holds a post in, acting ones included."""
        return [held["unit_id"] for held in await self._held(employee_id, on)]

    async def superior(self, employee_id: str, on: date) -> str | None:
        """The superior in the own post; None where the directory names none."""
        own = (held for held in await self._held(employee_id, on) if held["kind"] == "primary")
        return next((held.get("superior_id") for held in own), None)

    async def unled(self, on: date, among: Collection[str] | None = None) -> set[str]:
        """All (of `among`) who have no superior on a day (`superior` is None), who left included. Without `among` it
        looks at everybody: for the few who are asked about them."""
        led = holding({"kind": "primary", "superior_id": {"$gt": ""}}, str(on))
        query: Document = {"$nor": [led]} | ({} if among is None else {"_id": {"$in": sorted(among)}})
        return {row["_id"] async for row in self._rows.find(query, {"_id": 1})}

    async def _held(self, employee_id: str, on: date) -> list[Document]:
        found = await self._rows.find_one({"_id": employee_id}, {"assignments": 1})
        day = str(on)
        return [
            held
            for held in (found["assignments"] if found else ())
            if held["valid_from"] <= day <= (held.get("valid_to") or FOR_EVER)
        ]
