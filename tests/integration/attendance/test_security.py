"""T-10 and T-12: tokens, addresses, templates, tampering; and bounds that keep the port alive."""

import asyncio

import pytest
from bson import encode

from tests.fixtures.iclock.write import TEMPLATE, attlog, get
from tests.integration.attendance.conftest import Running, until
from tests.integration.attendance.wire import Fixtures, prefixed

pytestmark = pytest.mark.integration

LINE = b"42\t2026-03-02 07:30:00\t0\t1\n"


async def test_t10_a_wrong_token_stores_nothing_and_is_reported(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42"])
    token = (await attendance.post("/devices/KNJ1/token"))["path"]
    right = await attendance.send(prefixed(attlog("KNJ1", LINE), token))
    assert (right.status, right.text) == (200, "OK: 1")
    for request in (attlog("KNJ1", LINE.replace(b"42", b"43")), get("/iclock/getrequest?SN=KNJ1")):
        wrong = await attendance.send(prefixed(request, "/d/not-the-token-at-all"))
        assert (wrong.status, wrong.body) == (401, b"")
        assert "www-authenticate" not in wrong.headers
    assert len(await attendance.entries("KNJ1")) == 1
    alerts = await until(lambda: attendance.alerts("KNJ1", "wrong_token"))
    assert len(alerts) == 1, "reported once a minute, not once a request"
    assert alerts[0]["count"] == 1


async def test_t10_a_missing_token_counts_only_where_it_is_demanded(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42"])
    await attendance.post("/devices/KNJ1/token")
    assert (await attendance.send(attlog("KNJ1", LINE))).text == "OK: 1"
    answer = await attendance.api.patch("/devices/KNJ1", json={"token_required": True})
    assert answer.status_code == 200
    assert (await attendance.send(attlog("KNJ1", LINE))).status == 401


async def test_a_new_address_is_reported_once(attendance: Running) -> None:
    await attendance.register("KNJ1", addresses=["10.1.1.1"])
    moved = get("/iclock/getrequest?SN=KNJ1", "X-Forwarded-For: 10.9.9.9, 10.2.2.2\r\n")
    for _ in range(2):
        await attendance.send(moved)
    alerts = await until(lambda: attendance.alerts("KNJ1", "new_address"))
    assert [(alert["subject"], alert["count"]) for alert in alerts] == [("10.2.2.2", 1)]
    device = await attendance.get("/devices/KNJ1")
    assert device["addresses"] == ["10.1.1.1", "10.2.2.2"]


async def _everything(attendance: Running) -> bytes:
    found = b""
    for name in await attendance.parts.db.list_collection_names():
        async for row in attendance.parts.db[name].find():
            found += encode(row)
    return found


@pytest.mark.parametrize("approved", [True, False])
async def test_t12_no_template_is_stored(attendance: Running, fixtures: Fixtures, approved: bool) -> None:
    for number in ("34", "42"):
        if approved:
            await attendance.register(fixtures.serial(number))
        assert (await attendance.send(fixtures.request(number))).text == "OK: 1"
    stored = await _everything(attendance)
    assert TEMPLATE[:30].encode() not in stored
    assert b"AAAAAAAAAAAAAAAAAAAAAAAA" not in stored
    assert stored.count(b"sha256:") == 2


async def test_t12_operation_log_and_tampering(attendance: Running, fixtures: Fixtures) -> None:
    serial = fixtures.serial("31")
    await attendance.register(serial)
    assert (await attendance.send(fixtures.request("31"))).text == "OK: 2"
    assert await attendance.alerts(serial) == []
    tampering = fixtures.request("37", serial, table="OPERLOG")
    for _ in range(2):
        assert (await attendance.send(tampering)).text == "OK: 3"
    alerts = await attendance.alerts(serial, "tamper")
    assert sorted(alert["subject"].split("|")[0] for alert in alerts) == ["21", "23", "82"]
    await attendance.post(f"/alerts/{alerts[0]['id']}/close", {"note": "diatur teknisi"})
    await attendance.send(tampering)
    assert len(await attendance.alerts(serial, "tamper")) == 2, "what a person has closed stays closed"


async def test_the_operlog_answer_is_a_setting(attendance: Running, fixtures: Fixtures) -> None:
    serial = fixtures.serial("35")
    await attendance.register(serial, operlog_ack="plain")
    assert (await attendance.send(fixtures.request("35"))).text == "OK"


async def test_too_many_unknown_terminals(attendance: Running) -> None:
    attendance.parts.registry.pending = attendance.parts.settings.pending_devices
    assert "GET OPTION FROM: KNJNEW" in (await attendance.send(get("/iclock/cdata?SN=KNJNEW&options=all"))).text
    assert (await attendance.send(attlog("KNJNEW", LINE))).status == 503
    assert (await attendance.get("/devices"))["total"] == 0


async def test_a_body_beyond_the_limit_keeps_its_beginning(attendance: Running) -> None:
    await attendance.register("KNJBIG", pins=["42"])
    body = LINE * (17 * 1024 * 1024 // len(LINE))
    reply = await attendance.send(attlog("KNJBIG", body))
    assert reply.text == f"OK: {len(body) // len(LINE)}"
    entries = await attendance.entries("KNJBIG")
    kept = b"".join(entry["raw"] for entry in entries)
    assert len(kept) > 1024 * 1024 - 100
    assert body.startswith(kept)
    assert entries[0]["size"] == len(body)
    assert len(await attendance.punches("KNJBIG")) == 1
    assert [alert["subject"][:9] for alert in await attendance.alerts("KNJBIG", "gap")] == ["oversize:"]


async def test_sixteen_megabytes_are_kept_whole(attendance: Running) -> None:
    await attendance.register("KNJBIG", pins=["42"])
    line = b"x" * 99 + b"\n"
    body = line * (15 * 1024 * 1024 // 100)
    for table in ("APA", "OPERLOG"):
        reply = await attendance.send(attlog("KNJBIG", body).replace(b"=ATTLOG", b"=" + table.encode(), 1))
        assert reply.status == 200
        entries = [entry for entry in await attendance.entries("KNJBIG") if entry["table"] == table]
        assert b"".join(entry["raw"] for entry in entries) == body


async def test_one_terminal_cannot_take_all_room(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42"])
    terminal = attendance.parts.registry.get("KNJ1")
    assert terminal is not None
    terminal.in_flight = 16
    refused = await attendance.send(attlog("KNJ1", LINE))
    assert (refused.status, refused.body) == (503, b"")
    terminal.in_flight = 0
    replies = await asyncio.gather(*(attendance.send(attlog("KNJ1", LINE)) for _ in range(12)))
    assert {reply.text for reply in replies} == {"OK: 1"}
