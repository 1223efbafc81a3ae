"""Counts terminals have given, in MongoDB: `counted`, "serial|first second|last second" by the terminal's clock, with
what it held and what we had at the last look."""

from collections.abc import Sequence
from datetime import datetime

from kit.mongo import Database, Document
from services.attendance.reconciliation.gaps import day_bounds

COLLECTION = "counted"
KEPT_DAYS = 400


class Counts:
    """The newest count of each period."""

    def __init__(self, db: Database) -> None:
        self._rows = db.get_collection(COLLECTION)

    async def setup(self) -> None:
        """Indexes; it forgets after a while. Idempotent."""
        await self._rows.create_index([("start", 1), ("serial", 1)], name="by_start")
        await self._rows.create_index("at", name="forget", expireAfterSeconds=KEPT_DAYS * 86_400)

    async def keep(self, serial: str, period: tuple[str, str], held: int, stored: int, at: datetime) -> None:
        """A terminal has said how many records it holds of a period."""
        start, end = period
        fields = {"serial": serial, "start": start, "end": end, "held": held, "stored": stored, "at": at}
        await self._rows.update_one({"_id": f"{serial}|{start}|{end}"}, {"$set": fields}, upsert=True)

    async def more(self, serial: str, period: tuple[str, str], stored: int) -> None:
        """We have so many of them now."""
        await self._rows.update_one({"_id": "|".join((serial, *period))}, {"$set": {"stored": stored}})

    async def one(self, serial: str, period: tuple[str, str]) -> Document | None:
        """The count of a period."""
        found: Document | None = await self._rows.find_one({"_id": "|".join((serial, *period))})
        return found

    async def of_days(self, serials: Sequence[str], days: Sequence[str]) -> dict[tuple[str, str], Document]:
        """Counts of whole dates, by serial number and date."""
        ids = ["|".join((serial, *day_bounds(day))) for serial in serials for day in days]
        rows = self._rows.find({"_id": {"$in": ids}})
        return {(row["serial"], row["start"][:10]): row async for row in rows}
