"""The device scenarios of devices.md section 7 over real sockets: handshakes, punches, odd bytes."""

import asyncio
import json
from base64 import b64decode
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest

from services.attendance.punches.lines import read_attlog
from tests.fixtures.iclock.write import attlog, get, post
from tests.integration.attendance.conftest import Running
from tests.integration.attendance.wire import Fixtures

pytestmark = pytest.mark.integration


def pins_of(fixtures: Fixtures, *numbers: str) -> set[str]:
    return {line.pin for number in numbers for line in read_attlog(fixtures.body(number)).lines}


@pytest.mark.parametrize("number", ["01", "02", "03", "04", "06", "07"])
async def test_t01_handshake(attendance: Running, fixtures: Fixtures, number: str) -> None:
    reply = await attendance.send(fixtures.request(number))
    lines = reply.text.split("\n")
    assert reply.status == 200
    assert reply.headers["content-type"].startswith("text/plain")
    assert lines[0] == f"GET OPTION FROM: {fixtures.serial(number)}"
    assert {"Realtime=1", "Encrypt=None", "TimeZone=7"} <= set(lines)
    assert "Stamp=0" not in reply.text
    date = parsedate_to_datetime(reply.headers["date"])
    assert abs((date - datetime.now(UTC)).total_seconds()) <= 2


async def test_t01_a_registered_terminal_is_told_the_zone_of_its_site(attendance: Running, fixtures: Fixtures) -> None:
    await attendance.register(fixtures.serial("03"), site="wit")
    assert "TimeZone=9" in (await attendance.send(fixtures.request("03"))).text.split("\n")


async def test_t02_nine_lines_of_two_people(attendance: Running, fixtures: Fixtures) -> None:
    serial = fixtures.serial("10")
    await attendance.register(serial, pins=pins_of(fixtures, "10"))
    reply = await attendance.send(fixtures.request("10"))
    assert (reply.status, reply.text) == (200, "OK: 9")
    punches = await attendance.punches(serial)
    assert len(punches) == 9
    assert len({punch.employee_id for punch in punches.values()}) == 2


async def test_t02_one_line_is_an_instant_in_the_sites_zone(attendance: Running, fixtures: Fixtures) -> None:
    serial = fixtures.serial("11")
    await attendance.register(serial, pins=pins_of(fixtures, "11"))
    assert (await attendance.send(fixtures.request("11"))).text == "OK: 1"
    punch = next(iter((await attendance.punches(serial)).values()))
    expected = {"own": "2025-06-17T12:41:09+07:00", "shared": "2024-08-05T12:40:57+07:00"}[fixtures.name]
    assert punch.occurred_at == datetime.fromisoformat(expected)
    assert (punch.direction, punch.method, punch.source) == ("out", "finger", "terminal")


async def test_t03_undefined_status(attendance: Running, fixtures: Fixtures) -> None:
    serial = fixtures.serial("12")
    await attendance.register(serial, pins=pins_of(fixtures, "12", "13"))
    await attendance.send(fixtures.request("12"))
    await attendance.send(fixtures.request("13", serial))
    punches = await attendance.punches(serial)
    assert {(punch.direction, punch.method) for punch in punches.values()} == {("unknown", "face")}
    assert len(punches) == 2


async def test_t04_resend_storm(attendance: Running, fixtures: Fixtures) -> None:
    serial = fixtures.serial("21")
    await attendance.register(serial, pins=pins_of(fixtures, "17", "21"))
    gate = asyncio.Semaphore(8)

    async def once(number: str) -> str:
        async with gate:
            return (await attendance.send(fixtures.request(number))).text

    texts = await asyncio.gather(*(once(number) for number in ["17", "21"] * 220))
    assert set(texts[::2]) == {"OK: 20"}
    assert set(texts[1::2]) == {"OK: 128"}
    assert len(await attendance.punches(serial)) == 148
    entries = await attendance.entries(serial)
    assert sum(entry["lines"] for entry in entries) == 220 * 148
    assert {entry["raw"] for entry in entries} == {fixtures.body("17"), fixtures.body("21")}


