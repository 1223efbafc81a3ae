"""What citizens said of the demo city's services on past days, and when it was released. Pure.

What is held is released in the evening on which there is enough of it, of whatever day; a month begins with nothing
held, so that a day comes out the same from wherever the past begins.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction
from random import Random
from zoneinfo import ZoneInfo

from contracts.events.directory import UnitChanged
from contracts.events.feedback import OfficerRated, ServiceRated
from kit.demo.calendar import working_days
from kit.demo.chance import bell, chance, identity, pick, share
from kit.demo.people import Person
from kit.demo.presence import at_work
from kit.journal import Fact
from kit.mongo import Document
from services.feedback.demo.texts import NOT_AT_COUNTERS, SERVICES, Given

MINIMUM_GROUP, RULE = 5, "bawaan-2026"
NAMES = ("one", "two", "three", "four", "five")
MOST_OFFICERS, FIRST_DAY = 8, date(2020, 1, 1)
NAMED = 0.7
"""The share of ratings that come from a code of somebody who served; the others are from paper."""


@dataclass(frozen=True, slots=True)
class Served:
    """A service with whoever serves there."""

    id: str
    unit_id: str
    given: Given
    officers: Sequence[str]

    def document(self) -> Document:
        """Its row of the catalogue."""
        names = {"name": self.given.name, "counters": list(self.given.counters), "unit_id": self.unit_id}
        return {"_id": self.id, **names, "valid_from": str(FIRST_DAY), "valid_to": None}


@dataclass(slots=True)
class Pool:
    """What is held back, and all that was ever given since the month began."""

    held: list[int] = field(default_factory=list)
    ratings: int = 0
    stars: int = 0

    def give(self, stars: int) -> None:
        """One more."""
        self.held.append(stars)
        self.ratings += 1
        self.stars += stars

    def release(self) -> list[int]:
        """All that is held, or nothing while it is too little."""
        if len(self.held) < MINIMUM_GROUP:
            return []
        released, self.held = self.held, []
        return released


def served(units: Iterable[UnitChanged], people: Iterable[Person], day: date) -> list[Served]:
    """The services that citizens meet, by the names of the units, with people of the unit at the counters."""
    staff: dict[str, list[tuple[float, str]]] = {}
    for person in people:
        post = person.post(day)
        if post is not None and not post.post_title.startswith(NOT_AT_COUNTERS):
            staff.setdefault(post.unit_id, []).append((share("counter", person.id), person.id))
    found = []
    for unit in sorted(units, key=lambda one: one.code):
        name = unit.versions[-1].name
        for words, services in SERVICES.items():
            for number, given in enumerate(services if words in name else ()):
                ranked = [one for _, one in sorted(staff.get(unit.unit_id, ()))]
                officers = ranked[number * MOST_OFFICERS : (number + 1) * MOST_OFFICERS] or ranked[:MOST_OFFICERS]
                found.append(Served(identity("service", unit.unit_id, given.name), unit.unit_id, given, officers))
    return found


def month(seed: int, services: Sequence[Served], last: date, zone: ZoneInfo) -> Iterator[tuple[date, list[Fact]]]:
    """The facts of each working day of a month until `last`, in order."""
    of_services = {one.id: Pool() for one in services}
    of_officers: dict[str, list[tuple[str, int]]] = {}
    for day in working_days(last.replace(day=1), last):
        at = datetime.combine(day, time(18), zone)
        facts = []
        for one in services:
            stars = _given(seed, one, day)
            for officer, number in stars:
                of_services[one.id].give(number)
                if officer is not None:
                    of_officers.setdefault(officer, []).append((one.id, number))
            if stars:
                facts.append(_service(one, day, len(stars), of_services[one.id].release(), at))
        for officer, held in sorted(of_officers.items()):
            if len(held) >= MINIMUM_GROUP:
                facts.append(_officer(officer, day, held, of_services, at))
                of_officers[officer] = []
        yield day, facts


def _given(seed: int, one: Served, day: date) -> list[tuple[str | None, int]]:
    """Who served and how many stars there were for it, each."""
    dice = chance(seed, "ratings", one.id, day)
    busy = (1.25, 1.05, 1.0, 0.95, 0.75)[day.weekday()] * (1.2 if day.month in (1, 6, 7) else 1.0)
    count = max(0, round(one.given.ratings * busy * (1 + 0.35 * bell(dice))))
    serving = [officer for officer in one.officers if at_work(seed, officer, day)]
    found: list[tuple[str | None, int]] = []
    for _ in range(count):
        officer = pick(dice, serving) if serving and dice.random() < NAMED else None
        found.append((officer, _stars(seed, one, officer, dice)))
    return found


def _stars(seed: int, one: Served, officer: str | None, dice: Random) -> int:
    """By the service and whoever served; now and then somebody is very angry."""
    if dice.random() < 0.03:
        return 1
    mean = 4.1 + 0.7 * (share(seed, "service", one.id) - 0.5)
    if officer is not None:
        mean += 1.1 * (share(seed, "officer", officer) - 0.5)
    return min(5, max(1, round(mean + 0.75 * bell(dice))))


def _counts(stars: Sequence[int]) -> Mapping[str, int]:
    return {"stars": sum(stars), **{name: stars.count(number) for number, name in enumerate(NAMES, start=1)}}


def _service(one: Served, day: date, ratings: int, released: Sequence[int], at: datetime) -> Fact:
    version = ratings + bool(released)
    event = ServiceRated(
        service_id=one.id,
        unit_id=one.unit_id,
        local_date=day,
        version=version,
        ratings=ratings,
        released=len(released),
        rated_at=at,
        **_counts(released),
    )
    return Fact.of(event, event_id=f"service|{one.id}|{day}|{version}", key=one.id, time=at)


def _officer(officer: str, day: date, held: Sequence[tuple[str, int]], of: Mapping[str, Pool], at: datetime) -> Fact:
    expected = sum(Fraction(1000 * of[service].stars, of[service].ratings) for service, _ in held)
    event = OfficerRated(
        employee_id=officer,
        local_date=day,
        version=1,
        ratings=len(held),
        expected_milli=round(expected),
        rule=RULE,
        released_at=at,
        **_counts([stars for _, stars in held]),
    )
    return Fact.of(event, event_id=f"officer|{officer}|{day}|1", key=officer, time=at)
