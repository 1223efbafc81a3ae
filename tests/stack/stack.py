"""Real processes that a test may kill and start again."""

import os
import signal
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.local import kafka, mongo
from deploy.local.health import wait_until
from deploy.local.ports import free_ports
from deploy.local.program import Program
from deploy.local.spawn import dying_with_parent, signal_group

# The kernel ties a child's life to the thread that started it, so one thread that lives as long as we do starts all.
_starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="stack")


class Stack:
    """Programs by name. Every call blocks: from a coroutine use `await asyncio.to_thread(stack.start, "kafka")`.

    A process ends with this one, whatever becomes of it; each one's output is in `<data>/<name>.log`.
    """

    host = "127.0.0.1"

    def __init__(self, data: Path, programs: Iterable[Program] = ()) -> None:
        self.data = data
        self.programs: dict[str, Program] = {program.name: program for program in programs}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self.kafka_port = self.mongo_port = 0

    @classmethod
    def infrastructure(
        cls, data: Path, *, kafka_port: int = 0, mongo_port: int = 0, heap_mb: int = 512, cache_gb: float = 0.5
    ) -> Self:
        """Broker and database without authentication, not started yet; port 0 picks free ones."""
        ports = free_ports(3)
        stack = cls(data)
        stack.kafka_port, stack.mongo_port = kafka_port or ports[0], mongo_port or ports[1]
        stack.add(kafka.program(data / "kafka", stack.kafka_port, ports[2], heap_mb=heap_mb))
        stack.add(mongo.program(data / "mongod", stack.mongo_port, cache_gb=cache_gb, oplog_mb=990))
        return stack

    @property
    def bootstrap(self) -> str:
        """The broker's address."""
        return f"{self.host}:{self.kafka_port}"

    @property
    def mongo_uri(self) -> str:
        """The connection string, naming the replica set."""
        return mongo.uri(self.host, self.mongo_port)

    def add(self, program: Program) -> None:
        """Another part: a service, the edge."""
        self.programs[program.name] = program

    def launch(self, name: str) -> None:
        """Start a part and return at once; `wait` for it before use."""
        if self.running(name):
            return
        self.data.mkdir(parents=True, exist_ok=True)
        self._processes[name] = _starter.submit(self._spawn, self.programs[name]).result()

    def wait(self, name: str) -> None:
        """Block until a launched part is healthy. Raises TimeoutError with the end of its log."""
        program = self.programs[name]
        try:
            wait_until(program.listening, seconds=program.start_seconds, alive=lambda: self.running(name))
            program.settle()
            wait_until(program.ready, seconds=program.start_seconds, alive=lambda: self.running(name))
        except TimeoutError as error:
            raise TimeoutError(f"{name}: {error}\n{self.log(name)[-3000:]}") from error

    def start(self, name: str) -> None:
        """Start a part, or start it again, and wait until it is healthy."""
        self.launch(name)
        self.wait(name)

    def start_all(self) -> None:
        """Everything, rank by rank; those of one rank start together."""
        for rank in sorted({program.rank for program in self.programs.values()}):
            names = [program.name for program in self.programs.values() if program.rank == rank]
            for name in names:
                self.launch(name)
            for name in names:
                self.wait(name)

    def running(self, name: str) -> bool:
        """Whether its process lives."""
        process = self._processes.get(name)
        return process is not None and process.poll() is None

    def pid(self, name: str) -> int:
        """The process id of a running part."""
        if not self.running(name):
            raise LookupError(f"{name} is not running")
        return self._processes[name].pid

    def kill9(self, name: str) -> None:
        """SIGKILL, as a crash or a power cut would; returns when it is gone."""
        self.signal(name, signal.SIGKILL)
        self._processes.pop(name).wait(10)

    def stop(self, name: str) -> None:
        """SIGTERM and wait; SIGKILL when it does not end in its time. Nothing when it is not running."""
        if not self.running(name):
            return
        self.signal(name, signal.SIGTERM)
        process = self._processes.pop(name)
        try:
            process.wait(self.programs[name].stop_seconds)
        except subprocess.TimeoutExpired:
            signal_group(process.pid, signal.SIGKILL)
            process.wait(10)

    def signal(self, name: str, number: signal.Signals) -> None:
        """Any signal, such as SIGSTOP to make a zombie owner of a process and SIGCONT to wake it."""
        signal_group(self.pid(name), number)

    def stop_all(self) -> None:
        """Everything, in reverse order of rank."""
        for program in sorted(self.programs.values(), key=lambda program: -program.rank):
            self.stop(program.name)

    def log(self, name: str) -> str:
        """All that a part has printed."""
        path = self._log_path(name)
        return path.read_text(errors="replace") if path.exists() else ""

    def __enter__(self) -> Self:
        self.start_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop_all()

    def _log_path(self, name: str) -> Path:
        return self.data / f"{name}.log"

    def _spawn(self, program: Program) -> subprocess.Popen[bytes]:
        program.prepare()
        with self._log_path(program.name).open("ab") as log:
            return subprocess.Popen(
                program.argv,
                cwd=program.cwd,
                env={**os.environ, **program.env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=dying_with_parent(signal.SIGKILL),
            )
