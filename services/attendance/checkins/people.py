"""What this service's copy of the directory says of somebody who checks in."""

from datetime import date

from kit.access.mongo_copy import EMPLOYEES, FOR_EVER
from kit.mongo import Database, Document


class People:
    """Who the directory has told of."""

    def __init__(self, db: Database) -> None:
        self._rows = db[EMPLOYEES]

    async def one(self, employee_id: str) -> Document | None:
        """The copy of one employee."""
        found: Document | None = await self._rows.find_one({"_id": employee_id})
        return found


def workplace(person: Document, on: date) -> str | None:
    """The site of the own post on a day; outside of every period that of the last one."""
    day = str(on)
    own = sorted(
        (held for held in person["assignments"] if held["kind"] == "primary"), key=lambda held: held["valid_from"]
    )
    valid = [held for held in own if held["valid_from"] <= day <= (held.get("valid_to") or FOR_EVER)]
    return next((str(held["site_id"]) for held in reversed(valid or own)), None)
