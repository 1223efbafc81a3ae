"""What was required on a date, once more: date by date and case by case, slowly, and with none of the service's own
code but the shapes of what goes in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from services.attendance.schedules.book import Book, Person
from services.attendance.schedules.models import Pattern, Shift, Valid

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@cache
def first_time_the_clock_shows(wall: datetime, zone: str) -> datetime:
    """Look at the clock every minute, from hours before, until it shows that time or more."""
    at = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(hours=3)
    while at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) < wall:
        at += MINUTE
    return at


@dataclass
class Stint:
    """One stretch of duty with the windows it would have if it were alone."""

    day: date
    kind: str
    starts: datetime
    ends: datetime
    pause: int
    flexible: int
    opens: datetime
    closes: datetime

    @property
    def latest(self) -> datetime:
        return self.ends + timedelta(minutes=self.flexible)


class Asked:
    """What one person of one agency had to do."""

    def __init__(self, person: Person, book: Book) -> None:
        self.person, self.book = person, book

    def post(self, day: date) -> tuple[str, str, str] | None:
        """Unit, site and zone; None when any is not known."""
        for post in self.person.posts:
            if in_force(post, day):
                for place in self.book.places:
                    if place.id == post.site_id and place.zone != "Asia/Atlantis":
                        return post.unit_id, place.id, place.zone
        return None

    def zone(self, day: date) -> str:
        held = self.post(day)
        return held[2] if held else self.book.zone

    def site(self, day: date) -> str | None:
        return next((post.site_id for post in self.person.posts if in_force(post, day)), None)

    def shifts(self, day: date) -> tuple[str, Sequence[Shift]]:
        held = self.post(day)
        if held is None or not any(one.day <= day for one in self.book.beginnings):
            return "no_schedule", ()
        for entry in self.person.roster:
            if entry.day == day:
                return ("work" if entry.shifts else "off"), entry.shifts
        pattern = self.pattern(day, held[0])
        if pattern is None:
            return "no_schedule", ()
        for version in pattern.versions:
            if not in_force(version, day):
                continue
            if version.anchor is None:
                said = version.days[day.weekday()]
            else:
                position, at = 0, version.anchor
                while at < day:
                    at, position = at + DAY, position + 1
                while at > day:
                    at, position = at - DAY, position - 1
                said = version.days[position % len(version.days)]
            shifts = said.shifts
            if said.ramadan is not None and any(one.first <= day <= one.last for one in self.book.ramadans):
                shifts = said.ramadan
            if not shifts:
                return "off", ()
            if version.observes_holidays and self.is_holiday(day, held[1]):
                return "holiday", ()
            return "work", shifts
        return "no_schedule", ()

    def pattern(self, day: date, unit: str) -> Pattern | None:
        for one in self.person.assigned:
            if in_force(one, day):
                return self.named(one.pattern_id)
        at: str | None = unit
        while at is not None:
            for one in self.book.assigned:
                if one.owner_id == at and in_force(one, day):
                    return self.named(one.pattern_id)
            above = [placed.parent_id for placed in self.book.units.get(at, ()) if in_force(placed, day)]
            at = above[0] if above else None
        return None

    def named(self, identity: str) -> Pattern | None:
        return next((pattern for pattern in self.book.patterns if pattern.id == identity), None)

    def is_holiday(self, day: date, site: str) -> bool:
        (region,) = [place.region for place in self.book.places if place.id == site]
        for one in self.book.holidays:
            if one.day == day:
                if not one.sites and not one.regions:
                    return True
                if site in one.sites:
                    return True
                parts = region.split(".")
                if any(".".join(parts[:n]) in one.regions for n in range(1, len(parts) + 1)):
                    return True
        return False

    def stints(self, day: date) -> list[Stint]:
        """The duty of one date, joined where one shift begins no later than another of the same kind has ended."""
        zone, midnight = self.zone(day), datetime.combine(day, time())
        alone = []
        for shift in self.shifts(day)[1]:
            hours, minutes = (int(part) for part in shift.start.split(":"))
            wall = midnight + timedelta(hours=hours, minutes=minutes)
            starts = first_time_the_clock_shows(wall, zone)
            ends = first_time_the_clock_shows(wall + timedelta(minutes=shift.minutes), zone)
            opens = starts - timedelta(minutes=shift.opens_minutes)
            closes = ends + timedelta(minutes=shift.flexible_minutes + shift.closes_minutes)
            if starts < ends:
                alone.append(
                    Stint(day, shift.kind, starts, ends, shift.break_minutes, shift.flexible_minutes, opens, closes)
                )
        alone.sort(key=lambda one: one.starts)
        joined: list[Stint] = []
        for one in alone:
            touching = [other for other in joined if other.kind == one.kind and one.starts <= other.ends]
            if not touching:
                joined.append(one)
                continue
            (other,) = touching
            other.ends = max(other.ends, one.ends)
            other.pause += one.pause
            other.flexible = min(other.flexible, one.flexible)
            other.opens = min(other.opens, one.opens)
            other.closes = max(other.closes, one.closes)
        return joined

    def overlapping(self, day: date) -> bool:
        """Whether somebody had to be in two shifts at once: the duty of each shift of each date, minute by minute."""
        own: list[tuple[str, set[int]]] = []
        others: set[int] = set()
        for n in range(-2, 3):
            at, zone = day + n * DAY, self.zone(day + n * DAY)
            for shift in self.shifts(at)[1]:
                hours, minutes = (int(part) for part in shift.start.split(":"))
                wall = datetime.combine(at, time()) + timedelta(hours=hours, minutes=minutes)
                starts = minute(first_time_the_clock_shows(wall, zone))
                ends = minute(first_time_the_clock_shows(wall + timedelta(minutes=shift.minutes), zone))
                if at == day:
                    own.append((shift.kind, set(range(starts, ends))))
                elif shift.kind == "fixed":
                    others |= set(range(starts, ends))
        for n, (kind, some) in enumerate(own):
            if kind == "fixed" and some & others:
                return True
            if any(kind == other and some & more for other, more in own[n + 1 :]):
                return True
        return False

    def around(self, day: date) -> list[Stint]:
        """Five dates back and ahead: more than can matter."""
        found = [one for n in range(-5, 6) for one in self.stints(day + n * DAY)]
        return sorted(found, key=lambda one: (one.starts, one.day, one.kind))

    def owner(self, at: datetime, around: Sequence[Stint]) -> int | None:
        """Whose a punch is: of the shifts in whose windows it lies the one that loses it to none of the others."""
        for n, one in enumerate(around):
            if not one.opens <= at < one.closes:
                continue
            lost_before = any(at >= border(one, later) for later in around[n + 1 :] if one.closes > later.opens)
            lost_after = any(at < border(earlier, one) for earlier in around[:n] if earlier.closes > one.opens)
            if not lost_before and not lost_after:
                return n
        return None

    def closes(self, n: int, around: Sequence[Stint]) -> datetime:
        """The end of a window, by asking every minute from the last one back."""
        one = around[n]
        borders = [one.closes, *(border(one, later) for later in around[n + 1 :] if one.closes > later.opens)]
        opens = [one.opens, *(border(earlier, one) for earlier in around[:n] if earlier.closes > one.opens)]
        return max(*opens, min(borders))


def in_force(one: Valid, day: date) -> bool:
    return one.valid_from <= day <= (one.valid_to or date.max)


def border(before: Stint, after: Stint) -> datetime:
    """Between two shifts whose windows meet. Duty keeps its own window beside being on call."""
    if (before.kind, after.kind) == ("fixed", "on_call"):
        return before.closes
    if (before.kind, after.kind) == ("on_call", "fixed"):
        return after.opens
    between = (minute(after.starts) - minute(before.latest)) // 2
    middle = before.latest + timedelta(minutes=between)
    return sorted((after.opens, middle, before.closes))[1]


def minute(at: datetime) -> int:
    return int(at.timestamp()) // 60
