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
        with tempfile.TemporaryDirectory(prefix="kinerja-broker-") as folder:
            classes = Path(folder) / "classes.lst"
            _list_classes(kafka.program(Path(folder), *free_ports(2), heap_mb=256), classes)
            part = path.with_suffix(f".{Path(folder).name}")
            subprocess.run(kafka.archive_command(classes, part), capture_output=True, timeout=120, check=False)
            if part.exists():
                part.rename(path)
    return path if path.exists() else None


def _list_classes(program: Program, classes: Path) -> None:
    """Run a broker until it serves, so that Java notes every class a start needs."""
    program.prepare()
    program_java, *rest = program.argv
    child = subprocess.Popen(
        [program_java, f"-XX:DumpLoadedClassList={classes}", *rest],
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
