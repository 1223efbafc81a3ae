"""One shift: late, early, there or not. Pure; the numbers are in the tables."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from services.attendance.days.models import AssessedShift, Excuse, ExcuseKind, Pause, Seen, ShiftStatus, Side
from services.attendance.days.reading import Presence, Reading, presence
from services.attendance.days.spans import (
    Span,
    ceil_minute,
    floor_minute,
    instant_of,
    length,
    merged,
    minute_in,
    minute_out,
    outside,
)
from services.attendance.days.tables import Band, LatenessRule, ReadingRule, band_of
from services.attendance.schedules.plans import PlannedShift

UNDECIDED = Side(minutes=None)


class Rows(NamedTuple):
    """The rows in force on the date."""

    lateness: LatenessRule
    reading: ReadingRule


class Duty(NamedTuple):
    """A shift in minutes, and what of it is excused: `holes` are merged; `open` is the rest, in order. `waives_in` and
    `waives_out` say that no scan is asked for at its start, at its end."""

    whole: Span
    flexible: int
    holes: tuple[Span, ...]
    open: tuple[Span, ...]
    kind: ExcuseKind | None
    waives_in: bool
    waives_out: bool

    @property
    def expected(self) -> Span:
        return Span(self.open[0].first, self.open[-1].last) if self.open else self.whole


def duty_of(shift: PlannedShift, excuses: Sequence[Excuse], waiving: Sequence[ExcuseKind]) -> Duty:
    """`excuses` in their order: the first that touches the shift gives a wholly excused one its kind."""
    whole = Span(floor_minute(shift.starts), floor_minute(shift.ends))
    latest = whole.last + shift.flexible_minutes
    touching = []
    for one in excuses:
        whole_day = one.since is None or one.until is None
        span = Span(whole.first, latest) if whole_day else Span(*_minutes(one))
        if span.first < latest and whole.first < span.last:
            touching.append((one.kind, span))
    holes = merged(span for _, span in touching)
    waived = [span for kind, span in touching if kind in waiving]
    return Duty(
        whole,
        shift.flexible_minutes,
        holes,
        tuple(outside(whole, holes)),
        kind=touching[0][0] if touching else None,
        waives_in=any(span.first <= whole.first < span.last for span in waived),
        waives_out=any(span.first < whole.last <= span.last for span in waived),
    )


def assess_shift(
    shift: PlannedShift, punches: Sequence[Seen], closed_until: datetime, excuses: Sequence[Excuse], rows: Rows
) -> tuple[AssessedShift, Presence]:
    """`punches` are those in the shift's window that count, in order."""
    duty = duty_of(shift, excuses, rows.reading.waives_scan)
    apart = min(rows.reading.apart_minutes, (duty.whole.last - duty.whole.first) // 2)
    over = shift.ends <= closed_until
    seen = presence(punches, Reading(rows.reading.debounce_seconds, apart, duty.expected, over))
    closed = shift.closes <= closed_until
    came, left = _times(seen, duty, rows.reading)
    late, early, slide = Side(), Side(), 0
    if shift.kind == "fixed" and duty.open:
        if not seen.used:
            late = early = Side() if closed else UNDECIDED
        else:
            late, slide = _late(came, duty, rows.lateness.late, closed)
            # Whose scan at the end is waived left when the excuse began.
            early = Side() if seen.left is None and duty.waives_out else _early(left, duty, slide, rows, closed)
    status = _status(shift, duty, seen, closed, decided=late.minutes is not None and early.minutes is not None)
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
        absent_minutes=_capped(shift, _net(length(duty.open), shift.break_minutes, duty)) if status == "absent" else 0,
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


def _late(came: int | None, duty: Duty, bands: tuple[Band, ...], closed: bool) -> tuple[Side, int]:
    """Lateness, and how far a flexible start has slid."""
    if came is None:
        return (Side(minutes=None, band=bands[-1].code, missing=True) if closed else UNDECIDED), 0
    until = min(max(came, duty.whole.first), duty.whole.last)
    lost = length(outside(Span(duty.whole.first, until), duty.holes))
    slide = min(lost, duty.flexible)
    band = band_of(lost - slide, bands)
    if band is None:
        return Side(minutes=lost - slide), slide
    allowed = duty.flexible + bands[0].from_minutes - 1
    return Side(minutes=lost - slide, band=band.code, to_none=came - _nth(duty.open, allowed)), slide


def _early(left: int | None, duty: Duty, slide: int, rows: Rows, closed: bool) -> Side:
    """Leaving early is decided when the window has closed: until then somebody may come back."""
    bands = rows.lateness.early
    if left is None:
        return Side(minutes=None, band=bands[-1].code, missing=True) if closed else UNDECIDED
    due = duty.whole.last + slide
    lost = length(outside(Span(max(left, duty.whole.first), due), duty.holes))
    if lost and not closed:
        return UNDECIDED
    band = band_of(lost, bands)
    if band is None:
        return Side(minutes=lost)
    owed = tuple(outside(Span(duty.whole.first, due), duty.holes))
    stay = _nth(owed, length(owed) - bands[0].from_minutes) + 1
    return Side(minutes=lost, band=band.code, to_none=stay - left)


def _nth(spans: Iterable[Span], n: int) -> int:
    """The minute before which `n` minutes of the spans lie."""
    for span in spans:
        if n < span.last - span.first:
            return span.first + n
        n -= span.last - span.first
    raise ValueError("fewer minutes than asked for")


def _status(shift: PlannedShift, duty: Duty, seen: Presence, closed: bool, decided: bool) -> ShiftStatus:
    if not duty.open and duty.kind is not None:
        return duty.kind
    if shift.kind == "on_call":
        return "present" if seen.used else "on_call"
    if not seen.used:
        return "absent" if closed else "pending"
    return "present" if decided or closed else "pending"


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
    return _capped(shift, _net(length(there), max(0, shift.break_minutes - taken), duty))


def _net(minutes: int, owed: int, duty: Duty) -> int:
    """A break nobody punched is taken off what exceeds half of the shift: who came for the morning only had none."""
    return minutes - min(owed, max(0, minutes - length([duty.whole]) // 2))


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


def _minutes(excuse: Excuse) -> tuple[int, int]:
    if excuse.since is None or excuse.until is None:
        raise ValueError("a whole day has no minutes of its own")
    return floor_minute(excuse.since), ceil_minute(excuse.until)
