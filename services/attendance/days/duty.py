"""A shift in whole minutes, and what of it is excused."""

from collections.abc import Sequence
from typing import NamedTuple

from services.attendance.days.models import Excuse, ExcuseKind
from services.attendance.days.spans import Span, ceil_minute, floor_minute, length, merged, outside
from services.attendance.schedules.plans import PlannedShift


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
        span = Span(whole.first, latest)
        if one.interval is not None:
            since, until = one.interval
            span = Span(floor_minute(since), ceil_minute(until))
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


def net(minutes: int, owed: int, duty: Duty) -> int:
    """A break nobody punched is taken off what exceeds half of the shift: who came for the morning only had none."""
    return minutes - min(owed, max(0, minutes - length([duty.whole]) // 2))
