"""What was required of an employee on a date. Pure: everything known comes in as `Person` and `Book`.

The order of what is looked at: the roster of that employee and date; the pattern assigned to the employee; that of the
unit of the primary post, else of the nearest unit above. A pattern that is assigned but has no version on the date is
"no_schedule", not a reason to look further up: nobody is judged by hours that were not theirs.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from kit.days import each_day
from services.attendance.schedules.book import Book, Person
from services.attendance.schedules.clock import MINUTE, instant, zone_of
from services.attendance.schedules.models import Assigned, Holiday, Place, Shift, Valid
from services.attendance.schedules.plans import DayPlan, PlanKind, PlannedShift, Why, WhyCode, Window
from services.attendance.schedules.windows import Stretch, stretches, windows

DAY = timedelta(days=1)
REACH = 3 * DAY
"""Further than this no window can meet another: a shift starts within its date, lasts a day at most, slides and stays
open 12 h each at most, and opens 12 h before at most. Twelve hours are left for a transfer to another zone."""

OVERLAP = Why(code="shifts_overlap")

V = TypeVar("V", bound=Valid)


class Required(NamedTuple):
    """What holds on one date, before it has instants."""

    kind: PlanKind
    shifts: tuple[Shift, ...]
    why: list[Why]


class Dated(NamedTuple):
    """One date of one employee, its windows not yet cut."""

    site_id: str | None
    zone: ZoneInfo
    kind: PlanKind
    why: tuple[Why, ...]
    found: list[Stretch]


def plan_of(person: Person, day: date, book: Book) -> DayPlan:
    """The plan of one date, by the zone of the site of the primary post held on it."""
    return plans_of(person, day, day, book)[0]


def plans_of(person: Person, first: date, last: date, book: Book) -> list[DayPlan]:
    """The plans of successive dates, first and last included. Each is what `plan_of` says of its date."""
    around = {day: _dated(person, day, book) for day in each_day(first - REACH, last + REACH)}
    found = sorted((one for dated in around.values() for one in dated.found), key=lambda one: (one.starts, one))
    open_closed = list(zip(found, windows(found), strict=True))
    plans = []
    for day in each_day(first, last):
        now, following = around[day], around[day + DAY]
        begins, ends = instant(day, 0, now.zone), instant(day + DAY, 0, following.zone)
        own = [(one, window) for one, window in open_closed if one.day == day]
        others = tuple(
            Window(day=one.day, opens=opens, closes=closes)
            for one, (opens, closes) in open_closed
            if one.day != day and opens < closes and abs(one.day - day) <= REACH
        )
        plans.append(
            DayPlan(
                employee_id=person.employee_id,
                day=day,
                zone=now.zone.key,
                site_id=now.site_id,
                kind=now.kind,
                shifts=tuple(_planned(f"{day}#{n}", *each) for n, each in enumerate(own, 1)),
                why=(*now.why, OVERLAP) if OVERLAP not in now.why and _meets(day, found) else now.why,
                begins=begins,
                ends=ends,
                others=tuple(one for one in others if one.opens < ends and begins < one.closes),
            )
        )
    return plans


def required(person: Person, day: date, book: Book, unit_id: str, place: Place) -> Required:
    """What was required at a place on a date, in wall times."""
    rostered = person.roster_by_day.get(day)
    if rostered is not None:
        return Required(_kind(rostered.shifts), rostered.shifts, [Why(code="roster", source=rostered.source)])
    assigned, why = _assigned(person, day, book, unit_id)
    if assigned is None:
        return Required("no_schedule", (), [why])
    pattern = book.pattern_by_id.get(assigned.pattern_id)
    version = latest(pattern.versions if pattern else (), day)
    if version is None:
        return Required("no_schedule", (), [why, Why(code="no_pattern_version", id=assigned.pattern_id)])
    named = f"{assigned.pattern_id}@{version.valid_from}"
    reasons = [why, Why(code="pattern", id=named, source=version.source)]
    said = version.day(day)
    shifts = said.shifts
    told = [one for one in book.ramadans if one.first <= day <= one.last]
    fasting = min(told, key=lambda one: one.id, default=None)
    if fasting is not None and said.ramadan is not None:
        shifts = said.ramadan
        reasons.append(Why(code="ramadan", id=fasting.id, source=fasting.source))
    holiday = next((one for one in book.holidays_by_day.get(day, ()) if concerns(one, place)), None)
    if holiday is not None and version.observes_holidays and shifts:
        return Required("holiday", (), [*reasons, Why(code="holiday", id=holiday.id, source=holiday.source)])
    return Required(_kind(shifts), shifts, reasons)


def concerns(holiday: Holiday, place: Place) -> bool:
    """Whether a holiday holds at a site."""
    if not holiday.sites and not holiday.regions:
        return True
    return place.id in holiday.sites or any(f"{place.region}.".startswith(f"{code}.") for code in holiday.regions)


def upwards(unit_id: str, day: date, book: Book) -> Iterator[str]:
    """The unit, and those above it on that date, nearest first. A tree that bites its tail ends there."""
    seen: set[str] = set()
    at: str | None = unit_id
    while at is not None and at not in seen:
        seen.add(at)
        yield at
        stood = latest(book.units.get(at, ()), day)
        at = stood.parent_id if stood else None


def zone_on(person: Person, day: date, book: Book) -> ZoneInfo:
    """The zone by whose clock a date of a person begins and ends."""
    post = latest(person.posts, day)
    place = book.place_by_id.get(post.site_id) if post else None
    return (zone_of(place.zone) if place else None) or ZoneInfo(book.zone)


def _dated(person: Person, day: date, book: Book) -> Dated:
    post = latest(person.posts, day)
    place = book.place_by_id.get(post.site_id) if post else None
    zone = zone_of(place.zone) if place else None
    site = post.site_id if post else None
    if post is None or place is None or zone is None:
        code: WhyCode = "no_post" if post is None else "unknown_site" if place is None else "unknown_zone"
        return Dated(site, ZoneInfo(book.zone), "no_schedule", (Why(code=code, id=site or ""),), [])
    if book.began is None or day < book.began:
        return Dated(site, zone, "no_schedule", (Why(code="not_begun"),), [])
    kind, shifts, why = required(person, day, book, post.unit_id, place)
    found, overlapping = stretches(day, shifts, zone)
    if overlapping:
        why.append(OVERLAP)
    if kind == "work" and not found:
        kind = "off"
    return Dated(site, zone, kind, tuple(why), found)


def _meets(day: date, found: Sequence[Stretch]) -> bool:
    """Whether a shift of the date is still on when one of another date begins, or the other way round."""
    fixed = [one for one in found if one.kind == "fixed"]
    own = [one for one in fixed if one.day == day]
    return any(one.day != day and one.starts < mine.ends and mine.starts < one.ends for mine in own for one in fixed)


def _assigned(person: Person, day: date, book: Book, unit_id: str) -> tuple[Assigned | None, Why]:
    own = latest(person.assigned, day)
    if own is not None:
        return own, Why(code="assigned_employee", id=own.id, source=own.source)
    for unit in upwards(unit_id, day, book):
        given = latest(book.assigned_by_unit.get(unit, ()), day)
        if given is not None:
            return given, Why(code="assigned_unit", id=given.id, source=given.source)
    return None, Why(code="not_assigned", id=unit_id)


def latest(some: Iterable[V], day: date) -> V | None:
    """What holds on a day. Where two do (`checks` name it) the one that began last, the same in whatever order."""
    held = [one for one in some if one.holds(day)]
    return (
        held[0] if len(held) == 1 else max(held, key=lambda one: (one.valid_from, one.model_dump_json()), default=None)
    )


def _kind(shifts: Sequence[Shift]) -> PlanKind:
    return "work" if shifts else "off"


def _planned(identity: str, stretch: Stretch, window: tuple[datetime, datetime]) -> PlannedShift:
    elapsed = (stretch.ends - stretch.starts) // MINUTE
    return PlannedShift(
        id=identity,
        kind=stretch.kind,
        starts=stretch.starts,
        ends=stretch.ends,
        opens=window[0],
        closes=window[1],
        break_minutes=stretch.break_minutes,
        flexible_minutes=stretch.flexible_minutes,
        required_minutes=max(0, elapsed - stretch.break_minutes) if stretch.kind == "fixed" else 0,
    )
