"""From a terminal's silence to the excused day, on real parts: found, marked, listed, decided, said."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.attendance.fleet.rules import OfficeHours
from services.attendance.fleet.silence import Silence
from services.attendance.outages.store import OUTAGES
from tests.fixtures.iclock.write import attlog, get, lines
from tests.integration.attendance.days.assessing import Assessing, local

pytestmark = pytest.mark.integration

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
HIRED = date(2026, 2, 27)
PEOPLE = ["emp-41", "emp-42", "emp-43"]


class Morning:
    """Terminals at a site, and the looks that the worker takes."""

    def __init__(self, assessing: Assessing) -> None:
        self.assessing = assessing
        self.service = assessing.service
        parts, hours = self.service.parts, OfficeHours.of("06:00", "18:00", "12345")
        self.silence = Silence(
            parts.registry, parts.devices, parts.alerts, self.service.clock, hours=hours, polls=3, every=1
        )

    async def at(self, clock: str, *polls: str, alive: bool = True) -> None:
        """The time, terminals that poll, and everybody's look. `alive`: the port has listened since the last."""
        self.service.clock.fixed = local(MONDAY, clock)
        if alive:
            await self.listened()
        for serial in polls:
            await self.service.send(get(f"/iclock/getrequest?SN={serial}"))
        await self.service.beats.flush()
        await self.silence.look()
        await self.assessing.look()

    async def look(self) -> None:
        """The worker's look, the port being there."""
        await self.listened()
        await self.assessing.look()

    async def listened(self) -> None:
        """The port has been there all the time up to now."""
        await self.service.parts.db["intake_beats"].update_many({}, {"$set": {"at": self.service.clock()}})

    async def scan(self, serial: str, pin: str, clock: str, *, sent: str = "", day: date = MONDAY) -> None:
        """A scan, live or `sent` later."""
        self.service.clock.fixed = local(day, sent or clock) + timedelta(seconds=2)
        await self.service.send(get(f"/iclock/getrequest?SN={serial}"))
        reply = await self.service.send(attlog(serial, lines(f"{pin}\t{day} {clock}:00\t255\t1")))
        assert reply.text == "OK: 1"

    async def quiet(self, first: str, last: str, *polls: str) -> None:
        """As often as the port must be heard of itself."""
        at, end = local(MONDAY, first), local(MONDAY, last)
        while at <= end:
            self.service.clock.fixed = at
            for serial in polls:
                await self.service.send(get(f"/iclock/getrequest?SN={serial}"))
            await self.service.beats.flush()
            await self.silence.look()
            at += timedelta(seconds=25)
        await self.assessing.look()

    async def outages(self, state: str = "open") -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await self.service.get("/outages", state=state))["items"]
        return items

    async def cases(self, outage: dict[str, Any], **query: str) -> list[tuple[str, int]]:
        page = await self.service.get(f"/outages/{outage['id']}/cases", **query)
        assert page["total"] == len(page["items"])
        return [(one["employee_id"], one["minutes"]) for one in page["items"]]

    async def decide(self, outage: dict[str, Any], key: str = "", **body: Any) -> httpx.Response:
        headers = {"Idempotency-Key": key or uuid4().hex, "If-Match": f'"{outage["version"]}"'}
        sent = {"note": "Listrik padam satu kantor.", **body}
        return await self.service.api.post(f"/outages/{outage['id']}/decisions", json=sent, headers=headers)

    async def day(self, who: str) -> dict[str, Any]:
        found: dict[str, Any] = (await self.assessing.day(who, MONDAY))["day"]
        return found


@pytest.fixture
async def morning(assessing: Assessing) -> Morning:
    """One terminal is silent from 06.40 to 08.20. 41 came before; 42 scans at 08.25; 43 only on leaving."""
    await assessing.service.register("KNJ1", pins=["41", "42", "43"])
    await assessing.hire(PEOPLE, HIRED)
    found = Morning(assessing)
    await found.scan("KNJ1", "41", "06:39")
    await found.at("06:40", "KNJ1")
    await found.quiet("06:40:25", "06:46")
    return found


