"""What leave costs, and which hours a part of a day is."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.attendance.leave.counting import NoSuchHours, cost, hours
from services.attendance.schedules.models import Shift
from services.attendance.schedules.rules import plans_of
from tests.unit.attendance.making import MONDAY, book, holiday, local, office_plan, person, rostered, shift_plan

WEDNESDAY = MONDAY + timedelta(days=2)
NIGHT = Shift(start="22:00", minutes=480)


def test_weekends_and_holidays_cost_nothing_and_are_named() -> None:
    known = book(holidays=(holiday(WEDNESDAY, "joint_leave"),))
    found = cost(plans_of(person(), MONDAY, MONDAY + timedelta(days=6), known), "day")
    assert found.days == 4
    assert [(one.day.day, one.kind) for one in found.skipped] == [(3, "holiday"), (6, "off"), (7, "off")]


def test_who_works_by_roster_pays_for_rostered_dates() -> None:
    sunday = MONDAY + timedelta(days=6)
    guard = person(rostered(sunday, NIGHT), rostered(MONDAY))
    found = cost(plans_of(guard, MONDAY, sunday, book()), "day")
    assert found.counted == (*(MONDAY + timedelta(days=n) for n in range(1, 5)), sunday)


def test_being_on_call_is_not_a_working_day() -> None:
    plan = shift_plan(Shift(start="08:00", minutes=600, kind="on_call"))
    assert cost([plan], "day").days == 0


def test_without_a_schedule_the_days_are_unknown_not_free() -> None:
    found = cost(plans_of(person(posts=()), MONDAY, MONDAY, book()), "day")
    assert found.days == 0
    assert (found.unknown, found.skipped) == ((MONDAY,), ())


@pytest.mark.parametrize(("part", "days"), [("first_half", "0.5"), ("second_half", "0.5"), ("hours", "0")])
def test_a_part_of_a_day_costs_its_part(part: str, days: str) -> None:
    assert cost([office_plan()], part).days == Decimal(days)  # type: ignore[arg-type]


def test_halves_meet_in_the_middle_of_the_shift() -> None:
    """07:30 to 16:00: half of 8 h 30 min later it is 11:45."""
    plan = office_plan()
    first, second = hours(plan, "outside", "first_half"), hours(plan, "outside", "second_half")
    assert first == (local(MONDAY, "07:30"), local(MONDAY, "11:45"))
    assert second == (local(MONDAY, "11:45"), local(MONDAY, "16:00"))


def test_the_half_of_two_shifts_is_half_of_the_time_on_duty() -> None:
    plan = shift_plan(Shift(start="06:00", minutes=120), Shift(start="12:00", minutes=240))
    assert hours(plan, "duty", "first_half") == (local(MONDAY, "06:00"), local(MONDAY, "13:00"))


def test_the_second_half_of_a_flexible_day_reaches_to_its_latest_end() -> None:
    plan = shift_plan(Shift(start="07:30", minutes=480, flexible_minutes=90))
    assert hours(plan, "duty", "second_half") == (local(MONDAY, "11:30"), local(MONDAY, "17:00"))


def test_coming_late_begins_with_the_shift_and_leaving_early_ends_with_it() -> None:
    plan = office_plan()
    assert hours(plan, "late", "hours", until="09:15") == (local(MONDAY, "07:30"), local(MONDAY, "09:15"))
    assert hours(plan, "early", "hours", since="14:00") == (local(MONDAY, "14:00"), local(MONDAY, "16:00"))


def test_hours_of_a_night_shift_may_be_of_the_next_date() -> None:
    plan = shift_plan(NIGHT)
    assert hours(plan, "partial", "hours", "23:30", "01:15") == (local(MONDAY, "23:30"), local(MONDAY, "+1 01:15"))


@pytest.mark.parametrize(
    ("kind", "since", "until", "field", "says"),
    [
        ("partial", "06:00", "09:00", "since", "di luar jam kerja hari itu, 07.30 sampai 16.00"),
        ("partial", "10:00", "09:00", "until", "sesudah jam mulai"),
        ("partial", None, "09:00", "since", "wajib diisi"),
        ("late", None, None, "until", "wajib diisi"),
        ("early", "16:00", None, "since", "sesudah jam mulai"),
    ],
)
def test_hours_that_cannot_be_are_named(kind: str, since: str | None, until: str | None, field: str, says: str) -> None:
    with pytest.raises(NoSuchHours, match=says) as refused:
        hours(office_plan(), kind, "hours", since, until)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_day_off_has_no_halves() -> None:
    with pytest.raises(NoSuchHours, match="tidak ada jam kerja pada 06-06-2026"):
        hours(office_plan(date(2026, 6, 6)), "duty", "first_half")
