"""A shift that has just begun, so that whoever scans now is late at any hour; given to the unit of somebody.

Each test that counts lateness has somebody of its own: an outage excuses for a quarter of an hour after its end
(test_outages.py), and a scan for another test's shift may be the first of this one's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests.e2e.system import System

BOOK = "/api/attendance/v1/schedules"
SOURCE = {"source": "SK Uji 7/2026"}


@dataclass(frozen=True, slots=True)
class Duty:
    """Who has to be where, and since when; `started` is the beginning of the shift, by the clock of the site."""

    employee_id: str
    unit_id: str
    site_id: str
    started: datetime


@contextmanager
def begun(running: System, employee_id: str, minutes_ago: int) -> Iterator[Duty]:
    """The shift, on every day of the week; taken away again."""
    held = running.get(f"/api/directory/v1/employees/{employee_id}")["assignments"][-1]
    zone = ZoneInfo(running.get(f"/api/directory/v1/sites/{held['site_id']}")["zone"])
    started = (datetime.now(zone) - timedelta(minutes=minutes_ago)).replace(second=0, microsecond=0)
    shift = {"start": f"{started:%H:%M}", "minutes": 240, "opens_minutes": 0, "closes_minutes": 60}
    version = {"valid_from": str(started.date()), "days": [{"shifts": [shift]}] * 7, "observes_holidays": False}
    pattern = kept(running, "patterns", {"name": f"Piket {uuid4().hex[:8]}", "versions": [version | SOURCE]})
    given = {"pattern_id": pattern["id"], "unit_id": held["unit_id"], "valid_from": str(started.date())}
    assignment = kept(running, "assignments", given | SOURCE)
    yield Duty(employee_id, held["unit_id"], held["site_id"], started)
    for plural, row in (("assignments", assignment), ("patterns", pattern)):
        match = {"If-Match": f'"{row["version"]}"'}
        assert running.send("DELETE", f"{BOOK}/{plural}/{row['id']}", {}, match).status_code == 204


def scanned(running: System, duty: Duty) -> None:
    """A scan of now."""
    punch = {
        "client_event_id": uuid4().hex,
        "employee_id": duty.employee_id,
        "occurred_at": datetime.now(duty.started.tzinfo).isoformat(),
        "site_id": duty.site_id,
    }
    sent = running.post("/api/attendance/v1/punches", punch)
    assert sent.status_code == 201, sent.text


def kept(running: System, plural: str, body: dict[str, Any]) -> dict[str, Any]:
    """A row of the book."""
    answer = running.post(f"{BOOK}/{plural}", body)
    assert answer.status_code == 201, answer.text
    row: dict[str, Any] = answer.json()
    return row
