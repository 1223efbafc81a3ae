"""Whose punch is it: the windows of one employee's shifts, cut so that no two overlap.

Shifts of one date and kind that touch (or overlap, which `checks` name) are one stretch: nobody punches out and in
again at the seam of a double shift.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from services.attendance.schedules.clock import MINUTE, instant
from services.attendance.schedules.models import Shift

OPENS_MOST = 12 * 60 * MINUTE


class Stretch(NamedTuple):
    """A shift as instants, its window not yet cut. `latest` is its end when it starts as late as it may."""

    day: date
    kind: Literal["fixed", "on_call"]
    starts: datetime
    ends: datetime
    latest: datetime
    opens: datetime
    closes: datetime
    break_minutes: int
    flexible_minutes: int


def stretches(day: date, shifts: Iterable[Shift], zone: ZoneInfo) -> tuple[list[Stretch], bool]:
    """The shifts of one date as instants, in order, joined where they touch; and whether any two overlap."""
    found: list[Stretch] = []
    overlapping = False
    for now in sorted(_stretch(day, shift, zone) for shift in shifts):  # duty before being on call, each by its start
        if now.starts == now.ends:  # it lies wholly in the hour the clock leaps over
            continue
        if found and found[-1].kind == now.kind and now.starts <= found[-1].ends:
            overlapping |= now.starts < found[-1].ends
            found[-1] = _joined(found[-1], now)
        else:
            found.append(now)
    return sorted(found, key=lambda one: (one.starts, one)), overlapping


def cut(before: Stretch, after: Stretch) -> datetime | None:
    """Where the window of one shift ends and that of the next begins; None when they do not meet.

    Half-way between the end of one and the start of the next, as far as both windows reach. Duty goes before being on
    call: punches around a shift are the shift's.
    """
    if before.closes <= after.opens:
        return None
    if before.kind != after.kind:
        return before.closes if before.kind == "fixed" else after.opens
    middle = before.latest + (after.starts - before.latest) // (2 * MINUTE) * MINUTE
    return min(max(middle, after.opens), before.closes)


def windows(all_of_them: Sequence[Stretch]) -> list[tuple[datetime, datetime]]:
    """[opens, closes) of each, in the order given (by start). Every pair is looked at: with a bad roster a short shift
    may lie within a long one."""
    opens = [one.opens for one in all_of_them]
    closes = [one.closes for one in all_of_them]
    for first, before in enumerate(all_of_them):
        for second in range(first + 1, len(all_of_them)):
            if all_of_them[second].starts - before.closes > OPENS_MOST:
                break
            at = cut(before, all_of_them[second])
            if at is not None:
                closes[first] = min(closes[first], at)
                opens[second] = max(opens[second], at)
    return [(opening, max(opening, closing)) for opening, closing in zip(opens, closes, strict=True)]


def _stretch(day: date, shift: Shift, zone: ZoneInfo) -> Stretch:
    starts = instant(day, shift.begins, zone)
    ends = instant(day, shift.begins + shift.minutes, zone)
    latest = ends + shift.flexible_minutes * MINUTE
    opens, closes = starts - shift.opens_minutes * MINUTE, latest + shift.closes_minutes * MINUTE
    return Stretch(day, shift.kind, starts, ends, latest, opens, closes, shift.break_minutes, shift.flexible_minutes)


def _joined(one: Stretch, other: Stretch) -> Stretch:
    flexible = min(one.flexible_minutes, other.flexible_minutes)
    ends = max(one.ends, other.ends)
    return one._replace(
        ends=ends,
        latest=ends + flexible * MINUTE,
        opens=min(one.opens, other.opens),
        closes=max(one.closes, other.closes),
        break_minutes=one.break_minutes + other.break_minutes,
        flexible_minutes=flexible,
    )
