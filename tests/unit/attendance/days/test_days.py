"""The day as a whole: what counts, what waits, what is nothing, and what is told about it."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from services.attendance.days.models import AssessedDay, Excuse, Seen, Side
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
    excuse,
    holiday,
    local,
    office_plan,
    person,
    punches,
    rostered,
    shift_plan,
)

NIGHT = Shift(start="22:00", minutes=480, break_minutes=30)
MORNING = Shift(start="07:00", minutes=300)
EVENING = Shift(start="18:00", minutes=240)


def roles(day: AssessedDay) -> list[tuple[str, str]]:
    return [(one.punch_id, one.role) for one in day.used]


def reasons(day: AssessedDay) -> list[tuple[str, str]]:
    return [(one.punch_id, one.reason) for one in day.not_used]


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


def test_absence_waits_until_the_window_has_closed() -> None:
    plan = office_plan()
    closes = plan.shifts[0].closes
    before = assessed(plan, known=closes - timedelta(seconds=1))
    assert (before.status, before.missing, before.absent_minutes) == ("pending", ("window_open",), 0)
    after = assessed(plan, known=closes)
    assert (after.status, after.missing, after.absent_minutes) == ("absent", (), 450)
    assert after.shifts[0].late.band is None, "an absence is not lateness as well"


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


def test_punches_of_other_days_and_hours_are_told_and_not_used() -> None:
    plan = office_plan()
    day = assessed(plan, "07:30", "16:00", "02:00", "-40 07:30", "+31 07:30")
    assert set(reasons(day)) == {("02:00", "outside_window"), ("-40 07:30", "other_day"), ("+31 07:30", "other_day")}
    assert (day.status, day.effective_minutes) == ("present", 450)


def test_four_hundred_punches_in_one_day() -> None:
    plan = office_plan()
    many = [Seen(id=f"{n:03d}", at=local(MONDAY, "07:20") + timedelta(seconds=80 * n)) for n in range(400)]
    day = assess(plan, many, FOREVER, TABLES)
    assert (day.status, day.shifts[0].late.minutes, day.shifts[0].early.minutes) == ("present", 0, 0)
    assert len(day.used) + len(day.not_used) == 400


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


def test_the_explanation_says_why_to_the_article() -> None:
    plan = office_plan()
    day = assessed(plan, "07:42", "16:00", "15:59", excuses=[excuse(plan, "10:00", "11:00")])
    assert [step.code for step in day.steps] == [
        "plan.assigned_unit",
        "plan.pattern",
        "plan.work",
        "excuse",
        "shift",
        "punch.derived",
        "punch.derived",
        "shift.excused",
        "late",
        "effective",
        "day.present",
    ]
    (late,) = [step for step in day.steps if step.code == "late"]
    assert late.values == {
        "shift": f"{MONDAY}#1",
        "due": local(MONDAY, "07:30").isoformat(),
        "minutes": 12,
        "band": "TL1",
        "band_from": 1,
        "band_to": 30,
        "percent": "0.5",
        "to_none": 12,
    }
    assert late.rule == "tl-psw-bawaan"
    assert "Pasal 22" in late.article
    assert day.rules == (plan.why[0].id, "kantor@2023-04-12", "tl-psw-bawaan", "baca-bawaan")
    assert isinstance(excuse(plan), Excuse)


def test_the_explanation_of_an_absence_names_what_it_costs() -> None:
    (step,) = [step for step in assessed(office_plan()).steps if step.code == "shift.absent"]
    assert (step.values["minutes"], step.values["percent"], step.rule) == (450, "4", "tl-psw-bawaan")


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
