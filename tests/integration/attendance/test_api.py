"""The JSON API: terminals, enrolments, punches from apps."""

from base64 import b64decode
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.fixtures.iclock.write import attlog, get
from tests.integration.attendance.conftest import Running, until

pytestmark = pytest.mark.integration

NOW = datetime(2026, 3, 2, 0, 31, tzinfo=UTC)


def pointers(problem: dict[str, Any]) -> set[str]:
    return {error["pointer"] for error in problem["errors"]}


async def test_nothing_without_the_token(attendance: Running) -> None:
    attendance.api.headers.pop("authorization")
    for method, path in (("GET", "/devices"), ("POST", "/punches"), ("GET", "/quarantine"), ("GET", "/nothing")):
        answer = await attendance.api.request(method, path)
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"


async def test_registering_before_the_first_contact(attendance: Running) -> None:
    body = {"serial": "KNJ1", "name": "Lobi", "site_id": "wit", "delay": 30, "number": "4"}
    created = await attendance.post("/devices", body, status=201)
    assert created["device"]["site"]["zone"] == "Asia/Jayapura"
    handshake = (await attendance.send(get("/iclock/cdata?SN=KNJ1&options=all"))).text
    assert {"TimeZone=9", "Delay=30"} <= set(handshake.split("\n"))
    await attendance.post("/devices", body, status=409)
    problem = await attendance.post("/devices", {"serial": "a b", "name": "", "site_id": "x", "delay": 1, "q": 1}, 422)
    assert pointers(problem) == {"/body/serial", "/body/name", "/body/delay", "/body/q"}
    assert pointers(await attendance.post("/devices", {**body, "serial": "K2", "site_id": "no"}, 422)) == {
        "/body/site_id"
    }


async def test_edits_need_the_version_they_were_made_on(attendance: Running) -> None:
    await attendance.register("KNJ1")
    shown = await attendance.api.get("/devices/KNJ1")
    headers = {"If-Match": shown.headers["etag"]}
    first = await attendance.api.patch("/devices/KNJ1", json={"name": "Aula"}, headers=headers)
    assert (first.status_code, first.json()["name"]) == (200, "Aula")
    second = await attendance.api.patch("/devices/KNJ1", json={"name": "Gudang"}, headers=headers)
    assert (second.status_code, second.json()["type"]) == (412, "/problems/device-changed")
    assert (await attendance.api.get("/devices/KNJ404")).status_code == 404


