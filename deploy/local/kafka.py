"""The broker: Apache Kafka as one KRaft node (broker and controller in one process)."""

import base64
import hashlib
import subprocess
import uuid
from pathlib import Path

from deploy.local.errors import CannotStart
from deploy.local.health import kafka_answers, kafka_coordinates
from deploy.local.jars import STORE, class_path
from deploy.local.java import java, major
from deploy.local.program import ROOT, Program

SETTINGS = ROOT / "deploy" / "kafka" / "server.properties"
LOGGING = ROOT / "deploy" / "kafka" / "log4j2.properties"


def program(data: Path, port: int, controller_port: int, *, host: str = "127.0.0.1", heap_mb: int = 512) -> Program:
    """The broker on `host:port` with everything it keeps under `data`. `heap_mb` is Java's -Xmx, in MiB."""
    return Program(
        name="kafka",
        argv=_java(heap_mb, "kafka.Kafka", str(data / "server.properties")),
        listening=kafka_answers(host, port),
        ready=kafka_coordinates(host, port),
        ports=(port, controller_port),
        cwd=data,
        prepare=lambda: _prepare(data, host, port, controller_port),
        start_seconds=120.0,
        stop_seconds=30.0,
    )


def _java(heap_mb: int, main: str, *arguments: str) -> tuple[str, ...]:
    # The heap is given whole at once: a broker that grows it while terminals push would pause.
    heap = (f"-Xms{heap_mb // 2}m", f"-Xmx{heap_mb}m", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20")
    careful: tuple[str, ...] = (
        "-XX:+ExitOnOutOfMemoryError",
        "-Djava.awt.headless=true",
        f"-Dlog4j2.configurationFile={LOGGING}",
    )
    if major() >= 24:  # these only silence warnings about what the broker's libraries do
        careful += ("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
    archive = class_archive()
    quick = (f"-XX:SharedArchiveFile={archive}", "-Xshare:auto") if archive.exists() else ()
    return (str(java()), *heap, *careful, *quick, "-cp", class_path(), main, *arguments)


def class_archive() -> Path:
    """Where the archive of loaded classes for this Java and these jars lies (deploy/local/class_archive.py)."""
    fits = hashlib.sha256(f"{java().resolve()} {major()} {class_path()}".encode()).hexdigest()[:16]
    return STORE / f"classes-{fits}.jsa"


def archive_command(classes: Path, archive: Path) -> tuple[str, ...]:
    """The Java that writes `archive` from a list of classes, and ends."""
    options = ("-Xshare:dump", f"-XX:SharedClassListFile={classes}", f"-XX:SharedArchiveFile={archive}")
    return (str(java()), "-Xmx512m", "-XX:+UseG1GC", *options, "-cp", class_path())


def _prepare(data: Path, host: str, port: int, controller_port: int) -> None:
    """Write the settings; format the storage once. The cluster id lives in the storage's meta.properties."""
    data.mkdir(parents=True, exist_ok=True)
    settings = data / "server.properties"
    settings.write_text(
        SETTINGS.read_text()
        + f"\nlog.dirs={data / 'log'}\n"
        + f"controller.quorum.voters=1@{host}:{controller_port}\n"
        + f"listeners=PLAINTEXT://{host}:{port},CONTROLLER://{host}:{controller_port}\n"
        + f"advertised.listeners=PLAINTEXT://{host}:{port},CONTROLLER://{host}:{controller_port}\n"
    )
    if (data / "log" / "meta.properties").exists():
        return
    tool = _java(64, "kafka.tools.StorageTool", "format", "--cluster-id", _cluster_id(), "--config", str(settings))
    done = subprocess.run([*tool, "--ignore-formatted"], capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        raise CannotStart(f"the broker's storage under {data} could not be formatted: {done.stdout}{done.stderr}")


def _cluster_id() -> str:
    """As Kafka makes them: 16 random bytes in URL-safe base64 without padding, never starting with a dash."""
    while (text := base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        continue
    return text