async def back(morning: Morning) -> None:
    """The terminal is heard of again, and the day goes on to its end."""
    await morning.at("08:20", "KNJ1")
    await morning.scan("KNJ1", "42", "08:25")
    for pin in ("41", "42", "43"):
        await morning.scan("KNJ1", pin, "16:05")
    await morning.at("17:00", "KNJ1")
    await morning.assessing.until(local(TUESDAY, "06:00"))


async def test_silent_then_pending_then_excused(morning: Morning) -> None:
    (found,) = await morning.outages()
    assert (found["scope"], found["signal"], found["until"], found["site_name"]) == ("site", "silence", None, "wib")
    assert datetime.fromisoformat(found["since"]) == local(MONDAY, "06:40")
    await back(morning)
    (found,) = await morning.outages()
    assert datetime.fromisoformat(found["until"]) == local(MONDAY, "08:20")
    assert (found["pending_days"], found["pending_people"], found["pending_minutes"]) == (2, 2, 55)
    assert await morning.cases(found) == [("emp-42", 55), ("emp-43", 0)]
    assert await morning.cases(found, kind="missing_scan") == [("emp-43", 0)]
    in_time, late, unseen = [await morning.day(who) for who in PEOPLE]
    assert (in_time["missing"], in_time["pending"]) == ([], [])
    assert (late["missing"], late["shifts"][0]["late"]["minutes"]) == (["outage"], 55)
    step = next(one for one in late["steps"] if one["code"] == "outage.pending")
    assert step["article"] == "Semua mesin di lokasi ini tidak terhubung (02-03-2026 06.40 s.d. 08.20)"
    assert unseen["shifts"][0]["late"]["missing"]
    listed = await morning.service.get("/employees/emp-42/days", **{"from": str(MONDAY), "to": str(MONDAY)})
    assert listed["items"][0]["outages"] == [{"outage_id": found["id"], "minutes": 55}]

    key = uuid4().hex
    taken = await morning.decide(found, key, outcome="excused")
    assert (taken.status_code, taken.json()["total"], taken.json()["running"]) == (202, 2, True)
    await morning.look()
    again = await morning.decide(found, key, outcome="excused")
    assert (again.status_code, again.json()) == (202, taken.json()), "the same command is done once"
    assert (await morning.decide(found, outcome="refused")).status_code == 412, "it was decided meanwhile"
    late, unseen = [await morning.day(who) for who in ("emp-42", "emp-43")]
    for day in (late, unseen):
        assert (day["status"], day["missing"], day["pending"]) == ("present", [], [])
        assert day["shifts"][0]["late"] == {"minutes": 0, "band": None, "missing": False, "to_none": 0}
        excuse = next(one for one in day["steps"] if one["code"] == "excuse")
        assert (excuse["values"]["kind"], "dibebaskan BKPSDM" in excuse["article"]) == ("amnesty", True)
    history = (await morning.service.get(f"/outages/{found['id']}/decisions"))["items"]
    assert [(one["outcome"], one["applied"], one["running"], one["skipped"]) for one in history] == [
        ("excused", 2, False, [])
    ]
    assert await morning.outages() == []
    assert await morning.cases(found, state="excused") == [("emp-42", 55), ("emp-43", 0)]


async def test_refused_for_one_and_nothing_is_in_doubt_any_more(morning: Morning) -> None:
    await back(morning)
    (found,) = await morning.outages()
    one = [{"employee_id": "emp-42", "day": str(MONDAY)}]
    assert (await morning.decide(found, outcome="refused", cases=one)).status_code == 202
    await morning.look()
    late = await morning.day("emp-42")
    assert (late["missing"], late["pending"], late["shifts"][0]["late"]["minutes"]) == ([], [], 55)
    (left,) = await morning.outages()
    assert await morning.cases(left) == [("emp-43", 0)]
    assert await morning.cases(left, state="refused") == [("emp-42", 55)]
    assert (await morning.decide(left, outcome="refused", cases=one)).status_code == 409


async def test_what_the_terminal_kept_makes_it_harmless(morning: Morning) -> None:
    await morning.at("08:20", "KNJ1")
    await morning.scan("KNJ1", "42", "08:25")
    await morning.assessing.until(local(MONDAY, "08:30"))
    (found,) = await morning.outages()
    assert await morning.cases(found) == [("emp-42", 55)], "known at once, before the day is over"
    await morning.scan("KNJ1", "42", "07:19", sent="08:40")
    await morning.assessing.until(local(MONDAY, "08:45"))
    assert await morning.cases(found) == []
    assert "outage" not in (await morning.day("emp-42"))["missing"]
    assert await morning.outages() == []


