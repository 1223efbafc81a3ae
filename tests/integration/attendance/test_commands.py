"""T-13: commands out, results in, counts compared."""

from datetime import UTC, datetime

import pytest

from tests.fixtures.iclock.write import attlog, get, post
from tests.integration.attendance.conftest import Running, until
from tests.integration.attendance.wire import Fixtures

pytestmark = pytest.mark.integration

DAY = {"start": "2026-03-02 00:00:00", "end": "2026-03-02 23:59:59"}


async def poll(attendance: Running, serial: str) -> str:
    return (await attendance.send(get(f"/iclock/getrequest?SN={serial}"))).text


async def first_command(attendance: Running, serial: str) -> str:
    async def asked() -> str:
        text = await poll(attendance, serial)
        return text if text != "OK" else ""

    found: str = await until(asked)
    return found


async def test_t13_one_command_a_poll(attendance: Running) -> None:
    await attendance.register("KNJ1")
    assert await poll(attendance, "KNJ1") == "OK"
    command = await attendance.post("/devices/KNJ1/commands", {"kind": "query_attlog", "parameters": DAY}, status=201)
    text = await first_command(attendance, "KNJ1")
    assert text == (f"C:{command['id']}:DATA QUERY ATTLOG StartTime=2026-03-02 00:00:00\tEndTime=2026-03-02 23:59:59\n")
    assert await poll(attendance, "KNJ1") == "OK"
    await attendance.send(post("/iclock/devicecmd?SN=KNJ1", f"ID={command['id']}&Return=0&CMD=DATA\n".encode()))
    assert (await attendance.get("/devices/KNJ1/commands"))[0]["state"] == "done"


async def test_t13_a_name_cannot_create_a_second_command(attendance: Running) -> None:
    await attendance.register("KNJ1")
    parameters = {"pin": "1", "name": "Eva\nC:1:CLEAR LOG\tPri=14"}
    await attendance.post("/devices/KNJ1/commands", {"kind": "update_user", "parameters": parameters}, status=201)
    text = await first_command(attendance, "KNJ1")
    assert text.count("\n") == 1
    assert text.count("C:") == 2, "the second is text inside the name"
    assert text.split("\t")[1] == "Name=Eva C:1:CLEAR LOG Pri=14"
    assert await poll(attendance, "KNJ1") == "OK"


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "clear_log"},
        {"kind": "shell", "parameters": {"name": "ls"}},
        {"kind": "query_attlog"},
        {"kind": "query_attlog", "parameters": {"start": "2026-02-30 00:00:00", "end": "2026-03-02 00:00:00"}},
        {"kind": "check", "parameters": {"text": "CLEAR DATA"}},
    ],
)
async def test_only_the_allow_list(attendance: Running, body: dict[str, object]) -> None:
    await attendance.register("KNJ1")
    problem = await attendance.post("/devices/KNJ1/commands", body, status=422)
    assert problem["errors"]


async def test_a_command_needs_an_active_terminal(attendance: Running) -> None:
    await attendance.send(get("/iclock/cdata?SN=KNJNEW&options=all"))
    await attendance.post("/devices/KNJNEW/commands", {"kind": "check"}, status=409)


async def test_t13_results_of_commands_nobody_gave(attendance: Running, fixtures: Fixtures) -> None:
    await attendance.register("KNJ1")
    for number in ("61", "64", "65"):
        reply = await attendance.send(fixtures.request(number, "KNJ1", table="", endpoint="devicecmd"))
        assert reply.text == "OK"
    shown = await attendance.get("/devices/KNJ1/commands")
    assert {row["state"] for row in shown} == {"unsolicited"}
    assert len(shown) == 6
    refused = [row for row in shown if row["returned"] == -1002]
    assert len(refused) == 1
    assert "tidak didukung" in refused[0]["meaning"]


