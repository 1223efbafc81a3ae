"""mongod is linked to libcurl, which a bare Debian has not: the machine's own is used, else the one inside pycurl."""

import ctypes
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from deploy.local.errors import CannotStart
from deploy.local.program import ROOT

NAME = "libcurl.so.4"
LINKS = ROOT / ".tools" / "lib"


def of_the_machine() -> bool:
    """The dynamic linker finds one by itself."""
    try:
        ctypes.CDLL(NAME)
    except OSError:
        return False
    return True


def bundled() -> Path | None:
    """The libcurl that the pycurl package brings, in the folder with all it needs."""
    try:
        files = distribution("pycurl").files or []
    except PackageNotFoundError:
        return None
    return next((Path(str(file.locate())).resolve() for file in files if file.match("libcurl-*.so.*")), None)


def environment(machine: bool, wheel: Path | None, links: Path = LINKS) -> dict[str, str]:
    """What mongod must be told to find it: nothing, or where to look. Raises CannotStart when there is none."""
    if machine:
        return {}
    if wheel is None:
        raise CannotStart("mongod needs libcurl and this machine has none: apt-get install libcurl4")
    links.mkdir(parents=True, exist_ok=True)
    link = links / NAME
    if not link.is_symlink() or link.readlink() != wheel:
        link.unlink(missing_ok=True)
        link.symlink_to(wheel)
    return {"LD_LIBRARY_PATH": f"{links}:{wheel.parent}"}
