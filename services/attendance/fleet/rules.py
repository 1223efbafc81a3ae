"""Silence and the published state of a terminal. Pure; the clock is an argument."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from contracts.events.attendance import DeviceAlert, DeviceChanged
from services.attendance.devices.models import Device

# What moves with every heartbeat: alone it is no reason to publish at once.
HEARTBEAT_FIELDS = {"last_seen", "changed_at"}


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When a terminal is expected to be switched on: local time of its site. Weekdays are ISO numbers, 1 = Monday."""

    start: time
    end: time
    weekdays: frozenset[int]

    @classmethod
    def of(cls, start: str, end: str, weekdays: str) -> "OfficeHours":
        """From settings: "06:00", "18:00", "12345"."""
        return cls(time.fromisoformat(start), time.fromisoformat(end), frozenset(map(int, weekdays)))

    def contains(self, at: datetime, zone: str) -> bool:
        """Whether an aware instant falls into them at a site in `zone`."""
        local = at.astimezone(ZoneInfo(zone))
        return local.isoweekday() in self.weekdays and self.start <= local.time() < self.end


def patience_of(delay: int, polls: int) -> timedelta:
    """How long a terminal that polls each `delay` seconds may be quiet; 5 s more, as heartbeats are written in bulk."""
    return timedelta(seconds=polls * delay + 5)


def is_silent(now: datetime, last_seen: datetime, listening: datetime, patience: timedelta) -> bool:
    """Whether a terminal that was heard of before has been quiet for too long (devices.md T-22).

    Time in which nobody listened does not count: `listening` is since when the device port is up.
    """
    return now - max(last_seen, listening) > patience


def listening_since(previous: datetime | None, beat: datetime | None, now: datetime, patience: timedelta) -> datetime:
    """Since when the device port has been heard of without a break longer than `patience`.

    `previous` is the last answer, `beat` the newest sign of life of any intake process.
    """
    if beat is None or now - beat > patience or previous is None:
        return now
    return previous


def device_state(
    device: Device, state: Mapping[str, Any], alerts: Iterable[Mapping[str, Any]], quarantined: int, at: datetime
) -> DeviceChanged:
    """The full state of a terminal as published."""
    return DeviceChanged(
        device_id=device.serial,
        serial=device.serial,
        name=device.name or device.serial,
        status=device.status,
        site_id=device.site_id,
        model=str(state.get("model", "")),
        firmware=str(state.get("firmware", "")),
        last_seen=state.get("last_seen"),
        last_punch_at=state.get("last_punch"),
        drift_seconds=state.get("drift"),
        held=state.get("held"),
        quarantined=quarantined,
        alerts=tuple(
            DeviceAlert(kind=alert["kind"], since=alert["since"], detail=alert.get("detail", "")) for alert in alerts
        ),
        changed_at=at,
    )


def fingerprint(state: DeviceChanged) -> str:
    """A hash of everything but the heartbeat: equal means that nothing worth saying at once has changed."""
    return blake2b(state.model_dump_json(exclude=HEARTBEAT_FIELDS).encode(), digest_size=16).hexdigest()
