"""A year of somebody as it is kept: the days that count, what they come to, and the warnings given. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from kit.dated import Dated
from kit.mongo import Document
from services.attendance.discipline.rules import DisciplineRule, LadderStep
from services.attendance.discipline.standing import STREAK, Counting, Reached, Standing, heaviest, key_of, standing
from services.attendance.discipline.store import year_id

BEFORE = timedelta(days=62)
"""How far before the year a run of absence is looked for; a longer one has been that year's."""

Days = Mapping[date, Counting]


class Fresh(NamedTuple):
    """A year worked out anew: its document, and the steps reached by these days."""

    row: Document
    days: Days
    reached: Sequence[Reached]


def marks_of(row: Mapping[str, Any] | None) -> dict[date, Counting]:
    """The days that counted."""
    marks = row["marks"] if row else {}
    return {date.fromisoformat(day): Counting(*one) for day, one in marks.items()}


def concerns(day: date, one: Counting, row: Mapping[str, Any] | None) -> bool:
    """Whether a day that was told may change a year: it counts otherwise than it did, or it may end a run of absence or
    join two."""
    marks = marks_of(row)
    held, counted = marks.get(day), one if one.counts else None
    if (held and (held.state, held.minutes)) != (counted and (counted.state, counted.minutes)):
        return True
    absent = [other for other, mark in marks.items() if mark.state == "absent"]
    return bool(absent) and day != max(absent) and (day < max(absent) or row is not None and row["running"] > 0)


def fresh(
    row: Document | None, employee_id: str, year: int, days: Days, table: Dated[DisciplineRule], now: datetime
) -> Fresh | None:
    """The year by these days, at its latest day that counts; None when nothing counts, or is before all law. `days` are
    all that matter to a run of absence, or only those that count when nobody was absent."""
    counted = {day: one for day, one in sorted(days.items()) if one.counts and day.year == year}
    on = max(counted, default=None)
    if row is None and (on is None or on < table.since):
        return None
    last = max(day for day in (*days, date(year, 1, 1)) if day.year <= year)
    found = standing({day: one for day, one in days.items() if day >= table.since}, max(last, date(year, 1, 1)), table)
    top = heaviest(found.reached)
    made = {
        "_id": year_id(employee_id, year),
        "employee_id": employee_id,
        "year": year,
        "marks": {str(day): list(one) for day, one in counted.items()},
        "absent": found.absent,
        "minutes": found.minutes,
        "remainder": found.remainder,
        "days": found.days,
        "streak": found.found.streak.days if found.found.streak else 0,
        "running": found.running,
        "step": top.key if top else None,
        "level": top.step.level if top else None,
        "next_at": found.found.next_at,
        "near": bool(found.near),
        "rule": found.found.rule,
        "warnings": _warned(row["warnings"] if row else [], found, last, table, now),
    }
    if row is not None and {**row, "changed_at": None} == {**made, "changed_at": None}:
        return Fresh(row, days, found.reached)
    return Fresh({**made, "changed_at": now}, days, found.reached)


def _warned(
    given: Iterable[Document], found: Standing, on: date, table: Dated[DisciplineRule], now: datetime
) -> list[Document]:
    """Each warning once as long as it holds: it ends when its step is reached, or when it holds no longer."""
    reached = {one.key for one in found.reached}
    kept: list[Document] = []
    for one in given:
        if one["ended_at"] is None and one["key"] not in found.near:
            kept.append({**one, "ended_at": now, "ended": "reached" if one["key"] in reached else "lifted"})
        else:
            kept.append(one)
    active = {one["key"] for one in kept if one["ended_at"] is None}
    return [*kept, *(_warning(key, found, on, table, now) for key in found.near if key not in active)]


def _warning(key: str, found: Standing, on: date, table: Dated[DisciplineRule], now: datetime) -> Document:
    rule = table.on(on)
    step = rule.streak if key == STREAK else next(one for one in rule.ladder if key_of(one.from_days) == key)
    assert step is not None  # noqa: S101 - what is near is a step of the rule
    from_days = step.from_days if isinstance(step, LadderStep) else rule.streak_days
    return {
        "key": key,
        "level": step.level,
        "sanction": step.sanction,
        "article": step.article,
        "from_days": from_days,
        "days": found.running if key == STREAK else found.days,
        "on": str(on),
        "raised_at": now,
        "ended_at": None,
        "ended": None,
    }
