"""From the punches in a shift's window to who came when, left when, and was away between. Pure.

Direction is derived; what the device said is evidence (devices.md section 0). Most terminals say nothing, or always
"in", or change by the clock, so the first punch is the arrival and the last the departure. Only where punches between
them come in an odd number does the device's word choose which of them belong together.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from contracts.events.attendance import Direction
from services.attendance.days.models import Role, Seen, Unused
from services.attendance.days.spans import Span, floor_minute
from services.attendance.schedules.clock import MINUTE

COMES: tuple[Direction, ...] = ("in", "break_in", "overtime_in")
LEAVES: tuple[Direction, ...] = ("out", "break_out", "overtime_out")


class Presence(NamedTuple):
    """What the punches of one window were taken as. `away` are pairs (left, came back), in order."""

    arrived: Seen | None
    left: Seen | None
    away: tuple[tuple[Seen, Seen], ...]
    used: tuple[tuple[Seen, Role], ...]
    not_used: tuple[tuple[Seen, Unused], ...]


class Reading(NamedTuple):
    """How to read one shift: settings in seconds and minutes; `expected` is the part of the shift that is not excused,
    from its first minute to its last; `over` says that the shift has ended."""

    debounce_seconds: int
    apart_minutes: int
    expected: Span
    over: bool


Read = tuple[Seen, ...]
"""Punches that are one: somebody put the finger down twice. As an arrival the first counts, as a departure the last."""


def said(direction: Direction) -> Literal["in", "out"] | None:
    """The side a device's word speaks for."""
    return "in" if direction in COMES else "out" if direction in LEAVES else None


def presence(punches: Sequence[Seen], how: Reading) -> Presence:
    """`punches` are in order of time, each once."""
    reads = _reads(punches, how.debounce_seconds)
    if not reads:
        return Presence(None, None, (), (), ())
    first, last = reads[0][0], reads[-1][-1]
    together = len(reads) == 1 or last.at - first.at < how.apart_minutes * MINUTE
    came = not together or _is_arrival(first, how)
    pairs = [] if together else [(one[-1], other[0]) for one, other in _pairs(reads[1:-1])]
    used: dict[str, tuple[Seen, Role]] = {}
    for gone, back in pairs:
        used[gone.id], used[back.id] = (gone, "break_out"), (back, "break_in")
    if came:
        used[first.id] = (first, "in")
    if not (together and came):
        used[last.id] = (last, "out")
    return Presence(
        arrived=first if came else None,
        left=None if together and came else last,
        away=tuple(pairs),
        used=tuple(used[punch.id] for punch in punches if punch.id in used),
        not_used=tuple(_left_over(reads, used, "too_close" if together else "between")),
    )


def _left_over(
    reads: Sequence[Read], used: dict[str, tuple[Seen, Role]], reason: Unused
) -> Iterator[tuple[Seen, Unused]]:
    """Of a read of which a punch is used the others are double; of any other, all but the first."""
    for read in reads:
        taken = any(punch.id in used for punch in read)
        for n, punch in enumerate(read):
            if punch.id not in used:
                yield punch, "double_read" if taken or n else reason


def _reads(punches: Sequence[Seen], debounce_seconds: int) -> list[Read]:
    """Each begins with a punch that lies more than the debounce after the beginning of the one before."""
    found: list[list[Seen]] = []
    for punch in punches:
        if found and (punch.at - found[-1][0].at).total_seconds() <= debounce_seconds:
            found[-1].append(punch)
        else:
            found.append([punch])
    return [tuple(read) for read in found]


def _is_arrival(punch: Seen, how: Reading) -> bool:
    """Of somebody seen once: while the shift lasts, they have come; later, whichever end of it is nearer."""
    return not how.over or 2 * floor_minute(punch.at) < how.expected.first + how.expected.last


def _pairs(between: Sequence[Read]) -> list[tuple[Read, Read]]:
    """Out and in again, alternately. In an odd number one punch is missing or too many: then only those the device
    itself called leaving and coming back."""
    if len(between) % 2 == 0:
        return list(zip(between[::2], between[1::2], strict=True))
    return [(one, other) for one, other in pairwise(between) if (_word(one), _word(other)) == ("out", "in")]


def _word(read: Read) -> Literal["in", "out"] | None:
    """What the device called it, when it called it one thing."""
    words = {said(punch.direction) for punch in read} - {None}
    return words.pop() if len(words) == 1 else None
