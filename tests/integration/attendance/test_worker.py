"""The worker: its copy of the directory from a real broker, and states of terminals as facts."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaTimeoutError

from contracts import envelope
from contracts.base import EventData
from contracts.events.attendance import DeviceChanged
from contracts.events.directory import Assignment, EmployeeChanged, EmployeeNumber, SiteChanged
from contracts.topics import DIRECTORY_EMPLOYEES, DIRECTORY_SITES, Topic
from kit.copying import DirectoryCopy
from kit.kafka import ensure_topics, producer
from services.attendance.directory.folds import COPIES
from services.attendance.fleet.publishing import Publisher
from services.attendance.fleet.work import Work
from tests.fixtures.iclock.write import attlog, get
from tests.integration.attendance.conftest import Running, until

pytestmark = pytest.mark.integration

AT = datetime(2026, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)


def site(zone: str, at: datetime = AT) -> SiteChanged:
    return SiteChanged(
        site_id="site-a", code="L01", name="Balai", zone=zone, valid_from=date(2020, 1, 1), changed_at=at
    )


def employee(number: str, at: datetime = AT) -> EmployeeChanged:
    held = Assignment(
        unit_id="u", post_id="p", post_title="Staf", site_id="site-a", valid_from=date(2020, 1, 1), valid_to=None
    )
    return EmployeeChanged(
        employee_id="emp-a",
        name="Nama Rahasia",
        sex="female",
        status="pns",
        numbers=(EmployeeNumber(number=number, kind="pns", valid_from=date(2020, 1, 1)),),
        assignments=(held,),
        changed_at=at,
    )


@pytest.fixture
async def topics(kafka: str, topic_prefix: str) -> tuple[Topic, Topic]:
    """The directory's topics under names of this test's own."""
    own = (
        replace(DIRECTORY_SITES, name=topic_prefix + DIRECTORY_SITES.name),
        replace(DIRECTORY_EMPLOYEES, name=topic_prefix + DIRECTORY_EMPLOYEES.name),
    )
    await ensure_topics(kafka, own, replication=1)
    return own


@pytest.fixture
async def sender(kafka: str) -> AsyncIterator[AIOKafkaProducer]:
    client = producer(kafka, "test")
    await client.start()
    yield client
    await client.stop()


async def publish(sender: AIOKafkaProducer, topic: Topic, key: str, event: EventData) -> None:
    at = envelope.rfc3339(AT)
    headers = envelope.headers(
        event_id="x", event_type=event.TYPE, source="/kinerja/directory", subject=key, time=at, recorded=at
    )
    await sender.send_and_wait(topic.name, event.to_json(), key.encode(), headers=headers)


async def test_the_directory_is_copied_and_followed(
    attendance: Running, kafka: str, topics: tuple[Topic, Topic], sender: AIOKafkaProducer
) -> None:
    db = attendance.parts.db
    await publish(sender, topics[0], "site-a", site("Asia/Makassar"))
    await publish(sender, topics[1], "emp-a", employee("198801012010011001"))
    copy = DirectoryCopy(db, kafka, "test", COPIES, topics=topics)
    task = asyncio.create_task(copy.run())
    try:
        await asyncio.wait_for(copy.caught_up.wait(), 20)
        row = await _row(attendance, "employees", "emp-a")
        assert row["numbers"] == ["198801012010011001"]
        assert [held["site_id"] for held in row["assignments"]] == ["site-a"]
        assert "Nama Rahasia" not in str(row), "names stay in the directory"
        assert await until(lambda: _zone(attendance, "site-a", "Asia/Makassar"))

        await publish(sender, topics[0], "site-a", site("Asia/Jayapura", AT + timedelta(days=1)))
        assert await until(lambda: _zone(attendance, "site-a", "Asia/Jayapura"))
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    await publish(sender, topics[1], "emp-a", employee("198801012010011002", AT + timedelta(days=1)))
    again = DirectoryCopy(db, kafka, "test", COPIES, topics=topics)
    task = asyncio.create_task(again.run())
    try:

        async def renumbered() -> bool:
            row = await _row(attendance, "employees", "emp-a")
            return bool(row["numbers"] == ["198801012010011002"])

        assert await until(renumbered, 20), "goes on where the last process stopped"
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_partition_without_a_leader_is_asked_for_again(
    attendance: Running,
    kafka: str,
    topics: tuple[Topic, Topic],
    sender: AIOKafkaProducer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await publish(sender, topics[0], "site-a", site("Asia/Makassar"))
    asked, really = [], AIOKafkaConsumer.end_offsets

    async def late(consumer: AIOKafkaConsumer, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        asked.append(partitions)
        if len(asked) == 1:
            raise KafkaTimeoutError("Failed to get offsets by times in 40000 ms")
        found: dict[TopicPartition, int] = await really(consumer, partitions)
        return found

    monkeypatch.setattr(AIOKafkaConsumer, "end_offsets", late)
    copy = DirectoryCopy(attendance.parts.db, kafka, "test", COPIES, topics=topics)
    task = asyncio.create_task(copy.run())
    try:
        await asyncio.wait_for(copy.caught_up.wait(), 20)
        assert await until(lambda: _zone(attendance, "site-a", "Asia/Makassar"))
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert len(asked) == 2


async def _row(attendance: Running, collection: str, identity: str) -> dict[str, Any]:
    found = await attendance.parts.db[collection].find_one({"_id": identity})
    assert found is not None
    return found


async def _zone(attendance: Running, site_id: str, zone: str) -> bool:
    found = attendance.parts.registry.sites.get(site_id)
    return found is not None and found.zone == zone


async def test_an_older_state_never_replaces_a_newer_one(
    attendance: Running, kafka: str, topics: tuple[Topic, Topic], sender: AIOKafkaProducer
) -> None:
    newer = {"_id": "site-a", "zone": "Asia/Jayapura", "changed_at": AT + timedelta(days=9)}
    await attendance.parts.db["sites"].insert_one(newer)
    await publish(sender, topics[0], "site-a", site("Asia/Makassar"))
    copy = DirectoryCopy(attendance.parts.db, kafka, "test", COPIES, topics=topics)
    task = asyncio.create_task(copy.run())
    try:
        await asyncio.wait_for(copy.caught_up.wait(), 20)
        assert (await _row(attendance, "sites", "site-a"))["zone"] == "Asia/Jayapura"
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def states(attendance: Running) -> list[DeviceChanged]:
    found = []
    for entry in await attendance.entries():
        found += [
            DeviceChanged.model_validate_json(fact["data"])
            for fact in entry["facts"]
            if fact["type"] == DeviceChanged.TYPE
        ]
    return found


def publisher_of(attendance: Running) -> Publisher:
    return Work.of(attendance.parts).publisher


async def test_states_are_said_on_change_and_heartbeats_seldom(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42"])
    publisher = publisher_of(attendance)
    attendance.clock.fixed = NOW
    assert await publisher.publish() == 1
    assert await publisher.publish() == 0
    assert await publisher_of(attendance).publish() == 0, "a restart says nothing twice"

    await attendance.send(get("/iclock/getrequest?SN=KNJ1&INFO=V1,2,3,4000,x"))
    await attendance.beats.flush()
    assert await publisher.publish() == 1
    assert (await states(attendance))[-1].held == 4000

    attendance.clock.fixed = NOW + timedelta(seconds=10)
    await attendance.send(get("/iclock/getrequest?SN=KNJ1"))
    await attendance.beats.flush()
    assert await publisher.publish() == 0, "a heartbeat alone waits"
    attendance.clock.fixed = NOW + timedelta(seconds=61)
    assert await publisher.publish() == 1
    assert (await states(attendance))[-1].last_seen == NOW + timedelta(seconds=10)

    await attendance.send(attlog("KNJ1", b"42\t2026-03-02 07:30:30\t0\t1\n43\t2026-03-02 07:30:31\t0\t1\n"))
    await attendance.beats.flush()
    await attendance.parts.alerts.open("KNJ1", "gap", NOW, detail="kurang 3")
    assert await publisher.publish() == 1
    state = (await states(attendance))[-1]
    assert (state.status, state.quarantined, state.last_punch_at) == ("active", 1, NOW + timedelta(seconds=30))
    assert [(alert.kind, alert.detail) for alert in state.alerts] == [("gap", "kurang 3")]


async def test_a_pending_terminal_is_published_too(attendance: Running) -> None:
    await attendance.send(get("/iclock/cdata?SN=KNJNEW&options=all"))
    await publisher_of(attendance).publish()
    state = (await states(attendance))[-1]
    assert (state.device_id, state.status, state.site_id) == ("KNJNEW", "pending", None)


async def test_each_night_a_terminal_is_asked_for_its_count(attendance: Running) -> None:
    await attendance.register("KNJ1", site="wib")
    await attendance.register("KNJ2", site="wit")
    nightly = Work.of(attendance.parts).nightly
    attendance.clock.fixed = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)  # 02:30 WIB, 04:30 WIT of 3 March
    assert await nightly.look() == 2
    assert await nightly.look() == 0
    command = (await attendance.parts.commands.of("KNJ1", 10))[0]
    assert (command["kind"], command["parameters"]["start"]) == ("verify_attlog", "2026-03-02 00:00:00")
    await attendance.parts.commands.finish("KNJ1", command["_id"], NOW, {"returned": -1002})
    attendance.clock.fixed += timedelta(days=1)
    assert await nightly.look() == 1, "one that cannot count is not asked again"
    attendance.clock.fixed += timedelta(hours=12)
    assert await nightly.look() == 0, "not at noon"


async def test_unanswered_commands_are_asked_again_three_times(attendance: Running) -> None:
    await attendance.register("KNJ1")
    commands = attendance.parts.commands
    query = await commands.queue("KNJ1", "info", {}, NOW)
    reboot = await commands.queue("KNJ1", "reboot", {}, NOW)
    for attempt in range(3):
        assert await commands.take("KNJ1", NOW + timedelta(minutes=attempt)) is not None
        await commands.take("KNJ1", NOW + timedelta(minutes=attempt))
        await commands.requeue_unanswered(NOW + timedelta(minutes=attempt + 1), frozenset({"info"}))
    found = {row["_id"]: row for row in await commands.of("KNJ1", 10)}
    assert (found[query["_id"]]["state"], found[query["_id"]]["attempts"]) == ("unanswered", 3)
    assert (found[reboot["_id"]]["state"], found[reboot["_id"]]["attempts"]) == ("unanswered", 1)
