"""What closings stand on, put together once for the API and for the worker."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from fastapi import APIRouter

from kit.idempotency import Idempotency
from kit.journal import Journal
from kit.mongo import Client, Database
from services.attendance.closings import routes
from services.attendance.closings.changes import Changes
from services.attendance.closings.days import PeriodDays
from services.attendance.closings.desk import ClosingDesk
from services.attendance.closings.job import Closer
from services.attendance.closings.opened import Opened
from services.attendance.closings.reading import ClosingReader
from services.attendance.closings.store import Closings
from services.attendance.receipts.keys import Keys
from services.attendance.receipts.signing import Signer
from services.attendance.sheets.people import Roll
from services.attendance.sheets.store import Sheets


@dataclass(frozen=True, slots=True)
class ClosingParts:
    """Over one database."""

    db: Database
    closings: Closings
    days: PeriodDays
    roll: Roll
    keys: Keys
    journal: Journal
    clock: Callable[[], datetime]
    zone: ZoneInfo

    @classmethod
    def of(
        cls,
        client: Client,
        db: Database,
        journal: Journal,
        sheets: Sheets,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
    ) -> Self:
        """Without a call to the database yet."""
        return cls(db, Closings(client, db), PeriodDays(db), Roll(db, sheets), Keys(db), journal, clock, zone)

    async def setup(self) -> None:
        """Collections and indexes. Idempotent."""
        await self.closings.setup()

    def routers(self, keys: Idempotency) -> list[APIRouter]:
        """All routes."""
        desk = ClosingDesk(
            self.closings, Opened(self.db, self.days, self.roll, self.zone), self.keys, self.zone, self.clock
        )
        reader = ClosingReader(self.closings, self.days, Changes(self.closings, self.days), self.keys, self.clock)
        return [routes.router(desk, reader, keys), routes.own_router(reader)]

    def closer(self, signer: Signer | None) -> Closer:
        """What the worker runs."""
        return Closer(self.closings, self.days, self.roll, self.journal, self.keys, signer, self.clock)

    def work(self, signer: Signer | None) -> Callable[[], Coroutine[Any, Any, None]]:
        """For as long as the worker runs."""
        return self.closer(signer).run
