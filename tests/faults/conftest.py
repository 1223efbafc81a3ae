"""One system and one city for all drills of a run. `--full` kills many times and writes the report."""

import random
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest

from bench import seeding
from bench.system import System
from kit.mongo import Client, connect_uri
from tests.faults.city import POPULATION, City
from tests.faults.drills import Drills
from tests.stack.issuer import Issuer

FIRST_PORT = 18_600
PARTS = ("kafka", "mongod", "devices", "attendance-worker", "appraisal", "feedback", "projector")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything: a run within `make test`, or the full drill."""

    full: bool
    kills: int
    outage_seconds: float
    rate: float
    seed: int


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="fault drills: many kills of each kind, and a report")
    parser.addoption("--kills", type=int, default=20, help="fault drills: with --full, how many of each kind")
    parser.addoption("--fault-seed", type=int, default=None, help="fault drills: where in their work processes die")


@pytest.fixture(scope="package")
def size(request: pytest.FixtureRequest) -> Size:
    # Not known when this folder is reached from above (make test): then it is the short run.
    full = bool(request.config.getoption("--full", default=False))
    seed = request.config.getoption("--fault-seed", default=None)
    chosen = int(time.time()) if seed is None else int(seed)
    kills = int(request.config.getoption("--kills", default=20))
    return Size(True, kills, 60, 200, chosen) if full else Size(False, 1, 8, 100, chosen)


@pytest.fixture(scope="package")
def issuer() -> Iterator[Issuer]:
    """Gives tokens as sign-in would."""
    with Issuer() as running:
        yield running


@pytest.fixture(scope="package")
def system(tmp_path_factory: pytest.TempPathFactory, issuer: Issuer) -> Iterator[System]:
    """The product's own processes, their data seeded with people, terminals and enrolments."""
    data = tmp_path_factory.mktemp("faults")
    with System(data, parts=PARTS, first_port=FIRST_PORT, cache_gb=0.25, issuer=issuer.url) as made:
        for part in ("kafka", "mongod"):
            made.stack.launch(part)
        for part in ("kafka", "mongod"):
            made.stack.wait(part)
        with seeding.connect(made.mongo_uri) as client:
            seeding.attendance(client["attendance"], POPULATION, print)
            seeding.reporting(client["reporting"], POPULATION, print)
        made.start()
        yield made


@pytest.fixture(scope="package")
async def client(system: System) -> AsyncIterator[Client]:
    connected = connect_uri(system.mongo_uri, "drills", server_selection_seconds=30)
    yield connected
    connected.close()


@pytest.fixture(scope="package")
async def city(system: System, client: Client, size: Size) -> AsyncIterator[City]:
    """People arrive from the first drill to the last."""
    made = City(system, client, rate=size.rate)
    made.start()
    yield made
    await made.stop()


@pytest.fixture(autouse=True)
def _told(drills: Drills, size: Size) -> Iterator[None]:
    """Where processes died in a failed drill is found again with the seed."""
    yield
    print(f"--fault-seed {size.seed}", {name: record.told() for name, record in drills.records.items()})


@pytest.fixture(scope="package")
def drills(system: System, client: Client, size: Size) -> Drills:
    return Drills(system.stack, client, random.Random(size.seed))
