"""What is closed of an employee: each day's figures and their sums; and how days differ since. Pure.

Everything is whole numbers, text, lists and objects, so that there is one way to write it down and sign it
(`receipts.hashing.canonical`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from services.attendance.closings.models import Adjustment, Cause, ClosedFigures, ClosedValue, PersonClosed
from services.attendance.days.documents import Document
from services.attendance.days.telling import EXCUSED

MINUTES = ("required_minutes", "effective_minutes", "absent_minutes", "late_minutes", "early_minutes")
DAYS = ("required_days", "present_days", "absent_days", "excused_days", "late_days", "early_days")
SUMS = (*DAYS, *MINUTES)


class Known(NamedTuple):
    """A day as its document has it: when it comes to this (`telling.stored`), in which version."""

    day: date
    version: int
    said: Document


def value_of(known: Known) -> ClosedValue:
    """The figures of a day."""
    said = known.said
    bands: dict[str, int] = {}
    for shift in said.get("shifts", ()):
        for name in ("late_band", "early_band"):
            if band := shift.get(name):
                bands[band] = bands.get(band, 0) + 1
    return ClosedValue(
        version=known.version,
        status=said["status"],
        first_in=said.get("first_in"),
        last_out=said.get("last_out"),
        bands=bands,
        rules=tuple(said.get("rules", ())),
        missing=tuple(said.get("missing", ())),
        **{name: said[name] for name in SUMS},
    )


def sums(values: Iterable[ClosedValue]) -> ClosedFigures:
    """Of some days."""
    found = dict.fromkeys(SUMS, 0)
    bands: dict[str, int] = {}
    days = incomplete = 0
    for value in values:
        days, incomplete = days + 1, incomplete + bool(value.missing)
        for name in SUMS:
            found[name] += getattr(value, name)
        for band, count in value.bands.items():
            bands[band] = bands.get(band, 0) + count
    return ClosedFigures(days=days, incomplete=incomplete, bands=dict(sorted(bands.items())), **found)


def added(one: ClosedFigures, other: ClosedFigures) -> ClosedFigures:
    """Both together."""
    bands = {name: one.bands.get(name, 0) + other.bands.get(name, 0) for name in sorted({*one.bands, *other.bands})}
    names = ("days", "incomplete", *SUMS)
    return ClosedFigures(bands=bands, **{name: getattr(one, name) + getattr(other, name) for name in names})


def settled(closed: Sequence[PersonClosed]) -> dict[date, ClosedValue]:
    """What has been paid by: each closed day's value, or that of the last signed adjustment. `closed` are the closings
    of one employee in order."""
    found: dict[date, ClosedValue] = {}
    for one in closed:
        found |= {day.day: day.value for day in one.days}
        found |= {adjustment.day: adjustment.after for adjustment in one.adjustments}
    return found


def adjustments(
    settled_: Mapping[date, ClosedValue], now: Iterable[Known], periods: Mapping[date, date]
) -> list[Adjustment]:
    """Closed days that come to something else now, in order. `periods` gives the period (its first day) of a date; a
    date in none is not closed."""
    found = []
    for known in sorted(now, key=lambda one: one.day):
        period, before, after = periods.get(known.day), settled_.get(known.day), value_of(known)
        if period is not None and differ(before, after):
            found.append(
                Adjustment(
                    day=known.day,
                    period=period,
                    before=before,
                    after=after,
                    difference=_difference(before, after),
                    bands=_bands(before, after),
                    causes=causes(before, after),
                )
            )
    return found


def differ(before: ClosedValue | None, after: ClosedValue) -> bool:
    """Whether any figure is another. A day that was not there differs only when there is something in it."""
    if before is None:
        return any(getattr(after, name) for name in SUMS) or bool(after.bands)
    return _counted(before) != _counted(after)


def causes(before: ClosedValue | None, after: ClosedValue) -> tuple[Cause, ...]:
    """What has come to be known: all that can be told from both states. "other": nothing of these."""
    found: list[Cause] = []
    was = before
    if (was.first_in, was.last_out) != (after.first_in, after.last_out) if was else after.first_in or after.last_out:
        found.append("punches")
    was_status = was.status if was else ""
    if was_status != after.status and {was_status, after.status} & set(EXCUSED):
        found.append("excuse")
    if (was.required_minutes if was else 0) != after.required_minutes:
        found.append("schedule")
    if was and was.rules != after.rules:
        found.append("rules")
    if was and was.missing and not after.missing:
        found.append("completed")
    return tuple(found) or ("other",)


def _counted(value: ClosedValue) -> tuple[object, ...]:
    return (value.status, dict(value.bands), *(getattr(value, name) for name in SUMS))


def _difference(before: ClosedValue | None, after: ClosedValue) -> dict[str, int]:
    changed = {name: getattr(after, name) - (getattr(before, name) if before else 0) for name in SUMS}
    return {name: amount for name, amount in changed.items() if amount}


def _bands(before: ClosedValue | None, after: ClosedValue) -> dict[str, int]:
    was: Mapping[str, int] = before.bands if before else {}
    changed = {name: after.bands.get(name, 0) - was.get(name, 0) for name in sorted({*was, *after.bands})}
    return {name: amount for name, amount in changed.items() if amount}
