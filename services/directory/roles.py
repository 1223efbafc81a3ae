"""The roles of the service as coroutines that run until the process is asked to stop."""

from kit.health import Check, Readiness
from kit.http import health_app, serve
from kit.kafka import once_topics_exist
from kit.mongo import ping
from kit.relay import Relay
from kit.serving import Background
from services.directory.app import Parts, create
from services.directory.settings import DirectorySettings
from services.directory.transfer.worker import ImportWorker


async def api(settings: DirectorySettings) -> None:
    """The JSON API alone."""
    parts = await _ready(settings)
    await serve(create(settings, parts), settings)


async def worker(settings: DirectorySettings) -> None:
    """Relay and imports, with probes."""
    parts = await _ready(settings)

    async def readiness() -> Readiness:
        await ping(parts.client)
        return Readiness({"mongo": Check(True)})

    await serve(health_app(settings.service, readiness), settings, background=_working(settings, parts))


async def all_roles(settings: DirectorySettings) -> None:
    """Everything in one process."""
    parts = await _ready(settings)
    await serve(create(settings, parts), settings, background=_working(settings, parts))


def _working(settings: DirectorySettings, parts: Parts) -> list[Background]:
    relay = Relay(parts.client, parts.db, settings.kafka, settings.service)
    return [once_topics_exist(settings, relay.run), ImportWorker(parts.imports, parts.register.clock).run]


async def _ready(settings: DirectorySettings) -> Parts:
    parts = Parts.of(settings)
    await parts.setup()
    return parts
