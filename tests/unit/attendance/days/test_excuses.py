"""Leave, duty and permits, of a whole day or a part of it."""

import pytest
from pydantic import ValidationError

from services.attendance.days.models import Side
from services.attendance.schedules.models import Shift
from tests.unit.attendance.making import (
    assessed,
    excuse,
    office_plan,
    shift_plan,
)


def test_a_whole_day_excused() -> None:
    plan = office_plan()
    day = assessed(plan, excuses=[excuse(plan, kind="leave")])
    assert (day.status, day.absent_minutes, day.shifts[0].excused_minutes) == ("leave", 0, 510)
    came_anyway = assessed(plan, "09:00", excuses=[excuse(plan, kind="duty")])
    assert (came_anyway.status, came_anyway.shifts[0].late.band, came_anyway.shifts[0].early.missing) == (
        "duty",
        None,
        False,
    )
    both = [excuse(plan, kind="leave"), excuse(plan, kind="duty")]
    assert assessed(plan, excuses=both) == assessed(plan, excuses=[*both[::-1], *both])


@pytest.mark.parametrize(
    ("since", "until", "walls", "late", "early", "absent"),
    [
        ("07:30", "09:00", ("09:00", "16:00"), 0, 0, 0),
        ("07:30", "09:00", ("09:10", "16:00"), 10, 0, 0),
        ("08:00", "09:00", ("09:10", "16:00"), 40, 0, 0),
        ("14:00", "16:00", ("07:30", "13:50"), 0, 10, 0),
        ("07:30", "12:00", ("16:00",), None, 0, 0),  # with a permit one comes to the office, and is seen
        ("12:00", "16:00", ("07:30",), 0, None, 0),
        ("07:30", "12:00", (), 0, 0, 240),  # the afternoon was not excused; a morning has no break in it
        ("14:00", "15:00", (), 0, 0, 390),
        ("07:30", "12:00", ("13:00", "16:00"), 60, 0, 0),
    ],
)
def test_part_of_a_day_excused(
    since: str, until: str, walls: tuple[str, ...], late: int | None, early: int | None, absent: int
) -> None:
    plan = office_plan()
    day = assessed(plan, *walls, excuses=[excuse(plan, since, until)])
    (shift,) = day.shifts
    assert (shift.late.minutes, shift.early.minutes, day.absent_minutes) == (late, early, absent)
    assert day.status == ("present" if walls else "absent")


@pytest.mark.parametrize("kind", ["duty", "amnesty", "correction"])
def test_no_scan_is_asked_for_at_the_end_that_was_duty_elsewhere(kind: str) -> None:
    plan = office_plan()
    morning = assessed(plan, "16:00", excuses=[excuse(plan, "07:30", "12:00", kind)])
    assert (morning.shifts[0].late, morning.status, morning.effective_minutes) == (Side(), "present", 240)
    afternoon = assessed(plan, "07:30", excuses=[excuse(plan, "12:00", "16:00", kind)])
    assert (afternoon.shifts[0].early, afternoon.status, afternoon.effective_minutes) == (Side(), "present", 255)
    before = assessed(plan, "07:30", "11:00", excuses=[excuse(plan, "12:00", "16:00", kind)])
    assert before.shifts[0].early.minutes == 60, "a scan that is there counts"
    nobody = assessed(plan, excuses=[excuse(plan, "07:30", "12:00", kind)])
    assert (nobody.status, nobody.absent_minutes) == ("absent", 240)


def test_what_would_have_been_enough_counts_the_excused_minutes_between() -> None:
    plan = office_plan()
    (shift,) = assessed(plan, "09:10", "16:00", excuses=[excuse(plan, "08:00", "09:00")]).shifts
    assert (shift.late.minutes, shift.late.to_none) == (40, 100)


def test_an_excuse_for_the_time_a_flexible_end_has_slid_to() -> None:
    plan = shift_plan(Shift(start="07:30", minutes=510, break_minutes=60, flexible_minutes=60))
    assert assessed(plan, "08:00", "16:00").shifts[0].early.minutes == 30
    assert assessed(plan, "08:00", "16:00", excuses=[excuse(plan, "16:00", "17:00")]).shifts[0].early.minutes == 0


def test_two_halves_excused_are_the_whole() -> None:
    plan = office_plan()
    halves = [excuse(plan, "12:00", "16:00", "leave"), excuse(plan, "07:30", "12:00", "duty")]
    assert assessed(plan, excuses=halves).status == "duty", "by what came first"


def test_an_excuse_elsewhere_is_not_told() -> None:
    plan = office_plan()
    day = assessed(plan, "07:30", "16:00", excuses=[excuse(plan, "+3 07:30", "+3 12:00")])
    assert [step for step in day.steps if step.code == "excuse"] == []


@pytest.mark.parametrize(("since", "until"), [("07:30", None), (None, "07:30"), ("09:00", "08:00")])
def test_half_an_interval_is_no_excuse(since: str | None, until: str | None) -> None:
    with pytest.raises(ValidationError):
        excuse(office_plan(), since, until)
