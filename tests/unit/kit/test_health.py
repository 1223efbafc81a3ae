"""Alive is about the loop, ready is about what is needed; neither flaps and neither lies."""

import asyncio
import threading
from time import monotonic, sleep

import pytest
import structlog
from prometheus_client import REGISTRY

from kit.health import Check, Gate, Heartbeat, Readiness, stacks
from kit.http import create_app, health_app
from tests.unit.kit import things
from tests.unit.kit.things import client_of


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Dependency:
    """A dependency that a test breaks and mends."""

    def __init__(self) -> None:
        self.ok = True

    async def __call__(self) -> Readiness:
        return Readiness({"mongo": Check(self.ok, "no primary" if not self.ok else "", {"lag": 2})})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def dependency() -> Dependency:
    return Dependency()


@pytest.fixture
def gate(dependency: Dependency, clock: Clock) -> Gate:
    return Gate(dependency, clock)


async def test_a_process_is_not_ready_before_its_first_success(gate: Gate, dependency: Dependency) -> None:
    dependency.ok = False
    ready, body = await gate.answer()
    assert not ready
    assert body == {"ready": False, "checks": {"mongo": {"ok": False, "detail": "no primary", "lag": 2}}}
    dependency.ok = True
    assert (await gate.answer())[0]


async def test_one_failed_look_does_not_flap(gate: Gate, dependency: Dependency, clock: Clock) -> None:
    await gate.answer()
    dependency.ok = False
    for seconds in (0, 4, 4):
        clock.now += seconds
        ready, body = await gate.answer()
        assert ready
        assert not body["checks"]["mongo"]["ok"], "what is wrong is shown at once"


async def test_many_failures_in_a_moment_are_a_blip(gate: Gate, dependency: Dependency, clock: Clock) -> None:
    await gate.answer()
    dependency.ok = False
    assert all([(await gate.answer())[0] for _ in range(50)])


async def test_failures_that_last_make_it_unready_until_the_first_success(
    gate: Gate, dependency: Dependency, clock: Clock
) -> None:
    await gate.answer()
    dependency.ok = False
    answers = []
    for _ in range(4):
        answers.append((await gate.answer())[0])
        clock.now += 5
    assert answers == [True, True, False, False]
    dependency.ok = True
    assert (await gate.answer())[0]
    dependency.ok = False
    assert (await gate.answer())[0], "the count begins anew"


async def test_a_stopping_process_is_not_ready_whatever_its_dependencies_say(gate: Gate) -> None:
    await gate.answer()
    gate.stop()
    ready, body = await gate.answer()
    assert not ready
    assert body["checks"] == {"process": {"ok": False, "detail": "stopping"}}


async def test_a_check_that_raises_is_a_failed_look_and_logged() -> None:
    async def broken() -> Readiness:
        raise ConnectionError("mongodb://user:hunter2@host")

    with structlog.testing.capture_logs() as logged:
        ready, body = await Gate(broken).answer()
    assert not ready
    assert body["checks"] == {"readiness": {"ok": False, "detail": "check failed: ConnectionError"}}
    assert logged[0]["event"] == "the readiness check failed"


async def test_a_check_that_hangs_is_a_failed_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.health.CHECK_SECONDS", 0.01)

    async def hangs() -> Readiness:
        await asyncio.Event().wait()
        raise AssertionError

    ready, body = await Gate(hangs).answer()
    assert not ready
    assert body["checks"]["readiness"]["detail"] == "check failed: TimeoutError"


def test_all_checks_must_hold() -> None:
    assert Readiness({}).ready
    assert Readiness({"a": Check(True)}).ready
    assert not Readiness({"a": Check(True), "b": Check(False)}).ready


def test_a_loop_that_turns_is_alive_and_one_that_does_not_is_not(clock: Clock) -> None:
    heartbeat = Heartbeat(clock)
    clock.now += 5.0
    assert heartbeat.alive
    clock.now += 0.1
    assert not heartbeat.alive
    heartbeat.tick()
    assert heartbeat.alive


def test_a_stall_is_reported_once_with_the_stacks_and_a_new_one_again(clock: Clock) -> None:
    heartbeat = Heartbeat(clock)
    with structlog.testing.capture_logs() as logged:
        assert not heartbeat.look()
        clock.now += 6
        assert [heartbeat.look(), heartbeat.look()] == [True, False]
        heartbeat.tick()
        clock.now += 6
        assert heartbeat.look()
    assert [line["seconds"] for line in logged] == [6.0, 6.0]
    assert any("test_a_stall_is_reported_once" in stack for stack in logged[0]["stacks"])


def test_lag_is_how_much_later_than_asked_the_loop_woke(clock: Clock) -> None:
    heartbeat = Heartbeat(clock)
    clock.now += 0.75
    heartbeat.tick()
    assert REGISTRY.get_sample_value("event_loop_lag_seconds") == pytest.approx(0.25)


async def test_a_blocked_loop_is_seen_from_the_watching_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.health.TICK_SECONDS", 0.01)
    monkeypatch.setattr("kit.health.STUCK_SECONDS", 0.1)
    heartbeat = Heartbeat()
    with structlog.testing.capture_logs() as logged:
        await heartbeat.start()
        await asyncio.sleep(0.05)
        deadline = monotonic() + 10
        while not logged and monotonic() < deadline:
            sleep(0.02)  # noqa: ASYNC251 - blocks the loop on purpose
        await heartbeat.stop()
    assert logged[0]["event"] == "the event loop is stuck"
    assert any("blocks the loop on purpose" in stack for stack in logged[0]["stacks"])


async def test_stopping_ends_the_watching_thread() -> None:
    others = set(threading.enumerate())  # of services that other tests run
    heartbeat = Heartbeat()
    await heartbeat.start()
    (watching,) = (one for one in set(threading.enumerate()) - others if one.name == "heartbeat-watch")
    await heartbeat.stop()
    await asyncio.to_thread(watching.join, 5)
    assert not watching.is_alive()


def test_stacks_name_every_thread() -> None:
    assert any(text.startswith("MainThread:") for text in stacks())


async def test_probes_answer_over_http() -> None:
    dependency = Dependency()
    app = create_app("things", things.settings(), routers=[], readiness=dependency)
    async with client_of(app) as client:
        assert (await client.get("/readyz")).json() == {
            "ready": True,
            "checks": {"mongo": {"ok": True, "detail": "", "lag": 2}},
        }
        alive = await client.get("/healthz")
        assert (alive.status_code, alive.json()["alive"]) == (200, True)
        exposed = await client.get("/metrics")
        assert exposed.headers["content-type"].startswith("text/plain")
        assert "# HELP projector_freshness_seconds" in exposed.text
        app.state.gate.stop()
        assert (await client.get("/readyz")).status_code == 503


async def test_a_stuck_loop_answers_503(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.health.STUCK_SECONDS", -1)
    async with client_of(health_app("things", things.ready)) as client:
        assert (await client.get("/healthz")).status_code == 503
