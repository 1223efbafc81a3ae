"""What is held is seen, mended, let in or put aside; and no race leaves anything behind."""

from datetime import UTC, datetime

import pytest

from services.attendance.parts import replay_of
from services.attendance.quarantine.sweep import Sweep
from tests.fixtures.iclock.write import attlog, post
from tests.integration.attendance.conftest import Running, until

pytestmark = pytest.mark.integration

LINE = b"42\t2026-03-02 07:30:00\t0\t1\n"
RECEIVED = datetime(2026, 3, 2, 0, 31, tzinfo=UTC)


async def test_mapping_a_pin_lets_its_lines_in(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["41"])
    await attendance.enrol("KNJX", ["42"])
    await attendance.send(attlog("KNJ1", LINE + LINE.replace(b"07:30", b"16:05") + LINE.replace(b"42", b"41")))
    summary = await attendance.get("/quarantine/summary")
    assert [(group["reason"], group["count"], group["pins"]) for group in summary["groups"]] == [("unknown_pin", 2, 1)]
    preview = await attendance.post("/quarantine/preview", {"serial": "KNJ1"})
    assert [(one["accepted"], one["problem"]) for one in preview] == [(False, "PIN ini belum terdaftar di mesin")] * 2
    body = {"space": "KNJ1", "pin": "42", "employee_id": "emp-42"}
    assert await attendance.post("/quarantine/map", body) == {"accepted": 2, "held": 0}
    assert {punch.employee_id for punch in (await attendance.punches("KNJ1")).values()} == {"emp-41", "emp-42"}
    assert (await attendance.get("/quarantine/summary"))["total"] == 0
    assert await attendance.post("/quarantine/map", body) == {"accepted": 0, "held": 0}
    await attendance.send(attlog("KNJ1", LINE))
    assert len(await attendance.punches("KNJ1")) == 3, "the same line sent again is the same punch"
    await attendance.post("/quarantine/map", {**body, "employee_id": "emp-404"}, status=422)


