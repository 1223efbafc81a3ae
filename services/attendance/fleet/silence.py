"""Finds terminals that should be heard of and are not, and opens and closes their alerts (T-22)."""

import asyncio
from datetime import datetime, timedelta

import structlog
from pymongo.errors import PyMongoError

from contracts.envelope import rfc3339
from kit import metrics
from services.attendance.alerts.store import Alerts, Kind
from services.attendance.devices.registry import Clock, Registry
from services.attendance.devices.store import DeviceStore
from services.attendance.fleet.rules import OfficeHours, is_silent, listening_since, patience_of

log = structlog.get_logger()

# No terminal at all heard of for this long: then it is our own port that is away, not they.
PORT_AWAY = timedelta(seconds=30)


class Silence:
    """`polls` times its own polling delay makes a terminal silent; `hours` are office hours at its site."""

    def __init__(
        self,
        registry: Registry,
        devices: DeviceStore,
        alerts: Alerts,
        clock: Clock,
        *,
        hours: OfficeHours,
        polls: int,
        every: float,
    ) -> None:
        self._registry = registry
        self._devices = devices
        self._alerts = alerts
        self._clock = clock
        self._hours = hours
        self._polls = polls
        self._every = every
        self._listening: datetime | None = None

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
            except PyMongoError as error:
                log.warning("silent terminals cannot be looked for, trying again", error=str(error))
            await asyncio.sleep(self._every)

    async def look(self) -> None:
        """One look at every active terminal."""
        now = self._clock()
        states = await self._devices.states_of()
        beat = await self._devices.newest_beat()
        self._listening = listening_since(self._listening, beat, now, PORT_AWAY)
        known = {alert["serial"] for alert in await self._alerts.open_of(kind="silent")}
        fallen: list[tuple[str, Kind, str, str]] = []
        back: list[str] = []
        for serial, terminal in self._registry.terminals.items():
            last_seen = states.get(serial, {}).get("last_seen")
            patience = patience_of(terminal.device.delay, self._polls)
            if serial in known:
                if terminal.device.status != "active" or (last_seen is not None and now - last_seen <= patience):
                    back.append(serial)
            elif (
                terminal.device.status == "active"
                and last_seen is not None
                and is_silent(now, last_seen, self._listening, patience)
                and self._hours.contains(now, self._registry.zone(terminal))
            ):
                fallen.append((serial, "silent", "", f"tidak terdengar sejak {rfc3339(last_seen)}"))
        for serial in back:
            await self._alerts.close(serial, "silent", now, note="mesin terhubung lagi")
        await self._alerts.open_many(fallen, now)
        metrics.DEVICES_SILENT.set(len(known) + len(fallen) - len(back))
