"""Silence in office hours, and what is worth publishing."""

from datetime import UTC, datetime, timedelta

from contracts.events.attendance import DeviceChanged
from services.attendance.devices.models import Device
from services.attendance.fleet.rules import (
    OfficeHours,
    device_state,
    fingerprint,
    is_silent,
    listening_since,
    patience_of,
)

MONDAY = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)  # 07:30 WIB, 09:30 WIT
HOURS = OfficeHours.of("06:00", "18:00", "12345")


def test_office_hours_are_local() -> None:
    late = MONDAY.replace(hour=10, minute=30)  # 17:30 WIB, 19:30 WIT
    assert HOURS.contains(late, "Asia/Jakarta")
    assert not HOURS.contains(late, "Asia/Jayapura")
    assert not HOURS.contains(MONDAY + timedelta(days=5), "Asia/Jakarta"), "Saturday"


def test_silent_after_three_delays() -> None:
    patience = patience_of(10, 3)
    seen, listening = MONDAY, MONDAY - timedelta(hours=1)
    assert not is_silent(MONDAY + timedelta(seconds=35), seen, listening, patience)
    assert is_silent(MONDAY + timedelta(seconds=36), seen, listening, patience)


def test_our_own_absence_is_not_their_silence() -> None:
    patience = patience_of(10, 3)
    assert not is_silent(MONDAY, MONDAY - timedelta(hours=2), MONDAY - timedelta(seconds=20), patience)
    away = timedelta(seconds=30)
    assert listening_since(None, MONDAY, MONDAY, away) == MONDAY
    assert listening_since(MONDAY - timedelta(hours=1), MONDAY, MONDAY, away) == MONDAY - timedelta(hours=1)
    assert listening_since(MONDAY - timedelta(hours=1), MONDAY - timedelta(minutes=5), MONDAY, away) == MONDAY


def state(**fields: object) -> DeviceChanged:
    device = Device(serial="KNJ1", status="active", site_id="site-1", name="Lobi")
    return device_state(device, {"last_seen": MONDAY, **fields}, [], 0, MONDAY)


def test_a_heartbeat_alone_changes_no_fingerprint() -> None:
    assert fingerprint(state()) == fingerprint(state(last_seen=MONDAY + timedelta(seconds=10)))
    assert fingerprint(state()) != fingerprint(state(held=5))
    assert fingerprint(state()) != fingerprint(state(last_punch=MONDAY))
