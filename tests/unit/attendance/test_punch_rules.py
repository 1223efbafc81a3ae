"""From a line to a fact: ids, zones, flags, and what is held for a person."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from contracts.events.attendance import PunchRecorded
from services.attendance.enrolments.rules import Tenure
from services.attendance.punches.instants import instant
from services.attendance.punches.lines import read_attlog
from services.attendance.punches.rules import (
    Arrival,
    Assessment,
    Origin,
    ambiguous_punch_id,
    assess,
    punch_id,
)

ORIGIN = Origin("KNJ1", "site-1", "Asia/Jakarta", "2015-01-02")
RECEIVED = datetime(2026, 3, 2, 0, 30, 5, tzinfo=UTC)  # 07:30:05 WIB
HOLDERS = {"42": "emp-42"}


def judge(line: str, arrival: Arrival | None = None, origin: Origin = ORIGIN) -> Assessment:
    return assess(read_attlog(line.encode()), origin, HOLDERS, arrival or Arrival(RECEIVED, "terminal", live=True))


def punch(found: Assessment) -> PunchRecorded:
    return PunchRecorded.model_validate_json(found.facts[0].data)


def test_a_line_becomes_a_fact_keyed_by_the_employee() -> None:
    found = judge("42\t2026-03-02 07:30:00\t0\t1\t0\t0\t0")
    fact = found.facts[0]
    assert (fact.key, fact.type, fact.time) == ("emp-42", PunchRecorded.TYPE, "2026-03-02T00:30:00Z")
    assert fact.id == punch(found).punch_id == punch_id("KNJ1", "42", "2026-03-02 07:30:00", "0", "1")
    assert (punch(found).direction, punch(found).method, punch(found).flags) == ("in", "finger", ())
    assert found.days == ["2026-03-02"]


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("Asia/Jakarta", "2026-01-05T00:30:00Z"),
        ("Asia/Makassar", "2026-01-04T23:30:00Z"),
        ("Asia/Jayapura", "2026-01-04T22:30:00Z"),
        ("Asia/Kolkata", "2026-01-05T02:00:00Z"),
    ],
)
def test_wall_time_is_of_the_sites_zone(zone: str, utc: str) -> None:
    assert instant("2026-01-05 07:30:00", zone)[:2] == (utc, "2026-01-05")


def test_both_ways_to_an_instant_agree_where_clocks_change() -> None:
    assert instant("2026-03-29 01:59:59", "Europe/Berlin").utc == "2026-03-29T00:59:59Z"
    assert instant("2026-03-29 03:00:00", "Europe/Berlin").utc == "2026-03-29T01:00:00Z"


@pytest.mark.parametrize("time", ["0001-01-01 00:00:00", "9999-12-31 23:59:59"])
def test_the_ends_of_the_calendar_never_raise_in_a_body(time: str) -> None:
    found = judge(f"42\t{time}\t0\t1")
    assert found.facts == []
    assert [held.reason for held in found.held] == ["absurd_date"]


def test_a_stated_offset_counts_and_is_flagged_when_it_is_not_the_sites() -> None:
    line = "42\t2026-03-02 07:30:00\t0\t15\t0\t0\t0\t1\t36.4\t36.4\t{}\t"
    right = judge(line.format("+25200"))
    assert (punch(right).flags, right.mismatched, right.offset) == ((), False, 25_200)
    wrong = judge(line.format("+28800"))
    assert (punch(wrong).flags, wrong.mismatched) == (("tz_mismatch",), True)
    assert punch(wrong).occurred_at == datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(("status", "direction"), [("255", "unknown"), ("5", "overtime_out"), ("", "unknown")])
def test_direction_is_what_the_terminal_said(status: str, direction: str) -> None:
    assert punch(judge(f"42\t2026-03-02 07:30:00\t{status}\t15")).direction == direction


@pytest.mark.parametrize(("verify", "method"), [("15", "face"), ("9", "combined"), ("200", "unknown"), ("25", "palm")])
def test_method(verify: str, method: str) -> None:
    assert punch(judge(f"42\t2026-03-02 07:30:00\t0\t{verify}")).method == method


def test_absurd_dates_wait_for_a_person() -> None:
    for time in ("2000-01-01 00:00:05", "2015-01-01 08:00:00", "2026-03-02 07:41:00"):
        found = judge(f"42\t{time}\t0\t1")
        assert [held.reason for held in found.held] == ["absurd_date"]
        assert found.last is not None, "the clock is judged by it all the same"
    assert judge("42\t2026-03-02 07:40:00\t0\t1").facts, "up to ten minutes ahead is believed"


def test_an_unknown_pin_waits_for_a_person() -> None:
    held = judge("00042\t2026-03-02 07:30:00\t0\t1").held[0]
    assert (held.reason, held.pin, held.local_time) == ("unknown_pin", "00042", "2026-03-02 07:30:00")


def test_backlog_is_late_and_not_drifted() -> None:
    backlog = Arrival(RECEIVED, "terminal", live=False, drifting=False)
    assert punch(judge("42\t2026-03-01 15:00:00\t0\t1", backlog)).flags == ("late_arrival",)
    live = Arrival(RECEIVED, "terminal", live=True, drifting=True)
    assert punch(judge("42\t2026-03-02 07:20:00\t0\t1", live)).flags == ("clock_drift",)


def test_a_file_with_ambiguous_columns_claims_no_status() -> None:
    found = judge("42\t2026-03-02 07:30:00\t1\t0", Arrival(RECEIVED, "file", ambiguous=True))
    event = punch(found)
    assert event.punch_id == ambiguous_punch_id("KNJ1", "42", "2026-03-02 07:30:00")
    assert (event.direction, event.method, event.flags) == ("unknown", "unknown", ("ambiguous_columns",))


def test_a_pin_that_changed_hands_keeps_its_past() -> None:
    holders = {"42": (Tenure("2026-01-01 00:00:00", "emp-old"), Tenure("9999-12-31 23:59:59", "emp-new"))}
    attlog = read_attlog(b"42\t2025-12-31 23:59:59\t0\t1\n42\t2026-01-01 00:00:00\t0\t1")
    found = assess(attlog, ORIGIN, holders, Arrival(RECEIVED, "terminal"))
    assert [fact.key for fact in found.facts] == ["emp-old", "emp-new"]


def test_the_hand_written_json_is_that_of_the_model() -> None:
    origin = ORIGIN._replace(site_id='s"é\\', serial="K\x01")
    attlog = read_attlog(b"42\t2026-03-02 07:30:00\t0\t1")
    arrival = Arrival(RECEIVED + timedelta(days=1), "file")
    data = assess(attlog, origin, {"42": 'p"\n🙂'}, arrival).facts[0].data
    assert data == PunchRecorded.model_validate_json(data).to_json()
    assert json.loads(data)["employee_id"] == 'p"\n🙂'
    assert json.loads(data)["site_id"] == 's"é\\'
