"""This process's copy of the terminals, joined with what is stored of each."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from contracts.events.attendance import DeviceChanged
from contracts.topics import BY_TYPE
from kit.mongo import Database
from kit.tables import Table
from services.reporting.devices import rules
from services.reporting.devices.models import Alert, DeviceItem, DeviceTotals
from services.reporting.organisation.register import Organisation
from services.reporting.presence import counts
from services.reporting.presence.counts import DEVICE_COUNTS, Stored


class Fleet:
    """Answers about terminals. `silent_after`: a terminal not heard of for longer is silent."""

    def __init__(
        self,
        devices: Table[DeviceChanged],
        db: Database,
        suffix: str,
        silent_after: timedelta,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.devices = devices
        self._counts = db[DEVICE_COUNTS + suffix]
        self._silent_after = silent_after
        self._clock = clock

    @classmethod
    def following(cls, db: Database, suffix: str, bootstrap: str, silent_after: timedelta) -> "Fleet":
        """From the topic of attendance; the table is not started yet."""
        return cls(Table(bootstrap, BY_TYPE[DeviceChanged.TYPE], DeviceChanged), db, suffix, silent_after)

    def totals(self) -> DeviceTotals:
        """The counts, from memory."""
        now = self._clock()
        return rules.totals(rules.state_of(device, now, self._silent_after) for device in self._listed())

    async def items(self, organisation: Organisation) -> list[DeviceItem]:
        """Every terminal that is not retired, those that need a look first, then by name."""
        now = self._clock()
        devices = list(self._listed())
        stored = await self._stored([device.device_id for device in devices])
        items = [self._item(device, stored.get(device.device_id), now, organisation) for device in devices]
        return sorted(items, key=lambda item: (item.state == "live", item.name, item.serial))

    def _listed(self) -> Iterable[DeviceChanged]:
        return (device for device in self.devices.values() if device.status != "retired")

    def _item(
        self, device: DeviceChanged, stored: Stored | None, now: datetime, organisation: Organisation
    ) -> DeviceItem:
        newest = [at for at in (device.last_punch_at, stored.last_at if stored else None) if at is not None]
        return DeviceItem(
            device_id=device.device_id,
            serial=device.serial,
            name=device.name,
            status="pending" if device.status == "pending" else "active",
            site=organisation.site(device.site_id),
            state=rules.state_of(device, now, self._silent_after),
            last_seen=device.last_seen,
            last_punch_at=max(newest, default=None),
            drift_seconds=device.drift_seconds,
            held=device.held,
            stored=stored.punches if stored else 0,
            quarantined=device.quarantined,
            alerts=[Alert(kind=alert.kind, since=alert.since, detail=alert.detail) for alert in device.alerts],
        )

    async def _stored(self, devices: list[str]) -> dict[str, Stored]:
        shards = await self._counts.find({"_id": {"$in": counts.ids(devices)}}).to_list(None)
        return counts.stored(shards, devices)
