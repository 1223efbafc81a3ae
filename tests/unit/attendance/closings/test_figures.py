"""Figures of a period, and how a closed day differs from what it is now."""

from datetime import date
from typing import Any

from services.attendance.closings.figures import Known, added, adjustments, causes, settled, sums, value_of
from services.attendance.closings.models import Adjustment, ClosedDay, PersonClosed

MONDAY, TUESDAY = date(2026, 6, 1), date(2026, 6, 2)
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
PERIODS = {MONDAY: JUNE, TUESDAY: JUNE}


def said(**more: Any) -> dict[str, Any]:
    """An absent day, and what is different of it."""
    return {
        "zone": "Asia/Jakarta",
        "status": "absent",
        "required_minutes": 450,
        "effective_minutes": 0,
        "absent_minutes": 450,
        "late_minutes": 0,
        "early_minutes": 0,
        "required_days": 1,
        "present_days": 0,
        "absent_days": 1,
        "excused_days": 0,
        "late_days": 0,
        "early_days": 0,
        "rules": ["2026"],
        "missing": [],
        **more,
    }


CAME = said(
    status="present",
    first_in="2026-06-01T01:00:00Z",
    last_out="2026-06-01T09:00:00Z",
    effective_minutes=420,
    absent_minutes=0,
    present_days=1,
    absent_days=0,
    late_minutes=30,
    late_days=1,
    shifts=[{"late_band": "TL1", "early_band": None}],
)


def known(day: date, version: int = 1, **more: Any) -> Known:
    return Known(day, version, {**said(), **more})


def closing(period: date, *days: Known, changed: tuple[Adjustment, ...] = ()) -> PersonClosed:
    values = [ClosedDay(day=one.day, value=value_of(one)) for one in days]
    return PersonClosed(
        period=period,
        employee_id="e",
        unit_id=None,
        salt="",
        figures=sums(one.value for one in values),
        days=tuple(values),
        adjustments=changed,
    )


def test_sums_are_over_days_and_bands() -> None:
    days = [value_of(known(MONDAY)), value_of(known(TUESDAY, **CAME))]
    found = sums(days)
    assert (found.days, found.incomplete, found.required_minutes, found.absent_days, found.present_days) == (
        2,
        0,
        900,
        1,
        1,
    )
    assert found.bands == {"TL1": 1}
    assert added(found, sums(days[1:])).bands == {"TL1": 2}
    assert added(found, sums(())) == found
    assert sums([value_of(known(MONDAY, missing=["window_open"]))]).incomplete == 1


def test_a_day_that_is_what_it_was_is_no_adjustment() -> None:
    before = settled([closing(JUNE, known(MONDAY))])
    assert adjustments(before, [known(MONDAY, 7)], PERIODS) == []
    assert adjustments(before, [known(MONDAY, 2, rules=["2027"])], PERIODS) == [], "no figure is another"
    assert adjustments(before, [known(date(2026, 7, 1), **CAME)], PERIODS) == [], "that day is not closed"


def test_a_late_punch_is_an_adjustment_with_its_difference_and_cause() -> None:
    before = settled([closing(JUNE, known(MONDAY), known(TUESDAY))])
    (found,) = adjustments(before, [known(TUESDAY, 1), known(MONDAY, 2, **CAME)], PERIODS)
    assert (found.day, found.period, found.causes) == (MONDAY, JUNE, ("punches",))
    assert found.before is not None
    assert (found.before.version, found.before.status, found.after.version, found.after.status) == (
        1,
        "absent",
        2,
        "present",
    )
    assert found.difference == {
        "present_days": 1,
        "absent_days": -1,
        "late_days": 1,
        "effective_minutes": 420,
        "absent_minutes": -450,
        "late_minutes": 30,
    }
    assert found.bands == {"TL1": 1}


def test_what_was_signed_as_an_adjustment_is_not_one_again_until_it_changes() -> None:
    (once,) = adjustments(settled([closing(JUNE, known(MONDAY))]), [known(MONDAY, 2, **CAME)], PERIODS)
    after = settled([closing(JUNE, known(MONDAY)), closing(JULY, changed=(once,))])
    assert adjustments(after, [known(MONDAY, 2, **CAME)], PERIODS) == []
    (back,) = adjustments(after, [known(MONDAY, 3)], PERIODS)
    assert (back.before, back.difference["late_minutes"], back.bands) == (once.after, -30, {"TL1": -1})


def test_a_day_nobody_had_is_an_adjustment_when_there_is_something_in_it() -> None:
    (found,) = adjustments({}, [known(MONDAY, **CAME)], PERIODS)
    assert (found.before, found.difference["effective_minutes"]) == (None, 420)
    empty = dict.fromkeys(("required_minutes", "absent_minutes", "required_days", "absent_days"), 0)
    assert adjustments({}, [known(MONDAY, status="off", **empty)], PERIODS) == []


def test_causes_are_what_both_states_tell() -> None:
    absent = value_of(known(MONDAY))
    assert causes(absent, value_of(known(MONDAY, status="leave", excused_days=1, absent_days=0))) == ("excuse",)
    assert causes(absent, value_of(known(MONDAY, required_minutes=390, rules=["2027"]))) == ("schedule", "rules")
    pending = value_of(known(MONDAY, status="pending", missing=["window_open"]))
    assert causes(pending, absent) == ("completed",)
    assert causes(absent, absent) == ("other",)
