"""The assessor: whatever order, batches and copies facts come in, and whenever the clock moves between them, in the end
each day is what the rules make of all the facts."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings

from contracts.base import EventData
from contracts.events.attendance import PunchRecorded, PunchReviewed
from contracts.events.days import ClockMoved, DutyChanged
from contracts.events.directory import Assignment, EmployeeChanged
from kit.dated import Dated
from services.attendance.days.batch import BOOKS, CLOCKS, DAYS
from services.attendance.days.documents import day_id
from services.attendance.days.folds import AssessedDays
from services.attendance.days.models import Seen
from services.attendance.days.rules import assess
from services.attendance.days.slots import slot_of
from services.attendance.days.tables import Tables, load_tables
from services.attendance.days.telling import stored, told
from services.attendance.schedules.book import Book, Person
from services.attendance.schedules.models import Post
from services.attendance.schedules.rules import plan_of
from services.attendance.sheets.models import Doubted, Granted, OwnSheet, Sheet, sheet_id
from services.attendance.sheets.store import OWN, SHEETS
from tests.property.attendance.working.rosters import DAY, World, seeds, world_of
from tests.unit.kit.projector.memory import Folding, Record

SHIPPED = load_tables()
WHO = "pegawai"
some = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Told:
    """A world as it comes to the assessor, a little of it at a time."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.world = _recent(world_of(seed))
        self.tables = Tables(SHIPPED.lateness, Dated([self.world.reading]))
        self.folding = Folding(AssessedDays(self.tables))
        self.until = min(self.world.known, datetime.fromisoformat(f"{self.world.first + 9 * DAY}T00:00:00Z"))
        self.books = 0

    def in_any_order(self) -> None:
        """Facts, some twice, in batches, with the clock moving and the book and the sheets changing between them."""
        facts = self.facts()
        facts += [_employee(self.world.person), *self.chance.sample(facts, len(facts) // 3)]
        self.chance.shuffle(facts)
        book = self.chance.choice((Book(zone="Asia/Jakarta"), self.world.book))
        self.keep(book)
        moments = [self.until - timedelta(hours=self.chance.randint(0, 200)) for _ in range(3)]
        while facts:
            size = self.chance.randint(1, 4)
            batch, facts = facts[:size], facts[size:]
            if self.chance.random() < 0.5:
                batch.insert(self.chance.randint(0, len(batch)), self.clock(self.chance.choice(moments)))
            self.batch(batch)
        self.lay_sheets()
        if book != self.world.book:
            self.keep(self.world.book)
        self.exhaust()

    def at_once(self) -> None:
        """The book, the person and the sheets first, then all else in one batch."""
        self.keep(self.world.book)
        self.batch([self.clock(self.until), _employee(self.world.person)])
        self.lay_sheets()
        punches = [_recorded(self.chance, punch) for punch in self.world.punches]
        self.batch(
            [*punches, *(_reviewed(fact) for fact, one in zip(punches, self.world.punches, strict=True) if one.outcome)]
        )
        self.exhaust()

    def facts(self) -> list[EventData]:
        """Punches, and what was decided of them."""
        punches = [_recorded(self.chance, punch) for punch in self.world.punches]
        rejected = [fact for fact, punch in zip(punches, self.world.punches, strict=True) if punch.outcome]
        return [*punches, *map(_reviewed, rejected)]

    def batch(self, events: list[EventData]) -> None:
        """Fold them."""
        if events:
            assert self.folding.batch([Record.of(event) for event in events]) == []

    def clock(self, until: datetime) -> ClockMoved:
        """The clock at a moment, with the newest book."""
        return ClockMoved(slot=slot_of(WHO), until=until, book=self.books)

    def exhaust(self) -> None:
        """Let the clock run until nothing is left to do."""
        for _ in range(200):
            self.batch([self.clock(self.until)])
            if not self.folding.documents(CLOCKS)[slot_of(WHO)]["behind"]:
                return
        raise AssertionError("the assessor does not come to an end")

    def keep(self, book: Book) -> None:
        """A new version of the book."""
        self.books += 1
        self.folding.db.collections.setdefault(BOOKS, {})[self.books] = {
            "_id": self.books,
            "book": book.model_dump_json(),
        }

    def lay_sheets(self) -> None:
        """Roster, excuses and own patterns, and the word that they are others now."""
        person = self.world.person
        months: dict[str, Sheet] = {}
        days = sorted({*(one.day for one in person.roster), *self.world.excuses, *self.world.faults})
        for day in days:
            sheet = months.get(sheet_id(WHO, day), Sheet())
            months[sheet_id(WHO, day)] = Sheet(
                roster=(*sheet.roster, *(one for one in person.roster if one.day == day)),
                granted=(
                    *sheet.granted,
                    *(Granted(first=day, last=day, excuse=one) for one in self.world.excuses[day]),
                ),
                doubted=(
                    *sheet.doubted,
                    *(Doubted(day=day, fault=one) for one in self.world.faults[day]),
                ),
            )
        rows = {key: {"_id": key, "employee_id": WHO, **sheet.model_dump(mode="json")} for key, sheet in months.items()}
        self.folding.db.collections[SHEETS] = rows
        own = OwnSheet(assigned=person.assigned).model_dump(mode="json")
        self.folding.db.collections[OWN] = {WHO: {"_id": WHO, **own}}
        self.batch([DutyChanged(employee_id=WHO, first=days[0], last=days[-1], changed_at=self.until)])
        self.batch([DutyChanged(employee_id=WHO, first=days[0], changed_at=self.until)])

    def expected(self, day: date) -> tuple[dict[str, object], bool]:
        """What the rules make of the date, and whether there may be no day: where it has not begun, or nothing is
        asked, and nobody came."""
        world = self.world
        plan = plan_of(world.person, day, world.book)
        excuses, faults = world.excuses.get(day, ()), world.faults.get(day, ())
        assessed = assess(plan, world.punches, self.until, self.tables, excuses, faults)
        since, until = plan.reach
        came = any(since <= punch.at < until for punch in world.punches)
        return stored(told(assessed, plan.shifts, 0)), not came and (
            plan.begins > self.until or plan.kind == "no_schedule"
        )


@some
@given(seeds)
def test_in_any_order_and_batches_days_are_what_the_rules_make_of_the_facts(seed: int) -> None:
    told = Told(seed)
    told.in_any_order()
    _compare(told)


@some
@given(seeds)
def test_all_at_once_gives_the_same(seed: int) -> None:
    told = Told(seed)
    told.at_once()
    _compare(told)


@some
@given(seeds)
def test_what_was_said_last_of_a_day_is_what_it_is(seed: int) -> None:
    told = Told(seed)
    told.in_any_order()
    last = {fact.id.rsplit("|", 1)[0]: int(fact.id.rsplit("|", 1)[1]) for fact in told.folding.facts}
    days = told.folding.documents(DAYS)
    assert last == {identity: day["version"] for identity, day in days.items() if day["version"]}
    assert len({fact.id for fact in told.folding.facts}) == len(told.folding.facts)


def test_the_worlds_ask_for_much() -> None:
    """Else the comparisons above compare nothing."""
    found = set()
    for seed in range(60):
        told = Told(seed)
        told.at_once()
        found |= {day["said"]["status"] for day in told.folding.documents(DAYS).values() if "said" in day}
    assert found >= {
        "present",
        "absent",
        "off",
        "holiday",
        "no_schedule",
        "pending",
        "leave",
        "duty",
        "permit",
        "amnesty",
    }


def _compare(told: Told) -> None:
    days = told.folding.documents(DAYS)
    for day in told.world.days:
        expected, may_lack = told.expected(day)
        found = days.get(day_id(WHO, day), {}).get("said")
        assert found == expected or (found is None and may_lack), day


def _recent(world: World) -> World:
    """Its person began a week before, so that few days are to be made."""
    began = world.first - 8 * DAY
    posts = tuple(Post(**{**dict(post), "valid_from": max(post.valid_from, began)}) for post in world.person.posts)
    person = Person(employee_id=WHO, posts=posts, assigned=world.person.assigned, roster=world.person.roster)
    return replace(world, person=person)


def _recorded(chance: Random, punch: Seen) -> PunchRecorded:
    zone = chance.choice(("Asia/Jakarta", "Asia/Jayapura", "America/New_York"))
    return PunchRecorded(
        punch_id=punch.id,
        employee_id=WHO,
        occurred_at=punch.at,
        local_date=punch.at.astimezone(ZoneInfo(zone)).date(),
        zone=zone,
        site_id="wib",
        device_id="d",
        source="terminal",
        direction=punch.direction,
        flags=punch.flags,
    )


def _reviewed(fact: PunchRecorded) -> PunchReviewed:
    return PunchReviewed(
        punch_id=fact.punch_id,
        employee_id=WHO,
        local_date=fact.local_date,
        outcome="rejected",
        reviewed_at=fact.occurred_at + timedelta(days=1),
    )


def _employee(person: Person) -> EmployeeChanged:
    held = tuple(Assignment(post_id="jabatan", post_title="Penata", **post.model_dump()) for post in person.posts)
    return EmployeeChanged(
        employee_id=WHO,
        name="Nama",
        sex="female",
        status="pns",
        numbers=(),
        assignments=held,
        changed_at=datetime.fromisoformat("2026-01-01T00:00:00Z"),
    )
