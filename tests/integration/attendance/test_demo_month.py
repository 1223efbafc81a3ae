"""A month of the demo city on real parts: as it comes in live, once more from cold, and by the slow reference.

March 2026 has all a month can have: Ramadan until the 19th, joint leave, a transfer in its middle, turns of
firefighters over midnight, terminals that send two days late, leave and duty granted after the fact.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from contracts.events.attendance import PunchRecorded
from contracts.events.directory import EmployeeChanged
from contracts.topics import BY_TYPE, Topic
from kit.days import each_day
from kit.demo.people import people_of as demo_people
from kit.journal import Fact
from kit.kafka import ensure_topics, reader
from kit.mongo import Database, Session, connect, in_transaction
from kit.projector import Projector
from kit.projector.reading import wait_for
from kit.relay import Relay
from services.attendance.days.batch import BOOKS, DAYS, SUFFIX
from services.attendance.days.clock import Clock as Assessing
from services.attendance.days.documents import day_id
from services.attendance.days.folds import AssessedDays
from services.attendance.days.models import AssessedDay, Excuse, Seen
from services.attendance.days.tables import load_tables
from services.attendance.days.telling import stored, told
from services.attendance.demo.load import places_of
from services.attendance.demo.punches import day_of
from services.attendance.demo.register import register
from services.attendance.demo.working_time import FIRE, SERVICE
from services.attendance.parts import Parts
from services.attendance.schedules.book import Book, Person
from services.attendance.schedules.models import primary_posts
from services.attendance.schedules.rules import plan_of
from services.attendance.sheets.models import Granted
from services.attendance.sheets.store import OWN, SHEETS
from services.directory.demo.city import sites, units
from services.directory.demo.people import employees, posts
from services.directory.ids import entity_id
from services.directory.register.facts import employee_changed, site_changed, unit_changed
from tests.integration.attendance.conftest import Clock, settings_for
from tests.integration.kit.heart import eventually, running
from tests.property.attendance.working.reference import Reference

pytestmark = [pytest.mark.integration, pytest.mark.timeout(400)]

PEOPLE = 320
BEFORE, FIRST, LAST, KNOWN = date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 4)
SEED = 7
EVERY = 40
"""One of so many people is worked out by the reference, which takes its time; those on turns all."""


@dataclass
class Month:
    """The month as it comes in. `excuses` and `punches` by employee are what the reference is told."""

    parts: Parts
    clock: Clock
    people: dict[str, EmployeeChanged]
    assessing: Assessing
    excuses: dict[str, list[Granted]] = field(default_factory=dict)
    punches: dict[str, list[Seen]] = field(default_factory=dict)
    late: dict[date, list[Fact]] = field(default_factory=dict)

    async def at(self, day: date, hour: int) -> None:
        """It is this hour (UTC), and the assessor has worked off what was due by then."""
        self.clock.fixed = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)

        async def still() -> bool:
            return not await self.assessing.turn()

        await eventually(still, f"nothing due at {day} {hour}:00", seconds=60, pause=0.05)

    async def day(self, day: date, entries: Sequence[list[Fact]]) -> None:
        """Its punches, in the evening; one terminal of ten is cut off and sends two days later, twice."""
        chance = Random(f"{SEED} {day}")
        for facts in entries:
            for fact in facts:
                self._note(fact)
            if chance.random() < 0.1:
                self.late.setdefault(day + timedelta(days=2), []).extend([*facts, *facts])
            else:
                await self.parts.journal.append(facts)
        if overdue := self.late.pop(day, None):
            await self.parts.journal.append(overdue)

    async def excuse(self, who: str, first: date, last: date, kind: Any) -> None:
        """Grant what was asked for."""
        excuse = Excuse(id=f"{who}-{first}", kind=kind, label="Cuti tahunan", source="Surat 1")
        granted = Granted(first=first, last=last, excuse=excuse)
        self.excuses.setdefault(who, []).append(granted)

        async def work(session: Session) -> None:
            await self.parts.sheets.grant(who, granted, session)

        await in_transaction(self.parts.client, work)

    async def say(self, event: EmployeeChanged) -> None:
        """What the directory says of somebody."""
        self.people[event.employee_id] = event
        identity = f"{event.employee_id}:{event.changed_at}"
        fact = Fact.of(event, event_id=identity, key=event.employee_id, time=event.changed_at)
        await self.parts.journal.append([fact])

    def _note(self, fact: Fact) -> None:
        event = PunchRecorded.model_validate_json(fact.data)
        seen = Seen(
            id=event.punch_id,
            at=event.occurred_at,
            direction=event.direction,
            source=event.source,
            flags=event.flags,
        )
        self.punches.setdefault(event.employee_id, []).append(seen)


@pytest.fixture
async def topics(kafka: str, topic_prefix: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[Topic]]:
    """The registry renamed, so that nobody else's records are seen."""
    own = {topic.name: replace(topic, name=topic_prefix + topic.name) for topic in set(BY_TYPE.values())}
    for kind, topic in list(BY_TYPE.items()):
        monkeypatch.setitem(BY_TYPE, kind, own[topic.name])
    needed = [*AssessedDays.topics(), own["attendance.days"], own["platform.journals"]]
    await ensure_topics(kafka, needed, replication=1)
    yield needed
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    await admin.delete_topics([topic.name for topic in needed])
    await admin.close()


