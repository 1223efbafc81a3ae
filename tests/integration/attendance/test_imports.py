"""T-16: files, alone and over what was pushed."""

from typing import Any

import pytest

from services.attendance.imports.layouts import PRESETS, read_lines
from tests.fixtures.iclock.write import attlog
from tests.integration.attendance.conftest import Running
from tests.integration.attendance.wire import Fixtures

pytestmark = pytest.mark.integration


def pins_of(content: bytes, preset: str = "zk6") -> set[str]:
    return {line.pin for line in read_lines(content, PRESETS[preset])[0].lines}


async def upload(
    attendance: Running,
    content: bytes,
    serial: str,
    path: str = "",
    status: int = 201,
    name: str = "attlog.dat",
    **form: str,
) -> Any:
    answer = await attendance.api.post(
        f"/imports{path}", files={"file": (name, content)}, data={"serial": serial, **form}
    )
    assert answer.status_code == status, answer.text
    return answer.json()


def counts(report: dict[str, Any]) -> tuple[int, int, int, dict[str, int]]:
    return report["rows"], report["new"], report["known"], report["quarantined"]


async def test_t16_a_file_over_pushes_adds_only_the_difference(attendance: Running, fixtures: Fixtures) -> None:
    content = fixtures.content("A_6col_w9_first200" if fixtures.name == "shared" else "A")
    await attendance.register("KNJ1", pins=pins_of(content))
    rows = [line.split("\t") for line in content.decode().splitlines()]
    pushed = "".join(f"{row[0].strip()}\t{row[1]}\t{row[3]}\t{row[4]}\t0\t0\t0\n" for row in rows[:120])
    await attendance.send(attlog("KNJ1", pushed.encode()))
    assert len(await attendance.punches("KNJ1")) == 120
    preview = await upload(attendance, content, "KNJ1", "/preview", 200)
    assert counts(preview["report"]) == (200, 80, 120, {})
    assert preview["layout"]["name"] == "zk6"
    assert len(await attendance.punches("KNJ1")) == 120, "a preview changes nothing"
    done = await upload(attendance, content, "KNJ1")
    assert counts(done["report"]) == (200, 80, 120, {})
    punches = await attendance.punches("KNJ1")
    assert len(punches) == 200
    assert sorted(punch.source for punch in punches.values()).count("file") == 80
    again = await upload(attendance, content, "KNJ1")
    assert counts(again["report"]) == (200, 0, 200, {})
    assert again["same_as"] == done["id"]
    assert len(await attendance.punches("KNJ1")) == 200


async def test_t16_a_large_file(attendance: Running, fixtures: Fixtures) -> None:
    if fixtures.name != "shared":
        pytest.skip("the large export is only in the shared set")
    content = fixtures.content("A_6col_w9_full")
    await attendance.register("KNJ1", pins=pins_of(content))
    done = await upload(attendance, content, "KNJ1", name="1_attlog.dat")
    assert counts(done["report"]) == (11_902, 11_902, 0, {})
    assert (done["report"]["pins"], done["report"]["days"]) == (90, 126)
    again = await upload(attendance, content, "KNJ1")
    assert counts(again["report"]) == (11_902, 0, 11_902, {})
    assert len(await attendance.punches("KNJ1")) == 11_902


async def test_t16_five_columns_of_a_cloud(attendance: Running, fixtures: Fixtures) -> None:
    content = fixtures.content("B")
    count = content.count(b"\n")
    await attendance.register("KNJ1", pins=pins_of(content, "solution5"))
    done = await upload(attendance, content, "KNJ1")
    assert done["layout"] == "solution5"
    assert counts(done["report"])[:2] == (count, count)
    assert "tidak dapat dibedakan" in done["warnings"][0]
    punches = await attendance.punches("KNJ1")
    assert {punch.flags for punch in punches.values()} == {("late_arrival", "ambiguous_columns")}
    assert counts((await upload(attendance, content, "KNJ1"))["report"])[1:3] == (0, count)


