"""Tables of rules that lawyers change: reviewed YAML, read and checked at start, resolved by the date of the event.

A table is a list of rows, each with an `id`, its first day `valid_from` and where it comes from (`source`: regulation
and article). A row holds until the next begins; what was decided keeps the id of the row it was decided by.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter


class Rule(BaseModel):
    """What every row has."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    valid_from: date
    source: str


R = TypeVar("R", bound=Rule)


class NoRule(LookupError):
    """The table says nothing about that day."""


class Dated(Generic[R]):
    """The rows of one table."""

    def __init__(self, rows: Sequence[R]) -> None:
        self._rows = sorted(rows, key=lambda row: row.valid_from, reverse=True)
        if len({row.id for row in rows}) < len(rows) or len({row.valid_from for row in rows}) < len(rows):
            raise ValueError("two rows have the same id or begin on the same day")

    @classmethod
    def load(cls, path: Path, model: type[R]) -> "Dated[R]":
        """Read a table. Raises ValueError naming every wrong field, so that a service does not start on half a law."""
        return cls(TypeAdapter(list[model]).validate_python(yaml.safe_load(path.read_text())))  # type: ignore[valid-type]

    @property
    def since(self) -> date:
        """The first day about which the table says something."""
        return self._rows[-1].valid_from

    def on(self, day: date) -> R:
        """The row in force on a day. Raises NoRule."""
        for row in self._rows:
            if row.valid_from <= day:
                return row
        raise NoRule(f"no row of {type(self._rows[0]).__name__} is in force on {day}")
