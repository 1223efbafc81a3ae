"""The broker's jars, exactly those of deploy/kafka/jgo.lock.toml, fetched by jgo and checked against their sha256.

`python -m deploy.local.jars` fetches; `jgo lock` in that folder makes the lock file anew after jgo.toml changed.
"""

import hashlib
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from jgo.maven import MavenContext, PythonResolver  # type: ignore[import-untyped]

from deploy.local.errors import CannotStart
from deploy.local.program import ROOT

LOCK = ROOT / "deploy" / "kafka" / "jgo.lock.toml"
STORE = ROOT / ".tools" / "jars"


@dataclass(frozen=True, slots=True)
class Jar:
    """One locked artifact."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    def path(self, store: Path) -> Path:
        """Where it lies, in Maven's layout."""
        suffix = f"-{self.classifier}" if self.classifier else ""
        folder = store.joinpath(*self.group.split("."), self.artifact, self.version)
        return folder / f"{self.artifact}-{self.version}{suffix}.jar"


def locked(lock: Path = LOCK) -> list[Jar]:
    """The jars of the lock file, in its order (which is the class path's)."""
    rows = tomllib.loads(lock.read_text())["dependencies"]
    return [
        Jar(row["groupId"], row["artifactId"], row["version"], row.get("classifier", ""), row["sha256"])
        for row in rows
        if row.get("packaging", "jar") == "jar"
    ]


def intact(jar: Jar, store: Path) -> bool:
    """It is there and its bytes are those that were locked."""
    path = jar.path(store)
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == jar.sha256


def fetch(store: Path = STORE, lock: Path = LOCK) -> int:
    """Fetch what is missing or damaged; the number fetched. Raises CannotStart when one cannot be had as locked."""
    missing = [jar for jar in locked(lock) if not intact(jar, store)]
    context = MavenContext(resolver=PythonResolver(), repo_cache=store, timeout=60)
    with ThreadPoolExecutor(max_workers=8) as threads:
        list(threads.map(lambda jar: _fetch_one(context, jar, store), missing))
    return len(missing)


def _fetch_one(context: MavenContext, jar: Jar, store: Path) -> None:
    jar.path(store).unlink(missing_ok=True)  # a damaged one would be taken from the store again
    name = f"{jar.group}:{jar.artifact}:{jar.version}"
    try:
        context.project(jar.group, jar.artifact).at_version(jar.version).artifact(jar.classifier).resolve()
    except Exception as error:  # jgo raises bare RuntimeError and requests' own errors
        raise CannotStart(f"cannot fetch {name} ({error}): is the network up? start again to go on") from error
    if not intact(jar, store):
        raise CannotStart(f"{name} was fetched but is not what {LOCK.name} expects (sha256 differs): do not use it")


def class_path(store: Path = STORE, lock: Path = LOCK) -> str:
    """Java's -cp. Raises CannotStart when a jar is not there."""
    paths = [jar.path(store) for jar in locked(lock)]
    if absent := [path.name for path in paths if not path.is_file()]:
        raise CannotStart(f"{len(absent)} of the broker's jars are missing ({absent[0]} …): run `make install`")
    return ":".join(map(str, paths))


if __name__ == "__main__":
    try:
        count = fetch()
    except CannotStart as error:
        sys.exit(f"kinerja: {error}")
    print(f"broker: {count} jars fetched, {len(locked())} in place")
