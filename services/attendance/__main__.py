"""`python -m services.attendance devices|api|worker|days|all|demo`; `history` with words of its own: a made-up past."""

import sys
from collections.abc import Callable, Coroutine
from typing import Any

from kit import log, telemetry
from kit.serving import run
from services.attendance import roles
from services.attendance.demo.load import history
from services.attendance.demo.register import register_demo
from services.attendance.settings import AttendanceSettings

ROLES: dict[str, Callable[[AttendanceSettings], Coroutine[Any, Any, None]]] = {
    "devices": roles.devices,
    "api": roles.api,
    "worker": roles.worker,
    "days": roles.days,
    "all": roles.all_roles,
    "demo": register_demo,
}


def main(arguments: list[str]) -> None:
    """Run one role until asked to stop. Raises SystemExit with the list of roles for anything else."""
    past = arguments[:1] == ["history"]
    if not past and (len(arguments) != 1 or arguments[0] not in ROLES):
        raise SystemExit(f"usage: python -m services.attendance {'|'.join(ROLES)}|history")
    settings = AttendanceSettings.load()
    log.configure(settings.service, settings.log_level)
    telemetry.configure(settings.service, settings.otlp_endpoint, ratio=settings.trace_ratio)
    try:
        run(history(settings, arguments[1:]) if past else ROLES[arguments[0]](settings))
    finally:
        telemetry.shutdown()


if __name__ == "__main__":
    main(sys.argv[1:])
