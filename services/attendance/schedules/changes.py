"""From when on something else may be required: what has to be assessed anew after a change. Pure.

Too many dates cost time, one too few is a wrong day: so each difference is taken with its whole validity, and a day
more on either side for windows that neighbours cut.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from services.attendance.schedules.book import Book
from services.attendance.schedules.models import Post, Valid
from services.attendance.schedules.rules import latest

DAY = timedelta(days=1)


class Range(NamedTuple):
    """Both ends included; `last` None: from then on."""

    first: date
    last: date | None


def affected(old: Book, new: Book) -> Range | None:
    """The dates for which two books may say different things; None when they say the same."""
    return _covering(_wider(one) for one in _differences(old, new))


def moved(old: Sequence[Post], new: Sequence[Post]) -> date | None:
    """The first date on which somebody holds another post, or holds it elsewhere; None when there is none."""
    edges = {post.valid_from for post in (*old, *new)}
    edges |= {post.valid_to + DAY for post in (*old, *new) if post.valid_to not in (None, date.max)}
    return min((edge for edge in edges if _where(old, edge) != _where(new, edge)), default=None)


def _where(posts: Sequence[Post], day: date) -> tuple[str, str] | None:
    held = latest(posts, day)
    return (held.unit_id, held.site_id) if held else None


def _differences(old: Book, new: Book) -> Iterator[Range]:
    if old.zone != new.zone or set(old.places) ^ set(new.places):
        yield Range(date.min, None)
    if old.began != new.began:
        begun = [day for day in (old.began, new.began) if day is not None]
        yield Range(min(begun), max(begun) if len(begun) == 2 else None)
    for holiday in set(old.holidays) ^ set(new.holidays):
        yield Range(holiday.day, holiday.day)
    for ramadan in set(old.ramadans) ^ set(new.ramadans):
        yield Range(ramadan.first, ramadan.last)
    yield from _periods(old.assigned, new.assigned)
    before, after = old.pattern_by_id, new.pattern_by_id
    for identity in before.keys() | after.keys():
        yield from _periods(
            before[identity].versions if identity in before else (),
            after[identity].versions if identity in after else (),
        )
    for unit in old.units.keys() | new.units.keys():
        yield from _periods(old.units.get(unit, ()), new.units.get(unit, ()))


def _periods(old: Sequence[Valid], new: Sequence[Valid]) -> Iterator[Range]:
    """Of what ends on another date only what lies after the earlier of the two ends is different."""
    gone = [one for one in old if one not in new]
    came = [one for one in new if one not in old]
    for one in gone:
        same = [other for other in came if other.model_copy(update={"valid_to": one.valid_to}) == one]
        if same and one.valid_to != same[0].valid_to:
            ends = [end for end in (one.valid_to, same[0].valid_to) if end is not None]
            yield Range(min(ends) + DAY, max(ends) if len(ends) == 2 else None)
            came.remove(same[0])
        else:
            yield Range(one.valid_from, one.valid_to)
    for one in came:
        yield Range(one.valid_from, one.valid_to)


def _wider(one: Range) -> Range:
    first = one.first if one.first == date.min else one.first - DAY
    return Range(first, None if one.last in (None, date.max) else one.last + DAY)


def _covering(some: Iterable[Range]) -> Range | None:
    ranges = list(some)
    if not ranges:
        return None
    ends = [one.last for one in ranges]
    return Range(min(one.first for one in ranges), None if None in ends else max(end for end in ends if end))
