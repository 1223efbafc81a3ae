"""Reporting as it is started: two processes, a broker and a database that may go away.

Apart from tests/integration/reporting, whose topics have other names for as long as its tests run.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.health import http_ok
from deploy.local.ports import free_ports
from deploy.local.program import Program
from kit.journal import Fact, Journal
from kit.mongo import connect_uri
from kit.relay import Relay
from tests.integration.reporting.spine import (
    TOKEN,
    TOKEN_HEADER,
    employee_state,
    punch_of,
    site_state,
    unit_state,
    until_true,
)
from tests.stack import Stack

pytestmark = [pytest.mark.integration, pytest.mark.timeout(240)]
DAY = "2026-11-23"
SEVEN = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A broker and a database of one's own, and both roles of the service."""
    made = Stack.infrastructure(tmp_path_factory.mktemp("reporting"), heap_mb=256, cache_gb=0.25)
    for role, port in zip(("worker", "api"), free_ports(2), strict=True):
        made.add(
            Program(
                name=role,
                argv=(sys.executable, "-m", "services.reporting", role),
                listening=http_ok(made.host, port, "/healthz"),
                ready=http_ok(made.host, port, "/readyz"),
                rank=1,
                env=environment(made, port),
                ports=(port,),
            )
        )
    with made:
        yield made


def environment(stack: Stack, port: int) -> dict[str, str]:
    """What the supervisor tells the service."""
    told = {"KAFKA": stack.bootstrap, "MONGO": stack.mongo_uri, "MONGO_DATABASE": "reporting", "PORT": str(port)}
    return {f"KINERJA_{name}": value for name, value in (told | {"TOKEN": TOKEN}).items()}


@asynccontextmanager
async def recorded(stack: Stack) -> AsyncIterator[tuple[Journal, Journal]]:
    """Journals of attendance and directory; the relays of all that reporting listens to run."""
    client = connect_uri(stack.mongo_uri, "test", server_selection_seconds=30)
    journals, relays = [], []
    for service in ("attendance", "directory", "appraisal", "feedback"):
        journals.append(Journal(client[service], service))
        await journals[-1].setup()
        relays.append(asyncio.create_task(Relay(client, client[service], stack.bootstrap, service).run()))
    try:
        yield journals[0], journals[1]
    finally:
        for relay in relays:
            relay.cancel()
        await asyncio.gather(*relays, return_exceptions=True)
        client.close()


def fact(event: Any, key: str) -> Fact:
    return Fact.of(event, event_id=os.urandom(8).hex(), key=key, time=datetime.now(UTC))


def base(stack: Stack, name: str) -> str:
    return f"http://{stack.host}:{stack.programs[name].ports[0]}"


async def present(http: httpx.AsyncClient) -> int:
    """How many are in, or -1 when there is no answer to that."""
    answer = await http.get("/api/reporting/v1/presence", params={"date": DAY})
    count: int = answer.json()["totals"]["present"] if answer.status_code == 200 else -1
    return count


async def _unit_known(http: httpx.AsyncClient) -> bool:
    """The API reads its tables by itself, so they may come a moment after the view."""
    known: int = (await http.get("/readyz")).json()["checks"]["tables"]["directory.units"]
    return known == 1


async def test_the_life_of_the_service(stack: Stack) -> None:
    async with (
        httpx.AsyncClient(base_url=base(stack, "api"), timeout=15, headers=TOKEN_HEADER) as http,
        recorded(stack) as (punches, masters),
    ):
        await masters.append(
            [
                fact(unit_state("u"), "u"),
                fact(site_state("s"), "s"),
                *(fact(employee_state(f"e{number}", "u", "s"), f"e{number}") for number in range(5)),
            ]
        )
        await punches.append([fact(punch_of("e0", SEVEN, "s"), "e0")])

        async def one() -> bool:
            return await present(http) == 1

        await until_true(one)

        async def reads_punches() -> bool:  # an answer is kept for a moment: the first may be from before the topics
            found = (await http.get(base(stack, "worker") + "/readyz")).json()["checks"]["caught_up"]
            return bool(found["ok"] and any(name.startswith("attendance.punches/") for name in found))

        await until_true(reads_punches)
        await until_true(lambda: _unit_known(http))
        assert "sse_clients" in (await http.get("/metrics")).text
        assert await asyncio.to_thread(_command, stack, "wait", "--seconds", "20") == 0

        await _worker_is_killed(stack, http, punches)
        await _database_goes_away(stack, http, punches)
        await _broker_goes_away(stack, http, punches)
        await _rebuilt_and_switched(stack, http)

    for name in ("api", "worker"):
        process = stack.pid(name)
        stack.signal(name, signal.SIGTERM)
        await until_true(lambda name=name: _gone(stack, name), seconds=15)  # type: ignore[misc]
        assert process


