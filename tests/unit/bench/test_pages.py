"""Pages: what counts as blocked and as shifted, when a slow network delivers, what is published."""

import asyncio
from time import monotonic

from hypothesis import given
from hypothesis import strategies as st

from bench.pages.loading import blocked, figures, layout_shift
from bench.pages.network import Condition, Pace, Relay
from bench.pages.workload import rows
from bench.workload import Result
from deploy.local.ports import is_free

HOST = "127.0.0.1"
SLOW = Condition("slow", "slow", rtt=0.4, rate=50_000, cpu=4)


def test_only_what_is_long_and_after_the_first_paint_blocks() -> None:
    assert blocked([(0.0, 400.0), (500.0, 50.0), (600.0, 120.0), (900.0, 51.0)], since=450.0) == 71.0


def test_the_worst_burst_of_shifts_counts() -> None:
    assert layout_shift([]) == 0.0
    assert layout_shift([(0.0, 0.1), (900.0, 0.1), (5_000.0, 0.15)]) == 0.2
    # A burst lasts five seconds at most, however close its shifts.
    assert round(layout_shift([(at * 900.0, 0.01) for at in range(10)]), 3) == 0.06


def test_usable_is_counted_from_the_address_on() -> None:
    seen = {"fcp": 300.0, "lcp": None, "shifts": [], "tasks": [[310.0, 90.0]], "usable": 2_500.0}
    found = figures(seen, began=1_000.0, requests=7, scripts=[1_000, 500])
    assert (found["usable_ms"], found["script_kb"], found["blocked_ms"], found["lcp_ms"]) == (1_500, 1.5, 40, 0)


@given(st.lists(st.integers(1, 4_096), min_size=1))
def test_a_line_delivers_in_order_and_never_faster_than_its_rate(sizes: list[int]) -> None:
    pace = Pace()
    due = [pace.due(10.0, size, SLOW) for size in sizes]
    assert due == sorted(due)
    assert due[-1] >= 10.0 + sum(sizes) / SLOW.rate + SLOW.rtt / 2 - 1e-6


def port() -> int:
    return next(one for one in range(23_000, 24_000) if is_free(HOST, one))


async def test_a_relay_keeps_every_byte_and_takes_its_time() -> None:
    sent = bytes(range(256)) * 40

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readexactly(len(sent)))
        await writer.drain()
        writer.close()

    edge = await asyncio.start_server(echo, HOST, 0)
    door = port()
    async with edge, Relay(HOST, door, edge.sockets[0].getsockname()[1]) as relay:
        relay.condition = Condition("short", "", rtt=0.1, rate=100_000)
        began = monotonic()
        reader, writer = await asyncio.open_connection(HOST, door)
        writer.write(sent)
        assert await reader.read(-1) == sent
        writer.close()
        # Connecting, there and back again, and both ways at a hundred kilobytes a second.
        assert monotonic() - began >= 0.1 + 0.1 + 2 * len(sent) / 100_000 - 0.02


def test_goals_are_those_of_the_pages_they_are_for() -> None:
    def once(script_kb: float, usable_ms: float) -> Result:
        one = {"script_kb": script_kb, "requests": 9, "fcp_ms": 1, "lcp_ms": 1, "cls": 0.02, "blocked_ms": 0}
        shifts = [{"cls": 0.0996}, {"cls": 0.0996}, {"cls": 0.3}]
        runs = {"cold": shifts, "warm": shifts}
        return {"cold": {**one, "usable_ms": usable_ms}, "warm": {**one, "usable_ms": 1.0}, "runs": runs}

    result: Result = {
        "load_average": {"before": [0.5, 0, 0], "after": [0.7, 0, 0]},
        "pages": {
            "/saya": {"plain": once(201, 900), "slow_3g": once(201, 4_999)},
            "/mesin": {"plain": once(500, 900), "phone": once(500, 9_000)},
        },
    }
    held = {row.what: row.held for row in rows(result)}
    assert held["/saya: weight"] is False
    assert held["/saya: CPU 4x slower, 400 ms, 400 kbit/s"] is True
    assert held["/mesin: weight"] is None
    assert held["/mesin: CPU 4x slower, 400 ms, 400 kB/s"] is None
    assert held["/mesin: layout shift"] is True
