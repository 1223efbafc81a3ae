"""The roles of the service as coroutines that run until the process is asked to stop."""

from kit.health import Check, Readiness
from kit.http import health_app
from kit.mongo import ping
from kit.serving import serve
from services.attendance.app import DeviceRole, Parts
from services.attendance.settings import AttendanceSettings


async def devices(settings: AttendanceSettings) -> None:
    """The device port. Needs MongoDB only: with the broker away terminals are acknowledged all the same."""
    parts = Parts.of(settings)
    await parts.setup()
    await parts.registry.load()
    role = DeviceRole.of(parts)

    async def readiness() -> Readiness:
        await ping(parts.client)
        return Readiness({"mongo": Check(True), "terminals": Check(True, str(len(parts.registry.terminals)))})

    await serve(
        role.port,
        settings,
        beside=[(health_app(settings.service, readiness), settings.probes_port)],
        background=[parts.registry.run, parts.follow_enrolments, role.heartbeats.run],
    )