async def test_t13_a_refused_command_has_failed(attendance: Running) -> None:
    await attendance.register("KNJ1")
    command = await attendance.post("/devices/KNJ1/commands", {"kind": "verify_attlog", "parameters": DAY}, status=201)
    await first_command(attendance, "KNJ1")
    result = f"ID={command['id']}&Return=-1002&CMD=VERIFY SUM\n".encode()
    await attendance.send(post("/iclock/devicecmd?SN=KNJ1", result))
    shown = (await attendance.get("/devices/KNJ1/commands"))[0]
    assert (shown["state"], shown["returned"]) == ("failed", -1002)


async def test_t13_a_count_that_differs_is_a_gap(attendance: Running, fixtures: Fixtures) -> None:
    serial = fixtures.serial("12")
    await attendance.register(serial, pins=["42"])
    request = fixtures.request("62", serial, table="", endpoint="devicecmd")
    assert (await attendance.send(request)).text == "OK"
    alerts = await attendance.alerts(serial, "gap")
    assert len(alerts) == 1
    assert "tersimpan 0" in alerts[0]["detail"]
    queued = [row for row in await attendance.get(f"/devices/{serial}/commands") if row["state"] == "queued"]
    assert [row["kind"] for row in queued] == ["query_attlog"]
    assert queued[0]["parameters"] == {
        "start": alerts[0]["subject"].split("/")[0],
        "end": alerts[0]["subject"].split("/")[1],
    }
    await attendance.send(request)
    assert len(await attendance.get(f"/devices/{serial}/commands")) == 2, "asked for once, not once a night"


async def test_t13_what_waits_in_quarantine_is_not_missing(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42"])
    body = b"".join(b"%d\t2026-03-02 07:30:%02d\t0\t1\n" % (42 + second % 2, second) for second in range(10))
    for _ in range(3):
        await attendance.send(attlog("KNJ1", body))
    await attendance.send(attlog("KNJ1", b"42\t2026-03-03 07:30:00\t0\t1\n"))

    async def verify(count: int) -> int:
        result = "ID=x&Return=0&CMD=VERIFY SUM&StartTime={start}&EndTime={end}&AttlogSum={count}\n"
        await attendance.send(post("/iclock/devicecmd?SN=KNJ1", result.format(**DAY, count=count).encode()))
        return len(await attendance.alerts("KNJ1", "gap"))

    assert await verify(10) == 0, "5 punches and 5 lines with an unknown PIN"
    assert await verify(11) == 1
    assert await verify(10) == 0, "the gap closes when the counts agree"


async def test_options_and_info_say_what_a_terminal_holds(attendance: Running, fixtures: Fixtures) -> None:
    serial = fixtures.serial("43")
    await attendance.register(serial)
    await attendance.send(fixtures.request("43"))
    await attendance.beats.flush()
    state = (await attendance.get(f"/devices/{serial}"))["state"]
    expected = {"own": ("Wajah 7", 311), "shared": ("SenseFace 4A", 128)}[fixtures.name]
    assert (state["model"], state["held"]) == expected
    await attendance.send(get(f"/iclock/getrequest?SN={serial}&INFO=Ver9,1,2,4021,192.0.2.1"))
    await attendance.beats.flush()
    state = (await attendance.get(f"/devices/{serial}"))["state"]
    assert (state["held"], state["firmware"]) == (4021, "Ver9")


async def test_everything_is_asked_for_once(attendance: Running) -> None:
    await attendance.register("KNJ1")
    await attendance.post("/devices/KNJ1/recollect")
    handshake = get("/iclock/cdata?SN=KNJ1&options=all")

    async def asked() -> bool:
        return "ATTLOGStamp=0\n" in (await attendance.send(handshake)).text

    assert await until(asked)
    assert not await asked()


async def test_set_time_is_the_terminals_wall_clock_when_it_polls(attendance: Running) -> None:
    await attendance.register("KNJ1", site="wita")
    await attendance.post("/devices/KNJ1/commands", {"kind": "set_time"}, status=201)
    attendance.clock.fixed = datetime(2026, 1, 4, 23, 30, tzinfo=UTC)
    assert (await first_command(attendance, "KNJ1")).endswith(":SET OPTION DateTime=836033400\n")
