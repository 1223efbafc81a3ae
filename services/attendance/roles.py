"""The roles of the service as coroutines that run until the process is asked to stop."""

from collections.abc import Callable, Coroutine
from typing import Any

from kit.access import mongo_copy
from kit.access.mongo_copy import EMPLOYEES
from kit.http import health_app
from kit.kafka import ensure_registry
from kit.relay import Relay
from kit.serving import serve
from services.attendance.app import create, device_port, heartbeats, readiness_of
from services.attendance.fleet.work import Work
from services.attendance.parts import Parts
from services.attendance.settings import AttendanceSettings

Background = Callable[[], Coroutine[Any, Any, None]]


async def devices(settings: AttendanceSettings) -> None:
    """The device port. Needs MongoDB only: with the broker away terminals are acknowledged all the same."""
    parts = await _ready(settings)
    probes = health_app(settings.service, readiness_of(parts))
    background = [parts.follow, heartbeats(parts).run]
    await serve(device_port(parts), settings, beside=[(probes, settings.probes_port)], background=background)


async def api(settings: AttendanceSettings) -> None:
    """The JSON API."""
    parts = await _ready(settings)
    await serve(create(parts), settings, background=[parts.follow])


async def worker(settings: AttendanceSettings) -> None:
    """Relay and timers; one process (kit/relay.py says why not two)."""
    parts = await _ready(settings)
    work = Work.of(parts)
    await ensure_registry(settings)
    background = [parts.follow, *await _working(parts, work)]
    await serve(health_app(settings.service, readiness_of(parts, work)), settings, background=background)


async def all_roles(settings: AttendanceSettings) -> None:
    """Everything in one process: `port` is the device port, the others stand beside it."""
    parts = await _ready(settings)
    work = Work.of(parts)
    await ensure_registry(settings)
    probes = health_app(settings.service, readiness_of(parts, work))
    background = [parts.follow, *await _working(parts, work), heartbeats(parts).run]
    beside = [(create(parts), settings.api_port), (probes, settings.worker_port)]
    await serve(device_port(parts), settings, beside=beside, background=background)


async def _ready(settings: AttendanceSettings) -> Parts:
    parts = Parts.of(settings)
    await parts.setup()
    await parts.registry.load()
    return parts


async def _working(parts: Parts, work: Work) -> list[Background]:
    await parts.db[EMPLOYEES].create_index("numbers", name="by_number")
    await mongo_copy.setup(parts.db)
    await work.nightly.setup()
    relay = Relay(parts.client, parts.db, parts.settings.kafka, parts.settings.service)
    return [
        relay.run,
        work.directory.run,
        work.publisher.run,
        work.silence.run,
        work.sweep.run,
        work.overdue.run,
        work.nightly.run,
    ]
