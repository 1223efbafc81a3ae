"""Coming late and leaving early: minutes, bands, and what would have been enough. The numbers are in the tables."""

from collections.abc import Iterable

from services.attendance.days.duty import Duty
from services.attendance.days.models import Side
from services.attendance.days.spans import Span, length, outside
from services.attendance.days.tables import Band, band_of

UNDECIDED = Side(minutes=None)
"""Not known yet, or not for good."""


def late_of(came: int | None, duty: Duty, bands: tuple[Band, ...], closed: bool) -> tuple[Side, int]:
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


def early_of(left: int | None, duty: Duty, slide: int, bands: tuple[Band, ...], closed: bool) -> Side:
    """Leaving early is decided when the window has closed: until then somebody may come back."""
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
