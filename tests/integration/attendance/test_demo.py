"""The demo city's terminals, registered twice, and their past, loaded twice."""

import json
from datetime import UTC, date, datetime

import pytest

from contracts.events.directory import UnitChanged, UnitVersion
from kit.demo.loading import Past
from kit.demo.people import people_of as demo_people
from services.attendance.demo.load import load
from services.attendance.demo.register import register
from services.attendance.schedules.checks import check
from tests.integration.attendance.conftest import Running
from tests.unit.attendance.test_demo_plan import employee, site

UNITS = [
    UnitChanged(
        unit_id=identity,
        code=code,
        versions=(UnitVersion(valid_from=date(2009, 1, 1), name=identity, short_name=identity, parent_id=parent),),
        changed_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    for identity, code, parent in (("kota", "U00", None), ("puskesmas", "U43", "kota"), ("damkar", "U33", "kota"))
]
pytestmark = pytest.mark.integration


async def test_twice_changes_nothing(attendance: Running) -> None:
    sites = [site(1), site(2)]
    people = [employee(number, 1 + number % 2) for number in range(30)]
    first = await register(attendance.parts, sites, people, UNITS)
    assert (first.terminals, first.new_terminals, first.people) == (212, 212, 30)
    assert first.enrolments == first.new_enrolments > 30
    assert first.new_schedules > 30
    book = await attendance.parts.book.store.book()
    found = check(book, (), attendance.parts.book.measure())
    assert {one.code for one in found} == {"week_differs"}, "who is on duty is exempt: Perpres 21/2023 Pasal 7"
    assert all("belum diverifikasi" in one.source for one in book.holidays)
    assert all("belum diverifikasi" in one.source for one in book.ramadans)
    (roots,) = [one for one in book.assigned if one.owner_id == "kota"]
    assert roots.pattern_id == "law-five_day"
    again = await register(attendance.parts, sites, people, UNITS)
    assert (again.new_terminals, again.new_enrolments, again.new_schedules) == (0, 0, 0)
    await attendance.parts.registry.load()
    assert all(terminal.origin is not None for terminal in attendance.parts.registry.terminals.values())


async def test_a_past_loaded_twice_is_there_once(attendance: Running) -> None:
    sites, people = [site(1), site(2)], [employee(number, 1 + number % 2) for number in range(30)]
    await register(attendance.parts, sites, people, UNITS)
    past, everybody = Past(seed=1, days=14, last=date(2026, 11, 20), people=None), demo_people(people)
    journal = attendance.parts.journal.collection
    new = await load(attendance.parts, past, everybody)
    entries = await journal.find({}).to_list(None)
    punches = [json.loads(fact["data"]) for entry in entries for fact in entry["facts"]]
    assert new == len(punches) == len({punch["punch_id"] for punch in punches})
    assert 400 < new < 700  # ten working days of thirty people, some away
    assert {punch["site_id"] for punch in punches} == {"site-1", "site-2"}
    assert await load(attendance.parts, past, everybody) == 0
    # As after Ctrl-C: the last day is written in part and not noted.
    await attendance.parts.db["demo_days"].update_one({"_id": "2026-11-20"}, {"$set": {"done": False}})
    await journal.delete_one({"days": "2026-11-20"})
    assert 0 < await load(attendance.parts, past, everybody) < 60
    again = await journal.find({}).to_list(None)
    assert sorted(entry["_id"] for entry in again) == sorted(entry["_id"] for entry in entries)
    serial = punches[0]["device_id"]
    stored = await attendance.parts.stored.of_days(serial, [punches[0]["local_date"]])
    assert punches[0]["punch_id"] in stored
