"""One shift: who came, how late, and what it comes to. Pure."""

from collections.abc import Sequence
from datetime import datetime

from services.attendance.days.duty import Duty, duty_of, net
from services.attendance.days.models import AssessedShift, Excuse, Pause, Seen, ShiftStatus, Side
from services.attendance.days.reading import Presence, Reading, presence
from services.attendance.days.sides import UNDECIDED, early_of, late_of
from services.attendance.days.spans import Span, instant_of, length, merged, minute_in, minute_out, outside
from services.attendance.days.tables import ReadingRule, Rows
from services.attendance.schedules.clock import MINUTE
from services.attendance.schedules.plans import PlannedShift


def assess_shift(
    shift: PlannedShift, punches: Sequence[Seen], closed_until: datetime, excuses: Sequence[Excuse], rows: Rows
) -> tuple[AssessedShift, Presence]:
    """`punches` are those in the shift's window that count, in order."""
    duty = duty_of(shift, excuses, rows.reading.waives_scan)
    apart = min(rows.reading.apart_minutes, (duty.whole.last - duty.whole.first) // 2)
    over = shift.ends <= closed_until
    seen = presence(punches, Reading(rows.reading.debounce_seconds, apart, duty.expected, over))
    closed = shift.closes <= closed_until
    # Whoever has not come when the shift can last no longer is absent then, not when its window closes at night.
    missed = min(shift.closes, shift.ends + shift.flexible_minutes * MINUTE) <= closed_until
    came, left = _times(seen, duty, rows.reading)
    late, early, slide = Side(), Side(), 0
    if shift.kind == "fixed" and duty.open:
        if not seen.used:
            late = early = Side() if missed else UNDECIDED
        else:
            late, slide = late_of(came, duty, rows.lateness.late, closed)
            # Whose scan at the end is waived left when the excuse began.
            early = (
                Side()
                if seen.left is None and duty.waives_out
                else early_of(left, duty, slide, rows.lateness.early, closed)
            )
    decided = closed or (late.minutes is not None and early.minutes is not None)
    status = _status(shift, duty, seen, missed=missed, decided=decided)
    return AssessedShift(
        id=shift.id,
        kind=shift.kind,
        status=status,
        due_in=instant_of(duty.whole.first + slide),
        due_out=instant_of(duty.whole.last + slide),
        first_in=seen.arrived.at if seen.arrived else None,
        last_out=seen.left.at if seen.left else None,
        late=late,
        early=early,
        pauses=tuple(_pause(gone, back, rows) for gone, back in seen.away),
        required_minutes=shift.required_minutes,
        effective_minutes=_effective(shift, duty, came, left, slide, _away(seen, rows)),
        absent_minutes=_capped(shift, net(length(duty.open), shift.break_minutes, duty)) if status == "absent" else 0,
        excused_minutes=length([duty.whole]) - length(duty.open),
    ), seen


def _times(seen: Presence, duty: Duty, reading: ReadingRule) -> tuple[int | None, int | None]:
    """The minutes of arrival and departure; where the scan is waived, the edge of what was not excused."""
    came = left = None
    if seen.arrived is not None:
        came = minute_in(seen.arrived.at, reading.rounding)
    elif seen.used and duty.waives_in:
        came = duty.expected.first
    if seen.left is not None:
        left = minute_out(seen.left.at, reading.rounding)
    elif seen.used and duty.waives_out:
        left = duty.expected.last
    return came, left


def _status(shift: PlannedShift, duty: Duty, seen: Presence, *, missed: bool, decided: bool) -> ShiftStatus:
    if not duty.open and duty.kind is not None:
        return duty.kind
    if shift.kind == "on_call":
        return "present" if seen.used else "on_call"
    if not seen.used:
        return "absent" if missed else "pending"
    return "present" if decided else "pending"


def _effective(
    shift: PlannedShift, duty: Duty, came: int | None, left: int | None, slide: int, away: tuple[Span, ...]
) -> int:
    """Minutes of work between both scans and within the shift, away and breaks taken off; 0 without both."""
    if came is None or left is None:
        return 0
    first, last = max(came, duty.whole.first + slide), min(left, duty.whole.last + slide)
    if last <= first:
        return 0
    work = Span(first, last)
    there = tuple(outside(work, away))
    absent = tuple(outside(work, there))
    taken = sum(length(outside(span, duty.holes)) for span in absent)
    return _capped(shift, net(length(there), max(0, shift.break_minutes - taken), duty))


def _capped(shift: PlannedShift, minutes: int) -> int:
    return min(minutes, shift.required_minutes) if shift.kind == "fixed" else minutes


def _away(seen: Presence, rows: Rows) -> tuple[Span, ...]:
    spans = (Span(_out(gone, rows), _in(back, rows)) for gone, back in seen.away)
    return merged(span for span in spans if span.first < span.last)


def _pause(gone: Seen, back: Seen, rows: Rows) -> Pause:
    return Pause(left=gone.at, back=back.at, minutes=max(0, _in(back, rows) - _out(gone, rows)))


def _in(punch: Seen, rows: Rows) -> int:
    return minute_in(punch.at, rows.reading.rounding)


def _out(punch: Seen, rows: Rows) -> int:
    return minute_out(punch.at, rows.reading.rounding)
