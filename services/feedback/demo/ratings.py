"""What citizens said of the demo city's services on past days, and when it was released. Pure.

A group of one officer and one service (of paper, one service) is released in the evening on which there is enough of
it, of whatever day (ADR 21). A month begins with nothing held, so that a day comes out the same from wherever the past
begins.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
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
from services.feedback.ratings import rules
from services.feedback.ratings.rules import Mean, RatingsRule

Group = tuple[str, str]
"""(officer, or "" of paper; service)"""
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


def month(
    seed: int, services: Sequence[Served], last: date, zone: ZoneInfo, rule: RatingsRule
) -> Iterator[tuple[date, list[Fact]]]:
    """The facts of each working day of a month until `last`, in order."""
    held: dict[Group, list[int]] = {}
    means: dict[str, Mean] = {}
    for day in working_days(last.replace(day=1), last):
        given: Counter[str] = Counter()
        for one in services:
            for officer, stars in _given(seed, one, day):
                held.setdefault((officer or "", one.id), []).append(stars)
                given[one.id] += 1
        ripe = {group: held.pop(group) for group in sorted(held) if len(held[group]) >= rule.minimum_group}
        yield day, list(_facts(services, given, ripe, means, datetime.combine(day, time(18), zone), rule))


def _facts(
    services: Sequence[Served],
    given: Mapping[str, int],
    ripe: Mapping[Group, list[int]],
    means: dict[str, Mean],
    at: datetime,
    rule: RatingsRule,
) -> Iterator[Fact]:
    """What is said on an evening; `means` go on to what is released by then."""
    for one in services:
        released = [stars for (_, service), some in ripe.items() if service == one.id for stars in some]
        known = means.get(one.id, Mean(0, 0))
        means[one.id] = Mean(known.ratings + len(released), known.stars + sum(released))
        if given[one.id] or released:
            yield _service(one, given[one.id], released, at)
    for officer in sorted({officer for officer, _ in ripe if officer}):
        groups = {service: some for (whose, service), some in ripe.items() if whose == officer}
        expected = sum(rules.expected_milli(len(some), means[service]) for service, some in groups.items())
        yield _officer(officer, [stars for some in groups.values() for stars in some], expected, at, rule)


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


def _service(one: Served, ratings: int, released: Sequence[int], at: datetime) -> Fact:
    version, said = ratings + bool(released), rules.counts(released)
    event = ServiceRated(
        service_id=one.id,
        unit_id=one.unit_id,
        local_date=at.date(),
        version=version,
        ratings=ratings,
        released=said.pop("ratings"),
        rated_at=at,
        **said,
    )
    return Fact.of(event, event_id=f"service|{one.id}|{at.date()}|{version}", key=one.id, time=at)


def _officer(officer: str, stars: Sequence[int], expected_milli: int, at: datetime, rule: RatingsRule) -> Fact:
    event = OfficerRated(
        employee_id=officer,
        local_date=at.date(),
        version=1,
        expected_milli=expected_milli,
        rule=rule.id,
        released_at=at,
        **rules.counts(stars),
    )
    return Fact.of(event, event_id=f"officer|{officer}|{at.date()}|1", key=officer, time=at)
