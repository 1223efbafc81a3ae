"""Faults of terminals and of the system: which of them may be why something is held against somebody. Pure.

A fault is pending for a shift exactly when an amnesty for it would change what is held: lateness, leaving early, a scan
that is missing, an absence. Whoever was in time, or was seen by another terminal while one was down, is not concerned;
and a scan that comes later from the terminal's memory ends it by itself.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from services.attendance.days.models import AssessedShift, Excuse, Fault, Pending, Seen, Side
from services.attendance.days.shifts import assess_shift
from services.attendance.days.tables import Rows
from services.attendance.schedules.clock import MINUTE
from services.attendance.schedules.plans import PlannedShift

LABEL = "Gangguan sistem presensi"


class Eased(NamedTuple):
    """A fault, and from when to when an amnesty for it would excuse."""

    fault: Fault
    since: datetime
    until: datetime

    @property
    def excuse(self) -> Excuse:
        """The amnesty it would justify."""
        one = self.fault
        return Excuse(id=one.id, kind="amnesty", label=LABEL, source=one.source, since=self.since, until=self.until)


def pending_of(
    shift: PlannedShift,
    found: AssessedShift,
    punches: Sequence[Seen],
    faults: Sequence[Fault],
    closed_until: datetime,
    granted: Sequence[Excuse],
    rows: Rows,
) -> list[Pending]:
    """The faults that are pending for a shift. Where several do it only together, each of them is."""
    eased = [one for fault in faults if (one := eased_by(fault, shift, found, punches)) is not None]
    if not eased:
        return []

    def held_with(some: Sequence[Eased]) -> AssessedShift:
        # What was granted comes first, and gives a wholly excused shift its kind.
        excuses = (*granted, *(one.excuse for one in some))
        return assess_shift(shift, punches, closed_until, excuses, rows)[0]

    together = held_with(eased)
    if not lighter(found, together):
        return []
    waiting = []
    for one in eased:
        alone = held_with([one])
        without = held_with([other for other in eased if other is not one])
        least = alone if lighter(found, alone) else together if lighter(without, together) else None
        if least is not None:
            waiting.append(
                Pending(
                    fault_id=one.fault.id,
                    shift_id=shift.id,
                    since=one.since,
                    until=one.until,
                    minutes=_taken_away(found, least),
                )
            )
    return waiting


def eased_by(fault: Fault, shift: PlannedShift, found: AssessedShift, punches: Sequence[Seen]) -> Eased | None:
    """What an amnesty for this fault would excuse of the shift; None: nothing."""
    since, until = fault.since, fault.until or shift.closes
    if fault.nature == "down" and any(since <= punch.at < until for punch in punches):
        return None
    until += fault.recovery_minutes * MINUTE
    around = fault.around_minutes * MINUTE
    # Who could not scan on coming early, or on leaving late: it is about the first, or the last, minute of the shift.
    if found.late.missing and shift.starts - around < until <= shift.starts:
        until = shift.starts + MINUTE
    if found.early.missing and shift.ends <= since < shift.ends + around:
        since = shift.ends - MINUTE
    if not (since < shift.ends + shift.flexible_minutes * MINUTE and shift.starts < until) or until <= since:
        return None
    return Eased(fault, since, until)


def lighter(held: AssessedShift, eased: AssessedShift) -> bool:
    """Whether less is held against somebody: no absence any more, fewer scans missing, fewer minutes in a band."""
    return _weight(eased) < _weight(held)


def _weight(shift: AssessedShift) -> tuple[bool, int, int]:
    sides = (shift.late, shift.early)
    return shift.status == "absent", sum(side.missing for side in sides), sum(map(_minutes, sides))


def _minutes(side: Side) -> int:
    return (side.minutes or 0) if side.band else 0


def _taken_away(held: AssessedShift, eased: AssessedShift) -> int:
    """Minutes late, early and absent."""
    before, after = (sum(map(_minutes, (one.late, one.early))) + one.absent_minutes for one in (held, eased))
    return max(0, before - after)
