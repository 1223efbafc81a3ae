"""T-14: a terminal that was away for months sends everything while others punch live."""

import asyncio
from time import perf_counter

import pytest

from tests.fixtures.iclock.write import attlog
from tests.integration.attendance.conftest import Running

pytestmark = [pytest.mark.integration, pytest.mark.seconds]

ROWS, BATCH, OTHERS = 100_000, 1_000, 50


def batch(number: int) -> bytes:
    rows = range(number * BATCH, (number + 1) * BATCH)
    return "".join(
        f"{row % 400}\t2026-{1 + row // 40_000:02d}-{1 + row // 2_000 % 20:02d} {row // 100 % 20:02d}"
        f":{row % 60:02d}:{row // 60 % 60:02d}\t{row // 100_000}\t{row % 5}\n"
        for row in rows
    ).encode()


@pytest.mark.timeout(300)
async def test_t14_backlog_does_not_hold_up_live_punches(attendance: Running) -> None:
    await attendance.register("KNJBACK", pins=[str(number) for number in range(400)], pin_space="KOTA")
    for number in range(OTHERS):
        await attendance.register(f"KNJ{number}", pin_space="KOTA")
    bodies = [batch(number) for number in range(ROWS // BATCH)]
    distinct = len({row for body in bodies for row in body.splitlines()})
    done = asyncio.Event()
    waits: list[float] = []

    async def backlog() -> None:
        for body in bodies:
            assert (await attendance.send(attlog("KNJBACK", body))).text == f"OK: {BATCH}"

    async def others(number: int) -> None:
        count = 0
        while not done.is_set():
            line = f"{number}\t2026-03-02 07:{count // 60 % 60:02d}:{count % 60:02d}\t0\t1\n".encode()
            started = perf_counter()
            assert (await attendance.send(attlog(f"KNJ{number}", line))).text == "OK: 1"
            waits.append(perf_counter() - started)
            count += 1
            await asyncio.sleep(1)

    tasks = [asyncio.create_task(others(number)) for number in range(OTHERS)]
    await backlog()
    done.set()
    await asyncio.gather(*tasks)
    assert len(await attendance.punches("KNJBACK")) == distinct
    waits.sort()
    assert waits[int(len(waits) * 0.99)] < 1.0, "live acknowledgement p99 in seconds"

    await attendance.send(attlog("KNJBACK", bodies[0]))
    await attendance.send(attlog("KNJBACK", bodies[-1]))
    assert len(await attendance.punches("KNJBACK")) == distinct
