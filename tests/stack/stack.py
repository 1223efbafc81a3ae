"""Real processes that a test may kill and start again."""

import random
import signal
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.local import assembly, kafka, mongo, services
from deploy.local.credentials import Credentials, load
from deploy.local.health import wait_until
from deploy.local.ports import free_ports, is_free
from deploy.local.processes import inherited
from deploy.local.program import Program
from deploy.local.replica_set import User
from deploy.local.settings import PORTS, StackSettings
from deploy.local.spawn import dying_with_parent, signal_group
from tests.stack.issuer import Issuer

# The kernel ties a child's life to the thread that started it, so one thread that lives as long as we do starts all.
_starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="stack")
IDLE_FILES_SECONDS = 15
"""A test makes some 140 files of collections and indexes and drops them; kept open for ten minutes they are more than a
process may have."""


def free_offset() -> int:
    """A KINERJA_PORT_OFFSET with which every port of the stack is free."""
    fixed = [port for _, port in PORTS.values()]
    ports = [*fixed, *range(services.ATTENDANCE_API, services.ATTENDANCE_DEVICES + services.PROBES + 8)]
    for offset in random.sample(range(5_000, 30_000, 110), 200):
        if all(is_free(Stack.host, port + offset) for port in ports):
            return offset
    raise RuntimeError("no free range of ports for the stack")


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
        self.settings: StackSettings | None = None
        self.credentials: Credentials | None = None
        self.issuer: Issuer | None = None

    @classmethod
    def infrastructure(
        cls, data: Path, *, kafka_port: int = 0, mongo_port: int = 0, heap_mb: int = 512, cache_gb: float = 0.5
    ) -> Self:
        """Broker and database without authentication, not started yet; port 0 picks free ones."""
        ports = free_ports(3)
        stack = cls(data)
        stack.kafka_port, stack.mongo_port = kafka_port or ports[0], mongo_port or ports[1]
        stack.add(kafka.program(data / "kafka", stack.kafka_port, ports[2], heap_mb=heap_mb))
        stack.add(
            mongo.program(
                data / "mongod",
                stack.mongo_port,
                cache_gb=cache_gb,
                oplog_mb=990,
                idle_files_seconds=IDLE_FILES_SECONDS,
            )
        )
        return stack

    @classmethod
    def whole(cls, data: Path, *, device_processes: int = 1, projector_processes: int = 1) -> Self:
        """Everything `make run` starts, on free ports and empty; not started yet. Its tokens come from `issuer`."""
        offset, (edge, devices, kafka_port, controller, mongo_port) = free_offset(), free_ports(5)
        issuer = Issuer()
        settings = StackSettings(
            data=data,
            issuer=issuer.url,
            edge=edge,
            devices=devices,
            kafka=kafka_port,
            controller=controller,
            mongo=mongo_port,
            service_offset=offset,
            device_processes=device_processes,
            projector_processes=projector_processes,
            cache_gb=0.5,
            oplog_mb=990,
        )
        credentials = load(data)
        stack = cls(data / "logs", assembly.programs(settings, credentials))
        stack.kafka_port, stack.mongo_port = kafka_port, mongo_port
        stack.settings, stack.credentials, stack.issuer = settings, credentials, issuer
        return stack

    @property
    def token(self) -> str:
        """The bearer token of a whole stack."""
        return self._whole()[1].token

    @property
    def edge(self) -> str:
        """The edge's base address: board and API."""
        return f"http://{self.host}:{self._whole()[0].edge}"

    @property
    def device_port(self) -> int:
        """Where terminals connect."""
        return self._whole()[0].devices

    def base(self, name: str) -> str:
        """A service process's own address, behind the edge: for `/metrics` and `/readyz`."""
        return f"http://{self.host}:{self.programs[name].ports[0]}"

    def _whole(self) -> tuple[StackSettings, Credentials]:
        if self.settings is None or self.credentials is None:
            raise LookupError("only Stack.whole has an edge and a token")
        return self.settings, self.credentials

    @property
    def bootstrap(self) -> str:
        """The broker's address."""
        return f"{self.host}:{self.kafka_port}"

    @property
    def mongo_uri(self) -> str:
        """The connection string, naming the replica set; of a whole stack with the administrator's login."""
        if self.credentials is None:
            return mongo.uri(self.host, self.mongo_port)
        return mongo.uri(self.host, self.mongo_port, User("root", self.credentials.access.root_password, "admin"))

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
        if self.issuer is not None:
            self.issuer.start()
        self.start_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop_all()
        if self.issuer is not None:
            self.issuer.stop()

    def _log_path(self, name: str) -> Path:
        return self.data / f"{name}.log"

    def _spawn(self, program: Program) -> subprocess.Popen[bytes]:
        program.prepare()
        with self._log_path(program.name).open("ab") as log:
            return subprocess.Popen(
                program.argv,
                cwd=program.cwd,
                env={**inherited(), **program.env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=dying_with_parent(signal.SIGKILL),
            )