async def test_one_of_two_terminals_is_down_for_who_can_scan_at_no_other(assessing: Assessing) -> None:
    await assessing.service.register("KNJ1", pins=["41", "42"])
    await assessing.service.register("KNJ2", pins=["42", "43"])
    await assessing.hire(PEOPLE, HIRED)
    morning = Morning(assessing)
    await morning.at("06:40", "KNJ1", "KNJ2")
    await morning.quiet("06:40:25", "06:46", "KNJ2")
    (found,) = await morning.outages()
    assert (found["scope"], found["serial"], found["marked"]) == ("terminal", "KNJ1", 1)
    cases = await assessing.service.parts.outages.laid(found["id"], PEOPLE)
    assert [one["employee_id"] for one in cases] == ["emp-41"]


async def test_our_own_absence_is_an_outage_of_the_system(assessing: Assessing) -> None:
    await assessing.service.register("KNJ1", pins=["41"])
    await assessing.hire(PEOPLE, HIRED)
    morning = Morning(assessing)
    await morning.at("06:40", "KNJ1")
    await morning.at("08:00", "KNJ1", alive=False)
    (found,) = await morning.outages("all")
    assert (found["scope"], found["signal"], found["marked"]) == ("system", "port", 3)
    assert (datetime.fromisoformat(found["since"]), datetime.fromisoformat(found["until"])) == (
        local(MONDAY, "06:40"),
        local(MONDAY, "08:00"),
    )
    await morning.at("08:01", "KNJ1")
    assert len(await morning.outages("all")) == 1


async def test_an_outage_that_is_told_and_what_is_wrong_with_it(morning: Morning) -> None:
    async def tell(**changes: Any) -> httpx.Response:
        body = {
            "scope": "site",
            "site_id": "wib",
            "since": "2026-03-02T05:00",
            "until": "2026-03-02T06:00",
            "reason": "Listrik padam.",
            "evidence": "Surat PLN 12/2026.",
            **changes,
        }
        sent = {name: value for name, value in body.items() if value is not None}
        return await morning.service.api.post("/outages", json=sent, headers={"Idempotency-Key": uuid4().hex})

    assert (await tell(site_id="entah")).status_code == 422
    assert (await tell(until="2026-03-03T06:00")).status_code == 422
    assert (await tell(until="2026-03-02T05:00")).status_code == 422
    assert (await tell(scope="system")).status_code == 422
    assert (await tell(since="2009-12-31T05:00", until="2009-12-31T06:00")).status_code == 422, "no rule is that old"
    assert (await tell(since="0001-01-01T00:00", until="0001-01-01T06:00")).status_code == 422
    assert (await tell(since="9999-12-31T05:00", until="9999-12-31T23:59")).status_code == 422
    assert (await tell(reason="\u200b\u200b\u200b\u200b\u200b")).status_code == 422
    told = await tell()
    assert told.status_code == 201, told.text
    await morning.look()
    found = await morning.service.get(f"/outages/{told.json()['id']}")
    assert (found["signal"], found["reason"], found["marked"]) == ("told", "Listrik padam.", 0)
    assert (found["since"], found["until"]) == ("2026-03-01T22:00:00Z", "2026-03-01T23:00:00Z")


async def test_a_worker_that_is_killed_goes_on_where_it_was(morning: Morning) -> None:
    await back(morning)
    (found,) = await morning.outages()
    await morning.decide(found, outcome="excused")
    deciding = morning.assessing.outages.deciding
    assert await deciding.piece()
    decisions = morning.service.parts.outages.decisions
    await decisions.update_one({}, {"$set": {"done": 0, "running": True}})
    assert await deciding.piece()
    row = await decisions.find_one({})
    assert row is not None
    assert [one["why"] for one in row["skipped"]] == ["sudah diputus sebelumnya"] * 2
    assert await morning.service.parts.db[OUTAGES].count_documents({}) == 1
