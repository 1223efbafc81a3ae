"""Every part of the running product killed (-9) under load, with terminals that send again: every punch is on the board
once, and nothing else is.

The order matters only for the last one, which writes what a full run has found.
"""

import asyncio
import signal
import time
from dataclasses import replace

import pytest

from bench.system import System
from tests.faults import report
from tests.faults.city import City
from tests.faults.conftest import FIRST_PORT, Size
from tests.faults.drills import LEAVE_OPEN, PASSAGES, Drills

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1_800)]


@pytest.mark.parametrize("point", PASSAGES)
async def test_a_service_dies_in_the_middle_of_its_work(city: City, drills: Drills, size: Size, point: str) -> None:
    await drills.kill_at(point, size.kills)
    assert drills.record(point).kills == size.kills
    assert (verdict := await city.settled()).exact, verdict
    if point in LEAVE_OPEN:
        assert drills.record(point).left_open, "no death left a transaction open: the drill proved nothing"


@pytest.mark.parametrize("part", ["devices", "attendance-worker", "projector"])
async def test_a_service_dies_at_any_moment(city: City, drills: Drills, size: Size, part: str) -> None:
    for _ in range(size.kills):
        await drills.kill(part)
        await asyncio.sleep(drills.random.uniform(0.1, 1.5))
    assert (verdict := await city.settled()).exact, verdict


async def test_the_broker_dies(city: City, drills: Drills, size: Size) -> None:
    for _ in range(size.kills):
        await drills.kill("kafka")
        await asyncio.sleep(drills.random.uniform(0.2, 2))
    assert (verdict := await city.settled()).exact, verdict


async def test_the_database_dies_and_nothing_is_acknowledged_meanwhile(city: City, drills: Drills, size: Size) -> None:
    for _ in range(size.kills):
        await asyncio.to_thread(drills.stack.kill9, "mongod")
        died = time.perf_counter()
        await asyncio.sleep(drills.random.uniform(0.5, 3))
        assert city.acknowledged_since(died) == 0
        await drills.revive("mongod")
        drills.record("mongod").kills += 1
        await asyncio.sleep(drills.random.uniform(0.2, 2))
    assert (verdict := await city.settled()).exact, verdict
    assert city.acknowledged_since(died) > 0


async def test_terminals_are_acknowledged_while_the_broker_is_away(city: City, drills: Drills, size: Size) -> None:
    retries = city.retries
    await asyncio.to_thread(drills.stack.kill9, "kafka")
    died, before = time.perf_counter(), len(city.sent)
    await asyncio.sleep(size.outage_seconds)
    arrived = len(city.sent) - before
    assert city.acknowledged_since(died) >= arrived - city.held() > 0.9 * arrived
    assert city.retries == retries, "not one request failed"
    await drills.revive("kafka")
    record = drills.record("broker-outage")
    record.kills += 1
    back = time.monotonic()
    assert (verdict := await city.settled()).exact, verdict
    record.arrived_seconds.append(time.monotonic() - back)


async def test_a_zombie_wakes_beside_its_successor(city: City, drills: Drills, system: System) -> None:
    """Stopped, replaced by a process of the same name, then woken with work in its hands that the other has done."""
    stack = system.stack
    plain = stack.programs["projector"]
    port = str(FIRST_PORT + 90)
    twin = replace(
        plain,
        name="twin",
        env={**plain.env, "KINERJA_PORT": port},
        listening=lambda: None,
        ready=lambda: None,
        ports=(int(port),),
    )
    stack.add(twin)
    stack.signal("projector", signal.SIGSTOP)
    started = time.time()
    await asyncio.to_thread(stack.launch, "twin")
    await drills.first_commit(started)
    stack.signal("projector", signal.SIGCONT)
    await asyncio.sleep(5)
    drills.record("zombie").kills += 1
    await asyncio.to_thread(stack.kill9, "twin")
    stack.programs.pop("twin")
    if stack.running("projector"):
        await asyncio.to_thread(stack.kill9, "projector")
    await drills.revive("projector")
    assert (verdict := await city.settled()).exact, verdict


async def test_the_result_of_a_full_run_is_kept(city: City, drills: Drills, size: Size) -> None:
    verdict = await city.settled()
    assert verdict.exact, verdict
    if size.full:
        report.write(city, drills, size, verdict)
