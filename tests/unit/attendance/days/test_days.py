"""The day as a whole: what counts, what waits, what is nothing."""

from datetime import timedelta

import pytest

from services.attendance.days.rules import assess
from services.attendance.schedules.models import Shift
from services.attendance.schedules.rules import plan_of, plans_of
from tests.unit.attendance.making import (
    FASTING_MONDAY,
    FOREVER,
    FRIDAY,
    MONDAY,
    TABLES,
    assessed,
    book,
    holiday,
    local,
    office_plan,
    person,
    punches,
    reasons,
    roles,
    rostered,
    shift_plan,
)

NIGHT = Shift(start="22:00", minutes=480, break_minutes=30)
MORNING = Shift(start="07:00", minutes=300)
EVENING = Shift(start="18:00", minutes=240)


def test_an_ordinary_day() -> None:
    day = assessed(office_plan(), "07:21:40", "16:03:10")
    assert (day.status, day.effective_minutes, day.absent_minutes) == ("present", 450, 0)
    assert (day.first_in, day.last_out) == (local(MONDAY, "07:21:40"), local(MONDAY, "16:03:10"))
    assert (day.complete, day.missing, day.not_used) == (True, (), ())
    assert roles(day) == [("07:21:40", "in"), ("16:03:10", "out")]


@pytest.mark.parametrize(
    ("vector", "day", "came", "left", "net"),
    [("V-09", FRIDAY, "07:30", "16:30", 450), ("V-10", FASTING_MONDAY, "08:00", "15:00", 390)],
)
def test_whole_days_of_law(vector: str, day: object, came: str, left: str, net: int) -> None:
    found = assessed(office_plan(day), came, left)  # type: ignore[arg-type]
    assert (found.effective_minutes, found.required_minutes) == (net, net), vector


def test_absence_is_known_when_the_shift_ends_and_final_when_its_window_closes() -> None:
    plan = office_plan()
    ends, closes = plan.shifts[0].ends, plan.shifts[0].closes
    before = assessed(plan, known=ends - timedelta(seconds=1))
    assert (before.status, before.missing, before.absent_minutes) == ("pending", ("window_open",), 0)
    at_once = assessed(plan, known=ends)
    assert (at_once.status, at_once.missing, at_once.absent_minutes) == ("absent", ("window_open",), 450)
    assert at_once.shifts[0].late.band is None, "an absence is not lateness as well"
    final = assessed(plan, known=closes)
    assert (final.status, final.missing, final.absent_minutes) == ("absent", (), 450)
    seen_late = assessed(plan, "17:20", known=closes)
    assert (seen_late.status, seen_late.shifts[0].late.missing) == ("present", True), "a scan takes it back"


def test_absence_waits_as_long_as_the_start_may_slide() -> None:
    plan = shift_plan(Shift(start="07:30", minutes=510, break_minutes=60, flexible_minutes=60))
    ends = plan.shifts[0].ends
    assert assessed(plan, known=ends + timedelta(minutes=59)).status == "pending"
    assert assessed(plan, known=ends + timedelta(minutes=60)).status == "absent"


def test_leaving_and_missing_scans_wait_too() -> None:
    plan = office_plan()
    noon, evening = local(MONDAY, "12:30"), local(MONDAY, "17:00")
    at_lunch = assessed(plan, "07:42", "12:00", known=noon)
    assert (at_lunch.status, at_lunch.shifts[0].early.minutes) == ("pending", None)
    assert at_lunch.shifts[0].late.band == "TL1", "what cannot get better is told at once"
    in_only = assessed(plan, "07:20", known=evening)
    assert (in_only.status, in_only.shifts[0].early.band) == ("pending", None)
    done = assessed(plan, "07:20", "16:00", known=evening)
    assert (done.status, done.missing) == ("present", ("window_open",))


def test_who_works_past_midnight_leaves_on_the_date_they_came() -> None:
    assert assessed(office_plan(), "07:30", "+1 00:40").shifts[0].early.minutes == 0


def test_night_shift_over_midnight() -> None:
    plan = shift_plan(NIGHT)
    day = assessed(plan, "21:50", "+1 06:04")
    assert (day.status, day.effective_minutes, day.shifts[0].early.minutes) == ("present", 450, 0)
    following = plan_of(person(rostered(MONDAY, NIGHT)), MONDAY + timedelta(days=1), book())
    assert following.kind == "work", "the office's own Tuesday"
    next_day = assess(following, punches(plan, "21:50", "+1 06:04"), FOREVER, TABLES)
    assert (next_day.status, reasons(next_day)) == ("absent", [("21:50", "other_day"), ("+1 06:04", "other_day")])


def test_double_shift() -> None:
    plan = shift_plan(MORNING, EVENING)
    both = assessed(plan, "06:58", "12:01", "17:55", "22:03")
    assert (both.status, both.effective_minutes) == ("present", 540)
    assert [use.shift_id[-2:] for use in both.used] == ["#1", "#1", "#2", "#2"]
    half = assessed(plan, "06:58", "12:01")
    assert (half.status, half.absent_minutes, [one.status for one in half.shifts]) == (
        "partly_absent",
        240,
        ["present", "absent"],
    )
    assert assessed(plan, "06:58", "12:01", known=local(MONDAY, "19:00")).status == "pending"


