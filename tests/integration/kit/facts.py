"""Punches as facts for the journal."""

from datetime import UTC, date, datetime

from contracts.events.attendance import PunchRecorded
from kit.journal import Fact

START = datetime(2026, 11, 23, 0, 25, tzinfo=UTC)


def fact(punch: str, employee: str = "person-1") -> Fact:
    """One punch of somebody, at half past seven."""
    event = PunchRecorded(
        punch_id=punch,
        employee_id=employee,
        occurred_at=START,
        local_date=date(2026, 11, 23),
        zone="Asia/Jakarta",
        site_id="site-1",
        device_id="device-1",
        source="terminal",
    )
    return Fact.of(event, event_id=punch, key=employee, time=START)
