"""A whole morning in a second against a device port that only counts: everything arrives, as it should."""

import asyncio
import json
import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from bench.morning import clock, plan, player, where
from bench.morning.arrival import END, START
from bench.morning.city import CityTerminal, NotReady

MIDNIGHT = datetime(2026, 11, 23)  # noqa: DTZ001 - wall times have no zone
CITY = [
    CityTerminal(f"D{number}", "L1", "Asia/Jakarta", [(f"{number}{pin:03d}", f"e{number}-{pin}") for pin in range(40)])
    for number in range(5)
]


class Port:
    """Answers as the device port does; remembers every body by serial number."""

    def __init__(self) -> None:
        self.pushes: dict[str, list[bytes]] = {}
        self.others: Counter[str] = Counter()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"Content-Length: (\d+)", head)
        body = await reader.readexactly(int(length[1])) if length else b""
        serial = re.search(r"SN=(\w+)", head)
        assert serial is not None
        answer = b"OK"
        if "table=ATTLOG" in head:
            self.pushes.setdefault(serial[1], []).append(body)
            answer = b"OK: %d" % body.count(b"\n")
        elif "options=all" in head:
            answer = b"GET OPTION FROM: X\nDelay=10\nErrorDelay=30\n"
            self.others["handshake"] += 1
        else:
            self.others["options" if "table=options" in head else "poll"] += 1
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(answer), answer))
        await writer.drain()
        writer.close()


async def test_everything_arrives_and_only_what_was_not_heard_is_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"LIVE_SECONDS": 0.0, "ERROR_SECONDS": 0.05}.items():
        monkeypatch.setattr(player, name, value)
    walls = {"Asia/Jakarta": clock.wall(MIDNIGHT, MIDNIGHT + timedelta(hours=15))}
    script = plan.write(CITY, walls, Random(4))
    port = Port()
    server = await asyncio.start_server(port, "127.0.0.1", 0)
    told: list[plan.Step] = []
    playing = player.Player(CITY, script, server.sockets[0].getsockname()[:2], 10_000, told.append)
    try:
        await playing.connect()
        await playing.play(START * 60, END * 60)
    finally:
        playing.stop()
        server.close()
    arrived = {serial: b"".join(dict.fromkeys(bodies)) for serial, bodies in port.pushes.items()}
    for terminal in CITY:
        lines = [step.line for step in script.steps if step.serial == terminal.serial]
        assert sorted(arrived[terminal.serial].splitlines(keepends=True)) == sorted(lines)
    assert arrived[plan.STRANGER].count(b"\n") == len(script.strangers)
    again = {serial: len(bodies) - len(set(bodies)) for serial, bodies in port.pushes.items()}
    assert {serial for serial, times in again.items() if times} == set(script.deaf)
    assert playing.sent_again == len(script.deaf)
    backlog = port.pushes[script.offline][0]  # in one push, the evening before and the whole morning
    held = [step for step in script.steps if step.serial == script.offline and step.seconds < plan.BACK_ONLINE * 60]
    assert backlog.count(b"\n") >= len(held) > plan.LEFT_YESTERDAY
    assert playing.sent == playing.acknowledged_lines == len(script.steps)
    assert told
    assert all(step.serial != script.offline for step in told)
    assert port.others["poll"] == 0  # whoever replays the past must not look live
    assert port.others["handshake"] == len(CITY) + 1


def test_the_running_system_is_found_by_its_own_settings(tmp_path: Path) -> None:
    (tmp_path / "credentials.json").write_text(json.dumps({"token": "x" * 20}))
    found = where.running({"KINERJA_DATA": str(tmp_path), "KINERJA_PORT_OFFSET": "100"})
    assert found == where.Address("http://127.0.0.1:8180", ("127.0.0.1", 8181), "x" * 20)
    told = where.running({"KINERJA_DATA": str(tmp_path / "none"), "KINERJA_TOKEN": "y" * 20})
    assert told.token == "y" * 20


def test_without_a_token_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="make run"):
        where.running({"KINERJA_DATA": str(tmp_path)})