def test_a_seam_of_two_shifts_needs_no_punch() -> None:
    day = assessed(shift_plan(MORNING, Shift(start="12:00", minutes=420)), "06:58", "12:02", "19:00")
    assert (day.status, day.effective_minutes, reasons(day)) == ("present", 720, [("12:02", "between")])
    assert day.shifts[0].late.minutes == day.shifts[0].early.minutes == 0


def test_on_call_is_never_late_nor_absent() -> None:
    plan = shift_plan(Shift(start="16:00", minutes=900, kind="on_call"))
    assert (assessed(plan).status, assessed(plan).absent_minutes) == ("on_call", 0)
    called = assessed(plan, "20:00", "21:30")
    assert (called.status, called.effective_minutes, called.shifts[0].late.band) == ("present", 90, None)


@pytest.mark.parametrize("kind", ["holiday", "off", "no_schedule"])
def test_days_without_duty_are_no_absence_and_no_lateness(kind: str) -> None:
    known = book(holidays=(holiday(MONDAY),)) if kind == "holiday" else book(assigned=())
    one = person(rostered(MONDAY)) if kind == "off" else person()
    plan = plan_of(one, MONDAY, known)
    assert assessed(plan).status == kind
    day = assessed(plan, "09:00", "12:00")
    assert (day.status, day.absent_minutes, day.shifts, day.effective_minutes) == (kind, 0, (), 0)
    assert (day.first_in, day.last_out) == (local(MONDAY, "09:00"), local(MONDAY, "12:00"))
    assert reasons(day) == [("09:00", "no_shift"), ("12:00", "no_shift")]
    open_day = assessed(plan, known=local(MONDAY, "23:59"))
    assert open_day.missing == ("window_open",)


def test_a_site_nobody_knows_is_said() -> None:
    day = assessed(plan_of(person(site="nowhere"), MONDAY, book()), "07:30")
    assert (day.status, day.missing, day.complete) == ("no_schedule", ("site",), False)


def test_a_schedule_that_asks_for_two_shifts_at_once_is_said() -> None:
    roster = (rostered(MONDAY, Shift(start="22:00", minutes=600)), rostered(MONDAY + timedelta(days=1), MORNING))
    for plan in plans_of(person(*roster), MONDAY, MONDAY + timedelta(days=1), book()):
        assert (assessed(plan).missing, assessed(plan).complete) == (("schedule",), False)
    same = assessed(shift_plan(MORNING, Shift(start="11:59", minutes=60)))
    assert same.missing == ("schedule",)
    both_ways = (
        rostered(MONDAY, Shift(start="22:00", minutes=600)),
        rostered(MONDAY + timedelta(days=1), MORNING, MORNING),
    )
    plan = plan_of(person(*both_ways), MONDAY + timedelta(days=1), book())
    assert [why.code for why in plan.why].count("shifts_overlap") == 1


def test_punches_of_other_days_and_hours_are_told_and_not_used() -> None:
    plan = office_plan()
    day = assessed(plan, "07:30", "16:00", "02:00", "-40 07:30", "+31 07:30")
    assert set(reasons(day)) == {("02:00", "outside_window"), ("-40 07:30", "other_day"), ("+31 07:30", "other_day")}
    assert (day.status, day.effective_minutes) == ("present", 450)


@pytest.mark.parametrize("site", ["surabaya", "denpasar", "jayapura", "new-york"])
def test_the_same_wall_time_is_as_late_everywhere(site: str) -> None:
    day = assessed(plan_of(person(site=site), MONDAY, book()), "07:42", "16:00")
    assert (day.status, day.shifts[0].late.minutes, day.effective_minutes) == ("present", 12, 438)


def test_a_transfer_over_zones_keeps_both_days_apart() -> None:
    posts = [
        {"valid_from": MONDAY, "valid_to": MONDAY, "unit_id": "bidang", "site_id": "jayapura"},
        {"valid_from": MONDAY + timedelta(days=1), "unit_id": "bidang", "site_id": "surabaya"},
    ]
    moved = person().model_validate({"employee_id": "pegawai", "posts": posts})
    first, second = plans_of(moved, MONDAY, MONDAY + timedelta(days=1), book())
    seen = [
        *punches(first, "07:30", "16:00"),
        *[one.model_copy(update={"id": f"b{one.id}"}) for one in punches(second, "07:29", "16:01")],
    ]
    days = [assess(plan, seen, FOREVER, TABLES) for plan in (first, second)]
    assert [(day.status, day.zone, day.effective_minutes) for day in days] == [
        ("present", "Asia/Jayapura", 450),
        ("present", "Asia/Jakarta", 450),
    ]
    assert [day.used[0].punch_id for day in days] == ["07:30", "b07:29"]
