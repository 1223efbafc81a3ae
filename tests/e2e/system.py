"""The whole system, as a user starts it: one that runs already (KINERJA_E2E_EDGE …), or one of the tests' own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar
from uuid import uuid4

import httpx
import pytest

from deploy.local import mongo
from deploy.local.credentials import load
from deploy.local.ports import is_free
from deploy.local.program import ROOT
from deploy.local.settings import DEMO_EMPLOYEES, PORTS, from_environment
from deploy.local.spawn import dying_with_parent

UP_SECONDS = 420.0  # a cold start with a city to load
EMPLOYEES = 3_200  # a superior has more people than a page shows at first
DOWN_SECONDS = 120.0
SOON_SECONDS = 60.0

# One for all: each of its own costs more than most questions.
HTTP = httpx.Client(timeout=30, trust_env=False)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class System:
    """Where it is and what opens it. `devices` is the device port's host and number, `password` that of every demo
    account, `integration_secret` that of the client kinerja-integration, `kafka` the broker, `attendance` the database
    of that service (empty: not told), `employees` how many the city has."""

    edge: str
    devices: tuple[str, int]
    token: str
    password: str
    integration_secret: str
    kafka: str
    attendance: str
    employees: int

    def get(self, path: str, **query: str | int) -> dict[str, Any]:
        """A JSON answer; the token goes with it."""
        answer = HTTP.get(f"{self.edge}{path}", params=query, headers=self._headers)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def send(
        self, method: str, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """A change; the caller looks at the answer's status."""
        all_headers = self._headers | (headers or {})
        return HTTP.request(method, f"{self.edge}{path}", json=body, headers=all_headers)

    def post(self, path: str, body: dict[str, Any]) -> httpx.Response:
        """Something new, as a command of its own."""
        return self.send("POST", path, body, {"Idempotency-Key": str(uuid4())})

    def attlog(self, serial: str, *lines: tuple[str, datetime]) -> bytes:
        """Punches (PIN, local time) as a ZKTeco terminal pushes them, byte for byte; the whole answer."""
        body = "".join(f"{pin}\t{at:%Y-%m-%d %H:%M:%S}\t255\t15\t0\t0\t0\t0\t0\t0\t\n" for pin, at in lines)
        head = (
            f"POST /iclock/cdata?SN={serial}&table=ATTLOG&Stamp=9999 HTTP/1.1\r\n"
            f"Host: {self.devices[0]}:{self.devices[1]}\r\n"
            "User-Agent: iClock Proxy/1.09\r\nConnection: close\r\nAccept: */*\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return self._exchange(head.encode() + body.encode())

    def handshake(self, serial: str) -> bytes:
        """The first words of a terminal; the whole answer."""
        return self._exchange(
            f"GET /iclock/cdata?SN={serial}&options=all&language=73&pushver=2.4.0 HTTP/1.1\r\n"
            f"Host: {self.devices[0]}:{self.devices[1]}\r\n"
            "User-Agent: iClock Proxy/1.09\r\nConnection: close\r\nAccept: */*\r\n\r\n".encode()
        )

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def _exchange(self, request: bytes) -> bytes:
        with socket.create_connection(self.devices, timeout=15) as line:
            line.sendall(request)
            answer = b""
            while part := line.recv(65536):
                answer += part
        return answer


def soon(look: Callable[[], T | None], what: str, seconds: float = SOON_SECONDS) -> T:
    """What `look` finds, asked again until it finds something. Raises AssertionError with `what` at the deadline."""
    deadline = monotonic() + seconds
    while (found := look()) is None:
        assert monotonic() < deadline, f"not within {seconds:g} s: {what}"
        sleep(0.1)
    return found


@contextmanager
def system(data: Path) -> Iterator[System]:
    """The running system that the environment names, else one of our own: `make run` with other ports and data."""
    if edge := os.environ.get("KINERJA_E2E_EDGE"):
        host, _, port = os.environ.get("KINERJA_E2E_DEVICES", "127.0.0.1:8081").rpartition(":")
        told = (os.environ[f"KINERJA_E2E_{name}"] for name in ("TOKEN", "PASSWORD", "INTEGRATION_SECRET"))
        kafka = os.environ.get("KINERJA_E2E_KAFKA", "127.0.0.1:9092")
        people = int(os.environ.get("KINERJA_E2E_EMPLOYEES", DEMO_EMPLOYEES))
        database = os.environ.get("KINERJA_E2E_ATTENDANCE", "")
        yield System(edge.rstrip("/"), (host, int(port)), next(told), next(told), next(told), kafka, database, people)
        return
    env = {**os.environ, "KINERJA_DATA": str(data), "KINERJA_PORT_OFFSET": str(_free_offset()), "NO_COLOR": "1"}
    env["KINERJA_RELEASE_SECONDS"] = "0"  # nobody waits an hour for what citizens said
    env["KINERJA_DEMO_EMPLOYEES"] = str(EMPLOYEES)
    settings = from_environment(env)
    with (data / "run.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "deploy.local", "run"],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=dying_with_parent(signal.SIGTERM),
        )
    try:
        soon(lambda: _up(data, process), "the system is up", UP_SECONDS)
        secrets = load(data, settings.token)
        edge = f"http://{settings.host}:{settings.edge}"
        doors = (settings.host, settings.devices)
        kafka = f"{settings.host}:{settings.kafka}"
        database = mongo.uri(settings.host, settings.mongo, secrets.user("attendance"))
        opened = secrets.token, secrets.demo_password, secrets.integration_secret
        yield System(edge, doors, *opened, kafka, database, EMPLOYEES)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(DOWN_SECONDS)


def _up(data: Path, process: "subprocess.Popen[bytes]") -> bool | None:
    """True once it is up, None while it starts."""
    if process.poll() is not None:
        pytest.fail(f"the system ended while it started:\n{(data / 'run.log').read_text()[-4000:]}")
    return True if (data / "summary.txt").exists() else None


def _free_offset() -> int:
    """A distance from the fixed ports at which nobody listens."""
    bases = [base for _, base in PORTS.values()] + [
        *range(8111, 8120),
        8121,
        *range(8122, 8132),
        8141,
        8145,
        8151,
        8152,
    ]
    for offset in range(7_900, 20_000, 100):
        if all(is_free("127.0.0.1", base + offset) for base in bases):
            return offset
    pytest.fail("no free ports for a second stack")
