"""The services as processes: one per role, the busy roles as many as asked for."""

import sys

from deploy.local import mongo
from deploy.local.credentials import Credentials
from deploy.local.health import http_ok, tcp
from deploy.local.program import Program
from deploy.local.settings import StackSettings

# Ports before the offset; further processes of a role count up from here, projectors count down.
DIRECTORY_API = 8131
ATTENDANCE_API = 8111
ATTENDANCE_DEVICES = 8112
ATTENDANCE_DAYS = 8120
ATTENDANCE_WORKER = 8119
REPORTING_API = 8121
REPORTING_WORKER = 8129
APPRAISAL = 8141
FEEDBACK = 8145
SIGN_IN = 8151
# The device port speaks to terminals only: its process answers probes on a port of its own, this much higher.
PROBES = 100

RANK = 1
START_SECONDS = 90.0
CATCH_UP_SECONDS = 300.0  # a reader may have much to replay before it is ready


def programs(settings: StackSettings, credentials: Credentials) -> list[Program]:
    """Every service process, all of one rank."""

    def one(name: str, service: str, role: str, port: int, instance: int = 0, *, probes: int = 0) -> Program:
        """`probes` is added to the port where the process answers its probes on another one than its work."""
        port += settings.service_offset
        more = {"KINERJA_HEALTH_PORT": str(port + probes)} if probes else {}
        if (service, role) == ("attendance", "worker"):  # who signs; nobody else has it
            more["KINERJA_RECEIPT_KEY"] = credentials.receipt_key
        return Program(
            name=name,
            argv=(sys.executable, "-m", f"services.{service}", role),
            listening=tcp(settings.host, port),
            ready=http_ok(settings.host, port + probes, "/readyz"),
            rank=RANK,
            env=environment(settings, credentials, service, port, instance) | more,
            ports=(port + probes, port) if probes else (port,),
            start_seconds=CATCH_UP_SECONDS if service == "reporting" else START_SECONDS,
        )

    return [
        one("directory", "directory", "all", DIRECTORY_API),
        *(
            one(numbered("devices", index), "attendance", "devices", ATTENDANCE_DEVICES + index, index, probes=PROBES)
            for index in range(settings.device_processes)
        ),
        one("attendance", "attendance", "api", ATTENDANCE_API),
        one("attendance-worker", "attendance", "worker", ATTENDANCE_WORKER),
        one("assessor", "attendance", "days", ATTENDANCE_DAYS),
        one("appraisal", "appraisal", "all", APPRAISAL),
        one("feedback", "feedback", "all", FEEDBACK),
        *(
            one(numbered("projector", index), "reporting", "worker", REPORTING_WORKER - index, index)
            for index in range(settings.projector_processes)
        ),
        one("reporting", "reporting", "api", REPORTING_API),
    ]


def numbered(name: str, index: int) -> str:
    """The first of a kind has the plain name."""
    return name if index == 0 else f"{name}-{index + 1}"


def environment(
    settings: StackSettings, credentials: Credentials, service: str, port: int, instance: int = 0
) -> dict[str, str]:
    """What a process of `service` is told (kit/settings.py reads it)."""
    told = {
        "KINERJA_KAFKA": f"{settings.host}:{settings.kafka}",
        "KINERJA_MONGO": mongo.uri(settings.host, settings.mongo, credentials.user(service)),
        "KINERJA_MONGO_DATABASE": service,
        "KINERJA_HOST": settings.host,
        "KINERJA_PORT": str(port),
        "KINERJA_TOKEN": credentials.token,
        **issuer(settings),
        "KINERJA_LOG_LEVEL": settings.log_level,
        "KINERJA_INSTANCE": str(instance),
        "PYTHONUNBUFFERED": "1",
    }
    if service == "feedback" and settings.release_seconds is not None:
        told["KINERJA_RELEASE_SECONDS"] = str(settings.release_seconds)
    if settings.otlp_endpoint:
        told["KINERJA_OTLP_ENDPOINT"] = settings.otlp_endpoint
    return told


def issuer(settings: StackSettings) -> dict[str, str]:
    """Whose access tokens open the services: the issuer given, else the stack's own at the edge. Its keys are fetched
    where it listens, since the edge starts after the services."""
    if settings.issuer is not None:
        return {"KINERJA_ISSUER": settings.issuer}
    realm, certificates = "auth/realms/kinerja", "protocol/openid-connect/certs"
    inside = SIGN_IN + settings.service_offset
    return {
        "KINERJA_ISSUER": f"http://{settings.host}:{settings.edge}/{realm}",
        "KINERJA_ISSUER_KEYS": f"http://{settings.host}:{inside}/{realm}/{certificates}",
    }
