"""Start and stop of a real process: what it stands on is closed last, what dies takes the process with it."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from time import monotonic, sleep

import httpx
import pytest

pytestmark = pytest.mark.integration

DEADLINE = 30.0


def free_block() -> int:
    """A port that is free together with the two above it."""
    for port in range(13200, 13900, 3):
        with closing(socket.socket()) as a, closing(socket.socket()) as b, closing(socket.socket()) as c:
            try:
                for number, bound in enumerate((a, b, c)):
                    bound.bind(("127.0.0.1", port + number))
            except OSError:
                continue
            return port
    raise AssertionError("no free ports")


class Process:
    """The program under test, its output as it comes."""

    def __init__(self, work: str, lifespan: str = "ok", **environment: str) -> None:
        self.port = free_block()
        self.output: list[str] = []
        given = {
            "KINERJA_KAFKA": "127.0.0.1:1",
            "KINERJA_MONGO": "mongodb://127.0.0.1:1",
            "KINERJA_MONGO_DATABASE": "things",
            "KINERJA_PORT": str(self.port),
            "KINERJA_TOKEN": "0123456789abcdef",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.kit.serving_program", work, lifespan],
            env={**os.environ, **given, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        self.output.extend(iter(self._process.stdout.readline, ""))

    def said(self) -> list[str]:
        """What the program itself said, in order."""
        return [line.removeprefix("# ").strip() for line in list(self.output) if line.startswith("# ")]

    def logged(self, event: str) -> list[dict[str, object]]:
        """Log lines of that event."""
        lines = [json.loads(line) for line in list(self.output) if line.startswith("{")]
        return [line for line in lines if line["event"] == event]

    def get(self, path: str, offset: int = 0) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.port + offset}{path}", timeout=DEADLINE)

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for a condition, with a deadline."""
        deadline = monotonic() + DEADLINE
        while not condition():
            assert monotonic() < deadline, f"{what} did not come to pass:\n{''.join(self.output)}"
            sleep(0.02)

    def serving(self) -> None:
        self.until(lambda: "background begun" in self.said(), "serving")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        self._process.send_signal(number)

    def ended(self) -> int:
        """The exit code, everything read."""
        code = self._process.wait(DEADLINE)
        self._reader.join(DEADLINE)
        return code

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self.ended()


@pytest.fixture
def start() -> Iterator[Callable[..., Process]]:
    started: list[Process] = []

    def begin(work: str, lifespan: str = "ok", **environment: str) -> Process:
        started.append(Process(work, lifespan, **environment))
        return started[-1]

    yield begin
    for process in started:
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_stops_in_order(start: Callable[..., Process], number: signal.Signals) -> None:
    process = start("work")
    process.serving()
    answers: list[str] = []
    asking = [
        threading.Thread(target=lambda path=path: answers.append(process.get(path).text))
        for path in ("/slow", "/stream")
    ]
    for thread in asking:
        thread.start()
    process.until(lambda: {"slow begun", "stream begun"} <= set(process.said()), "both requests")
    process.stop(number)
    assert process.ended() == 0
    for thread in asking:
        thread.join(DEADLINE)
    # Requests end first, then the work that stands on what the lifespan opened, then that is closed.
    assert [line for line in process.said() if line != "stream begun"] == [
        "open",
        "background begun",
        "slow begun",
        "slow done",
        "background ended",
        "closed",
    ]
    assert sorted(text.strip().splitlines()[-1] for text in answers) == ['"done"', "data: end"]


def test_one_process_serves_several_applications_on_ports_of_their_own(start: Callable[..., Process]) -> None:
    process = start("work")
    process.serving()
    assert process.get("/readyz").json()["ready"]
    assert process.get("/anything", 1).text == "OK"
    assert process.get("/healthz", 2).json()["alive"]
    assert process.get("/slow", 2).status_code == 404


def test_a_leaving_process_says_so_before_it_stops_accepting(start: Callable[..., Process]) -> None:
    process = start("work", KINERJA_DRAIN_SECONDS="3")
    process.serving()
    assert process.get("/readyz").status_code == 200
    process.stop()
    process.until(lambda: process.get("/readyz").status_code == 503, "not ready")
    assert process.get("/slow").text == '"done"', "it still answers while others stop sending"
    assert process.ended() == 0


@pytest.mark.parametrize(
    ("work", "error"), [("dies", "RuntimeError: the relay broke"), ("returns", "BackgroundEnded: background returned")]
)
def test_background_work_that_ends_takes_the_process_with_it(
    start: Callable[..., Process], work: str, error: str
) -> None:
    process = start(work)
    assert process.ended() == 1
    assert any(error in line for line in process.output)
    assert process.said() == ["open", "background begun", "background ended", "closed"]
    if work == "dies":
        [line] = process.logged("the process ends because a part of it died")
        assert (line["level"], line["part"]) == ("critical", "background")


def test_work_that_does_not_stop_is_abandoned_and_named(start: Callable[..., Process]) -> None:
    process = start("stubborn", KINERJA_GRACEFUL_SECONDS="1")
    process.serving()
    process.stop()
    assert process.ended() == 0
    assert process.logged("background work does not stop and is abandoned")[0]["task"] == "background"


def test_a_process_that_cannot_start_ends_and_says_why(start: Callable[..., Process]) -> None:
    process = start("work", "fails")
    assert process.ended() == 3
    assert "background begun" not in process.said()
    assert any("the database is not there" in line for line in process.output)


def test_a_port_in_use_is_one_clear_line(start: Callable[..., Process]) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start("work", KINERJA_PORT=str(port))
        assert process.ended() == 1
    assert "".join(process.output) == (
        f"cannot listen on 127.0.0.1:{port}: Address already in use. "
        "Stop the process that uses it, or set KINERJA_PORT.\n"
    )


def test_a_wrong_environment_is_said_before_anything_starts(start: Callable[..., Process]) -> None:
    process = start("work", KINERJA_TOKEN="short", KINERJA_KAFKA="nowhere")
    assert process.ended() == 1
    assert [line.split(":")[0].strip() for line in process.output[1:]] == ["KINERJA_KAFKA", "KINERJA_TOKEN"]


def test_answers_do_not_name_the_server(start: Callable[..., Process]) -> None:
    process = start("work")
    process.serving()
    for offset in (0, 1, 2):
        assert "server" not in process.get("/healthz", offset).headers
