"""T-22 silence and recovery; drifting clocks and wrong zones (devices.md section 1.7)."""

from datetime import UTC, datetime, timedelta

import pytest

from services.attendance.alerts.store import Alerts
from services.attendance.fleet.rules import OfficeHours
from services.attendance.fleet.silence import Silence
from tests.fixtures.iclock.write import attlog, get
from tests.integration.attendance.conftest import Running

pytestmark = pytest.mark.integration

MONDAY = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)  # 07:30 WIB
POLL = get("/iclock/getrequest?SN=KNJ1")


def silence_of(attendance: Running) -> Silence:
    parts = attendance.parts
    hours = OfficeHours.of("06:00", "18:00", "12345")
    alerts = Alerts(parts.db)
    return Silence(parts.registry, parts.devices, alerts, attendance.clock, hours=hours, polls=3, every=1)


async def look(attendance: Running, silence: Silence, at: datetime, *, poll: bool = False) -> int:
    """The device port lives and a look is taken at `at`; returns the open silence alerts."""
    attendance.clock.fixed = at
    if poll:
        await attendance.send(POLL)
    await attendance.beats.flush()
    await silence.look()
    return len(await attendance.alerts("KNJ1", "silent"))


async def test_t22_silence_in_office_hours_and_recovery(attendance: Running) -> None:
    await attendance.register("KNJ1")
    await attendance.register("KNJ2")
    silence = silence_of(attendance)
    assert await look(attendance, silence, MONDAY, poll=True) == 0
    assert await look(attendance, silence, MONDAY + timedelta(seconds=29)) == 0
    assert await look(attendance, silence, MONDAY + timedelta(seconds=40)) == 1
    assert await look(attendance, silence, MONDAY + timedelta(seconds=60)) == 1
    assert await look(attendance, silence, MONDAY + timedelta(seconds=70), poll=True) == 0
    closed = await attendance.alerts("KNJ1", "silent", is_open=False)
    assert [alert["note"] for alert in closed] == ["mesin terhubung lagi"]
    assert await attendance.alerts("KNJ2", "silent") == [], "one that was never connected is not silent"


async def test_t22_night_and_our_own_absence_are_no_silence(attendance: Running) -> None:
    await attendance.register("KNJ1")
    silence = silence_of(attendance)
    night = MONDAY + timedelta(hours=14)
    assert await look(attendance, silence, night, poll=True) == 0
    assert await look(attendance, silence, night + timedelta(seconds=25)) == 0
    assert await look(attendance, silence, night + timedelta(seconds=50)) == 0, "21:30"
    morning = night + timedelta(hours=10)
    attendance.clock.fixed = morning
    await silence.look()  # the device port has been away all night: its last beat is old
    assert await look(attendance, silence, morning + timedelta(seconds=1)) == 0
    assert await look(attendance, silence, morning + timedelta(seconds=28)) == 0
    assert await look(attendance, silence, morning + timedelta(seconds=45)) == 1


async def live(attendance: Running, at: datetime, drift: int, second: int = 0) -> None:
    """A terminal whose clock is `drift` seconds behind polls and then pushes one punch."""
    attendance.clock.fixed = at
    await attendance.send(POLL)
    local = (at + timedelta(hours=7, seconds=second - drift)).strftime("%Y-%m-%d %H:%M:%S")
    reply = await attendance.send(attlog("KNJ1", f"42\t{local}\t0\t1\n".encode()))
    assert reply.text == "OK: 1"


@pytest.mark.parametrize("drift", [600, -300, -7200])
async def test_three_live_punches_off_the_clock(attendance: Running, drift: int) -> None:
    await attendance.register("KNJ1", pins=["42"])
    for number in range(3):
        assert await attendance.alerts("KNJ1", "clock_drift") == []
        await live(attendance, MONDAY + timedelta(minutes=number), drift)
    alerts = await attendance.alerts("KNJ1", "clock_drift")
    assert str(drift) in alerts[0]["detail"]
    await live(attendance, MONDAY + timedelta(minutes=5), drift)
    flagged = [punch.flags for punch in (await attendance.punches("KNJ1")).values() if punch.flags]
    assert flagged == ([("clock_drift",)] if drift > -600 else [])
    await attendance.beats.flush()
    assert (await attendance.get("/devices/KNJ1"))["state"]["drift"] == drift
    await live(attendance, MONDAY + timedelta(minutes=9), 3)
    assert await attendance.alerts("KNJ1", "clock_drift") == []


async def test_two_late_ones_are_not_yet_drift(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42"])
    for number, drift in enumerate((600, 600, 1, 600, 600)):
        await live(attendance, MONDAY + timedelta(minutes=number), drift)
    assert await attendance.alerts("KNJ1", "clock_drift") == []


async def test_a_wrong_zone_is_reported_until_it_is_right(attendance: Running) -> None:
    await attendance.register("KNJ1", pins=["42"])
    line = "42\t2026-03-02 07:{}:00\t0\t15\t0\t0\t0\t1\t36.4\t36.4\t+{}\t\n"
    attendance.clock.fixed = MONDAY + timedelta(hours=1)
    await attendance.send(attlog("KNJ1", line.format(30, 28800).encode()))
    assert len(await attendance.alerts("KNJ1", "tz_mismatch")) == 1
    await attendance.send(attlog("KNJ1", line.format(31, 25200).encode()))
    assert await attendance.alerts("KNJ1", "tz_mismatch") == []
