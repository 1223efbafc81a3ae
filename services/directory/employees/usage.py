"""Who would be left standing when a unit, post or site no longer holds on days on which people work there."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from services.directory.employees.models import Employee
from services.directory.register.kinds import EMPLOYEE
from services.directory.register.view import View
from services.directory.validity import Dated, text, uncovered
from services.directory.violations import Path, Violation

PlaceField = Literal["unit_id", "post_id", "site_id"]


def narrowed(before: Sequence[Dated], after: Sequence[Dated]) -> bool:
    """Whether some day that `before` covered is no longer covered."""
    return any(uncovered(period, after) for period in before)


def stranded(
    employees: Iterable[Employee], field: PlaceField, place: str, cover: Sequence[Dated]
) -> list[tuple[str, date]]:
    """(employee code, first day) of each assignment at `place` that `cover` does not hold."""
    found: list[tuple[str, date]] = []
    for employee in employees:
        for held in employee.assignments:
            missing = uncovered(held, cover) if getattr(held, field) == place else None
            if missing:
                found.append((employee.code, missing.valid_from))
    return found


def violation(path: Path, found: Sequence[tuple[str, date]], cover: Sequence[Dated]) -> Violation:
    """What to tell who wanted to end a place that is still in use."""
    shown = ", ".join(f"{code} ({day})" for code, day in found[:3])
    periods = "; ".join(text(period) for period in cover) or "tidak pernah berlaku"
    return Violation(
        path,
        f"{len(found)} penugasan pegawai jatuh di luar masa berlaku ini ({periods}): {shown}"
        f"{' …' if len(found) > 3 else ''}. Pindahkan dahulu penugasan itu.",
    )


async def left_out(
    view: View, field: PlaceField, place: str, before: Sequence[Dated], after: Sequence[Dated], path: Path
) -> list[Violation]:
    """The violation of narrowing `place` from `before` to `after` while people hold posts there; else empty."""
    if not narrowed(before, after):
        return []
    holders = [row.state async for row in view.all(EMPLOYEE, {f"state.assignments.{field}": place})]
    found = stranded(holders, field, place, after)
    return [violation(path, found, after)] if found else []
