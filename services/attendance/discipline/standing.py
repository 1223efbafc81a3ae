"""Where somebody stands in a calendar year, from their assessed days, and which steps they have reached. Pure.

Only complete days count. Lost minutes are those of coming late and leaving early, and of a shift missed on a day on
which another one was worked; a scan that is missing has no minutes and adds none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kit.dated import Dated
from services.attendance.discipline.rules import (
    Counted,
    DisciplineRule,
    Indication,
    Sanction,
    days_of_minutes,
    indication,
)

NOTHING_ASKED = ("off", "holiday", "no_schedule", "on_call")
STREAK = "streak"


class Counting(NamedTuple):
    """An assessed day as discipline sees it, in the version it had."""

    state: Counted
    minutes: int = 0
    version: int = 0

    @property
    def counts(self) -> bool:
        """Whether it is evidence of anything."""
        return self.state == "absent" or self.minutes > 0


class Reached(NamedTuple):
    """A step that was reached: `key` tells it from the others of the year, `on` is the day that made it. `days` and
    `minutes` are what it came to then, and `evidence` the days it came from."""

    key: str
    step: Sanction
    from_days: int
    rule: str
    on: date
    days: int
    minutes: int
    evidence: Mapping[date, Counting]


class Standing(NamedTuple):
    """`absent` days and `minutes` of the year; `days` is both together. `near` are the keys of the steps a warning
    speaks of; `running` is how long the run of absence is that nothing known has ended."""

    found: Indication
    absent: int
    minutes: int
    remainder: int
    running: int
    near: tuple[str, ...]
    reached: tuple[Reached, ...]

    @property
    def days(self) -> int:
        return self.found.days


def counting(
    *, status: str, complete: bool, late: int, early: int, absent_minutes: int, required: bool, version: int
) -> Counting:
    """What a day is to discipline. A legal reason interrupts a run: the days were not without one."""
    if not complete or status == "pending":
        return Counting("unresolved", version=version)
    if status == "absent":
        return Counting("absent", version=version)
    if status in NOTHING_ASKED or not required:
        return Counting("not_required", version=version)
    lost = late + early + (absent_minutes if status == "partly_absent" else 0)
    return Counting("attended", lost, version)


def standing(days: Mapping[date, Counting], on: date, table: Dated[DisciplineRule]) -> Standing:
    """At the end of `on`. `days` may begin in the year before: a run that reaches over the new year is one."""
    known = {day: one for day, one in days.items() if day <= on}
    year = {day: one for day, one in sorted(known.items()) if day.year == on.year}
    minutes = sum(one.minutes for one in year.values())
    found = indication(((day, one.state) for day, one in known.items()), on, table, minutes)
    made, remainder = days_of_minutes(minutes, on, table)
    running = _running(known)
    reached = (*_by_days(year, table), *_by_streak(known, on, table))
    return Standing(
        found, found.days - made, minutes, remainder, running, tuple(_near(found, running, on, table)), reached
    )


def heaviest(reached: Iterable[Reached]) -> Reached | None:
    """The one that counts: ten in a row before all others (regulations.md section 3.2), then the most days."""
    return max(reached, key=rank, default=None)


def rank(one: Reached) -> tuple[bool, int]:
    """What is heavier ranks higher."""
    return one.key == STREAK, one.from_days


def key_of(from_days: int) -> str:
    """The key of a step of the ladder."""
    return f"{from_days:02}"


def _by_days(year: Mapping[date, Counting], table: Dated[DisciplineRule]) -> Iterator[Reached]:
    """Day after day: which step was new on which. Each is judged by the law of its day."""
    absent = minutes = before = 0
    seen: dict[date, Counting] = {}
    for day, one in year.items():
        if not one.counts:
            continue
        absent, minutes, seen[day] = absent + (one.state == "absent"), minutes + one.minutes, one
        total = absent + days_of_minutes(minutes, day, table)[0]
        rule = table.on(day)
        for step in rule.ladder:
            if before < step.from_days <= total:
                yield Reached(key_of(step.from_days), step, step.from_days, rule.id, day, total, minutes, dict(seen))
        before = max(before, total)


def _by_streak(known: Mapping[date, Counting], on: date, table: Dated[DisciplineRule]) -> Iterator[Reached]:
    """The first run of the year that was long enough on one of its days."""
    for run in _runs(known):
        for n, day in enumerate(run, 1):
            rule = table.on(day)
            if day.year == on.year and rule.streak and rule.streak_days and n == rule.streak_days:
                evidence = {one: known[one] for one in run[:n]}
                yield Reached(STREAK, rule.streak, rule.streak_days, rule.id, day, n, 0, evidence)
                return


def _runs(known: Mapping[date, Counting]) -> Sequence[list[date]]:
    """The dates of each run of absence, in order; as `rules.streaks` counts them."""
    runs: list[list[date]] = []
    going = False
    for day, one in sorted(known.items()):
        if one.state == "not_required":
            continue
        if one.state == "absent":
            if not going:
                runs.append([])
            runs[-1].append(day)
        going = one.state == "absent"
    return runs


def _running(known: Mapping[date, Counting]) -> int:
    """The run that nothing known has ended. A day whose windows are still open has not."""
    decided = {day: one for day, one in known.items() if one.state != "not_required"}
    last = max((day for day, one in decided.items() if one.state != "unresolved"), default=None)
    if last is None:
        return 0
    runs = _runs({day: one for day, one in decided.items() if day <= last})
    return len(runs[-1]) if runs and runs[-1][-1] == last else 0


def _near(found: Indication, running: int, on: date, table: Dated[DisciplineRule]) -> Iterator[str]:
    rule = table.on(on)
    if found.next_at is not None and found.days > 0 and found.next_at - found.days <= rule.warn_days_before:
        yield key_of(found.next_at)
    if rule.streak_days and rule.warn_streak_at and rule.warn_streak_at <= running < rule.streak_days:
        yield STREAK
