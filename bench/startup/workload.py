"""`make up`, timed from the command to the board's own questions being answered with the city's people.

Three beginnings: a fresh clone (everything is fetched and built first; what package caches hold is not fetched again),
an installed one without data (the demo city is loaded), and one with data.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.measure import medians
from bench.options import Options
from bench.system import FIRST_PORT, SERVICE_PORTS
from bench.waiting import until_blocking
from bench.workload import Result, Row, Workload, say
from deploy.local.program import ROOT
from deploy.local.settings import HOST, PORTS

LONGEST = 900.0
API = "/api/reporting/v1"
PEOPLE = 5_000  # of the demo city


class Installation:
    """A working tree with a data folder of its own, started and stopped in the background."""

    def __init__(self, tree: Path, data: Path, python: str) -> None:
        self._tree = tree
        self._python = python
        self._data = data
        # The services' ports follow from one offset; the others are named one by one so that nothing else is met.
        own = {variable: str(FIRST_PORT + index) for index, (variable, _) in enumerate(PORTS.values())}
        self._environment = {
            **os.environ,
            **own,
            "KINERJA_DATA": str(data),
            "KINERJA_PORT_OFFSET": str(FIRST_PORT - SERVICE_PORTS),
        }
        self.edge = int(own["KINERJA_EDGE_PORT"])

    def up(self) -> dict[str, float]:
        """Seconds until every part is healthy (the command returns), and until the board shows the city's people."""
        began = time.perf_counter()
        self._command("up")
        healthy = time.perf_counter() - began
        until_blocking(lambda: self._board() >= PEOPLE, seconds=300, what="the board")
        return {"healthy_seconds": healthy, "board_seconds": time.perf_counter() - began}

    def down(self) -> float:
        """Seconds until nothing runs."""
        began = time.perf_counter()
        self._command("down")
        return time.perf_counter() - began

    def make(self, target: str) -> float:
        """Seconds for a target of the Makefile."""
        began = time.perf_counter()
        _run(["make", "--silent", target], self._tree, self._environment)
        return time.perf_counter() - began

    def _command(self, name: str) -> None:
        python = str(self._tree / ".venv/bin/python") if not self._python else self._python
        _run([python, "-m", "deploy.local", name], self._tree, self._environment)

    def _board(self) -> int:
        """How many people the board would show; -1 while it cannot be shown."""
        try:
            page, fleet, presence = (self._get(path) for path in ("/", f"{API}/devices", f"{API}/presence"))
        except (OSError, HTTPException):
            return -1
        return int(json.loads(presence)["totals"]["expected"]) if page and fleet and presence else -1

    def _get(self, path: str) -> bytes:
        """The body of a good answer, else nothing."""
        connection = HTTPConnection(HOST, self.edge, timeout=5)
        try:
            connection.request("GET", path, headers={"Authorization": f"Bearer {self._token()}"})
            answer = connection.getresponse()
            body = answer.read()
            return body if answer.status == 200 else b""
        finally:
            connection.close()

    def _token(self) -> str:
        """The installation's own."""
        return (self._data / "token").read_text().strip()


def _run(command: list[str], tree: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    if done.returncode:
        raise RuntimeError(
            f"{' '.join(command[-2:])} ended with {done.returncode}: {(done.stdout + done.stderr)[-3000:]}"
        )


def run(options: Options) -> Result:
    """Each beginning in turn; the fresh clone once."""
    data = options.data / "startup"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    empty: list[Result] = []
    warm: list[Result] = []
    here = Installation(ROOT, data / "data", sys.executable)
    for number in range(options.repeats()):
        shutil.rmtree(data / "data", ignore_errors=True)
        for name, found in (("without data", empty), ("with data", warm)):
            found.append(_once(here))
            say(f"run {number + 1}, {name}: the board after {found[-1]['board_seconds']:.1f} s")
    result: Result = {
        "without_data": {"median": medians(empty), "runs": empty},
        "with_data": {"median": medians(warm), "runs": warm},
    }
    if not options.small:
        result["fresh_clone"] = _fresh_clone(data)
    shutil.rmtree(data, ignore_errors=True)
    return result


def _once(installation: Installation) -> dict[str, float]:
    try:
        started = installation.up()
    finally:
        stopped = installation.down()
    return {**started, "down_seconds": stopped}


def _fresh_clone(data: Path) -> Result:
    tree = data / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(tree)], check=True, timeout=120)
    clone = Installation(tree, tree / ".data", "")
    installed = clone.make("install")
    started = _once(clone)
    total = installed + started["board_seconds"]
    say(f"fresh clone: installed in {installed:.1f} s, the board after {total:.1f} s")
    return {"install_seconds": installed, **started, "board_seconds": total}


def rows(result: Result) -> list[Row]:
    """The published lines."""
    out = []
    if clone := result.get("fresh_clone"):
        measured = f"{clone['board_seconds']:.1f} s, of it {clone['install_seconds']:.1f} s installing"
        out.append(Row("fresh clone to a healthy board", measured))
    for name, title in (("without_data", "installed, no data yet (loads the city)"), ("with_data", "with data")):
        middle = result[name]["median"]
        out.append(
            Row(title, f"healthy {middle['healthy_seconds']:.1f} s, board {middle['board_seconds']:.1f} s, "
                       f"down {middle['down_seconds']:.1f} s")
        )  # fmt: skip
    return out


WORKLOAD = Workload("startup", "From `make run` to a healthy board", run, rows)
