"""The supervisor with small programs of our own: order by health, restart, and nothing left behind."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from deploy.local.errors import CannotStart, NotHealthy
from deploy.local.health import tcp
from deploy.local.ports import free_ports
from deploy.local.processes import Process
from deploy.local.program import Program
from deploy.local.records import Lock, Records, started_at
from deploy.local.supervisor import FIRST_PAUSE, LONGEST_PAUSE, Supervisor, pause_after

SERVER = (
    "import socket, sys, time\n"
    "server = socket.create_server(('127.0.0.1', int(sys.argv[1])))\n"
    "print('listening', flush=True)\n"
    "time.sleep(600)\n"
)


def server(name: str, port: int, *, rank: int = 0, code: str = SERVER, **more: object) -> Program:
    probe = tcp("127.0.0.1", port)
    argv = (sys.executable, "-c", code, str(port))
    return Program(name, argv, listening=probe, ready=probe, rank=rank, stop_seconds=2.0, **more)  # type: ignore[arg-type]


class Told:
    """What the supervisor said and the children printed."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.printed: list[tuple[str, bytes]] = []

    def sink(self, name: str, line: bytes) -> None:
        self.printed.append((name, line))


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
async def supervise(tmp_path: Path, told: Told) -> AsyncIterator[Callable[..., Supervisor]]:
    made: list[Supervisor] = []

    def make(*programs: Program) -> Supervisor:
        records = Records(tmp_path / "run")
        made.append(Supervisor(programs, say=told.said.append, sink=told.sink, records=records, logs=tmp_path))
        return made[-1]

    yield make
    for supervisor in made:
        await supervisor.kill()


async def until(true: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come about"
        await asyncio.sleep(0.02)


def alive(pid: int) -> bool:
    return started_at(pid) is not None


async def test_a_rank_starts_when_the_one_below_is_healthy(supervise: Callable[..., Supervisor], told: Told) -> None:
    low, high = free_ports(2)
    late = SERVER.replace("server =", "time.sleep(0.4)\nserver =")
    seen: list[bool] = []
    below = tcp("127.0.0.1", low)
    supervisor = supervise(
        server("high", high, rank=1, prepare=lambda: seen.append(below() is None)), server("low", low, code=late)
    )
    await supervisor.start()
    assert seen == [True]
    assert [line.split()[0] for line in told.said] == ["low", "high"]


async def test_a_child_that_dies_is_started_again_and_said_so(supervise: Callable[..., Supervisor], told: Told) -> None:
    (port,) = free_ports(1)
    supervisor = supervise(server("devices", port))
    await supervisor.start()
    (process,) = supervisor.processes
    first = process.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await until(lambda: any("up again" in line for line in told.said))
    assert process.pid not in {None, first}
    (line,) = [line for line in told.said if "SIGKILL" in line]
    assert line.startswith("devices was killed by SIGKILL: starting it again in 0.5 s")


async def test_stopping_ends_children_and_grandchildren_in_reverse_order(
    supervise: Callable[..., Supervisor], told: Told, tmp_path: Path
) -> None:
    low, high = free_ports(2)
    forking = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print('grandchild', child.pid, flush=True)\n"
    ) + SERVER
    supervisor = supervise(server("low", low), server("high", high, rank=1, code=forking))
    await supervisor.start()
    await until(lambda: any(b"grandchild" in line for _, line in told.printed))
    grandchild = next(int(line.split()[1]) for _, line in told.printed if line.startswith(b"grandchild"))
    pids = [process.pid for process in supervisor.processes if process.pid]
    assert all(map(alive, [*pids, grandchild]))
    await supervisor.stop()
    assert not any(map(alive, pids))
    await until(lambda: not alive(grandchild))
    assert Records(tmp_path / "run").living() == {}


async def test_a_child_that_ignores_sigterm_is_killed(supervise: Callable[..., Supervisor]) -> None:
    (port,) = free_ports(1)
    deaf = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + SERVER
    supervisor = supervise(server("deaf", port, code=deaf))
    await supervisor.start()
    pid = supervisor.processes[0].pid
    began = time.monotonic()
    await supervisor.stop()
    assert pid is not None
    assert not alive(pid)
    assert time.monotonic() - began >= 1.9  # it had its time


async def test_a_child_that_ends_before_it_is_healthy_stops_the_start(supervise: Callable[..., Supervisor]) -> None:
    (port,) = free_ports(1)
    supervisor = supervise(server("broken", port, code="import sys; sys.exit('no settings')"))
    with pytest.raises(ExceptionGroup) as raised:
        await supervisor.start()
    assert raised.group_contains(NotHealthy, match=r"broken ended with exit code 1 before it was healthy.*broken\.log")


async def test_output_comes_line_by_line_also_the_last_without_an_end(tmp_path: Path, told: Told) -> None:
    code = "import sys; sys.stdout.write('one\\ntwo ' + 'x' * 100000 + '\\nlast')"
    (port,) = free_ports(1)
    process = Process(server("talker", port, code=code), told.sink, Records(tmp_path / "run"))
    await process.start()
    assert await process.ended() == "ended with exit code 0"
    assert [line for _, line in told.printed] == [b"one", b"two " + b"x" * 100_000, b"last"]


def test_pauses_double_up_to_a_limit_and_start_over_after_a_steady_minute() -> None:
    pauses = [0.0]
    for _ in range(9):
        pauses.append(pause_after(1.0, pauses[-1]))
    assert pauses[1:4] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pauses[-1] == LONGEST_PAUSE
    assert pause_after(61.0, LONGEST_PAUSE) == FIRST_PAUSE


def test_strays_of_a_killed_supervisor_are_ended_and_strangers_are_not(tmp_path: Path) -> None:
    records = Records(tmp_path / "run")
    stray = subprocess.Popen(["sleep", "600"], start_new_session=True)
    stranger = subprocess.Popen(["sleep", "600"], start_new_session=True)
    try:
        records.add("kafka", stray.pid)
        # A record of an earlier process that had the stranger's id.
        (tmp_path / "run" / "mongod.json").write_text(f'{{"pid": {stranger.pid}, "started": "other-boot:1"}}')
        (tmp_path / "run" / "half.json").write_text('{"pid": ')
        assert records.end_strays(seconds=5) == {"kafka": stray.pid}
        assert stray.wait(5) == -signal.SIGTERM
        assert stranger.poll() is None
        assert list((tmp_path / "run").glob("*.json")) == []
    finally:
        stray.kill()
        stranger.kill()
        stranger.wait()
        stray.wait()


def test_children_end_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import subprocess, signal, sys, time\n"
        "from deploy.local.spawn import dying_with_parent\n"
        "child = subprocess.Popen(['sleep', '600'], preexec_fn=dying_with_parent(signal.SIGTERM))\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert alive(child)
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 5
    while alive(child):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_one_supervisor_per_data_folder(tmp_path: Path) -> None:
    path = tmp_path / "supervisor.lock"
    assert Lock(path).holder() is None
    held = Lock(path).take()
    with pytest.raises(CannotStart, match=f"process {os.getpid()}.*make down"):
        Lock(path).take()
    assert Lock(path).holder() == os.getpid()
    held.release()
    assert Lock(path).holder() is None
    Lock(path).take().release()
