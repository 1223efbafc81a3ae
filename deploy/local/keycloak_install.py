"""Keycloak as a folder that starts quickly: fetched as locked, unpacked, built once for the options the stack uses.

`python -m deploy.local.keycloak_install` does what is missing: 176 MB over the network, then half a minute.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

from jgo.maven import MavenContext, PythonResolver  # type: ignore[import-untyped]

from deploy.local.errors import CannotStart
from deploy.local.java import java
from deploy.local.program import ROOT

LOCK = ROOT / "deploy" / "keycloak" / "lock.toml"
STORE = ROOT / ".tools" / "jars"
# What is fixed when it is built, so that a start need not look (Keycloak's "build options").
BUILT_WITH = (
    "--db=dev-file",
    "--health-enabled=true",
    "--metrics-enabled=true",
    "--http-relative-path=/auth",
    "--features-disabled=admin-fine-grained-authz,kerberos,ciba,device-flow,par,impersonation",
)
BUILD_SECONDS = 300.0


def home() -> Path:
    """Where the built one lies: another version or other options make another folder."""
    locked = tomllib.loads(LOCK.read_text())
    fits = hashlib.sha256(repr((locked, BUILT_WITH)).encode()).hexdigest()[:12]
    return ROOT / ".tools" / f"keycloak-{locked['version']}-{fits}"


def install() -> bool:
    """Whether anything was to be done. Raises CannotStart when it cannot be had as locked, or not built."""
    if (home() / "built").exists():
        return False
    archive = _fetched()
    part = home().with_name(home().name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.rmtree(home(), ignore_errors=True)
    with tarfile.open(archive) as packed:
        packed.extractall(part)  # noqa: S202 - its bytes are those that were locked
    next(part.iterdir()).rename(home())
    part.rmdir()
    archive.unlink()  # its content lies beside it now
    _build()
    (home() / "built").touch()
    return True


def _fetched() -> Path:
    locked = tomllib.loads(LOCK.read_text())
    context = MavenContext(resolver=PythonResolver(), repo_cache=STORE, timeout=60)
    project = context.project(locked["group"], locked["artifact"])
    try:
        found = Path(project.at_version(locked["version"]).artifact("", "tar.gz").resolve())
    except Exception as error:  # jgo raises bare RuntimeError and requests' own errors
        raise CannotStart(f"cannot fetch Keycloak ({error}): is the network up? start again to go on") from error
    with found.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != locked["sha256"]:
        found.unlink()
        raise CannotStart(f"Keycloak was fetched but is not what {LOCK.name} expects (sha256 differs): do not use it")
    return found


def _build() -> None:
    done = subprocess.run(
        [str(home() / "bin" / "kc.sh"), "build", *BUILT_WITH],
        env={"PATH": "/usr/bin:/bin", "JAVA_HOME": str(java().resolve().parent.parent)},
        capture_output=True,
        text=True,
        check=False,
        timeout=BUILD_SECONDS,
    )
    if done.returncode:
        raise CannotStart(f"Keycloak could not be built: {(done.stdout + done.stderr)[-2000:]}")


if __name__ == "__main__":
    try:
        new = install()
    except CannotStart as error:
        sys.exit(f"kinerja: {error}")
    print("sign-in: built" if new else "sign-in: in place")
