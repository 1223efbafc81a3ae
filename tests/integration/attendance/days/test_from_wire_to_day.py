"""From a terminal's bytes to the assessed day: T-08 (a batch that comes late) and T-15 (three zones)."""

from datetime import date, timedelta

import pytest

from tests.fixtures.iclock.write import FACE, OUTAGE, attlog, get, lines
from tests.integration.attendance.days.assessing import Assessing, local

pytestmark = pytest.mark.integration

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
HIRED = date(2026, 2, 27)
WITA = "Asia/Makassar"


async def test_t08_a_batch_that_comes_late_changes_the_day_before(assessing: Assessing) -> None:
    service = assessing.service
    await service.register(FACE, site="wita", pins=["11", "12", "13"])
    people = ["emp-11", "emp-12", "emp-13"]
    await assessing.hire(people, HIRED, "wita")
    service.clock.fixed = local(MONDAY, "07:21", WITA)
    await service.send(get(f"/iclock/getrequest?SN={FACE}"))
    morning = lines(*(f"{pin}\t2026-03-02 07:2{n}:00\t255\t15" for n, pin in enumerate(("11", "12"))))
    assert (await service.send(attlog(FACE, morning))).text == "OK: 2"
    await assessing.until(local(TUESDAY, "07:45", WITA))
    before = {who: (await assessing.day(who, MONDAY))["day"] for who in people}
    assert before["emp-11"]["shifts"][0]["early"] == {"minutes": None, "band": "PSW4", "missing": True, "to_none": 0}
    assert before["emp-13"]["status"] == "absent"

    service.clock.fixed = local(TUESDAY, "07:50:33", WITA)
    assert (await service.send(attlog(FACE, lines(*OUTAGE, end="\r\n")))).text == "OK: 5"
    assert await service.alerts(FACE, "clock_drift") == []
    await assessing.catch_up()
    after = {who: await assessing.day(who, MONDAY) for who in people}
    assert after["emp-11"]["day"]["last_out"] == "2026-03-02T08:31:07Z", "16.31.07 WITA, the second scan of the evening"
    assert after["emp-11"]["day"]["shifts"][0]["early"]["band"] is None
    assert after["emp-12"]["day"]["shifts"][0]["early"]["band"] is None
    assert after["emp-13"]["day"]["status"] == "present", "seen once, at its end"
    assert after["emp-13"]["day"]["shifts"][0]["late"]["missing"]
    late = {flag for one in after.values() for punch in one["punches"] for flag in punch["flags"]}
    assert "clock_drift" not in late
    today = (await assessing.day("emp-12", TUESDAY))["day"]
    assert (today["shifts"][0]["late"]["minutes"], today["first_in"]) == (19, "2026-03-02T23:49:21Z")


@pytest.mark.parametrize(
    ("site", "zone", "first_in"),
    [
        ("wib", "Asia/Jakarta", "2026-03-02T00:37:00Z"),
        ("wita", "Asia/Makassar", "2026-03-01T23:37:00Z"),
        ("wit", "Asia/Jayapura", "2026-03-01T22:37:00Z"),
    ],
)
async def test_t15_the_same_text_is_another_instant_and_the_same_lateness(
    assessing: Assessing, site: str, zone: str, first_in: str
) -> None:
    service = assessing.service
    await service.register("KNJ1", site=site, pins=["21"])
    await assessing.hire(["emp-21"], HIRED, site)
    for clock in ("07:37", "16:02"):
        service.clock.fixed = local(MONDAY, clock, zone) + timedelta(seconds=2)
        await service.send(get("/iclock/getrequest?SN=KNJ1"))
        reply = await service.send(attlog("KNJ1", lines(f"21\t2026-03-02 {clock}:00\t255\t15")))
        assert reply.text == "OK: 1"
    await assessing.until(local(TUESDAY, "06:00", zone))
    day = (await assessing.day("emp-21", MONDAY))["day"]
    assert (day["zone"], day["first_in"], day["status"]) == (zone, first_in, "present")
    (shift,) = day["shifts"]
    assert (shift["late"]["minutes"], shift["late"]["band"]) == (7, "TL1")
    assert shift["early"]["band"] is None
