"""Who came when and left when: double reads, direction, breaks, what a person decided about a punch."""

from datetime import timedelta

import pytest

from services.attendance.days.models import Seen
from services.attendance.days.rules import assess
from services.attendance.schedules.models import Shift
from tests.unit.attendance.making import (
    FOREVER,
    MONDAY,
    TABLES,
    assessed,
    local,
    office_plan,
    punches,
    reasons,
    roles,
    shift_plan,
)


def test_somebody_seen_once_has_come_while_the_shift_lasts_and_later_whichever_is_nearer() -> None:
    plan = office_plan()
    assert roles(assessed(plan, "13:00", known=local(MONDAY, "13:05"))) == [("13:00", "in")]
    assert roles(assessed(plan, "13:00", known=local(MONDAY, "16:00"))) == [("13:00", "out")]
    assert roles(assessed(plan, "13:00")) == [("13:00", "out")]
    assert roles(assessed(plan, "11:44")) == [("11:44", "in")]
    assert roles(assessed(plan, "11:45")) == [("11:45", "out")]


def test_double_reads_are_one_and_the_later_counts_for_leaving() -> None:
    day = assessed(office_plan(), "07:29:00", "07:30:30", "07:31:00", "15:58:30", "16:00:10")
    assert roles(day) == [("07:29:00", "in"), ("16:00:10", "out")]
    assert reasons(day) == [("07:30:30", "double_read"), ("07:31:00", "double_read"), ("15:58:30", "double_read")]
    assert assessed(office_plan(), "07:29:00", "07:31:01", "16:00").not_used[0].reason == "between"


def test_two_reads_close_together_are_no_departure() -> None:
    day = assessed(office_plan(), "07:20", "07:35")
    assert (roles(day), reasons(day)) == ([("07:20", "in")], [("07:35", "too_close")])
    assert day.shifts[0].early.missing
    assert roles(assessed(office_plan(), "07:20", "07:50")) == [("07:20", "in"), ("07:50", "out")]


@pytest.mark.parametrize("said", ["unknown", "in", "out"])
def test_direction_is_derived_whatever_a_stuck_device_says(said: str) -> None:
    day = assessed(office_plan(), "07:25", "12:00", "12:50", "16:01", direction=said)
    assert [role for _, role in roles(day)] == ["in", "break_out", "break_in", "out"]
    assert day.shifts[0].pauses[0].minutes == 50
    derived = [step.values["at"] for step in day.steps if step.code == "punch.derived"]
    assert len(derived) == (4 if said == "unknown" else 2), "and where it said otherwise, that is told"


def test_of_an_odd_number_only_what_the_device_named_belongs_together() -> None:
    plan = office_plan()
    seen = punches(plan, "07:25", "16:01")
    middle = [
        *punches(plan, "10:00"),
        *punches(plan, "12:00", direction="break_out"),
        *punches(plan, "13:10", direction="break_in"),
    ]
    day = assess(plan, [*seen, *middle], FOREVER, TABLES)
    assert [role for _, role in roles(day)] == ["in", "break_out", "break_in", "out"]
    assert reasons(day) == [("10:00", "between")]
    assert day.effective_minutes == 440, "ten minutes more than the break"


def test_breaks_nobody_punched_are_taken_from_the_second_half() -> None:
    full, morning, longer = (assessed(office_plan(), "07:30", left) for left in ("16:00", "11:45", "12:15"))
    assert [day.effective_minutes for day in (full, morning, longer)] == [450, 255, 255]


def test_a_rejected_punch_does_not_count_and_one_under_review_does() -> None:
    plan = office_plan()
    late, early = punches(plan, "07:40")[0], punches(plan, "07:10", "16:00", flags=("under_review",))
    waiting = assess(plan, [late, *early], FOREVER, TABLES)
    assert (waiting.shifts[0].late.minutes, waiting.missing) == (0, ("review",))
    rejected = [one.model_copy(update={"outcome": "rejected"}) for one in early[:1]]
    accepted = [one.model_copy(update={"outcome": "accepted"}) for one in early[1:]]
    day = assess(plan, [late, *early, *rejected, *accepted], FOREVER, TABLES)
    assert (day.shifts[0].late.minutes, reasons(day), day.missing) == (10, [("07:10", "rejected")], ())
    assert day == assess(plan, [*accepted, *rejected, *early, late], FOREVER, TABLES)


def test_four_hundred_punches_in_one_day() -> None:
    plan = office_plan()
    many = [Seen(id=f"{n:03d}", at=local(MONDAY, "07:20") + timedelta(seconds=80 * n)) for n in range(400)]
    day = assess(plan, many, FOREVER, TABLES)
    assert (day.status, day.shifts[0].late.minutes, day.shifts[0].early.minutes) == ("present", 0, 0)
    assert len(day.used) + len(day.not_used) == 400


@pytest.mark.parametrize(
    ("start", "minutes", "came", "left"),
    [
        ("15:00", 480, "14:34:39", "23:05:12"),
        ("15:00", 540, "14:50:02", "+1 00:03:55"),
        ("23:00", 480, "22:58:40", "+1 07:04:31"),
    ],
)
def test_three_shifts_a_terminal_kept(start: str, minutes: int, came: str, left: str) -> None:
    """The times of a real terminal's file: two of the three shifts end on the next date."""
    plan = shift_plan(Shift(start=start, minutes=minutes))
    seen = [*punches(plan, came, direction="in"), *punches(plan, left, direction="out")]
    day = assess(plan, seen, FOREVER, TABLES)
    assert (day.status, day.effective_minutes, day.not_used) == ("present", minutes, ())
    assert [step.code for step in day.steps if step.code.startswith("punch")] == ["punch", "punch"]