async def test_t05_malformed_lines_are_kept_for_a_person(attendance: Running, fixtures: Fixtures) -> None:
    serial = fixtures.serial("16")
    await attendance.register(serial, pins=["1001", "1002", "1003", "1004", "1005"])
    for _ in range(2):
        assert (await attendance.send(fixtures.request("16"))).text == "OK: 7"
        assert len(await attendance.punches(serial)) == 2
        held = (await attendance.get("/quarantine", serial=serial))["items"]
        assert len(held) == 5
    assert {item["count"] for item in held} == {2}
    assert "1004\t" in "".join(item["line"] for item in held)


async def test_t08_backlog_after_an_outage(attendance: Running, fixtures: Fixtures) -> None:
    serial = fixtures.serial("20")
    await attendance.register(serial, site="wita", pins=pins_of(fixtures, "20"))
    expected = {
        "own": ("2026-03-03T00:30:00", "2026-03-02T16:05:10+08:00"),
        "shared": ("2026-08-21T00:50:32", "2026-08-20T16:57:20+08:00"),
    }[fixtures.name]
    attendance.clock.fixed = datetime.fromisoformat(expected[0]).replace(tzinfo=UTC)
    await attendance.send(fixtures.request("03"))  # the first contact after the outage
    assert (await attendance.send(fixtures.request("20"))).text == "OK: 5"
    punches = sorted((await attendance.punches(serial)).values(), key=lambda punch: punch.occurred_at)
    lines = read_attlog(fixtures.body("20")).lines
    assert punches[0].occurred_at == datetime.fromisoformat(expected[1])
    assert [punch.occurred_at.isoformat() for punch in punches] == [
        datetime.fromisoformat(f"{line.local_time}+08:00").astimezone(UTC).isoformat() for line in lines
    ]
    assert {flag for punch in punches for flag in punch.flags} == {"late_arrival"}
    assert await attendance.alerts(serial) == []


async def test_t09_an_unknown_terminal_is_let_in_later(attendance: Running, fixtures: Fixtures) -> None:
    serial = fixtures.serial("10")
    assert (await attendance.send(get(f"/iclock/cdata?SN={serial}&options=all"))).status == 200
    assert (await attendance.send(fixtures.request("10"))).text == "OK: 9"
    assert await attendance.punches() == {}
    listed = (await attendance.get("/devices", status="pending"))["items"]
    assert [(device["serial"], device["waiting_requests"]) for device in listed] == [(serial, 1)]
    waiting = (await attendance.get("/quarantine/requests", serial=serial))["items"]
    assert waiting[0]["text"] == fixtures.body("10").decode()

    await attendance.enrol(serial, pins_of(fixtures, "10"))
    approval = {"name": "Lobi", "site_id": "wib", "go_live": "2015-01-02"}
    approved = await attendance.post(f"/devices/{serial}/approve", approval)
    assert (approved["replayed_requests"], approved["punches"], approved["held"]) == (1, 9, 0)
    assert len(await attendance.punches(serial)) == 9
    again = await attendance.post(f"/devices/{serial}/approve", approval)
    assert again["replayed_requests"] == 0


async def test_t09_over_the_cap_nothing_is_acknowledged(attendance: Running) -> None:
    body = b"42\t2026-03-02 07:30:00\t0\t1\n" * 1000
    most = attendance.parts.settings.pending_bytes
    assert await attendance.parts.quarantine.reserve("KNJNEW1", most - len(body), most)
    assert (await attendance.send(attlog("KNJNEW1", body))).text == "OK: 1000"
    refused = await attendance.send(attlog("KNJNEW1", body))
    assert (refused.status, refused.body) == (503, b"")


@pytest.mark.parametrize("number", ["36", "40", "41", "45", "46", "23", "71", "43"])
async def test_t11_odd_requests_are_answered_and_kept(attendance: Running, fixtures: Fixtures, number: str) -> None:
    serial = fixtures.serial(number)
    if serial:
        await attendance.register(serial)
    reply = await attendance.send(fixtures.request(number))
    assert reply.status == 200
    assert reply.headers["content-type"].startswith("text/plain")
    assert reply.text == {"36": "OK: 2", "23": "OK: 0"}.get(number, "OK")
    assert await attendance.punches() == {}
    if number == "46":
        waiting = (await attendance.get("/quarantine/requests", serial=""))["items"]
        assert waiting[0]["text"].encode() == fixtures.body(number)
    elif number != "71":
        entry = (await attendance.entries(serial))[-1]
        view = await attendance.get(f"/devices/{serial}/requests/{entry['_id']}")
        assert b64decode(view["raw"]) == fixtures.body(number)
    if number in ("40", "41"):
        assert fixtures.body(number)[200:260] not in json.dumps(entry, default=str).encode()
        async for photo in attendance.parts.db["photos"].find():
            assert fixtures.body(number)[200:260] not in photo["cipher"]


