"""Random rosters and punches: every day is what the slow reference says, whatever the order facts come in."""

from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import get_args

from hypothesis import HealthCheck, given, settings

from contracts.events.days import DayStatus, Missing
from kit.dated import Dated
from services.attendance.days.faults import lighter
from services.attendance.days.models import AssessedDay, AssessedShift, Excuse, Role, Seen, Unused
from services.attendance.days.rules import assess
from services.attendance.days.tables import Tables, load_tables
from services.attendance.schedules.plans import DayPlan, PlannedShift
from services.attendance.schedules.rules import plan_of, plans_of
from tests.property.attendance.working.reference import Reference
from tests.property.attendance.working.rosters import PLACES, World, seeds, world_of

SHIPPED = load_tables()
many = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
some = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def tables(world: World) -> Tables:
    return Tables(SHIPPED.lateness, Dated([world.reading]))


def plans(world: World) -> list[DayPlan]:
    return plans_of(world.person, world.days[0], world.days[-1], world.book)


def days(world: World) -> list[AssessedDay]:
    return [
        assess(plan, world.punches, world.known, tables(world), world.excuses[plan.day], world.faults[plan.day])
        for plan in plans(world)
    ]


@many
@given(seeds)
def test_every_field_is_what_the_reference_says(seed: int) -> None:
    world = world_of(seed)
    slow = Reference(world.person, world.book, SHIPPED.lateness.on(world.first), world.reading)
    for day in days(world):
        expected = slow.day(day.day, world.punches, world.known, world.excuses[day.day], world.faults[day.day])
        assert day.model_dump(exclude={"steps", "rules"}) == expected


def test_the_worlds_have_everything_in_them() -> None:
    """Else the comparison above compares nothing."""
    found = [day for seed in range(250) for day in days(world_of(seed))]
    shifts = [shift for day in found for shift in day.shifts]
    assert {day.status for day in found} == set(get_args(DayStatus)) - {"correction"}
    assert {missing for day in found for missing in day.missing} == set(get_args(Missing))
    assert {one.reason for day in found for one in day.not_used} == set(get_args(Unused))
    assert {use.role for day in found for use in day.used} == set(get_args(Role))
    assert {shift.late.band for shift in shifts} == {None, "TL1", "TL2", "TL3", "TL4"}
    assert {shift.early.band for shift in shifts} == {None, "PSW1", "PSW2", "PSW3", "PSW4"}
    assert {day.zone for day in found} == {place.zone for place in PLACES if place.id != "nowhere"}
    assert any(shift.late.missing for shift in shifts)
    assert any(shift.early.missing for shift in shifts)
    assert any(len(day.shifts) == 2 for day in found)
    assert any(shift.due_in.date() != shift.due_out.date() for shift in shifts)
    assert any(
        day.missing == () and shift.late.to_none > (shift.late.minutes or 0) for day in found for shift in day.shifts
    )


@some
@given(seeds)
def test_any_order_and_duplicates_give_the_same_day(seed: int) -> None:
    world = world_of(seed)
    chance = Random(seed)

    def shaken(facts: tuple[object, ...]) -> tuple[object, ...]:
        again = [one for one in facts if chance.random() < 0.4]
        return tuple(chance.sample([*facts, *again], len(facts) + len(again)))

    person = world.person.model_copy(
        update={name: shaken(getattr(world.person, name)) for name in ("posts", "assigned", "roster")}
    )
    book = world.book.model_copy(
        update={
            name: shaken(getattr(world.book, name))
            for name in ("patterns", "assigned", "holidays", "ramadans", "places")
        }
    )
    for plan, day in zip(plans(world), days(world), strict=True):
        again = plan_of(type(person).model_validate(dict(person)), plan.day, type(book).model_validate(dict(book)))
        assert again == plan, "planned alone as in a row"
        punches = [one for one in shaken(world.punches) if isinstance(one, Seen)]
        excuses = chance.sample(world.excuses[day.day] * 2, 2 * len(world.excuses[day.day]))
        faults = chance.sample(world.faults[day.day] * 2, 2 * len(world.faults[day.day]))
        assert assess(again, punches, world.known, tables(world), excuses, faults) == day


