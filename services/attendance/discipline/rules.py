"""Absent days and lost minutes against the ladder (PP 94/2021, PerBKN 6/2022; regulations.md sections 3.1 and 3.2).

Pure. What comes out is an indication and never a sanction: that needs an examination.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from kit.dated import Dated, Rule
from services.attendance.schedules.models import Frozen

TABLE = Path(__file__).parents[1] / "rules" / "discipline.yaml"
Level = Literal["ringan", "sedang", "berat", "belum_dihimpun"]
Counted = Literal["absent", "attended", "not_required", "unresolved"]


class Sanction(Frozen):
    """What a step indicates. `interim` takes its place while PP 94/2021 Pasal 42 holds."""

    level: Level
    sanction: str
    article: str
    interim: str | None = None
    salary_stops: bool = False


class LadderStep(Sanction):
    """From so many unexcused working days in the calendar year on, up to the next step."""

    from_days: int = Field(ge=1)


class DisciplineRule(Rule):
    """A row. `streak` is for `streak_days` required days absent in a row; None where the regulation knows none. A
    warning comes `warn_days_before` a step, and at `warn_streak_at` days in a row. `minutes_per_absence_day` is None
    where the agency does not make days of lost minutes."""

    minutes_per_absence_day: int | None = Field(ge=1)
    warn_days_before: int = Field(ge=1)
    warn_streak_at: int | None = Field(default=None, ge=1)
    ladder: tuple[LadderStep, ...]
    streak_days: int | None = Field(default=None, ge=1)
    streak: Sanction | None = None

    @model_validator(mode="after")
    def _rising(self) -> Self:
        edges = [step.from_days for step in self.ladder]
        if edges != sorted(set(edges)):
            raise PydanticCustomError("ladder_not_rising", "jumlah hari harus naik")
        if len({self.streak_days is None, self.streak is None, self.warn_streak_at is None}) > 1:
            message = "isi streak_days, streak dan warn_streak_at, atau kosongkan semuanya"
            raise PydanticCustomError("half_a_streak", message)
        return self


class Streak(NamedTuple):
    """A run of absence over required days."""

    days: int
    first: date
    last: date


class Indication(NamedTuple):
    """Where somebody stands. `days` are the absent ones of the calendar year of `on`; `unresolved` those of it that
    must be resolved before they count; `streak` is the longest run that ended in that year; `next_at` the days at which
    the next step begins (None: there is none)."""

    on: date
    rule: str
    days: int
    streak: Streak | None
    step: Sanction | None
    by_streak: bool
    next_at: int | None
    unresolved: tuple[date, ...]


def load(path: Path = TABLE) -> Dated[DisciplineRule]:
    """The shipped ladder. Raises ValueError naming every wrong field."""
    return Dated.load(path, DisciplineRule)


def step_for(days: int, on: date, table: Dated[DisciplineRule]) -> LadderStep | None:
    """The step that so many unexcused days indicate by the law of that date; None below the first."""
    return next((step for step in reversed(table.on(on).ladder) if step.from_days <= days), None)


def next_step(days: int, on: date, table: Dated[DisciplineRule]) -> LadderStep | None:
    """The step that comes next: what an early warning speaks of."""
    return next((step for step in table.on(on).ladder if step.from_days > days), None)


def days_of_minutes(minutes: int, on: date, table: Dated[DisciplineRule]) -> tuple[int, int]:
    """Late and early minutes as absent days, and the remainder that is carried on."""
    if minutes < 0:
        raise ValueError("minutes cannot be negative")
    a_day = table.on(on).minutes_per_absence_day
    return divmod(minutes, a_day) if a_day is not None else (0, minutes)


def streaks(days: Iterable[tuple[date, Counted]]) -> list[Streak]:
    """Runs of absence, in order. Days on which nothing was required neither break nor add. An unresolved one ends a
    run: it is not known to be an absence, and what is not known indicates nothing."""
    found: list[Streak] = []
    going = False
    for day, state in sorted(_once(days).items()):
        if state == "not_required":
            continue
        if state == "absent" and going:
            found[-1] = found[-1]._replace(days=found[-1].days + 1, last=day)
        elif state == "absent":
            found.append(Streak(1, day, day))
        going = state == "absent"
    return found


def indication(
    days: Iterable[tuple[date, Counted]], on: date, table: Dated[DisciplineRule], minutes: int = 0
) -> Indication:
    """Where somebody stands on a date: the run first (it may have begun in the year before), then the days of the
    calendar year, those made of `minutes` lost in it included. Days after `on` do not count."""
    rule = table.on(on)
    states = {day: state for day, state in _once(days).items() if day <= on}
    year = {day: state for day, state in states.items() if day.year == on.year}
    absent = sum(state == "absent" for state in year.values()) + days_of_minutes(minutes, on, table)[0]
    # A run that ended in an earlier year was that year's case.
    runs = [run for run in streaks(states.items()) if run.last.year == on.year]
    streak = max(runs, key=lambda run: run.days, default=None)
    unresolved = tuple(sorted(day for day, state in year.items() if state == "unresolved"))
    by_streak = streak is not None and rule.streak_days is not None and streak.days >= rule.streak_days
    step = rule.streak if by_streak else step_for(absent, on, table)
    following = next_step(absent, on, table)
    next_at = following.from_days if following else None
    return Indication(on, rule.id, absent, streak, step, by_streak, next_at, unresolved)


def _once(days: Iterable[tuple[date, Counted]]) -> dict[date, Counted]:
    """Each date once. Said twice and differently, it is not known."""
    found: dict[date, Counted] = {}
    for day, state in days:
        found[day] = state if found.get(day, state) == state else "unresolved"
    return found