async def test_an_ambiguous_line_of_a_pushed_second_is_known(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42", "43"])
    await attendance.send(attlog("KNJ1", b"42\t2025-11-14 07:30:00\t0\t15\t0\t0\t0\n"))
    content = b"42\t2025-11-14 07:30:00\t1\t0\t0\n43\t2025-11-14 07:30:00\t1\t0\t0\n"
    done = await upload(attendance, content, "KNJ1")
    assert counts(done["report"])[:3] == (2, 1, 1)


async def test_t16_a_name_column_needs_a_choice(attendance: Running, fixtures: Fixtures) -> None:
    content = fixtures.content("E")
    await attendance.register("KNJ1", pins=["9", "10"])
    preview = await upload(attendance, content, "KNJ1", "/preview", 200)
    assert preview["layout"] is None
    assert preview["report"] is None
    assert {preset["name"] for preset in preview["presets"]} >= {"zk6", "solution5", "name5"}
    assert preview["sample"][0][2].startswith("2013" if fixtures.name == "shared" else "2014")
    problem = await upload(attendance, content, "KNJ1", status=422)
    assert problem["type"] == "/problems/layout-unknown"
    done = await upload(attendance, content, "KNJ1", preset="name5")
    assert counts(done["report"]) == (2, 2, 0, {})
    named = await upload(attendance, content, "KNJ1", columns="pin,name,time,status,verify")
    assert named["report"]["rows"] == 2


async def test_t16_bom_and_crlf(attendance: Running, fixtures: Fixtures) -> None:
    content = fixtures.content("F")
    await attendance.register("KNJ1", pins=["5"])
    assert counts((await upload(attendance, content, "KNJ1"))["report"]) == (2, 2, 0, {})
    entries = await attendance.entries("KNJ1")
    assert b"\xef\xbb\xbf" + entries[0]["raw"] == content


async def test_shifts_over_midnight(attendance: Running, fixtures: Fixtures) -> None:
    content = fixtures.content("C")
    await attendance.register("KNJ1", pins=pins_of(content))
    done = await upload(attendance, content, "KNJ1")
    assert done["report"]["new"] == {"own": 4, "shared": 7}[fixtures.name]
    directions = {punch.direction for punch in (await attendance.punches("KNJ1")).values()}
    assert "overtime_in" in directions


async def test_what_cannot_be_taken_in_is_held(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["1"], go_live="2020-01-01", number="7")
    content = b"".join(
        [
            b"        1\t2026-03-02 07:30:00\t1\t0\t1\t0\n",
            b"        2\t2026-03-02 07:30:00\t1\t0\t1\t0\n",
            b"        1\t2000-01-01 00:00:07\t1\t0\t1\t0\n",
            b"        1\t2026-02-30 07:30:00\t1\t0\t1\t0\n",
            b"rusak\n\n",
        ]
    )
    done = await upload(attendance, content, "KNJ1", name="1_attlog.dat")
    held = {"malformed": 2, "absurd_date": 1, "unknown_pin": 1}
    assert counts(done["report"]) == (5, 1, 0, held)
    assert len(done["warnings"]) == 2, "another device id in the column, and in the name of the file"
    assert done["report"]["unknown_pins"] == {"2": 1}
    items = (await attendance.get("/quarantine", serial="KNJ1"))["items"]
    assert {item["source"] for item in items} == {"file"}
    await attendance.enrol("KNJ1", ["2"])
    outcome = await attendance.post("/quarantine/replay", {"serial": "KNJ1", "reason": "unknown_pin"})
    assert outcome == {"accepted": 1, "held": 0}
    again = await upload(attendance, content, "KNJ1")
    assert counts(again["report"]) == (5, 0, 2, {"malformed": 2, "absurd_date": 1})


async def test_a_file_for_a_terminal_that_is_not_active(attendance: Running) -> None:
    problem = await upload(attendance, b"x", "KNJ404", status=409)
    assert problem["type"] == "/problems/device-not-active"


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b"\xff\xfe\n" * 100, b"PK\x03\x04" * 500])
async def test_rubbish_is_no_file(attendance: Running, content: bytes) -> None:
    await attendance.register("KNJ1")
    await upload(attendance, content, "KNJ1", status=422)
    done = await upload(attendance, content, "KNJ1", preset="zk6")
    assert done["report"]["new"] == 0
    assert sum(done["report"]["quarantined"].values()) == done["report"]["rows"]
