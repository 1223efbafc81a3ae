"""What a question costs does not grow with history: the same keys are looked at with one day stored and with a year.

The commands that the stores really send are listened to and explained.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from pymongo import monitoring
from pymongo.database import Database as SyncDatabase

from contracts.topics import PARTITIONS
from kit.mongo import Client, Database, blocking_database, connect_uri
from kit.projector.reading import reached
from services.reporting.generation import Generation
from services.reporting.presence.day import DayStore
from services.reporting.presence.folds import Presence
from services.reporting.presence.latest import LatestStore
from services.reporting.presence.people import Part, PeopleStore, Whose
from services.reporting.presence.periods import week_of
from services.reporting.presence.totals import TotalsStore
from services.reporting.spread.store import SpreadStore
from services.reporting.trend.store import TrendStore

pytestmark = pytest.mark.integration

TODAY = date(2026, 11, 23)
UNITS = [f"unit-{number:02d}" for number in range(8)]
PEOPLE = [f"person-{number:03d}" for number in range(120)]
SUFFIX = "_v1"
PROJECTOR_VIEW = "presence_v1"
Question = Callable[[], Awaitable[Any]]


class Commands(monitoring.CommandListener):
    """The reads of one database."""

    def __init__(self) -> None:
        self.database = ""
        self.seen: list[dict[str, Any]] = []

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        """Keep a read."""
        if event.database_name == self.database and event.command_name in ("find", "aggregate"):
            self.seen.append(
                {key: value for key, value in event.command.items() if key[0] not in "$l" or key == "limit"}
            )

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """Nothing."""

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """Nothing."""


COMMANDS = Commands()
monitoring.register(COMMANDS)


@dataclass
class Cost:
    """Of all commands of one question together."""

    keys: int = 0
    documents: int = 0
    returned: int = 0
    plans: set[str] = field(default_factory=set)


@dataclass
class Office:
    """Everything that asks the database."""

    db: Database
    totals: TotalsStore
    people: PeopleStore
    latest: LatestStore
    days: DayStore
    spreads: SpreadStore
    trends: TrendStore

    def questions(self) -> dict[str, Question]:
        """By name; the units asked for are a part of all there are."""
        on, some = str(TODAY), UNITS[:5]
        return {
            "totals of units": lambda: self.totals.units(on, some),
            "totals of all units": lambda: self.totals.units(on, None),
            "expected in units": lambda: self.totals.expected_in_units(on, some),
            "totals of sites": lambda: self.totals.sites(on),
            "arrivals": lambda: self.totals.arrivals(on, some),
            "first page": lambda: self.people.page(Whose(some), on, Part("all", 20)),
            "page of all": lambda: self.people.page(Whose(None), on, Part("all", 20)),
            "page from the end": lambda: self.people.page(Whose(some), on, Part("all", 20, backwards=True)),
            "page of all from the end": lambda: self.people.page(Whose(None), on, Part("all", 20, backwards=True)),
            "people present": lambda: self.people.page(Whose(some), on, Part("present", 20)),
            "people in reach": lambda: self.people.page(Whose(some[:1], PEOPLE[:9]), on, Part("all", 20)),
            "count in reach": lambda: self.people.count(Whose(some[:1], PEOPLE[:9]), on),
            "search": lambda: self.people.search(Whose(some), on, Part("all", 20), "1"),
            "latest": lambda: self.latest.rows(Whose(some), on, 20),
            "a day": lambda: self.days.day(PEOPLE[7], on),
            "people of a spread": lambda: self.spreads.people(Whose(some), TODAY),
            "spread of a week": lambda: self.spreads.minutes([week_of(TODAY)], PEOPLE),
            "norm of a week": lambda: self.spreads.month_norm([week_of(TODAY)], TODAY, TODAY),
            "trend of units": lambda: self.trends.periods([week_of(TODAY)], some),
            "totals of headcounts by day": lambda: self.trends.headcounts(some),
            "trend of a person": lambda: self.trends.days(PEOPLE[7], TODAY, TODAY),
            "position": lambda: reached(self.db, PROJECTOR_VIEW),
        }


@pytest_asyncio.fixture(loop_scope="session")
async def office(mongo_uri: str, database_name: str) -> AsyncIterator[Office]:
    """Read models of one day."""
    client: Client = connect_uri(mongo_uri, "cost")
    db = client[database_name]
    COMMANDS.database = database_name
    await asyncio.to_thread(_begin, blocking_database(db))
    await asyncio.to_thread(_store, blocking_database(db), TODAY)
    people = PeopleStore(db, SUFFIX)
    yield Office(
        db,
        TotalsStore(db, SUFFIX),
        people,
        LatestStore(db, SUFFIX, people),
        DayStore(db, Generation(1)),
        SpreadStore(db, SUFFIX),
        TrendStore(db, SUFFIX),
    )
    COMMANDS.database = ""
    client.close()


async def test_a_year_of_history_costs_nothing(office: Office) -> None:
    before = {name: await cost(office.db, ask) for name, ask in office.questions().items()}
    for name, found in before.items():
        assert found.returned > 0, f"{name} finds nothing, so its cost says nothing"

    await asyncio.to_thread(_a_year, blocking_database(office.db))

    for name, ask in office.questions().items():
        after = await cost(office.db, ask)
        assert after.documents == before[name].documents, f"{name}: {after}"
        # Looking up an id may land on the key beside it, which with history is another day of the same person.
        assert after.keys <= before[name].keys + before[name].returned, f"{name}: {after}"


async def test_no_question_looks_at_much_more_than_it_answers(office: Office) -> None:
    await asyncio.to_thread(_a_year, blocking_database(office.db), 30)
    for name, ask in office.questions().items():
        found = await cost(office.db, ask)
        # An aggregate returns sums; what it must look at is its shards, one per partition.
        most = found.returned * (PARTITIONS if name in ("arrivals",) or "total" in name or "expected" in name else 3)
        assert found.keys <= most + 2 * len(UNITS), f"{name}: {found}"
        assert found.documents <= most + 2 * len(UNITS), f"{name}: {found}"
        if name != "totals of all units":
            assert "COLLSCAN" not in found.plans, f"{name}: {found}"


async def cost(db: Database, ask: Question) -> Cost:
    """Ask, then have the commands explained."""
    COMMANDS.seen.clear()
    await ask()
    commands = list(COMMANDS.seen)
    assert commands
    total = Cost()
    for command in commands:
        explained = await db.command({"explain": command, "verbosity": "executionStats"})
        for stats in _found(explained, "executionStats"):
            total.keys += stats["totalKeysExamined"]
            total.documents += stats["totalDocsExamined"]
            total.returned += stats["nReturned"]
        for plan in _found(explained, "winningPlan"):
            total.plans |= set(_found(plan, "stage"))
    return total


def _found(node: Any, name: str) -> Iterator[Any]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == name:
                yield value
            if key not in ("rejectedPlans", "allPlansExecution"):
                yield from _found(value, name)
    elif isinstance(node, list):
        for item in node:
            yield from _found(item, name)


def _begin(db: "SyncDatabase[dict[str, Any]]") -> None:
    Presence().setup(db, SUFFIX)
    chance = random.Random(7)
    post = {"kind": "primary", "post_id": "p", "post_title": "P", "site_id": "site", "valid_from": "2020-01-01"}
    db["employees" + SUFFIX].insert_many(
        {
            "_id": who,
            "name": f"Nama {chance.randrange(10_000):04d}",
            "assignments": [post | {"unit_id": UNITS[number % len(UNITS)]}],
        }
        for number, who in enumerate(PEOPLE)
    )
    db["unit_headcounts" + SUFFIX].insert_many(
        {"_id": f"{unit}|p{part:02d}", "unit": unit, "changes": {"2020-01-01": 2}}
        for unit in UNITS
        for part in range(PARTITIONS)
    )
    db["checkpoints"].insert_many(
        {"_id": f"{view}:p{part:02d}", "view": view, "partition": part, "next": [{"topic": "t", "offset": 5}]}
        for view in (PROJECTOR_VIEW, "presence_v2", "another_v1")
        for part in range(PARTITIONS)
    )


def _store(db: "SyncDatabase[dict[str, Any]]", day: date) -> None:
    """One day: everybody in, every shard there, and what the feed says of it."""
    at = datetime.combine(day, datetime.min.time(), UTC)
    on = str(day)
    db["employee_days" + SUFFIX].insert_many(
        {
            "_id": f"{who}|{on}",
            "employee": who,
            "date": on,
            "unit": UNITS[number % len(UNITS)],
            "first_at": at,
            "last_at": at + timedelta(seconds=number),
            "first_site": "site",
            "count": 1,
            "punches": [{"id": "p"}],
            "strands": {"work": {"effective_minutes": 300, "month_norm_minutes": 6750}},
        }
        for number, who in enumerate(PEOPLE)
    )
    for of, places in (("unit", UNITS), ("site", ["site", "gate"])):
        db[f"{of}_days{SUFFIX}"].insert_many(
            {
                "_id": f"{where}|{on}|p{part:02d}",
                of: where,
                "date": on,
                "present": 1,
                "arrivals": {"0725": 1},
                "last_at": at,
            }
            for where in places
            for part in range(PARTITIONS)
        )
    if day.weekday() == 0:  # a row for each week
        db["employee_periods" + SUFFIX].insert_many(
            {
                "_id": f"{who}|{week_of(day)}|p00",
                "employee": who,
                "period": week_of(day),
                "work": {"effective_minutes": 300},
            }
            for who in PEOPLE
        )
        db["unit_periods" + SUFFIX].insert_many(
            {"_id": f"{unit}|{week_of(day)}|p00", "unit": unit, "period": week_of(day), "present": 5} for unit in UNITS
        )
    if day == TODAY:
        db["changes" + SUFFIX].insert_many(
            {"at": at + timedelta(seconds=number), "days": [f"{who}|{on}"]} for number, who in enumerate(PEOPLE)
        )


def _a_year(db: "SyncDatabase[dict[str, Any]]", days: int = 365) -> None:
    for number in range(1, days + 1):
        _store(db, TODAY - timedelta(days=number))