async def test_an_absurd_date_is_corrected(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42"], go_live="2020-01-01")
    attendance.clock.fixed = RECEIVED
    await attendance.send(attlog("KNJ1", b"42\t2000-01-01 00:00:07\t0\t1\n42\t2026-03-02 08:30:00\t0\t1\n"))
    items = (await attendance.get("/quarantine", serial="KNJ1", reason="absurd_date"))["items"]
    assert len(items) == 2
    old = next(item["id"] for item in items if item["local_time"].startswith("2000"))
    preview = await attendance.post("/quarantine/preview", {"ids": [old], "correct_local_time": "2026-03-02 07:30:00"})
    assert preview[0]["accepted"]
    assert preview[0]["occurred_at"] == "2026-03-02T00:30:00Z"
    assert preview[0]["suggested_local_time"] == "2026-03-02 07:31:00"
    assert await attendance.punches("KNJ1") == {}, "a preview changes nothing"
    mending = {"ids": [old], "correct_local_time": "2026-03-02 07:30:00"}
    assert (await attendance.post("/quarantine/replay", mending))["accepted"] == 1
    assert (await attendance.post("/quarantine/replay", mending))["accepted"] == 0
    await attendance.send(attlog("KNJ1", b"42\t2000-01-01 00:00:07\t0\t1\n"))
    assert len((await attendance.get("/quarantine", serial="KNJ1"))["items"]) == 1, "what is settled stays settled"
    for wrong in (
        {"ids": [old], "correct_local_time": "2026-02-30 07:30:00"},
        {"correct_local_time": "2026-03-02 07:30:00"},
    ):
        await attendance.post("/quarantine/replay", {"serial": "KNJ1", **wrong}, status=422)


async def test_a_date_the_rules_doubt_can_be_believed(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42"], go_live="2025-01-01")
    await attendance.send(attlog("KNJ1", b"42\t2019-05-06 07:30:00\t0\t1\n"))
    assert (await attendance.post("/quarantine/replay", {"serial": "KNJ1"})) == {"accepted": 0, "held": 1}
    believed = await attendance.post("/quarantine/replay", {"serial": "KNJ1", "any_date": True})
    assert believed == {"accepted": 1, "held": 0}


async def test_an_earlier_go_live_lets_old_lines_in(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42"], go_live="2025-01-01")
    await attendance.send(attlog("KNJ1", b"42\t2019-05-06 07:30:00\t0\t1\n"))
    answer = await attendance.api.patch("/devices/KNJ1", json={"go_live": "2019-01-01"})
    assert answer.status_code == 200
    assert (await attendance.post("/quarantine/replay", {"serial": "KNJ1"}))["accepted"] == 1


async def test_a_malformed_line_is_read_by_a_person(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42"])
    await attendance.send(attlog("KNJ1", b"4Z\t2026-03-0x 07:30:00\t0\t1\nrusak\n"))
    items = (await attendance.get("/quarantine", serial="KNJ1"))["items"]
    chosen = next(item["id"] for item in items if item["line"].startswith("4Z"))
    mending = {"ids": [chosen], "correct_pin": "42", "correct_local_time": "2026-03-02 07:30:00"}
    assert (await attendance.post("/quarantine/replay", mending))["accepted"] == 1
    dismissed = await attendance.post("/quarantine/dismiss", {"serial": "KNJ1", "note": "baris uji coba"})
    assert dismissed == {"dismissed": 1}
    shown = (await attendance.get("/quarantine", serial="KNJ1", state="dismissed"))["items"]
    assert shown[0]["note"] == "baris uji coba"
    await attendance.post("/quarantine/dismiss", {"serial": "KNJ1"}, status=422)
    await attendance.post("/quarantine/dismiss", {"note": "semua"}, status=422)


async def test_another_reason_takes_the_place_of_the_first(attendance: Running) -> None:
    await attendance.register("KNJ1", go_live="2025-01-01")
    await attendance.send(attlog("KNJ1", b"42\t2019-05-06 07:30:00\t0\t1\n"))
    await attendance.post("/quarantine/replay", {"serial": "KNJ1", "any_date": True})
    items = (await attendance.get("/quarantine", serial="KNJ1"))["items"]
    assert [item["reason"] for item in items] == ["unknown_pin"]


async def test_a_crash_between_append_and_mark_repeats_harmlessly(attendance: Running) -> None:
    await attendance.register("KNJ1")
    await attendance.send(attlog("KNJ1", LINE))
    await attendance.enrol("KNJ1", ["42"])
    replay = replay_of(attendance.parts)
    settle = attendance.parts.quarantine.settle

    async def crash(*arguments: object, **more: object) -> int:
        raise ConnectionError("killed here")

    attendance.parts.quarantine.settle = crash  # type: ignore[method-assign]
    with pytest.raises(ConnectionError):
        await replay.lines({"serial": "KNJ1"})
    attendance.parts.quarantine.settle = settle  # type: ignore[method-assign]
    assert (await replay.lines({"serial": "KNJ1"})).accepted == 1
    assert len(await attendance.punches("KNJ1")) == 1


async def test_the_sweep_closes_every_race(attendance: Running) -> None:
    await attendance.register("KNJ1")
    await attendance.send(attlog("KNJ1", LINE))
    await attendance.enrol("KNJ1", ["42"])
    # A request that was on its way while its terminal was being approved.
    request = {
        "received": RECEIVED,
        "endpoint": "cdata",
        "table": "ATTLOG",
        "query": "cdata?sn=KNJ1",
        "address": "10.1.1.1",
        "raw": LINE.replace(b"07:30", b"07:29"),
    }
    await attendance.parts.quarantine.keep_request("KNJ1", request)
    oplog = {**request, "table": "OPERLOG", "raw": b"OPLOG 82\t9\t2026-03-02 07:02:10\t0\t0\t0\t0\n"}
    await attendance.parts.quarantine.keep_request("KNJ1", oplog)
    sweep = Sweep(replay_of(attendance.parts), attendance.parts.quarantine, every=0.05)
    assert await sweep.requests() == 2
    assert await sweep.requests() == 0
    assert await replay_of(attendance.parts).newly_enrolled() == 1
    assert len(await attendance.punches("KNJ1")) == 2
    assert len(await attendance.alerts("KNJ1", "tamper")) == 1


async def test_a_retired_terminal_is_kept_but_not_counted(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42"])
    await attendance.post("/devices/KNJ1/retire")
    assert (await attendance.send(attlog("KNJ1", LINE))).text == "OK: 1"
    assert (await attendance.send(post("/iclock/cdata?SN=KNJ1&table=OPERLOG", b"OPLOG 4\t1\t2\n"))).text == "OK: 1"
    assert await attendance.punches("KNJ1") == {}
    approved = await attendance.post("/devices/KNJ1/approve", {"name": "Lobi", "site_id": "wib"})
    assert (approved["replayed_requests"], approved["punches"]) == (2, 1)


async def test_another_process_learns_of_enrolments(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42"])
    await attendance.send(attlog("KNJ1", LINE))
    collection = attendance.parts.db["enrolments"]
    await collection.update_one({"_id": "KNJ1|42"}, {"$set": {"employee_id": "emp-other"}})

    async def seen() -> bool:
        holders = await attendance.parts.enrolments.holders("KNJ1", ["42"])
        return holders["42"] == "emp-other"

    assert await until(seen)
