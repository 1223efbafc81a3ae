"""Lateness and leaving early: minutes, bands, seconds, flexible start, and what would have been enough."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from kit.dated import Dated, NoRule
from services.attendance.days.models import Side
from services.attendance.days.rules import assess
from services.attendance.days.tables import (
    LatenessRule,
    ReadingRule,
    Tables,
    known_preset,
    load_lateness,
    load_tables,
)
from services.attendance.schedules.models import Shift
from tests.unit.attendance.making import FOREVER, LONG_AGO, TABLES, assessed, office_plan, punches, shift_plan


@pytest.mark.parametrize(
    ("minutes", "band"),
    [(0, None), (1, "TL1"), (30, "TL1"), (31, "TL2"), (60, "TL2"), (61, "TL3"), (90, "TL3"), (91, "TL4"), (300, "TL4")],
)
def test_v_11_bands(minutes: int, band: str | None) -> None:
    clock = f"{7 + (30 + minutes) // 60:02d}:{(30 + minutes) % 60:02d}"
    (shift,) = assessed(office_plan(), clock, "16:00").shifts
    assert shift.late == Side(minutes=minutes, band=band, to_none=minutes)
    assert shift.early == Side()


@pytest.mark.parametrize(
    ("minutes", "band"), [(0, None), (1, "PSW1"), (30, "PSW1"), (31, "PSW2"), (61, "PSW3"), (90, "PSW3"), (91, "PSW4")]
)
def test_bands_of_leaving_early(minutes: int, band: str | None) -> None:
    clock = f"{(960 - minutes) // 60:02d}:{(960 - minutes) % 60:02d}"
    (shift,) = assessed(office_plan(), "07:30", clock).shifts
    assert shift.early == Side(minutes=minutes, band=band, to_none=minutes)
    assert shift.late == Side()


def rounded(rounding: str) -> Tables:
    row = {"id": "r", "valid_from": LONG_AGO, "source": "", "debounce_seconds": 120, "apart_minutes": 30}
    return Tables(TABLES.lateness, Dated([ReadingRule.model_validate({**row, "rounding": rounding})]))


@pytest.mark.parametrize(
    ("rounding", "came", "late", "left", "early"),
    [
        ("floor", "07:30:59", 0, "15:59:01", 0),
        ("floor", "07:31:00", 1, "15:59:00", 1),
        ("ceil", "07:30:01", 1, "15:59:59", 1),
        ("ceil", "07:31:00", 1, "15:59:00", 1),
        ("half_up", "07:30:29", 0, "15:59:31", 0),
        ("half_up", "07:30:30", 1, "15:59:30", 1),
    ],
)
def test_seconds_become_minutes_as_the_row_says(rounding: str, came: str, late: int, left: str, early: int) -> None:
    day = assessed(office_plan(), came, left, tables=rounded(rounding))
    assert (day.shifts[0].late.minutes, day.shifts[0].early.minutes) == (late, early)
    assert day.effective_minutes == 450 - late - early, "effective minutes are rounded the same way"


@pytest.mark.parametrize(
    ("came", "left", "late", "early", "effective"),
    [
        ("07:00", "16:00", 0, 0, 450),
        ("08:00", "16:30", 0, 0, 450),  # the end slides with the start
        ("08:00", "16:00", 0, 30, 420),
        ("08:30", "17:00", 0, 0, 450),
        ("08:31", "17:00", 1, 0, 449),  # no further than flexible_minutes
        ("09:00", "17:00", 30, 0, 420),
        ("09:00", "16:00", 30, 60, 360),
    ],
)
def test_flexible_start(came: str, left: str, late: int, early: int, effective: int) -> None:
    plan = shift_plan(Shift(start="07:30", minutes=510, break_minutes=60, flexible_minutes=60))
    day = assessed(plan, came, left)
    (shift,) = day.shifts
    assert (shift.late.minutes, shift.early.minutes, shift.effective_minutes) == (late, early, effective)
    assert (shift.late.to_none, shift.early.to_none) == (late, early)


def test_a_missing_scan_is_the_highest_band_and_has_no_minutes() -> None:
    (no_out,) = assessed(office_plan(), "07:20").shifts
    assert no_out.early == Side(minutes=None, band="PSW4", missing=True)
    assert (no_out.late, no_out.effective_minutes) == (Side(), 0)
    (no_in,) = assessed(office_plan(), "16:05").shifts
    assert no_in.late == Side(minutes=None, band="TL4", missing=True)
    assert no_in.early == Side()


@pytest.mark.parametrize(
    ("preset", "minutes", "band", "percent"),
    [
        ("permentan-68-2012", 91, "TL4", "2"),
        ("instansi-b-2013", 75, "TL3", "1.25"),
        ("pedoman-lain", 91, "TL4", "2.5"),
        ("pmk-221-2021", 45, "TL2", "1.25"),
        ("pmk-221-2021", 200, "TL3", "2.5"),
        ("bgn-4-2025", 60, "TL1", "0.5"),
        ("bgn-4-2025", 61, "TL2", "1"),
    ],
)
def test_presets(preset: str, minutes: int, band: str, percent: str) -> None:
    clock = f"{7 + (30 + minutes) // 60:02d}:{(30 + minutes) % 60:02d}"
    tables = load_tables(preset)
    day = assessed(office_plan(), clock, "16:00", tables=tables)
    assert day.shifts[0].late.band == band
    (step,) = [step for step in day.steps if step.code == "late"]
    assert (step.values["percent"], step.rule) == (percent, tables.lateness.on(day.day).id)


def test_percents_are_exact() -> None:
    (rule,) = [load_lateness()["pmk-221-2021"].on(LONG_AGO)]
    assert rule.late[1].percent == Decimal("1.25")


def test_bands_must_rise() -> None:
    bands = [{"code": "TL1", "from_minutes": 31, "percent": "1"}, {"code": "TL2", "from_minutes": 1, "percent": "2"}]
    with pytest.raises(ValidationError, match="bands_not_rising"):
        LatenessRule.model_validate(
            {"id": "x", "valid_from": LONG_AGO, "source": "", "late": bands, "early": bands[:1]}
        )


def test_without_a_row_in_force_nothing_is_judged() -> None:
    plan = office_plan()
    later = Tables(
        Dated([TABLES.lateness.on(plan.day).model_copy(update={"valid_from": FOREVER.date()})]), TABLES.reading
    )
    with pytest.raises(NoRule):
        assess(plan, punches(plan, "07:30"), FOREVER, later)


def test_bands_that_begin_later_leave_a_tolerance() -> None:
    row = TABLES.lateness.on(LONG_AGO)
    lenient = row.model_copy(update={"late": tuple(b for b in row.late if b.code != "TL1")})
    tables = Tables(Dated([lenient]), TABLES.reading)
    assert assessed(office_plan(), "08:00", "16:00", tables=tables).shifts[0].late == Side(minutes=30)
    late = assessed(office_plan(), "08:05", "16:00", tables=tables).shifts[0].late
    assert late == Side(minutes=35, band="TL2", to_none=5)


def test_a_preset_that_is_not_there_is_named_with_those_that_are() -> None:
    assert known_preset("bgn-4-2025") == "bgn-4-2025"
    with pytest.raises(ValueError, match=r"no table 'salah' of lateness; there are bawaan, bgn-4-2025"):
        known_preset("salah")