async def test_t11_random_bytes(attendance: Running) -> None:
    await attendance.register("KNJRAND1")
    body = bytes(number * 97 % 256 for number in range(4096))
    for table in ("ATTLOG", "OPERLOG", "BIODATA", "OPTIONS", "ERRORLOG", "APA", ""):
        reply = await attendance.send(post(f"/iclock/cdata?SN=KNJRAND1&table={table}", body))
        assert reply.status == 200
        assert reply.text.startswith("OK")
        assert (await attendance.entries("KNJRAND1"))[-1]["raw"] == body
    assert (await attendance.send(post("/iclock/devicecmd?SN=KNJRAND1", body))).text == "OK"
    assert [alert["subject"] for alert in await attendance.alerts("KNJRAND1", "unknown_table")] == ["cdata", "APA"]


@pytest.mark.parametrize("number", ["14", "15", "18", "19", "22", "24"])
async def test_further_shapes(attendance: Running, fixtures: Fixtures, number: str) -> None:
    serial = fixtures.serial("12")
    await attendance.register(serial, pins=pins_of(fixtures, number))
    reply = await attendance.send(fixtures.request(number, serial))
    punches = list((await attendance.punches(serial)).values())
    count = {"22": 4, "24": 2}.get(number, 1)
    assert (reply.text, len(punches)) == (f"OK: {count}", count)
    if number == "18":
        assert punches[0].occurred_at.isoformat().endswith("00:30:00+00:00")
    if number == "24":
        assert {punch.employee_id for punch in punches} == {f"emp-{pin}" for pin in pins_of(fixtures, "24")}


@pytest.mark.parametrize(("zone", "offset"), [("wib", 7), ("wita", 8), ("wit", 9), ("ist", 5.5)])
async def test_t15_the_same_wall_time_in_four_zones(attendance: Running, zone: str, offset: float) -> None:
    await attendance.register(f"KNJ-{zone}", site=zone, pins=["42"])
    await attendance.send(attlog(f"KNJ-{zone}", b"42\t2026-01-05 07:30:00\t0\t1\t0\t0\t0\n"))
    punch = next(iter((await attendance.punches(f"KNJ-{zone}")).values()))
    assert punch.occurred_at.timestamp() == datetime(2026, 1, 5, 7, 30, tzinfo=UTC).timestamp() - offset * 3600
    assert punch.local_date.isoformat() == "2026-01-05"


@pytest.mark.parametrize(
    ("request_", "text"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "OK"),
        (b"GET /iclock/ping?SN=KNJ1 HTTP/1.0\r\n\r\n", "OK"),
        (b"GET /iclock/apa/saja?SN=KNJ1 HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "OK"),
        (b"POST /iclock/test HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", "OK"),
        (
            b"POST /a/b/ICLOCK/iclock/cdata.aspx/?Sn=KNJ1&TABLE=attlog HTTP/1.0\r\nContent-Type: a/b\r\n"
            b"Content-Type: c/d\r\nContent-Length: 28\r\n\r\n42\t2026-03-02 07:30:00\t0\t1\r\n",
            "OK: 1",
        ),
        (
            b"POST /iclock/cdata?SN=KNJ1&table=ATTLOG HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"10\r\n42\t2026-03-02 07\r\n0b\r\n:30:00\t0\t1\n\r\n0\r\n\r\n",
            "OK: 1",
        ),
        (
            b"POST /iclock/cdata?SN=KNJ1&table=tabledata&tablename=user&count=1 HTTP/1.0\r\n"
            b"Content-Length: 3\r\n\r\na=b",
            "user=1",
        ),
    ],
)
async def test_any_shape_of_http(attendance: Running, request_: bytes, text: str) -> None:
    await attendance.register("KNJ1", pins=["42"])
    reply = await attendance.send(request_)
    assert (reply.status, reply.text) == (200, text)
    assert reply.headers["content-type"].startswith("text/plain")
    assert "location" not in reply.headers
    assert "www-authenticate" not in reply.headers
