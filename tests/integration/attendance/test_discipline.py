"""Discipline on a real database and a real broker: days arrive, are corrected, and people decide."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer

from contracts import envelope
from contracts.events.cases import CaseChanged
from contracts.events.days import DayAssessed
from contracts.topics import ATTENDANCE_DAYS, Topic
from kit.kafka import ensure_topics, producer
from services.attendance.days.batch import DAYS, SUFFIX
from services.attendance.days.telling import stored
from services.attendance.discipline.following import DisciplineFollower
from tests.integration.attendance.conftest import until
from tests.integration.attendance.test_leave import Office, office

pytestmark = pytest.mark.integration
__all__ = ["office"]

MONDAY = date(2026, 5, 4)
DAY = timedelta(days=1)
AT = datetime(2026, 5, 25, 3, tzinfo=UTC)


@dataclass
class Assessor:
    """Says days as the assessor does: the document first, then the event, with the next version."""

    office: Office
    kafka: str
    sender: AIOKafkaProducer
    topic: Topic

    async def says(self, who: str, day: date, status: str = "absent", late: int = 0, **more: Any) -> DayAssessed:
        days = self.office.service.parts.db[DAYS + SUFFIX]
        held = await days.find_one({"_id": f"{who}|{day}"})
        absent = status == "absent"
        event = DayAssessed.model_validate(
            {
                "employee_id": who,
                "local_date": day,
                "version": held["version"] + 1 if held else 1,
                "zone": "Asia/Jakarta",
                "status": status,
                "required_minutes": 450,
                "effective_minutes": 0 if absent else 450 - late,
                "absent_minutes": 450 if absent else 0,
                "late_minutes": late,
                "early_minutes": 0,
                "required_days": 1,
                "present_days": 0 if absent else 1,
                "absent_days": int(absent),
                "excused_days": 0,
                "late_days": int(late > 0),
                "early_days": 0,
                **more,
            }
        )
        row = {"employee_id": who, "day": str(day), "version": event.version, "said": stored(event)}
        await days.replace_one({"_id": f"{who}|{day}"}, row, upsert=True)
        await self.publish(event)
        return event

    async def publish(self, event: DayAssessed) -> None:
        at = envelope.rfc3339(AT)
        identity, key = f"{event.employee_id}|{event.local_date}|{event.version}", event.employee_id
        headers = envelope.headers(
            event_id=identity,
            event_type=event.TYPE,
            source="/kinerja/attendance",
            subject=key,
            time=at,
            recorded=at,
        )
        await self.sender.send_and_wait(self.topic.name, event.to_json(), key.encode(), headers=headers)

    @asynccontextmanager
    async def followed(self) -> AsyncIterator[None]:
        parts = self.office.service.parts
        desk = parts.discipline
        follower = DisciplineFollower(parts.db, self.kafka, desk.store, desk.table, parts.clock, [self.topic])
        task = asyncio.create_task(follower.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def assessor(office: Office, kafka: str, topic_prefix: str) -> AsyncIterator[Assessor]:
    topic = replace(ATTENDANCE_DAYS, name=topic_prefix + ATTENDANCE_DAYS.name)
    await ensure_topics(kafka, [topic], replication=1)
    sender = producer(kafka, "test")
    await sender.start()
    yield Assessor(office, kafka, sender, topic)
    await sender.stop()


async def ladder(office: Office, who: str = "ani", asking: str | None = None) -> Any:
    return (await office.ask("GET", f"/employees/{who}/ladder?year=2026", 200, asking or who)).json()


async def standing(office: Office, days: int, who: str = "ani") -> Any:
    async def there() -> Any:
        found = await ladder(office, who)
        return found if found["days"] == days else None

    return await until(there)


async def cases(office: Office, who: str = "ani") -> dict[str, str]:
    return {one["id"]: one["status"] for one in (await ladder(office, who))["cases"]}


async def one(office: Office, case: str, who: str) -> Any:
    return (await office.ask("GET", f"/discipline/cases/{case}", 200, who)).json()


async def act(office: Office, who: str, case: Any, what: str, body: Any, status: int = 200) -> Any:
    match = {"If-Match": f'"{case["version"]}"'}
    return (await office.ask("POST", f"/discipline/cases/{case['id']}/{what}", status, who, body, **match)).json()


async def test_from_absent_days_over_a_warning_to_a_decision(office: Office, assessor: Assessor) -> None:
    async with assessor.followed():
        await assessor.says("ani", MONDAY)
        await assessor.says("ani", MONDAY + DAY, "present")
        await assessor.says("ani", MONDAY + 2 * DAY)
        two = await standing(office, 2)
        assert [(each["key"], each["sanction"], each["ended"]) for each in two["warnings"]] == [
            ("03", "teguran_lisan", None)
        ]
        assert (two["next_at"], two["near"], two["cases"]) == (3, True, [])
        near = (await office.ask("GET", "/discipline/people", 200, "budi")).json()
        assert [(each["employee_id"], each["days"]) for each in near["items"]] == [("ani", 2)]
        count = (await office.ask("GET", "/discipline/attention", 200, "budi")).json()
        assert count == {"near": 1, "cases": 0, "warned": False}
        own = (await office.ask("GET", "/discipline/attention", 200, "ani")).json()
        assert own == {"near": 0, "cases": 0, "warned": True}

        await assessor.says("ani", MONDAY + 4 * DAY, missing=["window_open"])
        await assessor.says("ani", MONDAY + 7 * DAY)
        three = await standing(office, 3)
        assert [each["day"] for each in three["unresolved"]] == ["2026-05-08"], "what is not complete does not count"
        (listed,) = three["cases"]
        assert (listed["id"], listed["status"]) == ("ani-2026-03", "proposed")
        assert three["warnings"][0]["ended"] == "reached"

    found = await one(office, "ani-2026-03", "budi")
    assert [(each["day"], each["version"]) for each in found["evidence"]] == [
        ("2026-05-04", 1),
        ("2026-05-06", 1),
        ("2026-05-11", 1),
    ]
    assert (found["examines"], found["article"], found["may_act"]) == ("none", "PP 94/2021 Pasal 9", True)
    (deadline,) = found["deadlines"]
    # Seven working days after Monday the 25th of May, by the office's week.
    assert (deadline["what"], deadline["on"], deadline["days"]) == ("hearing", "2026-06-03", 7)
    assert not (await one(office, "ani-2026-03", "ani"))["may_act"]
    assert not (await one(office, "ani-2026-03", "ani"))["decision"]

    early = {"summoned_on": "2026-05-25", "hearing_on": "2026-06-02"}
    refused = await act(office, "budi", found, "examination", early, 422)
    assert refused["errors"][0]["pointer"] == "/body/hearing_on"
    assert "PP 94/2021 Pasal 26(2)" in refused["errors"][0]["detail"]
    await act(office, "ani", found, "examination", early, 403)
    await act(office, "dodi", found, "examination", early, 403)
    heard = await act(office, "budi", found, "examination", {"summoned_on": "2026-05-25", "hearing_on": "2026-06-03"})
    assert (heard["status"], heard["version"]) == ("examining", 2)
    stale = await act(office, "budi", found, "drop", {"words": "Keliru membaca."}, 412)
    assert "versi 2" in stale["detail"]
    decision = {
        "sanction": "teguran_lisan",
        "letter": "800/12/2026",
        "decided_on": "2026-06-05",
        "words": "Terbukti tidak hadir tanpa keterangan.",
    }
    office.later(days=12)
    decided = await act(office, "budi", heard, "decision", decision)
    assert decided["decision"] == {"sanction": "teguran_lisan", "letter": "800/12/2026", "decided_on": "2026-06-05"}
    assert [each["what"] for each in decided["deadlines"]] == ["delivery", "sending"]
    told = await office.facts(CaseChanged)
    assert [(each.version, each.status, each.decided_sanction) for each in told] == [
        (1, "proposed", None),
        (2, "examining", None),
        (3, "decided", "teguran_lisan"),
    ]
    assert "Terbukti" not in " ".join(each.to_json().decode() for each in told), "words stay here"


async def test_a_correction_withdraws_the_case_visibly(office: Office, assessor: Assessor) -> None:
    async with assessor.followed():
        first = [await assessor.says("ani", MONDAY + 2 * n * DAY) for n in range(3)]
        await standing(office, 3)
        await assessor.says("ani", MONDAY + 2 * DAY, "correction")
        await standing(office, 2)
        assert await cases(office) == {"ani-2026-03": "withdrawn"}
        found = await one(office, "ani-2026-03", "ani")
        assert [(step["what"], step["days"]) for step in found["steps"]] == [
            ("proposed", []),
            ("withdrawn", ["2026-05-06"]),
        ]
        assert len(found["evidence"]) == 3, "nothing is erased"
        await act(office, "budi", found, "drop", {"words": "Sudah tidak ada."}, 409)

        await assessor.publish(first[1])  # an old event again changes nothing: what counts is the day as it is
        await assessor.says("ani", MONDAY + 8 * DAY)
        await standing(office, 3)
        again = await one(office, "ani-2026-03", "ani")
        assert (again["status"], again["version"], again["steps"][-1]["what"]) == ("proposed", 3, "reinstated")
        assert again["steps"][-1]["days"] == ["2026-05-06", "2026-05-12"]


async def test_all_days_gone_at_once_withdraw_every_case(office: Office, assessor: Assessor) -> None:
    for n in range(4):
        await assessor.says("ani", MONDAY + 2 * n * DAY)
    async with assessor.followed():
        await standing(office, 4)
    for n in range(4):
        await assessor.says("ani", MONDAY + 2 * n * DAY, "no_schedule", required_days=0)
    async with assessor.followed():
        await standing(office, 0)
    assert await cases(office) == {"ani-2026-03": "withdrawn", "ani-2026-04": "withdrawn"}
    found = await one(office, "ani-2026-04", "ani")
    assert found["steps"][-1]["days"] == ["2026-05-04", "2026-05-06", "2026-05-08", "2026-05-10"]


async def test_minutes_become_days(office: Office, assessor: Assessor) -> None:
    async with assessor.followed():
        for n in range(9):
            await assessor.says("dodi", MONDAY + n * DAY, "present", late=100)
        found = await standing(office, 2, "dodi")
        assert (found["absent"], found["minutes"], found["remainder"]) == (0, 900, 0)
        assert found["near"]
        await assessor.says("dodi", MONDAY, "present", late=99)
        less = await standing(office, 1, "dodi")
        assert (less["minutes"], less["remainder"]) == (899, 449)


async def test_killed_it_goes_on_and_never_makes_a_second_case(office: Office, assessor: Assessor) -> None:
    async with assessor.followed():
        for n in range(3):
            await assessor.says("ani", MONDAY + 2 * n * DAY)
        await standing(office, 3)
    await office.service.parts.db["discipline_positions_1"].delete_many({})
    async with assessor.followed():
        await assessor.says("ani", MONDAY + 6 * DAY)
        await standing(office, 4)
    assert await cases(office) == {"ani-2026-03": "superseded", "ani-2026-04": "proposed"}
    told = await office.facts(CaseChanged)
    assert [(each.case_id[-2:], each.version, each.status) for each in told] == [
        ("03", 1, "proposed"),
        ("03", 2, "superseded"),
        ("04", 1, "proposed"),
    ]


async def test_a_heavy_indication_is_the_agencys_with_a_team(office: Office, assessor: Assessor) -> None:
    async with assessor.followed():
        for n in range(14):
            day = date(2026, 4, 20) + n * DAY
            await assessor.says(
                "ani", day, "absent" if day.weekday() < 5 else "off", required_days=int(day.weekday() < 5)
            )
        await standing(office, 10)
    rows = (await office.ask("GET", "/discipline/cases", 200, "citra")).json()["items"]
    assert [(each["id"], each["sanction"], each["salary_stops"]) for each in rows] == [
        ("ani-2026-streak", "pemberhentian", True)
    ]
    case = await one(office, "ani-2026-streak", "budi")
    assert (case["examines"], case["may_act"]) == ("needed", False)
    heard = {"summoned_on": "2026-05-25", "hearing_on": "2026-06-10"}
    await act(office, "budi", case, "examination", heard, 403)
    alone = await act(office, "citra", case, "examination", heard, 422)
    assert alone["errors"][0]["pointer"] == "/body/team"
    assert (await act(office, "citra", case, "examination", {**heard, "team": ["budi", "citra", "dodi"]}))["team"]
    gone = (await office.ask("GET", "/discipline/cases?state=gone", 200, "citra")).json()
    assert gone["total"] == 3


async def test_who_may_see(office: Office, assessor: Assessor) -> None:
    async with assessor.followed():
        for n in range(3):
            await assessor.says("ani", MONDAY + 2 * n * DAY)
        await standing(office, 3)
    await office.ask("GET", "/employees/ani/ladder", 403, "dodi")
    await office.ask("GET", "/discipline/cases/ani-2026-03", 404, "dodi")
    await office.ask("GET", "/discipline/cases/nobody-2026-03", 404, "citra")
    assert (await office.ask("GET", "/discipline/cases", 200, "budi")).json()["total"] == 1
    assert (await ladder(office, "ani", "citra"))["days"] == 3
    await office.ask("GET", "/employees/ani/ladder?year=1990", 422, "ani")
    empty = await ladder(office, "feri")
    assert (empty["days"], empty["next_at"], empty["cases"]) == (0, 3, [])
