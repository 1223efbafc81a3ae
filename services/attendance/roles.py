"""The roles of the service as coroutines that run until the process is asked to stop."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from kit.access import mongo_copy
from kit.access.mongo_copy import EMPLOYEES
from kit.health import Check, Readiness
from kit.http import health_app
from kit.kafka import ensure_registry
from kit.mongo import Client, connect, database, ping
from kit.projector import Projector
from kit.projector.health import checks
from kit.relay import Relay
from kit.serving import serve
from services.attendance.app import create, device_port, heartbeats, readiness_of
from services.attendance.days.batch import GENERATION
from services.attendance.days.folds import AssessedDays
from services.attendance.days.history import Knowing
from services.attendance.days.tables import load_tables
from services.attendance.devices.registry import now
from services.attendance.fleet.work import Work
from services.attendance.parts import Parts
from services.attendance.settings import AttendanceSettings

ASSESSED_AT_ONCE = 2_000
"""Records in a batch of the assessor: each may cost an assessed day, so it is shorter than a batch of counts."""

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
    background: list[Background] = [partial(parts.follow, work.clock), *await _working(parts, work)]
    await serve(health_app(settings.service, readiness_of(parts, work)), settings, background=background)


async def days(settings: AttendanceSettings) -> None:
    """The assessor of days; as many processes as there are partitions may share the work."""
    client = connect(settings)
    await ensure_registry(settings)
    running = assessor(settings, client)

    async def readiness() -> Readiness:
        await ping(client)
        return Readiness({"mongo": Check(True), **checks(running)})

    await serve(health_app(settings.service, readiness), settings, background=[running.run])


def assessor(settings: AttendanceSettings, client: Client) -> Projector:
    """The projector of days as this process is configured."""
    view = AssessedDays(load_tables(settings.lateness), Knowing(now, ZoneInfo(settings.default_zone)))
    return Projector(
        view,
        client,
        database(client, settings),
        settings.kafka,
        generation=GENERATION,
        instance=f"{view.name}_v{GENERATION}-{settings.instance}",
        max_records=ASSESSED_AT_ONCE,
    )


async def all_roles(settings: AttendanceSettings) -> None:
    """Everything in one process: `port` is the device port, the others stand beside it."""
    parts = await _ready(settings)
    work = Work.of(parts)
    await ensure_registry(settings)
    probes = health_app(settings.service, readiness_of(parts, work))
    following = partial(parts.follow, work.clock)
    assessing = assessor(settings, parts.client).run
    background: list[Background] = [following, *await _working(parts, work), heartbeats(parts).run, assessing]
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
        work.clock.run,
        work.outages.run,
        work.refilling.run,
        work.discipline.run,
        *work.receipts,
        parts.closings.work(parts.settings.receipt_signer),
        lambda: parts.files.sweep_for_ever(parts.clock),
    ]
