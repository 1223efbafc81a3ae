"""`make run` itself: started as a person starts it, wounded, interrupted, started again, with nothing left running."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from deploy.local.program import ROOT
from deploy.local.records import Records, started_at
from tests.stack.stack import free_offset

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

PATIENCE = 240.0  # the machine may be busy with other tests


class Run:
    """One `python -m deploy.local run` and what it prints."""

    def __init__(self, data: Path, env: dict[str, str]) -> None:
        self.data, self.env = data, env
        self.out = data.parent / f"out-{time.monotonic_ns()}"
        with self.out.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "deploy.local", "run"],
                cwd=ROOT,
                env=env,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def text(self) -> str:
        return self.out.read_text(errors="replace")

    def wait_for(self, pattern: str) -> None:
        self.until(lambda: re.search(pattern, self.text()))

    def until(self, true: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not true():
            assert self.process.poll() is None, self.text()
            assert time.monotonic() < deadline, self.text()
            time.sleep(0.05)

    def up(self) -> None:
        self.wait_for(r"Kinerja is up after [\d.]+ s")
        self.wait_for("MB in all")

    def pids(self) -> dict[str, int]:
        return Records(self.data / "run").living()


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    offset = free_offset()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KINERJA_")}
    data = tmp_path_factory.mktemp("run") / "data"
    return clean | {"KINERJA_DATA": str(data), "KINERJA_PORT_OFFSET": str(offset), "KINERJA_DEMO": "0"}


@pytest.fixture
def start(env: dict[str, str]) -> Iterator[Callable[[], Run]]:
    runs: list[Run] = []

    def begin() -> Run:
        runs.append(Run(Path(env["KINERJA_DATA"]), env))
        return runs[-1]

    yield begin
    for run in runs:
        if run.process.poll() is None:
            run.process.terminate()
        run.process.wait(60)
    Records(Path(env["KINERJA_DATA"]) / "run").end_strays()


def fetch(port: str, path: str, token: str | None = None) -> tuple[int, str]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = httpx.get(f"http://127.0.0.1:{port}{path}", headers=headers, timeout=20)
    return answer.status_code, answer.text


def address(run: Run, what: str) -> str:
    found = re.search(rf"{what} +(?:http://)?127\.0\.0\.1:(\d+)", run.text())
    assert found, run.text()
    return found.group(1)


def test_from_nothing_to_running_and_back(start: Callable[[], Run]) -> None:
    run = start()
    run.up()
    assert fetch(address(run, "board"), "/healthz")[0] == 200
    status, answer = fetch(address(run, "terminals"), "/iclock/cdata?SN=TEST1&options=all&pushver=2.4.0")
    assert (status, answer.splitlines()[0]) == (200, "GET OPTION FROM: TEST1")
    token = json.loads((run.data / "credentials.json").read_text())["token"]
    assert token in run.text()
    assert fetch(address(run, "board"), "/api/attendance/v1/devices")[0] == 401
    for path in ("/api/attendance/v1/devices", "/api/reporting/v1/devices"):
        assert fetch(address(run, "board"), path, token)[0] == 200

    second = start()
    assert second.process.wait(60) == 2
    assert "already runs with this data" in second.text()

    pids = run.pids()
    assert len(pids) == 13
    os.kill(pids["devices"], signal.SIGKILL)
    run.wait_for(r"devices was killed by SIGKILL: starting it again in 0\.5 s")
    run.wait_for(r"devices is up again after")

    os.kill(run.process.pid, signal.SIGINT)
    assert run.process.wait(PATIENCE) == 0
    assert "everything has ended" in run.text()
    assert [name for name, pid in pids.items() if started_at(pid)] == []
    assert run.pids() == {}


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_keeps_the_data(start: Callable[[], Run]) -> None:
    run = start()
    run.up()
    pids = run.pids()
    os.kill(run.process.pid, signal.SIGKILL)
    run.process.wait(10)
    again = start()
    again.up()
    assert [name for name, pid in pids.items() if started_at(pid)] == []
    token = json.loads((run.data / "credentials.json").read_text())["token"]
    assert token in again.text()
    assert token in run.text()
    _, devices = fetch(address(again, "board"), "/api/attendance/v1/devices?status=pending", token)
    assert "TEST1" in devices, "the terminal that called before the restart is still known"
    again.process.terminate()
    assert again.process.wait(PATIENCE) == 0
    assert again.pids() == {}
