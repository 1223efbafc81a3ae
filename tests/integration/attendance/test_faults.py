"""T-06 and T-07: a real device process and a real database that are stopped and killed."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from tests.fixtures.iclock.write import attlog, get
from tests.integration.attendance.conftest import SITES, TOKEN, until
from tests.integration.attendance.wire import Reply, send
from tests.stack import Stack

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]

ROOT = Path(__file__).parents[3]
LINE = b"42\t2026-03-02 07:30:00\t0\t1\n"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class DeviceProcess:
    """`python -m services.attendance devices` on ports of its own."""

    def __init__(self, mongo_uri: str, log: Path) -> None:
        self.port, self.probes = free_port(), free_port()
        self._log = log
        self._environment = {
            **os.environ,
            "KINERJA_KAFKA": "127.0.0.1:1",  # no broker at all: the device port does not need one
            "KINERJA_MONGO": mongo_uri,
            "KINERJA_MONGO_DATABASE": "faults",
            "KINERJA_PORT": str(self.port),
            "KINERJA_HEALTH_PORT": str(self.probes),
            "KINERJA_TOKEN": TOKEN,
            "KINERJA_ACK_SECONDS": "3",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def launch(self) -> None:
        """Start without waiting."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "services.attendance", "devices"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    async def start(self) -> None:
        """Start and wait until it answers."""
        self.launch()

        async def answers() -> bool:
            with suppress(OSError, ValueError):
                return (await send(self.port, get("/iclock/ping?SN=KNJ1"))).status == 200
            return False

        await until(answers, 30)

    def kill(self) -> None:
        """SIGKILL: no clean-up of any kind."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(10)

    async def send(self, request: bytes) -> Reply | None:
        """A reply, or None when the connection ended without one."""
        try:
            return await send(self.port, request)
        except (OSError, ValueError):
            return None


@pytest.fixture(scope="module")
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    stack = Stack.infrastructure(tmp_path_factory.mktemp("faults"), cache_gb=0.25)
    stack.start("mongod")
    yield stack
    stack.stop_all()


@pytest.fixture
async def process(own_stack: Stack, tmp_path: Path) -> AsyncIterator[DeviceProcess]:
    if not own_stack.running("mongod"):
        await asyncio.to_thread(own_stack.start, "mongod")
    with MongoClient[dict[str, Any]](own_stack.mongo_uri) as client:
        client.drop_database("faults")
        db = client["faults"]
        db["sites"].insert_many([{"_id": name, "zone": zone} for name, zone in SITES.items()])
        db["devices"].insert_one({"_id": "KNJ1", "status": "active", "site_id": "wib", "version": 1})
        db["enrolments"].insert_one({"_id": "KNJ1|42", "space": "KNJ1", "pin": "42", "employee_id": "emp-42"})
    device = DeviceProcess(own_stack.mongo_uri, tmp_path / "devices.log")
    await device.start()
    yield device
    device.kill()


def stored(stack: Stack) -> list[str]:
    """Ids of all facts in the journal, repetitions included."""
    with MongoClient[dict[str, Any]](stack.mongo_uri) as client:
        return [fact["id"] for entry in client["faults"]["events"].find() for fact in entry["facts"]]


async def test_t06_nothing_is_acknowledged_without_storage(own_stack: Stack, process: DeviceProcess) -> None:
    assert (await process.send(attlog("KNJ1", LINE))).text == "OK: 1"  # type: ignore[union-attr]
    await asyncio.to_thread(own_stack.kill9, "mongod")
    for request in (attlog("KNJ1", LINE.replace(b"30:00", b"31:00")), attlog("KNJNEW", LINE), attlog("", LINE)):
        reply = await process.send(request)
        assert reply is None or (reply.status in (500, 503) and b"OK" not in reply.body)
    handshake = await process.send(get("/iclock/cdata?SN=KNJ1&options=all"))
    assert handshake is not None
    assert handshake.text.startswith("GET OPTION FROM: KNJ1"), "terminals keep polling meanwhile"
    unknown = await process.send(get("/iclock/cdata?SN=KNJNEW&options=all"))
    assert unknown is not None
    assert unknown.status == 200

    await asyncio.to_thread(own_stack.start, "mongod")

    async def accepted() -> bool:
        reply = await process.send(attlog("KNJ1", LINE.replace(b"30:00", b"31:00")))
        return reply is not None and reply.text == "OK: 1"

    await until(accepted, 30)
    assert len(set(stored(own_stack))) == 2


async def test_a_database_that_hangs_is_not_waited_for(own_stack: Stack, process: DeviceProcess) -> None:
    own_stack.signal("mongod", signal.SIGSTOP)
    try:
        reply = await process.send(attlog("KNJ1", LINE))
        assert reply is not None
        assert (reply.status, reply.body) == (503, b"")
    finally:
        own_stack.signal("mongod", signal.SIGCONT)

    async def accepted() -> bool:
        reply = await process.send(attlog("KNJ1", LINE))
        return reply is not None and reply.text == "OK: 1"

    await until(accepted, 30)
    assert len(set(stored(own_stack))) == 1


async def test_t07_killed_between_receiving_and_answering(own_stack: Stack, process: DeviceProcess) -> None:
    """Many terminals push, the process is killed again and again, terminals send until they are acknowledged."""
    times = [f"{7 + number // 60:02d}:{number % 60:02d}:00".encode() for number in range(400)]
    sent = [LINE.replace(b"07:30:00", time) for time in times]
    waiting = asyncio.Queue[bytes]()
    for line in sent:
        waiting.put_nowait(line)
    acknowledged = 0

    async def terminal() -> None:
        nonlocal acknowledged
        while not waiting.empty():
            line = waiting.get_nowait()
            while True:
                reply = await process.send(attlog("KNJ1", line))
                if reply is not None and reply.status == 200:
                    assert reply.text == "OK: 1"
                    acknowledged += 1
                    break
                await asyncio.sleep(0.05)

    terminals = [asyncio.create_task(terminal()) for _ in range(8)]
    kills = 0
    while kills < 3 and not waiting.empty():
        target = acknowledged + 40

        async def enough(most: int = target) -> bool:
            return acknowledged >= most or waiting.empty()

        await until(enough, 60)
        process.kill()
        kills += 1
        await process.start()
    await asyncio.gather(*terminals)
    assert kills == 3
    assert acknowledged == len(sent)
    assert len(set(stored(own_stack))) == len(sent)


async def test_an_answer_means_stored(own_stack: Stack, process: DeviceProcess) -> None:
    """Killed at once after the answer: what was acknowledged is there."""
    for number in range(2):
        line = LINE.replace(b"30:00", b"32:%02d" % number)
        assert (await process.send(attlog("KNJ1", line))).text == "OK: 1"  # type: ignore[union-attr]
        process.kill()
        assert len(set(stored(own_stack))) == number + 1
        await process.start()
