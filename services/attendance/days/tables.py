"""The dated tables days are assessed by. Sources are in the rows: `rules/lateness.yaml`, `rules/reading.yaml`."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, NamedTuple, Self

import yaml
from pydantic import Field, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

from kit.dated import Dated, Rule
from services.attendance.days.models import ExcuseKind
from services.attendance.schedules.models import Frozen

RULES = Path(__file__).parents[1] / "rules"
Rounding = Literal["floor", "ceil", "half_up"]


class Band(Frozen):
    """From so many minutes on, up to the next band. `percent` of the allowance is cut."""

    code: str
    from_minutes: int = Field(ge=1)
    percent: Decimal


class LatenessRule(Rule):
    """Bands of coming late (TL) and of leaving early (PSW). A missing scan is the highest (Permenko Infra 10/2025
    Pasal 22). `absent_percent` is cut for a day of absence; `day_cap_percent` is the most one attended day costs."""

    late: tuple[Band, ...] = Field(min_length=1)
    early: tuple[Band, ...] = Field(min_length=1)
    absent_percent: Decimal | None = None
    day_cap_percent: Decimal | None = None

    @model_validator(mode="after")
    def _rising(self) -> Self:
        for bands in (self.late, self.early):
            edges = [band.from_minutes for band in bands]
            if edges != sorted(set(edges)):
                raise PydanticCustomError("bands_not_rising", "batas menit harus naik")
        return self


class ReadingRule(Rule):
    """How punches are read. Reads within `debounce_seconds` of the first are one; two are an arrival and a departure
    only when `apart_minutes` lie between them; seconds become minutes of lateness by `rounding`. Whoever has an excuse
    of a kind in `waives_scan` at the start (or end) of a shift needs no scan there: they were at work elsewhere, or
    could not scan. Others come back to the office, and are seen."""

    debounce_seconds: int = Field(ge=0)
    apart_minutes: int = Field(ge=0)
    rounding: Rounding
    waives_scan: tuple[ExcuseKind, ...] = ()


class Tables(NamedTuple):
    """Those an agency has chosen."""

    lateness: Dated[LatenessRule]
    reading: Dated[ReadingRule]

    @property
    def since(self) -> date:
        """The first day for which all of them say something."""
        return max(self.lateness.since, self.reading.since)


class Rows(NamedTuple):
    """The rows in force on the date."""

    lateness: LatenessRule
    reading: ReadingRule


def load_lateness(path: Path = RULES / "lateness.yaml") -> Mapping[str, Dated[LatenessRule]]:
    """Every preset by its name."""
    presets = TypeAdapter(dict[str, list[LatenessRule]]).validate_python(yaml.safe_load(path.read_text()))
    return {name: Dated(rows) for name, rows in presets.items()}


def known_preset(name: str) -> str:
    """The name of a preset. Raises ValueError naming those there are."""
    if name not in (presets := load_lateness()):
        raise ValueError(f"there is no table {name!r} of lateness; there are {', '.join(sorted(presets))}")
    return name


def load_tables(preset: str = "bawaan") -> Tables:
    """The shipped tables with one of the presets. Raises KeyError when there is no such preset."""
    return Tables(load_lateness()[preset], Dated.load(RULES / "reading.yaml", ReadingRule))


def band_of(minutes: int, bands: tuple[Band, ...]) -> Band | None:
    """The band of so many whole minutes; None below the first."""
    return next((band for band in reversed(bands) if band.from_minutes <= minutes), None)
