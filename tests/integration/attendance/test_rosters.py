"""Rosters over their routes, on a real database and with real tokens: who may draw up whose, what is refused, two at
once, and that the assessor is told."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from contracts.events.days import DutyChanged
from services.attendance.schedules.models import Assigned, Beginning, Holiday
from services.attendance.schedules.ready import ready_patterns
from services.attendance.schedules.store import ASSIGNED, BEGINNINGS, HOLIDAYS, PATTERNS
from services.attendance.schedules.writing import document
from tests.integration.attendance.conftest import Running, running, settings_for
from tests.stack.issuer import Issuer

pytestmark = pytest.mark.integration

NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)  # a Monday
MONTH = "2026-06"
NIGHT = {"start": "22:00", "minutes": 600, "break_minutes": 60}
NOON = {"start": "13:00", "minutes": 60}
MORNING = {"start": "06:00", "minutes": 480}
ABOVE = {"ani": "budi", "dodi": "budi", "budi": "citra", "citra": None, "eko": None}
UNIT_OF = {"ani": "bidang", "dodi": "bidang", "budi": "bidang", "citra": "dinas", "eko": "lain"}
UNITS = {"kota": None, "dinas": "kota", "bidang": "dinas", "lain": "kota"}


@dataclass
class Ward:
    """The service, and accounts of its people."""

    service: Running
    issuer: Issuer

    async def ask(
        self, method: str, path: str, who: str, body: Any = None, status: int = 200, **headers: str
    ) -> httpx.Response:
        roles = {"citra": ("pegawai", "pimpinan"), "eko": ("pegawai", "bkpsdm"), "audit": ("auditor",)}
        token = self.issuer.token(*roles.get(who, ("pegawai",)), employee_id=None if who == "audit" else who)
        said = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid4().hex}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        answer = await self.service.api.request(method, path, json=body, headers=said)
        assert answer.status_code == status, answer.text
        return answer

    async def month(self, who: str, unit: str = "bidang") -> dict[str, Any]:
        items = (await self.ask("GET", f"/rosters?unit_id={unit}&month={MONTH}", who)).json()["items"]
        return {one["employee_id"]: one for one in items}

    async def change(self, who: str, **cells: dict[int, Any]) -> dict[str, Any]:
        """A change of days of the month, from what the employee's month is now."""
        people = []
        for person, days in cells.items():
            shown = (await self.month("eko", UNIT_OF.get(person, "bidang"))).get(person)
            told = [{"day": f"{MONTH}-{day:02}", "shifts": shifts} for day, shifts in days.items()]
            people.append({"employee_id": person, "tag": shown["tag"] if shown else "0" * 16, "cells": told})
        return {"month": MONTH, "source": "SP 7/2026", "people": people}

    async def duties(self) -> list[DutyChanged]:
        return [
            DutyChanged.model_validate_json(fact["data"])
            async for entry in self.service.parts.db["events"].find().sort("_id", 1)
            for fact in entry["facts"]
            if fact["type"] == DutyChanged.TYPE
        ]


@pytest.fixture
async def ward(mongo_uri: str, database_name: str) -> AsyncIterator[Ward]:
    """Ani and Dodi work under Budi in bidang, Budi under Citra who leads dinas; Eko is of the personnel agency."""
    with Issuer() as issuer:
        async with running(settings_for(mongo_uri, database_name, issuer=issuer.url)) as service:
            service.clock.fixed = NOW
            db = service.parts.db
            held = {"valid_from": "2020-01-01", "kind": "primary", "post_id": "p", "site_id": "wib"}
            await db["employees"].insert_many(
                [
                    {
                        "_id": who,
                        "assignments": [{**held, "unit_id": UNIT_OF[who], **({"superior_id": above} if above else {})}],
                    }
                    for who, above in ABOVE.items()
                ]
            )
            await db["units"].insert_many(
                [
                    {"_id": unit, "versions": [{"valid_from": "2020-01-01", "valid_to": None, "parent_id": parent}]}
                    for unit, parent in UNITS.items()
                ]
            )
            office = ready_patterns(NOW.date())["five_day"]
            given = {"owner": "unit", "owner_id": "kota", "pattern_id": office.id, "source": "SK"}
            rows: dict[str, Any] = {
                PATTERNS: office,
                BEGINNINGS: Beginning(id="awal", day=date(2020, 1, 1), source="SK"),
                ASSIGNED: Assigned.model_validate({"id": "a", "valid_from": "2026-01-01", **given}),
                HOLIDAYS: Holiday.model_validate(
                    {"id": "h", "day": "2026-06-16", "kind": "national", "name": "Tahun Baru Islam", "source": "SKB"}
                ),
            }
            for kind, row in rows.items():
                await db[kind].insert_one({"_id": row.id, **document(row)})
            yield Ward(service, issuer)


