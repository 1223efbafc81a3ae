"""Random agencies, people, rosters and punches: zones east and west and one that changes its clocks, nights, double
shifts, flexible starts, on-call duty, Ramadan, holidays, transfers, and all that is wrong with real schedules."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import strategies as st

from services.attendance.days.models import Excuse, Fault, Seen
from services.attendance.days.tables import ReadingRule
from services.attendance.schedules.book import Book, Person
from services.attendance.schedules.models import (
    Assigned,
    Beginning,
    Day,
    Holiday,
    Pattern,
    PatternVersion,
    Place,
    Placed,
    Post,
    Ramadan,
    RosterDay,
    Shift,
)

DAY = timedelta(days=1)
PLACES = (
    Place(id="wib", zone="Asia/Jakarta", region="35.78"),
    Place(id="wita", zone="Asia/Makassar", region="51.71"),
    Place(id="wit", zone="Asia/Jayapura", region="91.71"),
    Place(id="ny", zone="America/New_York", region="99"),
    Place(id="nowhere", zone="Asia/Atlantis"),
)
FIRSTS = (date(2026, 6, 1), date(2026, 3, 6), date(2026, 10, 30), date(2026, 12, 29))
"""An ordinary week; clocks going forward in New York; going back; a new year."""
DAYS = 4
MARGINS = (0, 30, 180, 480)
LONG_AGO = date(2025, 1, 1)


@dataclass(frozen=True)
class World:
    """Who is looked at from `first` on, for `DAYS` dates, and all that happened."""

    person: Person
    book: Book
    first: date
    punches: tuple[Seen, ...]
    excuses: dict[date, tuple[Excuse, ...]]
    known: datetime
    reading: ReadingRule
    faults: dict[date, tuple[Fault, ...]]

    @property
    def days(self) -> list[date]:
        return [self.first + n * DAY for n in range(DAYS)]


seeds = st.integers(0, 2**32)


def world_of(seed: int) -> World:
    """One number decides everything: quick, and a failure is repeated from the number that is printed with it."""
    chance = Random(seed)
    first = chance.choice(FIRSTS)
    around = [first + n * DAY for n in range(-4, DAYS + 4)]
    person = _person(chance, first, around)
    book = _book(chance, first, around)
    return World(
        person,
        book,
        first,
        _punches(chance, first, person, book),
        {day: _excuses(chance, day) for day in around},
        chance.choice((_moment(chance, first), datetime(2030, 1, 1, tzinfo=UTC))),
        ReadingRule(
            id="baca",
            valid_from=LONG_AGO,
            source="",
            debounce_seconds=chance.choice((0, 60, 120)),
            apart_minutes=chance.choice((0, 30, 60)),
            rounding=chance.choice(("floor", "ceil", "half_up")),
            waives_scan=chance.choice(((), ("duty", "amnesty"))),
        ),
        {day: _faults(chance, day) for day in around},
    )


def _shift(chance: Random) -> Shift:
    minutes = chance.choice((15, 60, 240, 300, 480, 510, 720, 1440))
    return Shift(
        start=chance.choice(("00:00", "01:30", "02:15", "07:30", "08:00", "12:30", "14:00", "20:00", "22:00", "23:45")),
        minutes=minutes,
        break_minutes=min(chance.choice((0, 30, 60, 90)), minutes // 2),
        flexible_minutes=chance.choice((0, 0, 0, 15, 60)),
        opens_minutes=chance.choice(MARGINS),
        closes_minutes=chance.choice(MARGINS),
        kind=chance.choice(("fixed", "fixed", "fixed", "fixed", "on_call")),
    )


def _shifts(chance: Random) -> tuple[Shift, ...]:
    return tuple(_shift(chance) for _ in range(chance.choice((0, 1, 1, 1, 2))))


def _version(chance: Random, anchor: date) -> PatternVersion:
    weekly = chance.random() < 0.5
    days = tuple(
        Day(shifts=_shifts(chance), ramadan=_shifts(chance) if chance.random() < 0.3 else None)
        for _ in range(7 if weekly else chance.randint(1, 5))
    )
    return PatternVersion(
        valid_from=LONG_AGO,
        valid_to=anchor if chance.random() < 0.1 else None,
        days=days,
        anchor=None if weekly else anchor + chance.randint(-9, 9) * DAY,
        observes_holidays=chance.random() < 0.7,
        source="SK",
    )


def _person(chance: Random, first: date, around: list[date]) -> Person:
    sites = ("wib", "wita", "wit", "ny")
    moved = first + chance.randint(0, DAYS) * DAY
    old, new = chance.choice(sites), chance.choice((*sites, "nowhere"))
    stays = chance.random() < 0.6
    before = Post(valid_from=LONG_AGO, valid_to=None if stays else moved - DAY, unit_id="bidang", site_id=old)
    after = () if stays else (Post(valid_from=moved, unit_id=chance.choice(("bidang", "dinas")), site_id=new),)
    own = Assigned(
        id="own",
        owner="employee",
        owner_id="pegawai",
        pattern_id=chance.choice(("a", "b", "entah")),
        valid_from=first,
        valid_to=first + chance.randint(0, DAYS) * DAY,
        source="SK",
    )
    roster = tuple(
        RosterDay(employee_id="pegawai", day=day, shifts=_shifts(chance), source="SP")
        for day in around
        if chance.random() < 0.4
    )
    return Person(
        employee_id="pegawai",
        posts=() if chance.random() < 0.03 else (before, *after),
        assigned=(own,) if chance.random() < 0.4 else (),
        roster=roster,
    )


def _book(chance: Random, first: date, around: list[date]) -> Book:
    def unit(name: str, pattern: str) -> Assigned:
        return Assigned(id=name, owner="unit", owner_id=name, pattern_id=pattern, valid_from=LONG_AGO, source="SK")

    scopes: tuple[dict[str, frozenset[str]], ...] = (
        {},
        {"sites": frozenset({"wib", "ny"})},
        {"regions": frozenset({"51", "91.71", "3"})},
    )
    holidays = tuple(
        Holiday(id=f"libur-{day}", day=day, kind="local", name="", source="SKB", **chance.choice(scopes))
        for day in around
        if chance.random() < 0.15
    )
    fasting = Ramadan(id="ramadan", first=first + DAY, last=first + 2 * DAY, source="SKB")
    given = (unit("dinas", "a"), unit("bidang", "b"))
    begun = (*[LONG_AGO] * 7, first + DAY)
    many = chance.choice((0, 1, 1, 1, 1, 2))
    beginnings = tuple(Beginning(id=f"awal-{n}", day=chance.choice(begun), source="SK") for n in range(many))
    return Book(
        zone="Asia/Jakarta",
        patterns=tuple(Pattern(id=name, name=name, versions=(_version(chance, first),)) for name in ("a", "b")),
        assigned=given[: chance.randint(0, 2)],
        holidays=holidays,
        beginnings=beginnings,
        ramadans=(fasting,) if chance.random() < 0.4 else (),
        places=PLACES,
        units={"bidang": (Placed(valid_from=LONG_AGO, parent_id="dinas"),)},
    )


def _moment(chance: Random, first: date) -> datetime:
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    return midnight + timedelta(minutes=chance.randint(-24 * 60, (DAYS + 1) * 24 * 60))


def _punches(chance: Random, first: date, person: Person, book: Book) -> tuple[Seen, ...]:
    """Some at any time; most near a time at which somebody's shift begins or ends, in any zone; some twice."""
    walls = [
        (shift.begins + end * shift.minutes, day)
        for entry in person.roster
        for shift in entry.shifts
        for end in (0, 1)
        for day in (entry.day,)
    ]
    for pattern in book.patterns:
        for said in pattern.versions[0].days[:3]:
            for shift in said.shifts:
                day = first + chance.randrange(DAYS) * DAY
                walls += [(shift.begins, day), (shift.begins + shift.minutes, day)]
    moments = [_moment(chance, first) for _ in range(chance.randint(0, 6))]
    for minute, day in walls:
        if chance.random() < 0.7:
            wall = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
            hours = chance.choice((-7, -7, -8, -9, 4, 5))
            moments.append(wall + timedelta(hours=hours, seconds=chance.randint(-6000, 6000)))
    moments += [at + timedelta(seconds=chance.randint(0, 200)) for at in moments if chance.random() < 0.2]
    return tuple(
        Seen(
            id=f"p{n}",
            at=at,
            direction=chance.choice(("unknown", "unknown", "in", "out", "break_out", "break_in", "overtime_out")),
            flags=("under_review",) if chance.random() < 0.05 else (),
            outcome="rejected" if chance.random() < 0.05 else None,
        )
        for n, at in enumerate(moments)
    )


