"""What must hold before anything is started; each failure is one line that names the remedy."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from deploy.local import caddy, jars, java, keycloak_install, mongo
from deploy.local.errors import CannotStart
from deploy.local.ports import holder, is_free
from deploy.local.program import Program
from deploy.local.settings import PORTS, StackSettings

LEAST_FREE_BYTES = 1024**3


def check(settings: StackSettings, programs: Iterable[Program]) -> None:
    """Raises CannotStart for the first thing that would make a start fail later and less clearly."""
    data_folder(settings.data)
    tools(signin=settings.issuer is None)
    for program in programs:
        for port in program.ports:
            port_free(settings, program.name, port)


def data_folder(data: Path, free: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free) -> None:
    """It can be written, and there is room."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        (data / ".writable").touch()
        (data / ".writable").unlink()
    except OSError as error:
        raise CannotStart(f"cannot write to {data} ({error.strerror}): set KINERJA_DATA to a folder you own") from error
    if (left := free(data)) < LEAST_FREE_BYTES:
        raise CannotStart(
            f"only {left // 1024**2} MB are free on the disk of {data}, 1024 MB are needed: "
            "make room, or set KINERJA_DATA to a folder on another disk"
        )


def tools(*, signin: bool) -> None:
    """The parts that `make` installs are there and can run on this machine; sign-in only where the stack brings it."""
    java.java()
    jars.class_path()
    if signin and not (keycloak_install.home() / "built").exists():
        raise CannotStart("sign-in (Keycloak) is not installed: run `make install`")
    for binary in (mongo.binary(), caddy.binary()):
        if not binary.exists():
            raise CannotStart(f"{binary.name} is not installed: run `make install`")


def port_free(settings: StackSettings, name: str, port: int) -> None:
    """Nobody else listens there."""
    if is_free(settings.host, port):
        return
    by = holder(port) or "a process of another user"
    own = {getattr(settings, field): variable for field, (variable, _) in PORTS.items()}
    raise CannotStart(
        f"port {port} for {name} is in use by {by}: stop it, "
        f"or set {own.get(port, 'KINERJA_PORT_OFFSET')} to another {'port' if port in own else 'number, such as 1000'}"
    )