@some
@given(seeds)
def test_what_is_pending_is_what_an_amnesty_would_change_and_then_nothing_is_pending(seed: int) -> None:
    world = world_of(seed)
    for plan, day in zip(plans(world), days(world), strict=True):
        plain = assess(plan, world.punches, world.known, tables(world), world.excuses[plan.day])
        assert [shift.model_dump() for shift in day.shifts] == [shift.model_dump() for shift in plain.shifts]
        assert ("outage" in day.missing) == bool(day.pending)
        amnesties = [
            Excuse(id=one.fault_id, kind="amnesty", label="", source="", since=one.since, until=one.until)
            for one in day.pending
        ]
        excuses = [*world.excuses[plan.day], *amnesties]
        eased = assess(plan, world.punches, world.known, tables(world), excuses)
        for held, now in zip(day.shifts, eased.shifts, strict=True):
            if any(one.shift_id == held.id for one in day.pending):
                assert lighter(held, now)


@some
@given(seeds)
def test_no_punch_is_used_twice_and_each_is_told_on_one_date(seed: int) -> None:
    world = world_of(seed)
    found = days(world)
    used = [use.punch_id for day in found for use in day.used]
    assert len(used) == len(set(used))
    told = [
        *used,
        *(one.punch_id for day in found for one in day.not_used if one.reason != "other_day"),
    ]
    assert len(told) == len(set(told))
    for day in found:
        assert len(day.used) + len(day.not_used) == len(world.punches), "nothing is passed over in silence"
    first, last = plans(world)[0], plans(world)[-1]
    for punch in world.punches:
        of_neighbour = any(
            window.opens <= punch.at < window.closes
            for plan in (first, last)
            for window in plan.others
            if not first.day <= window.day <= last.day
        )
        if first.begins <= punch.at < last.ends and not of_neighbour:
            assert punch.id in told


@some
@given(seeds)
def test_windows_of_one_employee_never_overlap(seed: int) -> None:
    world = world_of(seed)
    shifts = [shift for plan in plans(world) for shift in plan.shifts if shift.opens < shift.closes]
    for before, after in pairwise(sorted(shifts, key=lambda one: one.opens)):
        assert before.closes <= after.opens
    for plan in plans(world):
        for shift in plan.shifts:
            for other in plan.others:
                assert other.closes <= shift.opens or shift.closes <= other.opens or shift.opens == shift.closes


@some
@given(seeds)
def test_so_many_minutes_would_have_been_enough_and_no_fewer(seed: int) -> None:
    world = world_of(seed)
    for plan, day in zip(plans(world), days(world), strict=True):
        for planned, shift in zip(plan.shifts, day.shifts, strict=True):
            if shift.first_in is None or shift.last_out is None:
                continue
            for name, enough in (("late", shift.late.to_none), ("early", shift.early.to_none)):
                if enough:
                    sides = [
                        getattr(once_more(world, plan, planned, shift, name, minutes), name)
                        for minutes in (enough - 1, enough)
                    ]
                    assert [side.band is None for side in sides] == [False, True]


def once_more(
    world: World, plan: DayPlan, planned: PlannedShift, shift: AssessedShift, name: str, minutes: int
) -> AssessedShift:
    """The shift alone, with its two scans only, had somebody come or left so many minutes earlier or later."""
    wide = planned.model_copy(
        update={"opens": planned.opens - timedelta(days=3), "closes": planned.closes + timedelta(days=3)}
    )
    alone = plan.model_copy(update={"shifts": (wide,), "others": ()})
    better = timedelta(minutes=minutes)
    assert shift.first_in is not None
    assert shift.last_out is not None
    came = Seen(id="in", at=shift.first_in - (better if name == "late" else timedelta()))
    left = Seen(id="out", at=shift.last_out + (better if name == "early" else timedelta()))
    return assess(alone, [came, left], wide.closes, tables(world), world.excuses[plan.day]).shifts[0]
