"""Where the stack listens and keeps its data: fixed defaults, each overridable by the environment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.errors import CannotStart
from deploy.local.program import ROOT

HOST = "127.0.0.1"

# name in Settings → variable and default. KINERJA_PORT_OFFSET moves all that are not set, so that a second stack can
# run beside the first.
PORTS = {
    "edge": ("KINERJA_EDGE_PORT", 8080),
    "devices": ("KINERJA_DEVICE_PORT", 8081),
    "kafka": ("KINERJA_KAFKA_PORT", 9092),
    "controller": ("KINERJA_KAFKA_CONTROLLER_PORT", 9093),
    "mongo": ("KINERJA_MONGO_PORT", 27017),
}


DEMO_EMPLOYEES = 5_000
NOBODY = "192.0.2.1/32"  # an address that nobody has (RFC 5737)


@dataclass(frozen=True, slots=True)
class StackSettings:
    """`service_offset` is added to the services' own ports (8111 …). Process counts scale the two busy roles. `issuer`
    is an OpenID issuer that runs already; without one the stack brings its own (Keycloak). `front_proxies` are the
    networks of what stands before the edge, separated by blanks. `release_seconds` replaces the hour within which
    citizens' ratings are released, to try things out; with fewer `demo_employees` a demo city is there sooner (its
    accounts need 600)."""

    data: Path
    edge: int
    devices: int
    kafka: int
    controller: int
    mongo: int
    service_offset: int = 0
    device_processes: int = 1
    projector_processes: int = 1
    heap_mb: int = 512
    cache_gb: float = 1.0
    oplog_mb: int = 4096
    demo: bool = True
    demo_employees: int = DEMO_EMPLOYEES
    log_level: str = "info"
    otlp_endpoint: str | None = None
    token: str | None = None
    issuer: str | None = None
    front_proxies: str = NOBODY
    release_seconds: int | None = None
    host: str = HOST


def from_environment(env: Mapping[str, str]) -> StackSettings:
    """Settings from `KINERJA_*` variables. Raises CannotStart naming every wrong one at once."""
    wrong: list[str] = []

    def number(variable: str, default: float, kind: Callable[[str], float], least: float, most: float) -> float:
        text = env.get(variable, "").strip()
        try:
            value = kind(text) if text else default
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            wrong.append(f"{variable}={text} must be a number from {least:g} to {most:g}")
        return value

    def whole(variable: str, default: int, least: int, most: int) -> int:
        return int(number(variable, default, int, least, most))

    offset = whole("KINERJA_PORT_OFFSET", 0, 0, 30_000)
    ports = {name: whole(variable, base + offset, 1024, 65_535) for name, (variable, base) in PORTS.items()}
    settings = StackSettings(
        data=Path(env.get("KINERJA_DATA") or ROOT / ".data").expanduser().resolve(),
        edge=ports["edge"],
        devices=ports["devices"],
        kafka=ports["kafka"],
        controller=ports["controller"],
        mongo=ports["mongo"],
        service_offset=offset,
        device_processes=whole("KINERJA_DEVICE_PROCESSES", 1, 1, 7),
        projector_processes=whole("KINERJA_PROJECTOR_PROCESSES", 1, 1, 7),
        heap_mb=whole("KINERJA_KAFKA_HEAP_MB", 512, 128, 65_536),
        cache_gb=number("KINERJA_MONGO_CACHE_GB", 1.0, float, 0.25, 1024),
        oplog_mb=whole("KINERJA_MONGO_OPLOG_MB", 4096, 990, 1_048_576),
        demo=env.get("KINERJA_DEMO", "1") not in {"0", "no", "false"},
        demo_employees=whole("KINERJA_DEMO_EMPLOYEES", DEMO_EMPLOYEES, 600, DEMO_EMPLOYEES),
        log_level=env.get("KINERJA_LOG_LEVEL", "info"),
        otlp_endpoint=env.get("KINERJA_OTLP_ENDPOINT") or None,
        token=env.get("KINERJA_TOKEN") or None,
        issuer=env.get("KINERJA_ISSUER") or None,
        front_proxies=env.get("KINERJA_FRONT_PROXIES") or NOBODY,
        release_seconds=whole("KINERJA_RELEASE_SECONDS", 3600, 0, 86_400) if "KINERJA_RELEASE_SECONDS" in env else None,
    )
    if settings.token is not None and len(settings.token) < 16:
        wrong.append("KINERJA_TOKEN must have at least 16 characters")
    if wrong:
        raise CannotStart("these variables are not usable: " + "; ".join(wrong))
    return settings