def _excuses(chance: Random, day: date) -> tuple[Excuse, ...]:
    found = []
    for n in range(chance.choice((0, 0, 0, 1, 2))):
        kind = chance.choice(("leave", "duty", "permit", "amnesty"))
        since = until = None
        if chance.random() < 0.8:
            midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
            since = midnight + timedelta(seconds=60 * chance.randint(-600, 2000) + chance.choice((0, 0, 20)))
            until = since + timedelta(seconds=60 * chance.randint(1, 600) + chance.choice((0, 0, 20)))
        found.append(Excuse(id=f"{day}-{n}", kind=kind, label="", source="", since=since, until=until))
    return tuple(found)


def _faults(chance: Random, day: date) -> tuple[Fault, ...]:
    """Some short, some that last, some on top of each other."""
    found = []
    for n in range(chance.choice((0, 0, 1, 2, 3))):
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        since = midnight + timedelta(seconds=60 * chance.randint(-600, 1400) + chance.choice((0, 0, 20)))
        until = since + timedelta(seconds=60 * chance.randint(1, chance.choice((90, 900))) + chance.choice((0, 20)))
        found.append(
            Fault(
                id=f"{day}-f{n}",
                nature=chance.choice(("down", "slow")),
                source="",
                since=since,
                until=until if chance.random() < 0.9 else None,
                recovery_minutes=chance.choice((0, 15)),
                around_minutes=chance.choice((0, 60)),
            )
        )
    return tuple(found)
