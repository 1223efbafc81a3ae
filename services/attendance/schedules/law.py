"""Hours of work by law, and the pattern that follows from them. Source of the numbers: `rules/working_time.yaml`."""

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import Field, TypeAdapter

from kit.dated import Dated, Rule
from services.attendance.schedules.models import Day, Frozen, Pattern, PatternVersion, Shift, Wall

TABLE = Path(__file__).parents[1] / "rules" / "working_time.yaml"
FRIDAY = 4


class Hours(Frozen):
    """One kind of week: minutes net of breaks, the start of each day, the break of a Friday and of other days."""

    week_minutes: int = Field(gt=0)
    start: Wall
    break_minutes: int
    friday_break_minutes: int


class WorkingTimeRule(Rule):
    """A row: a week of `work_days` (from Monday) and the same in Ramadan; `opens_minutes` and `closes_minutes` are
    ours, not the law's."""

    work_days: int = Field(ge=1, le=7)
    ordinary: Hours
    ramadan: Hours
    opens_minutes: int
    closes_minutes: int


def load(path: Path = TABLE) -> Mapping[str, Dated[WorkingTimeRule]]:
    """Every table of the file by its name: "five_day" is the law's, the others are practice."""
    tables = TypeAdapter(dict[str, list[WorkingTimeRule]]).validate_python(yaml.safe_load(path.read_text()))
    return {name: Dated(rows) for name, rows in tables.items()}


def pattern_of(rule: WorkingTimeRule, identity: str, name: str) -> Pattern:
    """The weekly pattern of an office that follows from a row: equal days, each as long as its break makes it."""
    days = tuple(
        Day(shifts=(_shift(rule, rule.ordinary, n),), ramadan=(_shift(rule, rule.ramadan, n),))
        if n < rule.work_days
        else Day()
        for n in range(7)
    )
    version = PatternVersion(valid_from=rule.valid_from, days=days, observes_holidays=True, source=rule.source)
    return Pattern(id=identity, name=name, versions=(version,))


def _shift(rule: WorkingTimeRule, hours: Hours, weekday: int) -> Shift:
    pause = hours.friday_break_minutes if weekday == FRIDAY else hours.break_minutes
    return Shift(
        start=hours.start,
        minutes=hours.week_minutes // rule.work_days + pause,
        break_minutes=pause,
        opens_minutes=rule.opens_minutes,
        closes_minutes=rule.closes_minutes,
    )
