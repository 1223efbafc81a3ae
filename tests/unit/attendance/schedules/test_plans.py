"""What was required on a date: by whose schedule, by which law, in which zone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError

from services.attendance.schedules.book import Book
from services.attendance.schedules.law import load, pattern_of
from services.attendance.schedules.models import Beginning, Day, Pattern, PatternVersion, Placed, Post, Shift
from services.attendance.schedules.rules import plan_of, plans_of
from tests.unit.attendance.making import (
    FASTING_MONDAY,
    FRIDAY,
    LONG_AGO,
    MONDAY,
    book,
    given,
    holiday,
    local,
    office_plan,
    person,
    rostered,
    shift_plan,
    week,
)

SATURDAY = MONDAY + timedelta(days=5)
MORNING = Shift(start="07:00", minutes=420)


@pytest.mark.parametrize(
    ("vector", "day", "starts", "ends", "required"),
    [
        ("Perpres 21/2023 Pasal 4(1)(3)(5)", MONDAY, "07:30", "16:00", 450),
        ("V-09: Friday, break of 90 minutes", FRIDAY, "07:30", "16:30", 450),
        ("V-10: Monday in Ramadan", FASTING_MONDAY, "08:00", "15:00", 390),
        ("Friday in Ramadan, Pasal 4(6)", FASTING_MONDAY + timedelta(days=4), "08:00", "15:30", 390),
    ],
)
def test_hours_of_law(vector: str, day: date, starts: str, ends: str, required: int) -> None:
    plan = office_plan(day)
    (shift,) = plan.shifts
    assert (shift.starts, shift.ends) == (local(day, starts), local(day, ends)), vector
    assert plan.required_minutes == required
    assert plan.kind == "work"
    assert any("Perpres 21/2023" in why.source for why in plan.why)


def test_weeks_come_to_what_the_law_says() -> None:
    for name, days in (("five_day", 5), ("six_day", 6)):
        for monday, total in ((MONDAY, 2250), (FASTING_MONDAY, 1950)):
            pattern = pattern_of(load()[name].on(monday), "kantor", name)
            plans = plans_of(person(), monday, monday + timedelta(days=6), book(patterns=(pattern,)))
            assert sum(plan.required_minutes for plan in plans) == total
            assert [plan.kind for plan in plans] == ["work"] * days + ["off"] * (7 - days)


def test_why_names_assignment_pattern_and_ramadan() -> None:
    plan = office_plan(FASTING_MONDAY)
    assert [(why.code, why.id) for why in plan.why] == [
        ("assigned_unit", f"unit-dinas-kantor-{LONG_AGO}"),
        ("pattern", "kantor@2023-04-12"),
        ("ramadan", "ramadan-1447"),
    ]
    assert plan.why[-1].source == "SKB 3 Menteri"


def test_without_a_ramadan_variant_nothing_changes() -> None:
    known = book(patterns=(week("kantor", MORNING),))
    plan = plan_of(person(), FASTING_MONDAY, known)
    assert plan.required_minutes == 420
    assert "ramadan" not in [why.code for why in plan.why]


def test_employee_before_unit_and_near_before_far() -> None:
    patterns = tuple(
        week(name, Shift(start=start, minutes=60))
        for name, start in (("own", "08:00"), ("near", "09:00"), ("far", "10:00"))
    )
    far, near = given("unit", "dinas", "far"), given("unit", "bidang", "near", MONDAY + timedelta(days=1))
    own = given("employee", "pegawai", "own", MONDAY + timedelta(days=2), MONDAY + timedelta(days=2))
    known = book(patterns=patterns, assigned=(far, near))
    plans = plans_of(person(own=(own,)), MONDAY, MONDAY + timedelta(days=3), known)
    walls = ("10:00", "09:00", "08:00", "09:00")
    assert [plan.shifts[0].starts for plan in plans] == [
        local(plan.day, wall) for plan, wall in zip(plans, walls, strict=True)
    ]


def test_a_tree_that_bites_its_tail_ends() -> None:
    units = {
        "bidang": (Placed(valid_from=LONG_AGO, parent_id="dinas"),),
        "dinas": (Placed(valid_from=LONG_AGO, parent_id="bidang"),),
    }
    plan = plan_of(person(), MONDAY, book(units=units, assigned=()))
    assert (plan.kind, plan.why[0].code) == ("no_schedule", "not_assigned")


def test_roster_goes_before_everything() -> None:
    closed = book(holidays=(holiday(MONDAY),))
    one = person(rostered(MONDAY, MORNING), rostered(MONDAY + timedelta(days=1)))
    on_holiday, off = plans_of(one, MONDAY, MONDAY + timedelta(days=1), closed)
    assert (on_holiday.kind, on_holiday.required_minutes, on_holiday.why[0].code) == ("work", 420, "roster")
    assert (off.kind, off.shifts) == ("off", ())


@pytest.mark.parametrize("site", ["surabaya", "denpasar"])
@pytest.mark.parametrize(
    ("scope", "where"),
    [
        ({}, {"surabaya", "denpasar"}),
        ({"sites": frozenset({"surabaya"})}, {"surabaya"}),
        ({"regions": frozenset({"35"})}, {"surabaya"}),
        ({"regions": frozenset({"51.71"})}, {"denpasar"}),
        ({"regions": frozenset({"5"})}, set()),
    ],
)
def test_holidays_hold_where_they_hold(site: str, scope: dict[str, frozenset[str]], where: set[str]) -> None:
    plan = plan_of(person(site=site), MONDAY, book(holidays=(holiday(MONDAY, "local", **scope),)))
    assert plan.kind == ("holiday" if site in where else "work")
    assert (plan.why[-1].code == "holiday") == (site in where)


def test_a_holiday_on_a_day_off_is_a_day_off_and_national_is_named_first() -> None:
    both = (holiday(MONDAY, "joint_leave"), holiday(MONDAY), holiday(SATURDAY))
    plan = plan_of(person(), MONDAY, book(holidays=both))
    assert (plan.kind, plan.why[-1].id) == ("holiday", f"national-{MONDAY}")
    assert plan_of(person(), SATURDAY, book(holidays=both)).kind == "off"


def rotating(observes: bool) -> Book:
    night = Shift(start="21:00", minutes=600)
    days = (Day(shifts=(MORNING,)), Day(shifts=(night,)), Day())
    version = PatternVersion(
        valid_from=LONG_AGO, days=days, anchor=MONDAY, observes_holidays=observes, source="SK 3/2026"
    )
    patterns = (Pattern(id="kantor", name="Jaga", versions=(version,)),)
    return book(patterns=patterns, holidays=(holiday(MONDAY + timedelta(days=3)),))


def test_a_cycle_turns_over_weeks_and_back_before_its_anchor() -> None:
    plans = plans_of(person(), MONDAY - timedelta(days=3), MONDAY + timedelta(days=3), rotating(False))
    assert [plan.required_minutes for plan in plans] == [420, 600, 0, 420, 600, 0, 420], "a ward works on holidays"
    assert plan_of(person(), MONDAY + timedelta(days=3), rotating(True)).kind == "holiday"


def test_a_shift_over_midnight_belongs_to_the_date_it_starts() -> None:
    _, night, off = plans_of(person(), MONDAY, MONDAY + timedelta(days=2), rotating(False))
    assert night.shifts[0].ends == local(MONDAY, "+2 07:00")
    assert off.kind == "off"
    assert [(window.day, window.closes) for window in off.others if window.day == night.day] == [
        (night.day, night.shifts[0].closes)
    ]


def test_a_transfer_in_mid_month_changes_zone_and_schedule_on_its_day() -> None:
    posts = (
        Post(valid_from=LONG_AGO, valid_to=MONDAY + timedelta(days=1), unit_id="bidang", site_id="surabaya"),
        Post(valid_from=MONDAY + timedelta(days=2), unit_id="bidang", site_id="jayapura"),
    )
    before, last, first = plans_of(person(posts=posts), MONDAY, MONDAY + timedelta(days=2), book())
    assert [plan.zone for plan in (before, last, first)] == ["Asia/Jakarta", "Asia/Jakarta", "Asia/Jayapura"]
    assert first.shifts[0].starts == datetime(2026, 6, 2, 22, 30, tzinfo=UTC)
    assert last.ends == first.begins, "no punch is in two dates, none in no date"


@pytest.mark.parametrize(
    ("site", "code"), [("nowhere", "unknown_zone"), ("unheard-of", "unknown_site"), ("", "no_post")]
)
def test_what_is_not_known_is_no_schedule(site: str, code: str) -> None:
    one = person(site=site) if site else person(posts=())
    plan = plan_of(one, MONDAY, book())
    assert (plan.kind, [why.code for why in plan.why], plan.zone) == ("no_schedule", [code], "Asia/Jakarta")


def test_a_pattern_that_says_nothing_is_no_schedule_and_not_the_units() -> None:
    own = (given("employee", "pegawai", "jaga"),)
    over = week("jaga", MORNING, until=MONDAY - timedelta(days=1))
    for patterns in ((week("kantor", MORNING),), (week("kantor", MORNING), over)):
        plan = plan_of(person(own=own), MONDAY, book(patterns=patterns))
        assert (plan.kind, plan.why[-1].code) == ("no_schedule", "no_pattern_version")


def test_two_periods_of_one_day_give_the_same_in_any_order() -> None:
    patterns = (week("a", MORNING), week("b", Shift(start="08:00", minutes=60)))
    both = (given("employee", "pegawai", "a"), given("employee", "pegawai", "b", MONDAY))
    for own in (both, both[::-1]):
        assert plan_of(person(own=own), MONDAY, book(patterns=patterns)).required_minutes == 60


def test_shifts_that_touch_are_one_and_those_that_overlap_are_named() -> None:
    afternoon = Shift(start="14:00", minutes=420, break_minutes=30)
    plan = shift_plan(afternoon, MORNING)
    assert [(shift.starts, shift.ends) for shift in plan.shifts] == [(local(MONDAY, "07:00"), local(MONDAY, "21:00"))]
    assert plan.required_minutes == 420 + 390
    bad = shift_plan(MORNING, Shift(start="13:00", minutes=120))
    assert [shift.ends for shift in bad.shifts] == [local(MONDAY, "15:00")]
    assert "shifts_overlap" in [why.code for why in bad.why]
    assert "shifts_overlap" not in [why.code for why in plan.why]


def test_windows_are_cut_half_way_and_duty_goes_before_being_on_call() -> None:
    evening = Shift(start="18:00", minutes=240)
    first, second = shift_plan(MORNING, evening).shifts
    assert first.closes == second.opens == local(MONDAY, "16:00"), "half-way between 14:00 and 18:00"
    far = Shift(start="23:00", minutes=60, opens_minutes=120)
    first, second = shift_plan(MORNING, far).shifts
    assert first.closes == second.opens == local(MONDAY, "21:00"), "no earlier than the second opens"
    on_call = Shift(start="14:00", minutes=600, kind="on_call", opens_minutes=0)
    duty, call = shift_plan(MORNING, on_call).shifts
    assert duty.closes == call.opens == local(MONDAY, "22:00")
    assert call.required_minutes == 0


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"start": "07:30", "minutes": 1441}, "shift_over_24h"),
        ({"start": "07:30", "minutes": 60, "break_minutes": 31}, "break_over_half"),
        ({"start": "24:00", "minutes": 60}, "string_pattern_mismatch"),
        ({"start": "07:30", "minutes": 0}, "greater_than"),
        ({"start": "07:30", "minutes": 60, "flexible_minutes": 721}, "less_than_equal"),
    ],
)
def test_impossible_shifts_are_refused_by_name(fields: dict[str, object], name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Shift.model_validate(fields)
    assert [error["type"] for error in refused.value.errors()] == [name]


def test_a_shift_of_24_hours_is_possible() -> None:
    plan = shift_plan(Shift(start="08:00", minutes=1440))
    assert plan.required_minutes == 1440


@pytest.mark.parametrize(
    ("day", "start", "minutes", "starts", "ends"),
    [
        (date(2026, 3, 8), "01:30", 240, "06:30", "09:30"),  # 02:00 becomes 03:00: an hour less
        (date(2026, 3, 8), "02:30", 240, "07:00", "10:30"),  # a start that does not exist: when the clock leaps
        (date(2026, 11, 1), "01:30", 240, "05:30", "10:30"),  # 02:00 becomes 01:00: the first 01:30, an hour more
        (date(2026, 11, 1), "00:30", 60, "04:30", "05:30"),  # an end that exists twice: the first
        (date(2026, 3, 7), "22:00", 480, "03:00", "10:00"),  # the night before
    ],
)
def test_where_clocks_change(day: date, start: str, minutes: int, starts: str, ends: str) -> None:
    (shift,) = shift_plan(Shift(start=start, minutes=minutes), day=day, site="new-york").shifts
    assert (shift.starts.strftime("%H:%M"), shift.ends.strftime("%H:%M")) == (starts, ends)
    assert shift.required_minutes == (shift.ends - shift.starts) // timedelta(minutes=1)


def test_a_shift_in_the_hour_that_is_left_out_is_no_shift() -> None:
    plan = shift_plan(Shift(start="02:15", minutes=30), day=date(2026, 3, 8), site="new-york")
    assert (plan.kind, plan.shifts) == ("off", ())


def test_nothing_is_required_before_the_agency_has_begun() -> None:
    begun = book(beginnings=(Beginning(id="awal", day=date(2026, 6, 2), source="SK"),))
    before, after = (plan_of(person(), day, begun) for day in (date(2026, 6, 1), date(2026, 6, 2)))
    assert (before.kind, [why.code for why in before.why]) == ("no_schedule", ["not_begun"])
    assert after.kind == "work"
    assert plan_of(person(), date(2026, 6, 2), book(beginnings=())).kind == "no_schedule"
    assert plan_of(person(), date(2026, 6, 1), begun.planned()).kind == "work"
    assert plan_of(person(), date(2026, 6, 2), book(beginnings=()).planned()).kind == "work"
