"""What the demo city's terminals recorded on a past day. Pure: by seed, person and day, in the wall time of the site.

Most people come in time with a small noise around a habit of their own, a few late with a long tail and some of them
often; nobody punches on a day off. Going home, somebody forgets it now and then.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import log
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kit.demo.chance import bell, between, chance, pick, share
from kit.demo.people import Person
from kit.demo.presence import state_of
from kit.journal import Fact
from services.attendance.punches.lines import read_attlog
from services.attendance.punches.rules import Arrival, Origin, assess

DUTY, NOON, HOME, FRIDAY_HOME = 7 * 60 + 30, 12 * 60, 16 * 60, 16 * 60 + 30  # minutes of the day
USUAL = 7 * 60 + 18
LATE, OFTEN_LATE, OFTEN = 0.05, 0.28, 0.04  # shares: of days, of the days of those OFTEN late, of people
MONDAY_LATE, RAINY_LATE = 1.4, 1.3
RAINY = (12, 1, 2)
LATENESS, LONG_DAY = 13.0, 14.0  # mean minutes
FORGETS, TWICE, LONG_STAY = 0.012, 0.03, 0.08
FINGER, FACE, UNDEFINED = 1, 15, 255


class Mark(NamedTuple):
    """A person is recognised: seconds since midnight on the wall, going in or out."""

    seconds: int
    out: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A terminal at which people are enrolled: its PINs by employee, and the `holders` of each."""

    origin: Origin
    face: bool
    pins: Mapping[str, str]
    holders: Mapping[str, str]


class Entry(NamedTuple):
    """What one terminal sends of one day."""

    origin: Origin
    day: date
    raw: bytes
    facts: list[Fact]


def marks(seed: int, employee: str, day: date) -> list[Mark]:
    """The marks of a person's day, in order; none for whoever does not come to the office."""
    state = state_of(seed, employee, day)
    if state not in ("present", "half"):
        return []
    one = chance(seed, "punches", employee, day)
    habit = 7 * (share(seed, "habit", employee) - 0.5)
    found = [Mark(_coming(seed, employee, day, habit, one), out=False)]
    if one.random() < TWICE:
        found.append(Mark(found[0].seconds + between(one, 2, 12), out=False))
    if one.random() >= FORGETS:
        found.append(Mark(_going(day, one, half=state == "half"), out=True))
    return found


def _coming(seed: int, employee: str, day: date, habit: float, one: Random) -> int:
    late = OFTEN_LATE if share(seed, "often late", employee) < OFTEN else LATE
    late *= (MONDAY_LATE if day.weekday() == 0 else 1) * (RAINY_LATE if day.month in RAINY else 1)
    if one.random() < late:
        minute = DUTY - log(1 - one.random()) * LATENESS
    else:
        minute = min(USUAL + habit + 6 * bell(one), DUTY - 0.1)
    return int(60 * min(minute, NOON - 60))


def _going(day: date, one: Random, *, half: bool) -> int:
    if half:
        return int(60 * (NOON + 10 * one.random()))
    minute = (FRIDAY_HOME if day.weekday() == 4 else HOME) + 1 - log(1 - one.random()) * 6
    if one.random() < LONG_STAY:
        minute -= log(1 - one.random()) * LONG_DAY * 5
    return int(60 * min(minute, 22 * 60))


def day_of(seed: int, people: Iterable[Person], places: Mapping[str, Sequence[Place]], day: date) -> list[Entry]:
    """What the terminals of all sites (`places` by site) sent on a day, judged as it came in."""
    lines: dict[str, list[tuple[int, bytes]]] = {}
    used: dict[str, Place] = {}
    for person in people:
        post = person.post(day)
        found = marks(seed, person.id, day)
        if post is None or not found:
            continue
        at = [place for place in places.get(post.site_id, ()) if person.id in place.pins]
        if not at:
            continue
        usual = pick(chance(seed, "terminal", person.id, post.site_id), at)
        one = chance(seed, "terminal", person.id, day)
        for mark in found:
            place = usual if one.random() < 0.85 else pick(one, at)
            used[place.origin.serial] = place
            line = _line(place, place.pins[person.id], day, mark)
            lines.setdefault(place.origin.serial, []).append((mark.seconds, line))
    return [_entry(used[serial], day, sorted(lines[serial])) for serial in sorted(lines)]


def _line(place: Place, pin: str, day: date, mark: Mark) -> bytes:
    minutes, seconds = divmod(mark.seconds, 60)
    at = f"{day} {minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    if place.face:
        return f"{pin}\t{at}\t{UNDEFINED}\t{FACE}\t0\t0\t0\t0\t0\t0\t\n".encode()
    return f"{pin}\t{at}\t{int(mark.out)}\t{FINGER}\t\t0\t0\t\n".encode()


def _entry(place: Place, day: date, lines: Sequence[tuple[int, bytes]]) -> Entry:
    raw = b"".join(line for _, line in lines)
    night = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(place.origin.zone)) + timedelta(days=1)
    found = assess(read_attlog(raw), place.origin, place.holders, Arrival(night.astimezone(UTC), "terminal", live=True))
    if found.held:  # a past holds nothing that waits for a person
        raise ValueError(f"{place.origin.serial} {day}: {found.held[0].problem}")
    return Entry(place.origin, day, raw, found.facts)
