"""Heads read the activities of whoever works in their units and below, on the day of asking, and change nothing."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from contracts.events.access import PersonViewed
from contracts.events.directory import Assignment, EmployeeChanged, EmployeeNumber, UnitChanged, UnitVersion
from kit.access.mongo_copy import EMPLOYEES, employee_row
from kit.access.units import UNITS, unit_row
from tests.integration.appraisal.conftest import ANI, BUDI, HEAD, MONDAY, Office
from tests.unit.kit.files import png

pytestmark = pytest.mark.integration
LEADER = ("pegawai", "pimpinan")
MAYOR, ELSEWHERE, BESIDE = "emp-mayor", "emp-elsewhere", "emp-beside"
TREE = {"kota": None, "dinas": "kota", "dinas-lain": "kota", "seksi-1": "dinas", "seksi-2": "dinas"}
PLACES = {ANI: "seksi-1", BUDI: "seksi-1", BESIDE: "seksi-2", HEAD: "dinas", ELSEWHERE: "dinas-lain", MAYOR: "kota"}
LONG_AGO, TODAY = date(2020, 1, 1), MONDAY.date()
PERIOD = {"from": "2026-11-01", "to": "2026-11-30"}


def post(unit: str, since: date = LONG_AGO, until: date | None = None, kind: str = "primary") -> Assignment:
    held = {"unit_id": unit, "post_id": f"post-{unit}", "post_title": "Staf", "site_id": "s", "superior_id": None}
    return Assignment.model_validate({**held, "kind": kind, "valid_from": since, "valid_to": until})


async def told(office: Office, who: str, *posts: Assignment) -> None:
    """What the directory now says of somebody."""
    number = EmployeeNumber(number="198801012010011001", kind="pns", valid_from=LONG_AGO)
    base: dict[str, Any] = {"name": "Nama", "sex": "female", "status": "pns", "numbers": (number,)}
    state = EmployeeChanged(employee_id=who, assignments=posts, changed_at=MONDAY, **base)
    await office.parts.db[EMPLOYEES].replace_one({"_id": who}, employee_row(state), upsert=True)


@pytest.fixture
async def city(office: Office) -> Office:
    """An office with two sections, another office, and who is above all; nobody of them is anybody's superior."""
    for unit, parent in TREE.items():
        version = UnitVersion(name=unit, short_name=unit, parent_id=parent, valid_from=LONG_AGO)
        state = UnitChanged(unit_id=unit, code=unit, versions=(version,), changed_at=MONDAY)
        await office.parts.db[UNITS].insert_one(unit_row(state))
    for who, unit in PLACES.items():
        await told(office, who, post(unit))
    return office


async def reads(city: Office, who: str, *roles: str, whose: str = ANI) -> bool:
    answer = await city.ask("GET", f"/employees/{whose}/activities", who, *(roles or LEADER), params=PERIOD)
    assert answer.status_code in {200, 403}, answer.text
    return answer.status_code == 200


async def readers(city: Office, heads: Sequence[str] = (BUDI, BESIDE, HEAD, ELSEWHERE, MAYOR)) -> set[str]:
    """Who of these heads reads Ani's activities."""
    return {one for one in heads if await reads(city, one)}


async def test_of_the_own_unit_and_below_by_whoever_is_above_and_nobody_else(city: Office) -> None:
    await city.record()
    assert await readers(city) == {BUDI, HEAD, MAYOR}
    assert await reads(city, HEAD, whose=BESIDE)
    assert not await reads(city, BUDI, whose=HEAD), "whoever is above is not below"
    assert not await reads(city, HEAD, "pegawai"), "a post alone makes nobody a head"
    assert not await reads(city, HEAD, whose="emp-nobody")


async def test_a_head_reads_words_and_files_and_whose_they_are_is_told(city: Office) -> None:
    entry = await city.record()
    path = f"/employees/{ANI}/activities/{entry['id']}"
    sent: dict[str, Any] = {"content": png(), "params": {"filename": "bukti.png"}, "headers": {"If-Match": '"1"'}}
    added = await city.ask("POST", f"{path}/evidence", ANI, **sent)
    (file,) = added.json()["evidence"]
    evidence = f"{path}/evidence/{file['id']}"
    for who, status in ((HEAD, 200), (ELSEWHERE, 403)):
        for asked in (path, evidence):
            assert (await city.ask("GET", asked, who, *LEADER)).status_code == status, (who, asked)
    assert (await city.ask("GET", evidence, HEAD, *LEADER)).content == png()
    found = city.parts.journal.collection.find({"facts.type": PersonViewed.TYPE})
    views = [PersonViewed.model_validate_json(fact["data"]) async for one in found for fact in one["facts"]]
    assert {(one.employee_id, one.reader_id, one.operation) for one in views} == {
        (ANI, HEAD, "get_activity"),
        (ANI, HEAD, "get_evidence"),
    }


async def test_a_head_changes_and_decides_nothing(city: Office) -> None:
    entry = await city.record()
    path, version = f"/employees/{ANI}/activities/{entry['id']}", {"If-Match": '"1"'}
    body = {"date": "2026-11-23", "what": "Diubah pimpinan", "minutes": 30}
    tries: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("POST", f"/employees/{ANI}/activities", {"json": body}),
        ("PUT", path, {"json": {"what": "Diubah pimpinan", "minutes": 30}, "headers": version}),
        ("DELETE", path, {"headers": version}),
        ("POST", f"{path}/evidence", {"content": png(), "params": {"filename": "a.png"}, "headers": version}),
        ("DELETE", f"{path}/evidence/x", {"headers": version}),
    )
    for method, asked, more in tries:
        assert (await city.ask(method, asked, HEAD, *LEADER, **more)).status_code == 403, (method, asked)
    # Cici's superior the head is, so the queue is open to him: without what he only reads.
    assert (await city.ask("GET", "/activities", HEAD, *LEADER)).json() == {"items": [], "total": 0}
    (decided,) = await city.decide(HEAD, "validated", entry["id"], roles=LEADER)
    assert "bukan wewenang Anda" in decided["refused"]
    left = await city.ask("GET", path, ANI)
    assert (left.json()["status"], left.json()["version"]) == ("waiting", 1)


async def test_who_moves_is_seen_by_the_heads_of_the_day(city: Office) -> None:
    """Authority is that of the day of asking, also over what was recorded before."""
    await city.record()
    tomorrow = TODAY + timedelta(days=1)
    await told(city, ANI, post("seksi-1", until=TODAY), post("dinas-lain", tomorrow))
    assert await readers(city) == {BUDI, HEAD, MAYOR}
    city.clock[0] = MONDAY + timedelta(days=1)
    assert await readers(city) == {ELSEWHERE, MAYOR}


async def test_an_acting_head_reads_while_it_lasts_and_an_acting_post_hands_nobody_over(city: Office) -> None:
    await city.record()
    await told(city, ELSEWHERE, post("dinas-lain"), post("seksi-1", TODAY, TODAY, kind="plt"))
    assert await reads(city, ELSEWHERE)
    city.clock[0] = MONDAY + timedelta(days=1)
    assert not await reads(city, ELSEWHERE)
    await told(city, ANI, post("seksi-1"), post("dinas-lain", kind="plt"))
    assert not await reads(city, ELSEWHERE), "whose own post is elsewhere stays there"
    assert await reads(city, BUDI)
