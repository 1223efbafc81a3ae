"""The real device port and API on real sockets and a real database, with a clock the test sets."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import uvicorn

from contracts.events.attendance import PunchRecorded
from kit.mongo import connect
from services.attendance.app import create, device_port, heartbeats
from services.attendance.devices.heartbeat import Heartbeats
from services.attendance.devices.models import Device
from services.attendance.parts import Parts
from services.attendance.settings import AttendanceSettings
from tests.integration.attendance.wire import Fixtures, Reply, send, sets

TOKEN = "a-token-for-tests-only"
SITES = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura", "ist": "Asia/Kolkata"}


@pytest.fixture(params=list(sets()), ids=str)
def fixtures(request: pytest.FixtureRequest) -> Fixtures:
    """Each set of wire fixtures in turn."""
    found: Fixtures = request.param
    return found


@dataclass
class Clock:
    """The present instant, as the test says; real when it says nothing."""

    fixed: datetime | None = None

    def __call__(self) -> datetime:
        return self.fixed or datetime.now(UTC)


@dataclass
class Running:
    """One device port and one API over the database of this test."""

    parts: Parts
    port: int
    api: httpx.AsyncClient
    clock: Clock
    beats: Heartbeats
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def send(self, request: bytes) -> Reply:
        """A terminal's request."""
        return await send(self.port, request)

    async def register(
        self, serial: str, *, site: str = "wib", pins: Iterable[str] = (), go_live: str = "2000-01-02", **fields: Any
    ) -> None:
        """An active terminal with enrolments `emp-<pin>`."""
        document = Device(serial=serial, status="active", name=serial, site_id=site).to_document()
        await self.parts.devices.devices.insert_one({**document, "go_live": go_live, **fields})
        await self.enrol(fields.get("pin_space", serial), pins)
        await self.parts.registry.load()

    async def enrol(self, space: str, pins: Iterable[str]) -> None:
        """PINs of people that the directory has told of."""
        for pin in (rows := list(dict.fromkeys(pins))):
            person = {"_id": f"emp-{pin}", "numbers": [f"nip-{pin}"]}
            await self.parts.db["employees"].replace_one({"_id": person["_id"]}, person, upsert=True)
        await self.parts.enrolment_store.put_many([(space, pin, f"emp-{pin}") for pin in rows], self.clock())

    async def punches(self, serial: str | None = None) -> dict[str, PunchRecorded]:
        """Distinct punches in the journal, by id."""
        query = {} if serial is None else {"device": serial}
        found: dict[str, PunchRecorded] = {}
        async for entry in self.parts.journal.collection.find(query):
            for fact in entry["facts"]:
                if fact["type"] == PunchRecorded.TYPE:
                    found[fact["id"]] = PunchRecorded.model_validate_json(fact["data"])
        return found

    async def entries(self, serial: str | None = None) -> list[dict[str, Any]]:
        """Journal entries, oldest first."""
        query = {} if serial is None else {"device": serial}
        found: list[dict[str, Any]] = await self.parts.journal.collection.find(query).sort("_id", 1).to_list(None)
        return found

    async def alerts(self, serial: str, kind: str | None = None, is_open: bool = True) -> list[dict[str, Any]]:
        """Alerts of a terminal as the API shows them."""
        query = {"serial": serial, "open": str(is_open).lower(), **({"kind": kind} if kind else {})}
        items: list[dict[str, Any]] = (await self.get("/alerts", **query))["items"]
        return items

    async def get(self, path: str, **query: Any) -> Any:
        """A JSON answer of the API."""
        answer = await self.api.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, body: Any = None, status: int = 200, **query: Any) -> Any:
        """A command to the API."""
        answer = await self.api.post(path, json=body, params=query)
        assert answer.status_code == status, answer.text
        return json.loads(answer.content) if answer.content else None


async def until(condition: Any, seconds: float = 10) -> Any:
    """Poll an async condition until it is true; returns its value."""
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        if found := await condition():
            return found
        if asyncio.get_running_loop().time() > deadline:
            raise TimeoutError(f"{condition} did not become true within {seconds} s")
        await asyncio.sleep(0.02)


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The test runner keeps its own."""
        yield


def settings_for(mongo_uri: str, database: str, **fields: Any) -> AttendanceSettings:
    """Settings as the environment would give them."""
    given = {"kafka": "127.0.0.1:1", "port": 15900, "token": TOKEN, **fields}
    return AttendanceSettings.model_validate({"mongo": mongo_uri, "mongo_database": database, **given})


async def _is(value: bool) -> bool:
    return value


@asynccontextmanager
async def running(settings: AttendanceSettings) -> AsyncIterator[Running]:
    """Start the port and the API, and stop them."""
    clock = Clock()
    parts = Parts.of(settings, client=connect(settings), clock=clock)
    await parts.setup()
    await parts.db["sites"].insert_many([{"_id": name, "name": name, "zone": zone} for name, zone in SITES.items()])
    await parts.registry.load()
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    server = _Server(
        uvicorn.Config(device_port(parts), loop="none", http="httptools", log_config=None, server_header=False)
    )
    app = create(parts)
    beats = heartbeats(parts)
    tasks = [
        asyncio.create_task(server.serve(sockets=[bound])),
        asyncio.create_task(parts.follow()),
    ]
    base = "http://attendance/api/attendance/v1"
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base, headers=headers) as api:
        await until(lambda: _is(server.started))
        try:
            yield Running(parts, bound.getsockname()[1], api, clock, beats)
        finally:
            server.should_exit = True
            for task in tasks[1:]:
                task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*tasks, return_exceptions=True)
            parts.client.close()


@pytest.fixture
async def attendance(mongo_uri: str, database_name: str) -> AsyncIterator[Running]:
    """A running service with an empty database and four sites: wib, wita, wit, ist."""
    async with running(settings_for(mongo_uri, database_name)) as service:
        yield service
