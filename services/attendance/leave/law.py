"""The kinds of leave, duty and permit, and what holds for each. Source of the numbers: `rules/leave.yaml`."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, TypeAdapter

from kit.dated import Dated, NoRule, Rule
from services.attendance.schedules.models import Frozen

TABLE = Path(__file__).parents[1] / "rules" / "leave.yaml"

Kind = Literal[
    "annual", "sick", "maternity", "important", "big", "unpaid", "duty", "outside", "late", "early", "partial"
]
Part = Literal["day", "first_half", "second_half", "hours"]
Employment = Literal["pns", "pppk"]
LetterKind = Literal["doctor", "government_doctor", "decree", "assignment"]


class Letter(Frozen):
    """A letter that is needed when it is for more than so many calendar days."""

    over_days: int = Field(ge=0)
    kind: LetterKind


class Balance(Frozen):
    """Days a calendar year gives. What is left of it is carried into the next, `carry_days` at most; and
    `carry_unused_days` where nothing was used for `unused_years` in a row."""

    days: Decimal = Field(gt=0)
    carry_days: Decimal = Field(ge=0)
    unused_years: int = Field(ge=1)
    carry_unused_days: Decimal = Field(ge=0)


class LeaveRule(Rule):
    """A row. `service_months`: of continuous service before; `every_months`: from the end of one to the next.
    `most_months`: the longest one may be, in calendar months. `back_days`: how many days after its first day somebody
    may still ask; later the personnel agency records it. `reason`, `place`: whether they must be said. `decides`: the
    superior, or only the personnel agency. `balance`: it is drawn from days of the year, counted in working days."""

    excuse: Literal["leave", "duty", "permit"]
    parts: tuple[Part, ...] = ("day",)
    service_months: int = Field(default=0, ge=0)
    every_months: int = Field(default=0, ge=0)
    most_months: int | None = Field(default=None, ge=1)
    back_days: int = Field(default=0, ge=0)
    letters: tuple[Letter, ...] = ()
    place: bool = False
    reason: bool = False
    decides: Literal["superior", "agency"] = "superior"
    balance: Balance | None = None
    forfeits_annual: bool = False

    def letter(self, days: int) -> LetterKind | None:
        """The letter that is needed for so many calendar days."""
        needed = [one for one in self.letters if days > one.over_days]
        return max(needed, key=lambda one: one.over_days).kind if needed else None


class LeaveLaw:
    """Every table of the file."""

    def __init__(self, tables: Mapping[Kind, Mapping[Employment, Dated[LeaveRule]]]) -> None:
        self._tables = tables

    def rule(self, kind: Kind, employment: Employment, on: date) -> LeaveRule | None:
        """The row in force on a day; None where there is no such right."""
        table = self._tables.get(kind, {}).get(employment)
        try:
            return table.on(on) if table else None
        except NoRule:
            return None

    def kinds(self, employment: Employment, on: date) -> dict[Kind, LeaveRule]:
        """All there is on a day, in the order of the file."""
        found = {kind: self.rule(kind, employment, on) for kind in self._tables}
        return {kind: rule for kind, rule in found.items() if rule is not None}


def load(path: Path = TABLE) -> LeaveLaw:
    """The shipped table. Raises ValueError naming every wrong field."""
    model = TypeAdapter(dict[Kind, dict[Employment, list[LeaveRule]]])
    tables = model.validate_python(yaml.safe_load(path.read_text()))
    return LeaveLaw({kind: {whose: Dated(rows) for whose, rows in by.items()} for kind, by in tables.items()})