def pointers(answer: httpx.Response) -> dict[str, str]:
    return {error["pointer"]: error["detail"] for error in answer.json()["errors"]}


def day(shown: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = shown["days"][number - 1]
    return found


async def test_a_month_shows_patterns_holidays_and_the_roster(ward: Ward) -> None:
    shown = await ward.month("budi")
    assert shown.keys() == {"ani", "budi", "dodi"}
    assert {who: one["editable"] for who, one in shown.items()} == {"ani": True, "budi": False, "dodi": True}
    monday, saturday, feast = (day(shown["ani"], number) for number in (1, 6, 16))
    assert [(one["start"], one["end"], one["days_later"]) for one in monday["shifts"]] == [("07:30", "16:00", 0)]
    assert (monday["pattern"], monday["roster"], monday["kind"]) == ("Lima hari kerja", None, "work")
    assert (saturday["kind"], feast["kind"], feast["holiday"]) == ("off", "holiday", "Tahun Baru Islam")
    saved = await ward.ask("PUT", "/rosters", "budi", await ward.change("budi", ani={5: [], 6: [NIGHT], 16: [MORNING]}))
    assert saved.json()["cells"] == 3
    again = (await ward.month("budi"))["ani"]
    assert again["tag"] == saved.json()["tags"]["ani"]
    night = day(again, 6)
    assert [(one["start"], one["end"], one["days_later"]) for one in night["shifts"]] == [("22:00", "08:00", 1)]
    assert night["roster"][0]["start"] == "22:00"
    assert (day(again, 5)["kind"], day(again, 5)["roster"]) == ("off", [])
    assert (day(again, 16)["kind"], day(again, 16)["holiday"]) == ("work", "Tahun Baru Islam")
    (told,) = await ward.duties()
    assert (told.employee_id, str(told.first), str(told.last)) == ("ani", "2026-06-05", "2026-06-16")
    own = (await ward.ask("GET", "/employees/ani/plans?from=2026-06-06&to=2026-06-07", "ani")).json()["items"]
    assert [one["kind"] for one in own] == ["work", "off"]
    cleared = await ward.change("budi", ani={5: None, 6: None, 16: None})
    await ward.ask("PUT", "/rosters", "budi", cleared)
    assert day((await ward.month("budi"))["ani"], 5)["pattern"] == "Lima hari kerja"


async def test_everything_wrong_is_said_at_once_before_and_when_it_is_saved(ward: Ward) -> None:
    """A night before a morning of the pattern, two shifts at once; a holiday and a past day are only said."""
    ward.service.clock.fixed = datetime(2026, 6, 10, 2, tzinfo=UTC)
    change = await ward.change(
        "budi",
        ani={2: [NIGHT], 12: [NIGHT], 16: [MORNING]},
        dodi={20: [MORNING, NIGHT, {"start": "13:00", "minutes": 60}]},
    )
    checked = (await ward.ask("POST", "/rosters/check", "budi", change)).json()
    assert checked["saves"] is False
    assert {one["code"] for one in checked["findings"] if one["warning"]} == {"holiday", "past"}
    errors = pointers(await ward.ask("PUT", "/rosters", "budi", change, 422))
    assert errors.keys() == {one["pointer"] for one in checked["findings"] if not one["warning"]}
    assert errors.keys() == {"/body/people/0/cells/0", "/body/people/1/cells/0"}
    assert await ward.duties() == [], "nothing of it is kept"
    long = await ward.change("budi", ani={12: [{"start": "08:00", "minutes": 1500}]})
    assert "24 jam" in str(pointers(await ward.ask("PUT", "/rosters", "budi", long, 422)))
    twice = await ward.change("budi", ani={12: [NIGHT]})
    twice["people"][0]["cells"] *= 2
    assert "dua kali" in str(pointers(await ward.ask("PUT", "/rosters", "budi", twice, 422)))
    beyond = {**await ward.change("budi", ani={12: [NIGHT]}), "month": "2026-07"}
    assert "bulan" in str(pointers(await ward.ask("PUT", "/rosters", "budi", beyond, 422)))


async def test_nobody_rosters_themselves_or_who_is_not_theirs(ward: Ward) -> None:
    own = await ward.change("budi", budi={12: []}, ani={12: []})
    assert pointers(await ward.ask("PUT", "/rosters", "budi", own, 422)).keys() == {"/body/people/0"}
    stranger = await ward.change("budi", eko={12: []}, nobody={12: []})
    told = pointers(await ward.ask("PUT", "/rosters", "budi", stranger, 422))
    assert len(set(told.values())) == 1, "who is out of reach is as who does not exist"
    await ward.ask("PUT", "/rosters", "ani", await ward.change("ani", dodi={12: []}), 403)
    await ward.ask("PUT", "/rosters", "audit", await ward.change("ani", dodi={12: []}), 403)
    assert (await ward.month("audit")).keys() == {"ani", "budi", "dodi"}
    assert (await ward.month("ani")).keys() == {"ani"}
    # Who leads the unit above sees and rosters all below it, and nobody beside.
    assert (await ward.month("citra")).keys() == {"ani", "budi", "dodi"}
    assert (await ward.month("citra", "lain")).keys() == set()
    await ward.ask("PUT", "/rosters", "citra", await ward.change("citra", ani={12: []}, budi={12: []}))
    refused = await ward.change("citra", citra={12: []}, eko={12: []})
    assert pointers(await ward.ask("PUT", "/rosters", "citra", refused, 422)).keys() == {
        "/body/people/0",
        "/body/people/1",
    }
    mine = (await ward.ask("GET", f"/rosters?month={MONTH}", "citra")).json()
    assert [one["employee_id"] for one in mine["items"]] == ["ani", "budi", "citra", "dodi"]
    await ward.ask("GET", f"/rosters?month={MONTH}", "eko", status=422)
    await ward.ask("GET", "/employees/eko/plans?from=2026-06-01&to=2026-06-30", "budi", status=403)


async def test_pages_hold_everybody_once(ward: Ward) -> None:
    first = (await ward.ask("GET", f"/rosters?unit_id=bidang&month={MONTH}&limit=2", "eko")).json()
    assert ([one["employee_id"] for one in first["items"]], first["total"]) == (["ani", "budi"], 3)
    then = await ward.ask("GET", f"/rosters?unit_id=bidang&month={MONTH}&cursor={first['next_cursor']}", "eko")
    assert [one["employee_id"] for one in then.json()["items"]] == ["dodi"]
    assert then.json()["next_cursor"] is None


async def test_two_edits_at_once_lose_nothing(ward: Ward) -> None:
    """Both have seen the same month: one is saved, the other told; what was saved for somebody else stays."""
    changes = [await ward.change("budi", ani={number: [NIGHT]}) for number in (6, 13, 20)]
    token = ward.issuer.token("pegawai", employee_id="budi")
    sent = [ward.service.api.put("/rosters", json=one, headers={"Authorization": f"Bearer {token}"}) for one in changes]
    answers = await asyncio.gather(*sent)
    assert sorted(one.status_code for one in answers) == [200, 412, 412]
    late = next(one for one in answers if one.status_code == 412)
    assert pointers(late).keys() == {"/body/people/0"}
    kept = [one["day"] for one in (await ward.month("budi"))["ani"]["days"] if one["roster"] is not None]
    assert len(kept) == 1
    both = await asyncio.gather(
        ward.ask("PUT", "/rosters", "budi", await ward.change("budi", ani={27: [NIGHT]})),
        ward.ask("PUT", "/rosters", "citra", await ward.change("citra", dodi={27: [NIGHT]})),
    )
    assert [one.status_code for one in both] == [200, 200]


async def test_a_cycle_begins_for_each_where_it_should(ward: Ward) -> None:
    cycle = {
        "people": [{"employee_id": "ani", "start": 0}, {"employee_id": "dodi", "start": 2}],
        "first": "2026-06-06",
        "last": "2026-07-05",
        "days": [[MORNING], [NIGHT], [], []],
        "source": "SP 8/2026",
    }
    assert (await ward.ask("POST", "/rosters/cycles/check", "budi", cycle)).json()["saves"] is False, "5 July: a night"
    cycle["last"] = "2026-07-04"
    checked = (await ward.ask("POST", "/rosters/cycles/check", "budi", cycle)).json()
    errors = [one for one in checked["findings"] if not one["warning"]]
    assert errors == [], errors
    key = uuid4().hex
    for _ in range(2):
        saved = await ward.ask("POST", "/rosters/cycles", "budi", cycle, Idempotency_Key=key)
        assert saved.json()["cells"] == 58
    shown = await ward.month("budi")
    ani, dodi = ([day(shown[who], n)["shifts"] for n in range(6, 14)] for who in ("ani", "dodi"))
    starts = [[shift[0]["start"] if shift else "" for shift in some] for some in (ani, dodi)]
    assert starts == [["06:00", "22:00", "", ""] * 2, ["", "", "06:00", "22:00"] * 2]
    assert len(await ward.duties()) == 2
    away = {**cycle, "last": "2026-12-31"}
    assert "93 hari" in str(pointers(await ward.ask("POST", "/rosters/cycles", "budi", away, 422)))


async def test_patterns_of_one_employee(ward: Ward) -> None:
    path = "/employees/ani/assignments"
    assert (await ward.ask("GET", path, "ani")).headers["etag"] == '"1"'
    given = {"pattern_id": "law-five_day", "valid_from": "2026-06-01", "valid_to": "2026-06-30", "source": "SK 9/2026"}
    body = {"assigned": [given]}
    await ward.ask("PUT", path, "budi", body, 403, If_Match='"1"')
    await ward.ask("PUT", "/employees/eko/assignments", "eko", body, 403, If_Match='"1"')
    assert (await ward.ask("PUT", path, "eko", body, If_Match='"1"')).headers["etag"] == '"2"'
    await ward.ask("PUT", path, "eko", body, 412, If_Match='"1"')
    (told,) = await ward.duties()
    assert (str(told.first), told.last) == ("2026-06-01", None)
    await ward.ask("PUT", path, "eko", body, If_Match='"2"')
    assert len(await ward.duties()) == 1, "the same again is no change"
    other = {**given, "valid_from": "2026-06-15", "valid_to": None}
    wrong = {"assigned": [given, other, {**other, "pattern_id": "entah", "valid_from": "2026-09-01"}]}
    assert (await ward.ask("POST", f"{path}/check", "eko", wrong)).json()["saves"] is False
    told_wrong = (await ward.ask("PUT", path, "eko", wrong, 422, If_Match='"2"')).json()["errors"]
    assert len(told_wrong) >= 2
    plan = (await ward.ask("GET", "/employees/ani/plans?from=2026-06-01&to=2026-06-01", "ani")).json()["items"][0]
    assert "assigned_employee" in plan["why"]
    await ward.ask("GET", "/employees/nobody/assignments", "eko", status=404)


async def test_an_employee_without_post_unit_or_schedule_has_a_state_of_their_own(ward: Ward) -> None:
    await ward.service.parts.db["employees"].insert_one({"_id": "fitri", "assignments": []})
    items = (await ward.ask("GET", "/employees/fitri/plans?from=2026-06-01&to=2026-06-03", "eko")).json()["items"]
    assert [(one["kind"], one["why"]) for one in items] == [("no_schedule", ["no_post"])] * 3
    people = [{"employee_id": "fitri", "tag": (await tag(ward)), "cells": [{"day": "2026-06-12", "shifts": [NIGHT]}]}]
    told = await ward.ask("PUT", "/rosters", "eko", {"month": MONTH, "source": "SP", "people": people}, 422)
    assert pointers(told) == {"/body/people/0/cells/0": "pegawai ini tidak memegang jabatan pada tanggal itu"}
    before = (await ward.ask("GET", "/employees/ani/plans?from=2025-12-31&to=2025-12-31", "ani")).json()["items"]
    assert [one["why"] for one in before] == [["not_assigned"]]


async def tag(ward: Ward) -> str:
    """That of an empty month."""
    empty: str = (await ward.month("eko"))["ani"]["tag"]
    return empty


async def test_who_looks_is_written_down(ward: Ward) -> None:
    await ward.month("budi")
    viewed = [
        json.loads(fact["data"])["employee_id"]
        async for entry in ward.service.parts.db["events"].find()
        for fact in entry["facts"]
        if "person.viewed" in fact["type"]
    ]
    assert sorted(viewed) == ["ani", "dodi"]