async def test_lists_are_paged(attendance: Running) -> None:
    for number in range(5):
        await attendance.register(f"KNJ{number}")
    seen, cursor = [], None
    while True:
        page = await attendance.get("/devices", limit=2, q="knj", **({"cursor": cursor} if cursor else {}))
        assert page["total"] == 5
        seen += [device["serial"] for device in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [f"KNJ{number}" for number in range(5)]
    assert (await attendance.api.get("/devices", params={"cursor": "%%%"})).status_code == 422


async def test_an_enrolment_handed_on_keeps_the_past(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42", "43"])
    body = {"employee_id": "emp-43", "since": "2026-01-01 00:00:00"}
    answer = await attendance.api.put("/enrolments/KNJ1/42", json=body)
    assert answer.json()["enrolment"]["former"] == [{"until": "2026-01-01 00:00:00", "employee_id": "emp-42"}]
    lines = b"42\t2025-12-31 16:00:00\t1\t1\n42\t2026-01-01 07:00:00\t0\t1\n"
    await attendance.send(attlog("KNJ1", lines))
    holders = {punch.local_date.year: punch.employee_id for punch in (await attendance.punches("KNJ1")).values()}
    assert holders == {2025: "emp-42", 2026: "emp-43"}
    wrong = await attendance.api.put("/enrolments/KNJ1/42", json={"employee_id": "x", "since": "2026-02-30 00:00:00"})
    assert pointers(wrong.json()) == {"/body/employee_id", "/body/since"}


async def import_list(attendance: Running, content: str, status: int = 200, **query: Any) -> Any:
    answer = await attendance.api.post("/enrolments/import", content=content.encode(), params=query)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_a_list_of_enrolments(attendance: Running) -> None:
    await attendance.register("KNJ1", pin_space="KOTA", pins=["1", "2", "3"])
    await attendance.send(attlog("KNJ1", b"11\t2026-03-02 07:30:00\t0\t1\n"))
    content = "\ufeffSerial;PIN;NIP\r\nKOTA;11;nip-1\r\n\r\nKOTA;12;nip-2\r\n"
    tried = await import_list(attendance, content, dry_run=True)
    assert (tried["rows"], tried["new"], tried["errors"], tried["dry_run"]) == (2, 2, [], True)
    done = await import_list(attendance, content)
    assert (done["new"], done["punches"]) == (2, 1), "what waited for the list became a punch"
    again = await import_list(attendance, content)
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 2)
    as_json = await import_list(attendance, '[{"space": "KOTA", "pin": "12", "employee_id": "emp-3"}]')
    assert as_json["changed"] == 1


async def test_all_errors_of_a_list_at_once_and_nothing_half_done(attendance: Running) -> None:
    await attendance.enrol("KOTA", ["1", "2"])
    content = "space,pin,nip\nKOTA,11,nip-1\nKOTA,,nip-1\nKOTA,13,nip-404\nKOTA,11,nip-2\nK A,14,nip-1\n"
    tried = await import_list(attendance, content, dry_run=True)
    found = [(error["row"], error["column"]) for error in tried["errors"]]
    assert found == [(3, "pin"), (4, "number"), (5, "pin"), (6, "space")]
    problem = await import_list(attendance, content, status=422)
    assert pointers(problem) == {"/row/3/pin", "/row/4/number", "/row/5/pin", "/row/6/space"}
    assert (await attendance.get("/enrolments", space="KOTA"))["items"] == [
        item for item in (await attendance.get("/enrolments"))["items"] if item["pin"] in ("1", "2")
    ]
    for unreadable in ("nama;umur\nA;1\n", "[1, 2]", "[{", "\x00"):
        await import_list(attendance, unreadable, status=422)


def app_punch(**fields: Any) -> dict[str, Any]:
    given = {
        "client_event_id": "0190a0b0-0001",
        "employee_id": "emp-42",
        "occurred_at": "2026-03-02T07:30:00+07:00",
        "site_id": "wib",
        "direction": "in",
    }
    return {**given, **fields}


async def test_a_punch_from_an_app_is_idempotent(attendance: Running) -> None:
    attendance.clock.fixed = NOW
    await attendance.enrol("X", ["42"])
    first = await attendance.post("/punches", app_punch(), status=201)
    attendance.clock.fixed = NOW.replace(hour=3)
    assert await attendance.post("/punches", app_punch(), status=201) == first
    assert len(await attendance.punches()) == 1
    assert len(await attendance.entries()) == 1
    other = await attendance.post("/punches", app_punch(direction="out"), status=409)
    assert other["type"] == "/problems/event-id-reused"
    punch = next(iter((await attendance.punches()).values()))
    assert (punch.source, punch.method, punch.punch_id) == ("app", "app", first["punch_id"])


async def test_a_punch_that_was_not_finished_is_finished_by_the_repetition(attendance: Running) -> None:
    attendance.clock.fixed = NOW
    await attendance.enrol("X", ["42"])
    first = await attendance.post("/punches", app_punch(), status=201)
    await attendance.parts.journal.collection.delete_many({})  # as if killed before the append
    await attendance.parts.db["app_punches"].update_many({}, {"$set": {"complete": False}})
    assert await attendance.post("/punches", app_punch(), status=201) == first
    assert len(await attendance.punches()) == 1


async def test_a_batch_is_whole_or_nothing(attendance: Running) -> None:
    attendance.clock.fixed = NOW
    await attendance.enrol("X", ["42"])
    bad = [
        app_punch(),
        app_punch(client_event_id="0190a0b0-0002", site_id="no", employee_id="emp-404"),
        app_punch(client_event_id="0190a0b0-0003", occurred_at="2027-01-01T00:00:00Z"),
    ]
    problem = await attendance.post("/punches/batch", bad, status=422)
    assert pointers(problem) == {"/body/1/site_id", "/body/1/employee_id", "/body/2/occurred_at"}
    assert await attendance.punches() == {}
    shape = [{"client_event_id": "x", "occurred_at": "2026-03-02 07:30:00", "lat": 1}]
    problem = await attendance.post("/punches/batch", shape, status=422)
    assert {"/body/0/client_event_id", "/body/0/occurred_at", "/body/0/lat", "/body/0/employee_id"} <= pointers(problem)
    good = [app_punch(client_event_id=f"0190a0b0-1{number:03d}") for number in range(200)]
    receipts = await attendance.post("/punches/batch", [*good, good[0]], status=201)
    assert len(receipts["items"]) == 201
    assert len(await attendance.punches()) == 200


async def test_what_a_terminal_sent_can_be_looked_at(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42"])
    body = b"".join(b"42\t2026-03-02 07:%02d:%02d\t0\t1\n" % (n // 60 % 60, n % 60) for n in range(5000))
    assert (await attendance.send(attlog("KNJ1", body))).text == "OK: 5000"
    page = await attendance.get("/devices/KNJ1/requests", day="2026-03-02")
    assert [(row["way"], row["table"]) for row in page["items"]] == [("push", "ATTLOG")] * 3
    view = await attendance.get(f"/devices/KNJ1/requests/{page['items'][0]['id']}")
    assert b64decode(view["raw"]) == body, "the parts are shown as the one body they were"
    assert (await attendance.api.get(f"/devices/KNJ2/requests/{page['items'][0]['id']}")).status_code == 404


async def test_a_registration_reaches_other_processes(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42"])
    await attendance.parts.db["sites"].update_one({"_id": "wib"}, {"$set": {"zone": "Asia/Jayapura"}})

    async def told() -> bool:
        return "TimeZone=9" in (await attendance.send(get("/iclock/cdata?SN=KNJ1&options=all"))).text

    assert await until(told)
