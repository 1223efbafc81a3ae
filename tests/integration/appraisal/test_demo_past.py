"""The past of daily activities in a real database: loaded twice, continued, enlarged, and taken up by people."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from contracts.events.appraisal import ValidationTallied, WorkdayTallied
from contracts.events.directory import Assignment
from kit.demo.loading import Past
from kit.demo.people import Person
from services.appraisal.activities.rules import tally
from services.appraisal.demo.load import load
from tests.integration.appraisal.conftest import BUDI, Office

pytestmark = pytest.mark.integration
FRIDAY = date(2026, 11, 20)
COLLECTIONS = ("activities", "workdays", "validation_days", "timers", "events")
PAST = Past(seed=1, days=21, last=FRIDAY, people=None)
NAMES = ["emp-ani", *(f"emp-{number}" for number in range(11))]


def person(employee: str, rank: float) -> Person:
    held = {"unit_id": "u-1", "post_id": "p", "post_title": "Guru", "site_id": "s", "superior_id": BUDI}
    return Person(employee, rank, (Assignment.model_validate({**held, "valid_from": date(2020, 1, 1)}),))


PEOPLE = [person(employee, number / 12) for number, employee in enumerate(NAMES)]


async def rows(office: Office, collection: str) -> dict[Any, Any]:
    return {row["_id"]: row async for row in office.parts.db[collection].find({})}


async def everything(office: Office) -> dict[str, dict[Any, Any]]:
    return {
        name: await rows(office, name) for name in ("activities", "workdays", "validation_days", "timers", "events")
    }


async def newest(office: Office, kind: type[WorkdayTallied] | type[ValidationTallied]) -> dict[str, Any]:
    """The highest version told of each day of each person."""
    found: dict[str, Any] = {}
    async for entry in office.parts.journal.collection.find({"facts.type": kind.TYPE}):
        for fact in entry["facts"]:
            event = kind.model_validate_json(fact["data"])
            key = f"{event.employee_id}|{event.local_date}"
            if key not in found or event.version > found[key].version:
                found[key] = event
    return found


async def consistent(office: Office) -> None:
    """Screens and events say the same."""
    entries = list((await rows(office, "activities")).values())
    days, told = await rows(office, "workdays"), await newest(office, WorkdayTallied)
    assert days.keys() == told.keys()
    for key, day in days.items():
        mine = [entry for entry in entries if f"{entry['employee_id']}|{entry['date']}" == key]
        counts = tally(mine, 660).model_dump()
        assert {name: day[name] for name in counts} == counts == told[key].model_dump(include=set(counts))
        assert day["version"] == told[key].version
    validated, said = await rows(office, "validation_days"), await newest(office, ValidationTallied)
    assert validated.keys() == said.keys()
    assert sum(row["decided"] for row in validated.values()) == sum(
        step["what"] != "changed" for entry in entries for step in entry["steps"]
    )
    for key, row in validated.items():
        assert {name: row[name] for name in ("decided", "late", "became_overdue", "version")} == said[key].model_dump(
            include={"decided", "late", "became_overdue", "version"}
        )


async def test_twice_changes_nothing_and_what_is_there_is_consistent(office: Office) -> None:
    assert await load(office.parts, PAST, PEOPLE) > 100
    before = await everything(office)
    assert len(before["activities"]) > 400
    waiting = [entry for entry in before["activities"].values() if entry["status"] == "waiting"]
    due = {entry["_id"] for entry in waiting if entry["due_on"] >= str(FRIDAY)}
    assert {timer["key"] for timer in before["timers"].values()} == due
    await consistent(office)
    assert await load(office.parts, PAST, PEOPLE) == 0
    assert await everything(office) == before


async def test_what_was_interrupted_is_continued_and_ends_the_same(office: Office) -> None:
    await load(office.parts, PAST, PEOPLE)
    whole = await everything(office)
    days = office.parts.db["demo_days"]
    # As if it had ended with the last week written in part: three days not noted as done, one of them half there.
    for day in ("2026-11-17", "2026-11-19", "2026-11-20"):
        await days.update_one({"_id": day}, {"$set": {"done": False}})
    await office.parts.db["activities"].delete_many({"date": "2026-11-19"})
    await office.parts.db["workdays"].delete_many({"date": {"$in": ["2026-11-19", "2026-11-20"]}})
    await office.parts.db["validation_days"].delete_many({"date": "2026-11-20"})
    assert await load(office.parts, PAST, PEOPLE) == 0  # every event was journaled
    again = await everything(office)
    assert {name: again[name] for name in again if name != "events"} == {
        name: whole[name] for name in whole if name != "events"
    }


async def test_more_people_more_days_and_a_later_evening_join_what_is_there(office: Office) -> None:
    await load(office.parts, Past(1, 10, date(2026, 11, 13), 4), PEOPLE)
    few = await rows(office, "activities")
    await consistent(office)
    await load(office.parts, PAST, PEOPLE)
    more = await rows(office, "activities")
    assert len(more) > 2 * len(few)
    assert {identity: more[identity] for identity in few} == few  # what waits, waits until somebody acts
    await consistent(office)


async def test_what_waits_is_decided_by_the_superior_and_a_later_run_leaves_it(office: Office) -> None:
    office.clock[0] = datetime(2026, 11, 21, 3, tzinfo=UTC)
    await load(office.parts, PAST, PEOPLE)
    entries = (await rows(office, "activities")).values()
    entry = next(one for one in entries if one["status"] == "waiting")
    employee, key = entry["employee_id"], f"{entry['employee_id']}|{entry['date']}"
    await office.move(employee, BUDI)
    decided = await office.decide(BUDI, "validated", entry["_id"])
    assert decided[0]["status"] == "validated"
    await office.parts.db["demo_days"].delete_many({})  # as if nothing had been noted: all is written again
    assert await load(office.parts, PAST, PEOPLE) == 0
    assert (await rows(office, "activities"))[entry["_id"]]["status"] == "validated"
    told = (await newest(office, WorkdayTallied))[key]
    assert told.version == (await rows(office, "workdays"))[key]["version"]