async def _worker_is_killed(stack: Stack, http: httpx.AsyncClient, punches: Journal) -> None:
    await asyncio.to_thread(stack.kill9, "worker")
    await punches.append([fact(punch_of("e1", SEVEN, "s"), "e1")])
    assert await present(http) == 1
    await asyncio.to_thread(stack.start, "worker")

    async def two() -> bool:
        return await present(http) == 2

    await until_true(two)


async def _database_goes_away(stack: Stack, http: httpx.AsyncClient, punches: Journal) -> None:
    """No answer is a problem that says so; nobody has to be started again; open streams are told to ask anew."""
    async with http.stream("GET", "/api/reporting/v1/stream", params={"date": DAY}, timeout=60) as stream:
        lines = stream.aiter_lines()
        await asyncio.to_thread(stack.kill9, "mongod")
        away = await http.get("/api/reporting/v1/presence", params={"date": DAY})
        assert away.status_code == 503
        assert away.headers["content-type"] == "application/problem+json"
        assert away.headers["retry-after"]
        await asyncio.to_thread(stack.start, "mongod")
        await punches.append([fact(punch_of("e2", SEVEN, "s"), "e2")])

        async def three() -> bool:
            return await present(http) == 3

        await until_true(three, seconds=60)
        assert stack.running("api")
        assert stack.running("worker")
        async with asyncio.timeout(20):
            async for line in lines:
                if line == "event: reset" or ('"present":3' in line):
                    break


async def _broker_goes_away(stack: Stack, http: httpx.AsyncClient, punches: Journal) -> None:
    """Answers go on, and say how old they are."""
    await asyncio.to_thread(stack.kill9, "kafka")
    await punches.append([fact(punch_of("e3", SEVEN, "s"), "e3")])

    async def lagging() -> bool:
        answer = (await http.get("/api/reporting/v1/presence", params={"date": DAY})).json()
        assert answer["totals"]["present"] == 3
        behind = {row["source"]: row["behind_seconds"] for row in answer["freshness"]["lagging_sources"]}
        return bool(behind.get("attendance", 0) > 15)

    await until_true(lagging, seconds=40)
    await asyncio.to_thread(stack.start, "kafka")

    async def four() -> bool:
        answer = (await http.get("/api/reporting/v1/presence", params={"date": DAY})).json()
        return bool(answer["totals"]["present"] == 4 and not answer["freshness"]["lagging_sources"])

    await until_true(four, seconds=60)
    assert stack.running("api")
    assert stack.running("worker")


async def _rebuilt_and_switched(stack: Stack, http: httpx.AsyncClient) -> None:
    """Both processes end when the generation changes, and answer the same from the new one."""
    assert await asyncio.to_thread(_command, stack, "rebuild") == 0
    for name in ("api", "worker"):
        await until_true(lambda name=name: _gone(stack, name))  # type: ignore[misc]
        await asyncio.to_thread(stack.start, name)
    assert await present(http) == 4
    assert await asyncio.to_thread(_command, stack, "retire", "2") != 0
    assert await asyncio.to_thread(_command, stack, "retire", "1") == 0
    assert await present(http) == 4


async def _gone(stack: Stack, name: str) -> bool:
    return not stack.running(name)


def _command(stack: Stack, *words: str) -> int:
    done = subprocess.run(
        [sys.executable, "-m", "services.reporting", *words],
        env={**os.environ, **environment(stack, 1)},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    print(done.stdout[-2000:], done.stderr[-2000:])
    return done.returncode


def test_a_process_that_is_not_told_enough_says_what(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "services.reporting", "api"],
        env={"PATH": os.environ["PATH"], "KINERJA_ZONE": "Mars/Base"},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode != 0
    for name in ("KINERJA_KAFKA", "KINERJA_MONGO", "KINERJA_PORT", "KINERJA_MONGO_DATABASE", "KINERJA_ZONE"):
        assert name in done.stderr
