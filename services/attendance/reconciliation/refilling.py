"""Follows a gap until it is filled.

A count that differs asks for the records once (commands/answers.py). When they have been sent, or have come by another
way, the gap closes; when the terminal says it has sent all and some are still missing, it is asked to count once more.
"""

import asyncio

import structlog
from pymongo.errors import PyMongoError

from kit.mongo import Document
from services.attendance.alerts.store import Alerts
from services.attendance.commands.store import Commands
from services.attendance.devices.registry import Clock, Registry
from services.attendance.punches.instants import instant
from services.attendance.punches.stored import StoredPunches
from services.attendance.reconciliation.gaps import bounds_of
from services.attendance.reconciliation.store import Counts

log = structlog.get_logger()

OVER = ("done", "failed", "unanswered", "cancelled")


class Refilling:
    """Looks at every open gap, each `every` seconds."""

    def __init__(
        self,
        registry: Registry,
        commands: Commands,
        stored: StoredPunches,
        alerts: Alerts,
        counts: Counts,
        clock: Clock,
        *,
        every: float,
    ) -> None:
        self._registry = registry
        self._commands = commands
        self._stored = stored
        self._alerts = alerts
        self._counts = counts
        self._clock = clock
        self._every = every

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
            except PyMongoError as error:
                log.warning("gaps cannot be looked at, trying again", error=str(error))
            await asyncio.sleep(self._every)

    async def look(self) -> None:
        """One look at every open gap."""
        for alert in await self._alerts.open_of(kind="gap"):
            period = bounds_of(alert["subject"])
            terminal = self._registry.get(alert["serial"])
            if period is None or terminal is None or terminal.origin is None:
                continue
            zone = terminal.origin.zone
            instants = instant(period[0], zone).utc, instant(period[1], zone).utc
            ours = await self._stored.received_between(alert["serial"], *period, instants)
            await self._counts.more(alert["serial"], period, ours)
            count = await self._counts.one(alert["serial"], period)
            if count is not None and ours >= count["held"]:
                note = "jumlah sudah sama"
                await self._alerts.close(alert["serial"], "gap", self._clock(), subject=alert["subject"], note=note)
            else:
                await self._ask(alert, period)

    async def _ask(self, alert: Document, period: tuple[str, str]) -> None:
        """For the records, when nobody has asked since the gap opened; for a count, once after they were sent."""
        parameters = {"start": period[0], "end": period[1]}
        asked = await self._commands.newest(alert["serial"], "query_attlog", parameters)
        if asked is None or asked["created"] < alert["since"]:
            why = "jumlah catatan berbeda"
            await self._commands.queue(alert["serial"], "query_attlog", parameters, self._clock(), why=why)
        elif asked["state"] in OVER:
            counted = await self._commands.newest(alert["serial"], "verify_attlog", parameters)
            if counted is None or counted["created"] < asked["created"]:
                why = "hitung ulang setelah isi ulang"
                await self._commands.queue(alert["serial"], "verify_attlog", parameters, self._clock(), why=why)
