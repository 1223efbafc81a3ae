"""A sheet is one employee's month: rostered dates, and excuses with the dates they are for. What is assigned to a
person beyond a month lies on the person's own sheet."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from services.attendance.days.models import Excuse, Fault, Seen
from services.attendance.schedules.models import Assigned, Frozen, RosterDay


class Granted(Frozen):
    """An excuse, and the dates (both included) it is for."""

    first: date
    last: date
    excuse: Excuse

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.last < self.first:
            raise PydanticCustomError("ends_before_it_begins", "berakhir sebelum mulai")
        return self


class Claimed(Frozen):
    """A punch that was granted by a correction, and the local date it was claimed for."""

    day: date
    punch: Seen


class Doubted(Frozen):
    """A fault that may be why something is held against the employee on a date, until somebody has decided."""

    day: date
    fault: Fault


class Sheet(Frozen):
    """`roster` has a date once; `granted` an excuse and `claimed` a punch (by their ids) once; `doubted` a fault once
    for each date."""

    roster: tuple[RosterDay, ...] = ()
    granted: tuple[Granted, ...] = ()
    claimed: tuple[Claimed, ...] = ()
    doubted: tuple[Doubted, ...] = ()


def sheet_of(row: Mapping[str, Any]) -> Sheet:
    """The sheet of its document."""
    return Sheet(roster=row["roster"], granted=row["granted"], claimed=row["claimed"], doubted=row.get("doubted", ()))


class OwnSheet(Frozen):
    """Patterns assigned to the employee, dated."""

    assigned: tuple[Assigned, ...] = ()


def sheet_id(employee_id: str, day: date) -> str:
    """The sheet a date is on."""
    return f"{employee_id}|{day:%Y-%m}"