async def test_live_is_cold_is_the_reference(
    kafka: str, mongo_uri: str, database_name: str, topics: list[Topic], topic_prefix: str
) -> None:
    settings = settings_for(mongo_uri, database_name, kafka=kafka)
    clock = Clock(datetime(BEFORE.year, BEFORE.month, BEFORE.day, 9, tzinfo=UTC))
    parts = Parts.of(settings, client=connect(settings), clock=clock)
    cold = parts.client[f"{database_name}_cold"]
    try:
        await parts.setup()
        month = Month(parts, clock, {}, Assessing(parts.db, parts.journal, parts.book.store, clock))
        view = AssessedDays(load_tables(settings.lateness))
        live = Projector(view, parts.client, parts.db, kafka, group=f"{topic_prefix}live")
        relay = Relay(parts.client, parts.db, kafka, "attendance")
        async with running(relay.run(), live.run()):
            await _live(month)
            ends = await _ends(kafka, parts.db, topics)
            await wait_for(parts.db, f"days{SUFFIX}", ends, timeout=60)
            await month.at(KNOWN, 1)
        await _cold(month, kafka, cold, topics, topic_prefix)
        found, again = await _days(parts.db), await _days(cold)
        assert len(found) > PEOPLE * 31
        assert found == again
        assert {day["said"]["status"] for day in found.values()} >= {
            *("present", "absent", "holiday", "off", "leave", "duty"),
        }
        _compare(month, await parts.book.store.book(), settings.lateness, found, await parts.sheets.owns(month.people))
    finally:
        await parts.client.drop_database(cold.name)
        parts.client.close()


async def _live(month: Month) -> None:
    """From the day before the month, hour by hour, until all of it is past."""
    parts = month.parts
    titles = {identity: post.title for identity, post in posts().items()}
    made = datetime(2026, 1, 1, tzinfo=UTC)
    people = [employee_changed(entity_id("employee", one.code), one, titles, made) for one in employees(PEOPLE)]
    city = [unit_changed(identity, unit, made) for identity, unit in units().items()]
    offices = [site_changed(identity, site, made) for identity, site in sites().items()]
    await register(parts, offices, people, city)
    for one in people:
        await month.say(one)
    places, everybody = await places_of(parts), demo_people(people)
    plain = [one.employee_id for one in people if len(one.assignments) == 1]
    for day in each_day(BEFORE, KNOWN):
        await month.at(day, 1)
        if day == date(2026, 3, 12):
            for who in plain[10:16]:
                await month.excuse(who, date(2026, 3, 9), date(2026, 3, 11), "leave")
            for who in plain[16:20]:
                await month.excuse(who, day, date(2026, 3, 13), "duty")
        if day == date(2026, 3, 18):
            await month.say(_moved(month.people[plain[20]], month.people[plain[40]], date(2026, 3, 16)))
        entries = day_of(SEED, everybody, places, day) if FIRST <= day <= LAST else []
        await month.day(day, [list(entry.facts) for entry in entries])
        await month.at(day, 13)


def _moved(who: EmployeeChanged, where: EmployeeChanged, since: date) -> EmployeeChanged:
    """Somebody works elsewhere from a date on, as is told two days later."""
    (post,) = who.assignments
    unit, site = where.assignments[-1].unit_id, where.assignments[-1].site_id
    ended = post.model_copy(update={"valid_to": since - timedelta(days=1)})
    begun = post.model_copy(update={"valid_from": since, "unit_id": unit, "site_id": site})
    return who.model_copy(update={"assignments": (ended, begun), "changed_at": datetime(2026, 3, 18, tzinfo=UTC)})


