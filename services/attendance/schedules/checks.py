"""Everything wrong or odd in what was said about working time, named at once. Nothing here is refused: a plan is made
of what there is (`rules`), and this says what to mend. What cannot be at all (a shift over 24 h) the models refuse.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Literal

from services.attendance.schedules.book import Book, Person
from services.attendance.schedules.clock import zone_of
from services.attendance.schedules.law import WorkingTimeRule
from services.attendance.schedules.models import (
    DAY_MINUTES,
    Assigned,
    Frozen,
    Pattern,
    PatternVersion,
    Shift,
    Valid,
)

Code = Literal[
    "shifts_overlap",
    "hole",
    "periods_overlap",
    "unknown_pattern",
    "unknown_zone",
    "rostered_twice",
    "holiday_twice",
    "ramadans_overlap",
    "unknown_unit",
    "unknown_site",
    "week_differs",
    "ramadan_week_differs",
]


class Finding(Frozen):
    """`where` names the thing, `at` the date or day of the pattern, `values` the numbers. A warning may be meant so."""

    code: Code
    where: str
    at: str = ""
    values: Mapping[str, int] = {}
    warning: bool = False


def check(book: Book, people: Iterable[Person], law: WorkingTimeRule) -> list[Finding]:
    """All of it, in a steady order."""
    found = [finding for pattern in book.patterns for finding in check_pattern(pattern, law)]
    found += [Finding(code="unknown_zone", where=one.id) for one in book.places if zone_of(one.zone) is None]
    found += _assignments(book.assigned, book)
    found += [Finding(code="unknown_unit", where=one.id, at=one.owner_id) for one in book.assigned if _lost(one, book)]
    found += _calendar(book)
    for person in people:
        found += _assignments(person.assigned, book)
        found += _roster(person)
    return sorted(found, key=lambda one: (one.where, one.code, one.at))


def check_pattern(pattern: Pattern, law: WorkingTimeRule) -> Iterator[Finding]:
    """Overlapping shifts, versions that overlap or leave holes, and weekly totals beside the law's (a warning: Perpres
    21/2023 Pasal 7 exempts units on duty, and a cycle is compared by its average)."""
    yield from _periods(pattern.versions, pattern.id)
    for version in pattern.versions:
        named = f"{pattern.id}@{version.valid_from}"
        ordinary = [one.shifts for one in version.days]
        fasting = [one.shifts if one.ramadan is None else one.ramadan for one in version.days]
        for n in sorted({*_overlapping(ordinary), *_overlapping(fasting)}):
            yield Finding(code="shifts_overlap", where=named, at=str(n + 1))
        yield from _week("week_differs", named, version, ordinary, law.ordinary.week_minutes)
        if any(one.ramadan is not None for one in version.days):
            yield from _week("ramadan_week_differs", named, version, fasting, law.ramadan.week_minutes)


def _week(
    code: Code, named: str, version: PatternVersion, days: Sequence[Sequence[Shift]], law: int
) -> Iterator[Finding]:
    total, length = sum(shift.net_minutes for shifts in days for shift in shifts), len(version.days)
    if total * 7 != law * length:
        yield Finding(
            code=code, where=named, values={"week_minutes": total * 7 // length, "law_minutes": law}, warning=True
        )


def _overlapping(days: Sequence[Sequence[Shift]]) -> Iterator[int]:
    """Positions of the days that have a shift in which another of that day, or of the next, begins."""
    for n, shifts in enumerate(days):
        following = days[(n + 1) % len(days)]
        spans = [_span(shift, 0) for shift in shifts if shift.kind == "fixed"]
        after = [_span(shift, DAY_MINUTES) for shift in following if shift.kind == "fixed"]
        ordered = sorted(spans)
        latest = max((end for _, end in spans), default=0)
        if any(one[1] > two[0] for one, two in pairwise(ordered)) or any(start < latest for start, _ in after):
            yield n


def _span(shift: Shift, offset: int) -> tuple[int, int]:
    return offset + shift.begins, offset + shift.begins + shift.minutes


def _assignments(some: Iterable[Assigned], book: Book) -> Iterator[Finding]:
    """Those of each owner against each other, and each against the versions of its pattern."""
    ordered = sorted(some, key=lambda one: (one.owner, one.owner_id))
    for (owner, identity), theirs in groupby(ordered, key=lambda one: (one.owner, one.owner_id)):
        listed = list(theirs)
        yield from _periods(listed, f"{owner}:{identity}")
        for one in listed:
            pattern = book.pattern_by_id.get(one.pattern_id)
            if pattern is None:
                yield Finding(code="unknown_pattern", where=one.id, at=one.pattern_id)
            else:
                yield from _uncovered(one, pattern)


def _uncovered(assigned: Assigned, pattern: Pattern) -> Iterator[Finding]:
    """Days on which somebody is assigned a pattern that says nothing: the first of each stretch."""
    edges = {assigned.valid_from, *(_after(version) for version in pattern.versions)}
    for day in sorted(edge for edge in edges if edge is not None and assigned.holds(edge)):
        if not any(version.holds(day) for version in pattern.versions):
            yield Finding(code="hole", where=assigned.id, at=day.isoformat(), warning=True)


def _lost(one: Assigned, book: Book) -> bool:
    return bool(book.units) and one.owner_id not in book.units


def _calendar(book: Book) -> Iterator[Finding]:
    """Holidays that say the same twice or name a site that nobody knows, and two Ramadans at once."""
    for day, holidays in book.holidays_by_day.items():
        said = [(one.kind, one.sites, one.regions) for one in holidays]
        for n, one in enumerate(holidays):
            if said[n] in said[:n]:
                yield Finding(code="holiday_twice", where=one.id, at=day.isoformat(), warning=True)
            for site in sorted(one.sites - book.place_by_id.keys()):
                yield Finding(code="unknown_site", where=one.id, at=site)
    ramadans = sorted(book.ramadans, key=lambda one: (one.first, one.id))
    for n, fast in enumerate(ramadans):
        if any(fast.first <= other.last for other in ramadans[:n]):
            yield Finding(code="ramadans_overlap", where=fast.id, at=fast.first.isoformat())


def _periods(some: Sequence[Valid], where: str) -> Iterator[Finding]:
    """First days of holes between periods, and of those that begin while another still holds."""
    ordered = sorted(some, key=lambda one: (one.valid_from, one.valid_to or date.max))
    until = None
    for n, one in enumerate(ordered):
        if n and any(other.holds(one.valid_from) for other in ordered[:n]):
            yield Finding(code="periods_overlap", where=where, at=one.valid_from.isoformat())
        elif n and until is not None and until < one.valid_from:
            yield Finding(code="hole", where=where, at=until.isoformat(), warning=True)
        ends = _after(one) or date.max
        until = ends if until is None else max(until, ends)


def _after(period: Valid) -> date | None:
    """The first day after it; None when it is open."""
    return None if period.valid_to in (None, date.max) else period.valid_to + timedelta(days=1)


def _roster(person: Person) -> Iterator[Finding]:
    ordered = sorted(person.roster, key=lambda one: one.day)
    for day, entries in groupby(ordered, key=lambda one: one.day):
        listed = {one.model_dump_json() for one in entries}
        if len(listed) > 1:
            yield Finding(code="rostered_twice", where=person.employee_id, at=day.isoformat())
    days = sorted(person.roster_by_day)
    for day in days:
        following = person.roster_by_day.get(day + timedelta(days=1))
        shifts = [person.roster_by_day[day].shifts, following.shifts if following else (), ()]
        if 0 in _overlapping(shifts):
            yield Finding(code="shifts_overlap", where=person.employee_id, at=day.isoformat())
