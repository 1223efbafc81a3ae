"""Which dates of a person have to be looked at when time passes. Pure.

`made` is the stretch of dates that have a day because they came; `span` the first and the last that have one at all
(a punch makes its day wherever it lies); `open` are dates that time alone will change, and when; `stale` the stretch
that must be assessed anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kit.days import each_day
from services.attendance.days.spans import EPOCH
from services.attendance.schedules.book import Book, Person
from services.attendance.schedules.clock import MINUTE, instant
from services.attendance.schedules.plans import DayPlan
from services.attendance.schedules.rules import REACH, zone_on

DAY = timedelta(days=1)
AT_ONCE = EPOCH

Stretch = tuple[date, date]


@dataclass(slots=True)
class Agenda:
    """Of one person."""

    made: Stretch | None = None
    span: Stretch | None = None
    stale: Stretch | None = None
    open: dict[date, datetime] = field(default_factory=dict)

    def asked(self, person: Person, book: Book, until: datetime) -> Iterator[date]:
        """Dates to assess now, the most urgent first: what has become due, what has begun, what is stale, and what lies
        before the first that was made."""
        yield from sorted(day for day, at in self.open.items() if at <= until)
        wanted = self._wanted(person, book, until)
        if wanted is not None:
            first = wanted[0] if self.made is None else max(wanted[0], self.made[1] + DAY)
            yield from each_day(first, wanted[1])
        if self.stale is not None:
            yield from each_day(*self.stale)
        if wanted is not None and self.made is not None:
            yield from (self.made[0] - n * DAY for n in range(1, (self.made[0] - wanted[0]).days + 1))

    def done(self, day: date, plan: DayPlan, until: datetime) -> None:
        """A date was assessed with what was known until then."""
        at = next_change(plan, until)
        if at is None:
            self.open.pop(day, None)
        else:
            self.open[day] = at
        if self.stale is not None and day == self.stale[0]:
            self.stale = (day + DAY, self.stale[1]) if day < self.stale[1] else None

    def has(self, day: date) -> None:
        """There is a day for this date."""
        self.span = joined(self.span, (day, day))

    def came(self, day: date, person: Person, book: Book, until: datetime) -> None:
        """A date was assessed because it was its turn. Between stretches that are wanted lies nothing to be made."""
        wanted = self._wanted(person, book, until)
        if wanted is not None and wanted[0] <= day <= wanted[1]:
            self.made = joined(self.made, (day, day))

    def again(self, first: date, last: date | None) -> None:
        """Assess these dates anew, as far as there are days, or may be some when windows and zones are others."""
        if self.span is not None:
            since, until = max(first, self.span[0] - REACH), self.span[1] + REACH
            if since <= (until := min(last or until, until)):
                self.stale = joined(self.stale, (since, until))

    def due(self, person: Person, book: Book, until: datetime) -> datetime | None:
        """When something has to be looked at next; `AT_ONCE` when there is something left to do."""
        if next(self.asked(person, book, until), None) is not None:
            return AT_ONCE
        times = list(self.open.values())
        started = starts(person, book)
        if started is not None and (self.made is None or not _ended(person, self.made[1])):
            following = started if self.made is None else max(started, self.made[1] + DAY)
            times.append(instant(following, 0, zone_on(person, following, book)))
        return min(times, default=None)

    def _wanted(self, person: Person, book: Book, until: datetime) -> Stretch | None:
        """The dates that should have a day by now: since something is assigned, as long as a post is held."""
        first = starts(person, book)
        if first is None:
            return None
        guess = until.date() + DAY
        while instant(guess, 0, zone_on(person, guess, book)) > until:
            guess -= DAY
        ends = [post.valid_to for post in person.posts]
        last = min([guess, *([max(end for end in ends if end)] if all(ends) else [])])
        return (first, last) if first <= last else None


def starts(person: Person, book: Book) -> date | None:
    """The first date that comes by itself: assessing has begun, a post is held, a pattern may be assigned."""
    assigned = [one.valid_from for one in (*person.assigned, *book.assigned)]
    held = [post.valid_from for post in person.posts]
    return max(book.began, min(assigned), min(held)) if book.began and assigned and held else None


def next_change(plan: DayPlan, until: datetime) -> datetime | None:
    """The next instant at which a date comes to something else although nothing happens (`assess`): it begins, a shift
    is over, nobody can come to it any more, its window closes."""
    times = [plan.begins]
    for shift in plan.shifts:
        times += [shift.ends, shift.ends + shift.flexible_minutes * MINUTE, shift.closes]
    if not plan.shifts:
        times.append(plan.ends)
    return min((at for at in times if at > until), default=None)


def joined(one: Stretch | None, other: Stretch) -> Stretch:
    """The stretch from the first of both to the last."""
    return other if one is None else (min(one[0], other[0]), max(one[1], other[1]))


def _ended(person: Person, day: date) -> bool:
    return all(post.valid_to is not None and post.valid_to <= day for post in person.posts)
