"""The product's own processes as `make run` composes them, on ports and data of their own, for one measurement."""

import shutil
from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.local import assembly, credentials, mongo
from deploy.local.replica_set import User
from deploy.local.services import ATTENDANCE_DEVICES, numbered
from deploy.local.settings import HOST, StackSettings
from tests.stack import Stack

FIRST_PORT = 19_500
NO_SIGN_IN = "http://127.0.0.1:9/none"  # the installation's own token opens what a benchmark asks
SERVICE_PORTS = 8_100  # the services' own ports start behind this: 8111 …


class System:
    """Begins with an empty folder; ended and (unless `keep`) removed on exit. Every call blocks.

    `parts` are the names of the programs to run (kafka, mongod, devices, attendance-worker, projector …), all by
    default. `issuer` is whose tokens of people are taken beside the installation's own. `first_port`: a second system
    beside the first takes another one, 200 apart.
    """

    def __init__(
        self,
        data: Path,
        *,
        parts: Collection[str] | None = None,
        devices: int = 1,
        projectors: int = 1,
        first_port: int = FIRST_PORT,
        issuer: str = NO_SIGN_IN,
        cache_gb: float = 1.0,
        keep: bool = False,
    ) -> None:
        self.data = data
        self.settings = StackSettings(
            data=data,
            issuer=issuer,
            edge=first_port,
            devices=first_port + 1,
            kafka=first_port + 2,
            controller=first_port + 3,
            mongo=first_port + 4,
            service_offset=first_port - SERVICE_PORTS,
            device_processes=devices,
            projector_processes=projectors,
            cache_gb=cache_gb,
            demo=False,
            log_level="warning",
        )
        self._keep = keep
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(parents=True, exist_ok=True)
        self.secrets = credentials.load(data)
        programs = assembly.programs(self.settings, self.secrets)
        self.stack = Stack(data, [p for p in programs if parts is None or p.name in parts or _kind(p.name) in parts])

    @property
    def bootstrap(self) -> str:
        """The broker's address."""
        return f"{HOST}:{self.settings.kafka}"

    @property
    def mongo_uri(self) -> str:
        """The database as its administrator: a benchmark loads and compares in every service's database."""
        root = User("root", self.secrets.access.root_password, "admin")
        return mongo.uri(HOST, self.settings.mongo, root)

    @property
    def token(self) -> str:
        """Opens every route that is not public."""
        return self.secrets.token

    @property
    def doors(self) -> list[tuple[str, int]]:
        """Host and port of each device process, without the edge between."""
        base = ATTENDANCE_DEVICES + self.settings.service_offset
        return [(HOST, base + index) for index in range(self.settings.device_processes)]

    @property
    def edge_door(self) -> tuple[str, int]:
        """Host and port where the edge takes terminals."""
        return HOST, self.settings.devices

    def device_processes(self) -> list[str]:
        """The names of the processes that take terminals."""
        return [numbered("devices", index) for index in range(self.settings.device_processes)]

    def start(self, *names: str) -> None:
        """Start these parts and wait until each is healthy; without a name all of them, in order."""
        for name in names:
            self.stack.start(name)
        if not names:
            self.stack.start_all()

    def pids(self) -> dict[str, int]:
        """Process id of each running part."""
        return {name: self.stack.pid(name) for name in self.stack.programs if self.stack.running(name)}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stack.stop_all()
        if not self._keep and kind is None:
            shutil.rmtree(self.data, ignore_errors=True)


def _kind(name: str) -> str:
    """`projector-2` is a projector."""
    head, _, tail = name.rpartition("-")
    return head if tail.isdigit() else name
