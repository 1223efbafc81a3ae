"""Java's archive of the broker's loaded classes (application class-data sharing): halves the broker's start.

Made once, after the jars were fetched, by a throw-away broker: `python -m deploy.local.class_archive`. An archive that
does not fit the Java or the class path is ignored by Java; none at all only costs time.
"""

import signal
import subprocess
import tempfile
from pathlib import Path

from deploy.local import java, kafka
from deploy.local.health import wait_until
from deploy.local.ports import free_ports
from deploy.local.program import Program
from deploy.local.spawn import dying_with_parent


def make() -> Path | None:
    """The archive for this Java and these jars, made when it is not there; None when Java made none."""
    path = kafka.class_archive()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with tempfile.TemporaryDirectory(prefix="kinerja-broker-") as folder:
            _run_once(kafka.program(Path(folder), *free_ports(2), heap_mb=256), part)
        if part.exists():
            part.rename(path)
    return path if path.exists() else None


def _run_once(program: Program, archive: Path) -> None:
    """Start the broker until it serves, and stop it in order: Java writes the archive as it ends."""
    program.prepare()
    program_java, *rest = program.argv
    child = subprocess.Popen(
        [program_java, f"-XX:ArchiveClassesAtExit={archive}", *rest],
        cwd=program.cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=dying_with_parent(signal.SIGKILL),
    )
    try:
        wait_until(program.ready, seconds=60, alive=lambda: child.poll() is None)
        child.terminate()
        child.wait(60)
    finally:
        child.kill()
        child.wait()


if __name__ == "__main__":
    made = make()
    print(f"broker: class archive {made or 'not made'} (Java {java.version_of(java.java())})")