async def _cold(month: Month, kafka: str, cold: Database, topics: Sequence[Topic], topic_prefix: str) -> None:
    """The same log from its beginning, by a projector with nothing: in one go, the clock's last word first."""
    parts = month.parts
    for kept in (SHEETS, OWN, BOOKS):
        rows = await parts.db[kept].find().to_list(None)
        await cold[kept].insert_many(rows)
    view = AssessedDays(load_tables(parts.settings.lateness))
    projector = Projector(view, parts.client, cold, kafka, group=f"{topic_prefix}cold", speaks=False)
    clock = Assessing(cold, parts.journal, parts.book.store, month.clock)
    async with running(projector.run()):
        await wait_for(cold, f"days{SUFFIX}", await _ends(kafka, parts.db, topics), timeout=120)
        async with running(Relay(parts.client, parts.db, kafka, "attendance").run()):

            async def still() -> bool:
                return not await clock.turn()

            await eventually(still, "nothing left to assess", seconds=120, pause=0.2)


async def _ends(kafka: str, db: Database, topics: Sequence[Topic]) -> dict[tuple[str, int], int]:
    """Where the assessor's topics end once everything that was said is on them."""
    names = {topic.name for topic in AssessedDays.topics()}
    kinds = [kind for kind, topic in BY_TYPE.items() if topic.name in names]
    counted: list[dict[str, Any]] = [{"$unwind": "$facts"}, {"$match": {"facts.type": {"$in": kinds}}}, {"$count": "n"}]
    consumer = reader(kafka, "ends")
    await consumer.start()
    try:
        partitions = [TopicPartition(topic.name, n) for topic in topics for n in range(topic.partitions)]
        partitions = [tp for tp in partitions if tp.topic in names]

        async def all_of_it() -> dict[TopicPartition, int] | None:
            (row,) = await db["events"].aggregate(counted).to_list(None)
            ends: dict[TopicPartition, int] = await consumer.end_offsets(partitions)
            return ends if sum(ends.values()) == row["n"] else None

        found = await eventually(all_of_it, "everything said is on the topics", seconds=60, pause=0.2)
        return {(tp.topic, tp.partition): end for tp, end in found.items() if end}
    finally:
        await consumer.stop()


async def _days(db: Database) -> dict[str, Any]:
    """What is known of each date; in which turns it came to be known is left out."""
    wanted = {"day": {"$lte": LAST.isoformat()}, "version": {"$gt": 0}}
    return {
        row["_id"]: {"said": row["said"], "punches": row["punches"]} async for row in db[DAYS + SUFFIX].find(wanted)
    }


def _compare(month: Month, book: Book, lateness: str, found: dict[str, Any], own: dict[str, Any]) -> None:
    tables = load_tables(lateness)
    rules = tables.lateness.on(FIRST), tables.reading.on(FIRST)
    assert rules == (tables.lateness.on(LAST), tables.reading.on(LAST))
    known = datetime(KNOWN.year, KNOWN.month, KNOWN.day, 1, tzinfo=UTC)
    excused, moved = set(month.excuses), {who for who, one in month.people.items() if len(one.assignments) > 1}
    some = {*list(month.people)[::EVERY], *excused, *own, *moved}
    compared = 0
    for who in sorted(some):
        held = [one.model_dump() for one in month.people[who].assignments]
        person = Person(employee_id=who, posts=primary_posts(held), assigned=own.get(who, ()))
        slow = Reference(person, book, *rules)
        for day in each_day(FIRST, LAST):
            plan = plan_of(person, day, book)
            since, until = plan.reach
            punches = [one for one in month.punches.get(who, ()) if since <= one.at < until]
            excuses = [one.excuse for one in month.excuses.get(who, ()) if one.first <= day <= one.last]
            expected = AssessedDay(**slow.day(day, punches, known, excuses), steps=(), rules=())
            said = dict(found[day_id(who, day)]["said"])
            said.pop("rules", None)
            assert said == {k: v for k, v in stored(told(expected, plan.shifts, 0)).items() if k != "rules"}, (who, day)
            compared += 1
    assert compared > 60 * 31
    assert {SERVICE, FIRE} <= {unit.code for unit in units().values()}
