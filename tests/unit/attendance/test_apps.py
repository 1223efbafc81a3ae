"""Punches from apps: everything wrong at once."""

from datetime import UTC, datetime, timedelta

from contracts.events.attendance import PunchRecorded
from services.attendance.devices.models import Site
from services.attendance.punches.apps import AppPunch, Wrong, app_punch_id, check, fact_of

NOW = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
SITES = {"site-1": Site(site_id="site-1", zone="Asia/Jayapura")}


def punch(**fields: object) -> AppPunch:
    given = {"client_event_id": "11112222", "employee_id": "emp-1", "occurred_at": NOW, "site_id": "site-1"}
    return AppPunch.model_validate({**given, **fields})


def wrong(*punches: AppPunch) -> list[tuple[int, str]]:
    return [(one.index, one.field) for one in check(punches, SITES, {"emp-1"}, NOW)]


def test_a_good_one() -> None:
    assert check([punch()], SITES, {"emp-1"}, NOW) == []


def test_all_wrong_fields_of_all_punches_at_once() -> None:
    found = wrong(
        punch(site_id="site-9", employee_id="emp-9"),
        punch(client_event_id="33334444", occurred_at=NOW + timedelta(minutes=11)),
        punch(client_event_id="55556666", occurred_at=NOW - timedelta(days=61)),
        punch(direction="in"),
    )
    assert found == [
        (0, "site_id"),
        (0, "employee_id"),
        (1, "occurred_at"),
        (2, "occurred_at"),
    ]
    assert wrong(punch(), punch(direction="in")) == [(1, "client_event_id")]
    assert Wrong(0, "a", "b") == Wrong(0, "a", "b")


def test_the_same_punch_twice_in_a_batch_is_no_error() -> None:
    assert wrong(punch(), punch()) == []


def test_the_fact() -> None:
    fact = fact_of(punch(occurred_at=NOW - timedelta(hours=10)), "Asia/Jayapura", NOW)
    event = PunchRecorded.model_validate_json(fact.data)
    assert event.local_date.isoformat() == "2026-03-01"
    assert (event.source, event.method, event.device_id, event.flags) == ("app", "app", "app:-", ("late_arrival",))
    assert fact.id == app_punch_id("emp-1", "11112222") != app_punch_id("emp-2", "11112222")
