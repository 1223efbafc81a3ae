"""A month of assessed days to the percent that is cut, line by line. Pure.

Only complete days are cut; the others are told apart. Percents only: what they are percent of is kept elsewhere.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from contracts.events.days import DayAssessed, ShiftAssessed
from services.attendance.allowance.tables import AllowanceRule
from services.attendance.days.tables import Band, band_of

What = Literal["late", "early", "absent", "partly_absent", "day_cap", "month_cap"]
NOTHING, HUNDREDTH = Decimal(0), Decimal("0.01")


class Line(NamedTuple):
    """One thing that is cut, or given back by a cap (then negative). `minutes` is None where the scan is `missing`.
    `percent` None: the table says nothing of it, so nothing is cut."""

    day: date
    what: What
    percent: Decimal | None
    rule: str
    source: str
    shift_id: str = ""
    minutes: int | None = None
    missing: bool = False
    band: str | None = None


class Month(NamedTuple):
    """What a month comes to. `unresolved` days may still cut; `unset` lines would, had the table a percent for them."""

    percent: Decimal
    lines: tuple[Line, ...]
    unresolved: tuple[date, ...]

    @property
    def unset(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.percent is None)


def month_of(days: Iterable[DayAssessed], rule_on: Callable[[date], AllowanceRule]) -> Month:
    """In whatever order the days come. Each is cut by what held on it, the month's cap is that of its last day."""
    known = sorted({day.local_date: day for day in days}.values(), key=lambda day: day.local_date)
    lines: list[Line] = []
    unresolved: list[date] = []
    for day in known:
        if day.missing or day.status == "pending":
            unresolved.append(day.local_date)
        else:
            lines += lines_of(day, rule_on(day.local_date))
    total = _sum(lines)
    if lines:
        last = rule_on(known[-1].local_date)
        if total > last.month_cap_percent:
            over = last.month_cap_percent - total
            lines.append(Line(known[-1].local_date, "month_cap", over, last.id, last.source))
            total = last.month_cap_percent
    return Month(total, tuple(lines), tuple(unresolved))


def lines_of(day: DayAssessed, rule: AllowanceRule) -> list[Line]:
    """Of one complete day."""
    if day.status == "absent":
        return [_absent(day, rule, "absent", Decimal(1))]
    lines = [line for shift in day.shifts if shift.kind == "fixed" for line in _sides(day.local_date, shift, rule)]
    if day.status == "partly_absent" and day.required_minutes:
        # No regulation says what one shift of two costs: the share of the day that was missed.
        lines.append(_absent(day, rule, "partly_absent", Decimal(day.absent_minutes) / day.required_minutes))
    cap, total = rule.day_cap_percent, _sum(lines)
    if cap is not None and total > cap:
        lines.append(Line(day.local_date, "day_cap", cap - total, rule.id, rule.source))
    return lines


def _sides(day: date, shift: ShiftAssessed, rule: AllowanceRule) -> Iterable[Line]:
    if shift.status != "present":
        return
    sides: Sequence[tuple[What, int | None, str | None, tuple[Band, ...]]] = (
        ("late", shift.late_minutes, shift.late_band, rule.late),
        ("early", shift.early_minutes, shift.early_band, rule.early),
    )
    for what, minutes, band, bands in sides:
        # No minutes and yet a band: the scan is missing, which is the highest (Permenko Infra 10/2025 Pasal 22).
        missing = minutes is None and band is not None
        found = bands[-1] if missing else band_of(minutes or 0, bands)
        if found is not None:
            yield Line(
                day,
                what,
                found.percent,
                rule.id,
                rule.source,
                shift.shift_id,
                minutes,
                missing=missing,
                band=found.code,
            )


def _absent(day: DayAssessed, rule: AllowanceRule, what: What, share: Decimal) -> Line:
    percent = rule.absent_percent
    cut = None if percent is None else (percent * share).quantize(HUNDREDTH, ROUND_HALF_UP)
    return Line(day.local_date, what, cut, rule.id, rule.absent_source, minutes=day.absent_minutes)


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((line.percent for line in lines if line.percent is not None), NOTHING)
