"""The tables an agency may choose, and the one it has chosen for a day. Pure but for reading the shipped files."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import yaml
from pydantic import TypeAdapter

from kit.dated import Dated
from services.attendance.days.tables import RULES, Band, LatenessRule, load_lateness
from services.attendance.schedules.models import Frozen

Mark = Literal["S", "P", "U"]


class TableText(Frozen):
    """What a table says beside its bands."""

    title: str
    month_cap_percent: Decimal
    mark: Mark
    note: str


class Choice(Frozen):
    """What the agency has decided: from `valid_from` on this table. `absent_percent` is its own, where the table has
    none or it decided otherwise; `source` is its decision."""

    valid_from: date
    table: str
    absent_percent: Decimal | None = None
    source: str


class AllowanceRule(NamedTuple):
    """What holds for a day. `absent_percent` None: nobody has said what a day of absence costs."""

    id: str
    table: str
    source: str
    late: tuple[Band, ...]
    early: tuple[Band, ...]
    absent_percent: Decimal | None
    absent_source: str
    day_cap_percent: Decimal | None
    month_cap_percent: Decimal


class Tables(NamedTuple):
    """All presets. `bands` is the one days are assessed by (the setting `lateness`)."""

    lateness: Mapping[str, Dated[LatenessRule]]
    texts: Mapping[str, TableText]
    bands: str

    def rule(self, table: str, on: date, choice: Choice | None = None) -> AllowanceRule:
        """What a table says on a day; before its first day, its first row: a table is chosen as it is. The agency's own
        percent goes before the table's."""
        dated, text = self.lateness[table], self.texts[table]
        row = dated.on(max(on, dated.since))
        own = choice.absent_percent if choice is not None else None
        return AllowanceRule(
            row.id,
            table,
            row.source,
            row.late,
            row.early,
            own if own is not None else row.absent_percent,
            choice.source if choice is not None and own is not None else row.source,
            row.day_cap_percent,
            text.month_cap_percent,
        )

    def chosen(self, choices: Sequence[Choice], on: date) -> AllowanceRule:
        """What holds on a day by the agency's choices; before the first, the table days are assessed by."""
        held = _held(choices, on)
        return self.rule(held.table if held else self.bands, on, held)

    def explaining(self, choices: Sequence[Choice], on: date) -> LatenessRule | None:
        """The row a day is explained by, so that its percents are those that are cut: the same bands (`agrees`), and
        what the agency has chosen for them. None before its first choice, and where the table does not agree."""
        held = _held(choices, on)
        if held is None or not self.agrees(held.table, on):
            return None
        dated, rule = self.lateness[held.table], self.rule(held.table, on, held)
        row = dated.on(max(on, dated.since))
        changed = {"valid_from": min(row.valid_from, on), "absent_percent": rule.absent_percent}
        return row.model_copy(update=changed)

    def agrees(self, table: str, on: date) -> bool:
        """Whether a table has the bands days are assessed by, from that day on: else a day would be called one thing
        and cut as another."""
        return _edges(self.rule(table, on)) == _edges(self.rule(self.bands, on))


def load(bands: str, path: Path = RULES / "allowance.yaml") -> Tables:
    """The shipped tables. Raises ValueError when a table has bands and no text, or the other way round."""
    lateness, texts = load_lateness(), _texts(path)
    if lateness.keys() != texts.keys():
        raise ValueError(f"allowance.yaml and lateness.yaml differ: {sorted(lateness.keys() ^ texts.keys())}")
    return Tables(lateness, texts, bands)


@lru_cache
def _texts(path: Path) -> dict[str, TableText]:
    return TypeAdapter(dict[str, TableText]).validate_python(yaml.safe_load(path.read_text()))


def _held(choices: Sequence[Choice], on: date) -> Choice | None:
    return max((one for one in choices if one.valid_from <= on), key=lambda one: one.valid_from, default=None)


def _edges(rule: AllowanceRule) -> tuple[tuple[tuple[str, int], ...], ...]:
    return tuple(tuple((band.code, band.from_minutes) for band in bands) for bands in (rule.late, rule.early))
