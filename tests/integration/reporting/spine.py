"""Facts in, answers out: journals, relays, a projector and the API on the real broker and database, in one process.

Topics carry a prefix of this spine's own, so that nobody else's facts reach its views.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, Self
from unittest.mock import patch
from zoneinfo import ZoneInfo

import httpx
import uvicorn
from aiokafka.admin import AIOKafkaAdminClient
from bson import ObjectId
from fastapi import FastAPI

from contracts.base import EventData
from contracts.events.appraisal import ValidationTallied, WorkdayTallied
from contracts.events.attendance import DeviceAlert, DeviceChanged, PunchRecorded
from contracts.events.closings import PeriodClosed
from contracts.events.days import DayAssessed
from contracts.events.directory import Assignment, EmployeeChanged, SiteChanged, UnitChanged, UnitVersion
from contracts.events.feedback import NotesTallied, OfficerRated, ServiceRated
from contracts.topics import BY_TYPE, TOPICS
from deploy.local.ports import free_ports
from kit.journal import Fact, Journal
from kit.kafka import ensure_topics
from kit.mongo import Client, Database, connect_uri
from kit.projector import Projector
from kit.projector.reading import wait_for
from kit.relay import Relay
from kit.tables import Table
from services.reporting import worker
from services.reporting.app import create
from services.reporting.generation import Generation
from services.reporting.months.folds import Months
from services.reporting.months.store import VIEW as MONTHS
from services.reporting.presence.folds import Presence
from services.reporting.reading import Reading
from services.reporting.settings import ReportingSettings

TOKEN = "a-token-for-tests-only"
TOKEN_HEADER = {"Authorization": f"Bearer {TOKEN}"}
SINCE = date(2020, 1, 1)


def unit_state(unit: str, parent: str | None = None, name: str = "", code: str = "") -> UnitChanged:
    """A unit that has always been."""
    version = UnitVersion(valid_from=SINCE, name=name or unit, short_name=unit[:8], parent_id=parent)
    return UnitChanged(unit_id=unit, code=code or unit, versions=(version,), changed_at=datetime.now(UTC))


def site_state(site: str, zone: str = "Asia/Jakarta") -> SiteChanged:
    """A site that has always been."""
    return SiteChanged(site_id=site, code=site, name=site, zone=zone, valid_from=SINCE, changed_at=datetime.now(UTC))


def employee_state(employee: str, unit: str, site: str, name: str = "", **more: Any) -> EmployeeChanged:
    """Somebody who has always been there, or who holds `assignments`."""
    held = Assignment(
        unit_id=unit, post_id=f"post-{unit}", post_title=f"Staf {unit}", site_id=site, valid_from=SINCE, kind="primary"
    )
    known: dict[str, Any] = {
        "employee_id": employee,
        "name": name or employee,
        "sex": "female",
        "status": "pns",
        "numbers": (),
        "assignments": (held,),
        "changed_at": datetime.now(UTC),
    }
    return EmployeeChanged.model_validate(known | more)


def punch_of(employee: str, at: datetime, site: str, **more: Any) -> PunchRecorded:
    """One punch; `zone` as of the site, Asia/Jakarta unless told."""
    zone = more.get("zone", "Asia/Jakarta")
    known: dict[str, Any] = {
        "punch_id": uuid.uuid4().hex,
        "employee_id": employee,
        "occurred_at": at,
        "local_date": at.astimezone(ZoneInfo(zone)).date(),
        "zone": zone,
        "site_id": site,
        "device_id": f"device-{site}",
        "source": "terminal",
    }
    return PunchRecorded.model_validate(known | more)


def workday(employee: str, on: str, version: int = 1, **more: Any) -> WorkdayTallied:
    """A day with one activity of half an hour that waits."""
    known: dict[str, Any] = {"entries": 1, "waiting": 1, "validated": 0, "returned": 0, "rejected": 0, "minutes": 30}
    known |= {"validated_minutes": 0, "effective_minutes": 0, "month_norm_minutes": 6750, "rule": "bawaan-2020"}
    known |= {"employee_id": employee, "local_date": on, "version": version, "tallied_at": datetime.now(UTC)}
    return WorkdayTallied.model_validate(known | more)


def validation(superior: str, on: str, version: int = 1, **more: Any) -> ValidationTallied:
    """A day on which one activity was decided in time."""
    known: dict[str, Any] = {"decided": 1, "late": 0, "became_overdue": 0, "tallied_at": datetime.now(UTC)}
    return ValidationTallied.model_validate(
        known | {"employee_id": superior, "local_date": on, "version": version} | more
    )


def rating(service: str, unit: str, on: str, version: int = 1, **more: Any) -> ServiceRated:
    """A day of a service with as many ratings as its version, none released."""
    known: dict[str, Any] = {"service_id": service, "unit_id": unit, "local_date": on, "version": version}
    known |= {"ratings": version, "released": 0, "stars": 0, "rated_at": datetime.now(UTC)}
    return ServiceRated.model_validate(known | dict.fromkeys(("one", "two", "three", "four", "five"), 0) | more)


def assessed(employee: str, on: str, version: int = 1, **more: Any) -> DayAssessed:
    """A day of 450 minutes that was worked as required."""
    known: dict[str, Any] = {"zone": "Asia/Jakarta", "status": "present", "required_minutes": 450}
    known |= {"effective_minutes": 450, "absent_minutes": 0, "late_minutes": 0, "early_minutes": 0}
    known |= {"required_days": 1, "present_days": 1, "absent_days": 0, "excused_days": 0, "late_days": 0}
    known |= {"early_days": 0, "employee_id": employee, "local_date": on, "version": version}
    return DayAssessed.model_validate(known | more)


def release(employee: str, on: str, version: int = 1, **more: Any) -> OfficerRated:
    """A day on which five ratings of four stars were released, of services with a mean of 3.5."""
    known: dict[str, Any] = {"employee_id": employee, "local_date": on, "version": version}
    known |= {"ratings": 5, "stars": 20, "expected_milli": 17_500, "rule": "bawaan-2026"}
    known |= {"one": 0, "two": 0, "three": 0, "four": 5, "five": 0, "released_at": datetime.now(UTC)}
    return OfficerRated.model_validate(known | more)


def notes(employee: str, on: str, version: int = 1, **more: Any) -> NotesTallied:
    """A day on which one note of feedback was received."""
    known: dict[str, Any] = dict.fromkeys(("given", "praise_given", "praise_received", "requested", "answered"), 0)
    known |= {"employee_id": employee, "local_date": on, "version": version, "tallied_at": datetime.now(UTC)}
    return NotesTallied.model_validate(known | {"received": 1} | more)


def device_state(device: str, **more: Any) -> DeviceChanged:
    """A terminal that was heard of just now."""
    now = datetime.now(UTC)
    known: dict[str, Any] = {"device_id": device, "serial": f"SN-{device}", "name": device, "status": "active"}
    return DeviceChanged.model_validate(known | {"last_seen": now, "changed_at": now} | more)


def alert(kind: str) -> DeviceAlert:
    """An alert that was raised just now."""
    return DeviceAlert.model_validate({"kind": kind, "since": datetime.now(UTC)})


def _key(event: EventData) -> str:
    return str(getattr(event, BY_TYPE[event.TYPE].key))


@dataclass
class Spine:
    """Everything that runs. `say` records facts, `get` asks, `listen` follows the live stream."""

    client: Client
    kafka: str
    name: str
    port: int
    settings: ReportingSettings
    journals: dict[str, Journal] = field(default_factory=dict)
    relays: dict[str, Relay] = field(default_factory=dict)
    app: FastAPI = field(default_factory=FastAPI)
    projector: Projector | None = None
    http: httpx.AsyncClient = field(default_factory=httpx.AsyncClient)

    @property
    def db(self) -> Database:
        """The reporting database."""
        return self.client[self.name]

    async def say(self, *events: EventData) -> datetime:
        """Record events in the journals of the services they belong to; returns an instant they are all before."""
        await self._record(events)
        return datetime.now(UTC)

    async def _record(self, events: Iterable[EventData]) -> dict[str, ObjectId]:
        by_service: dict[str, list[Fact]] = {}
        for event in events:
            service = BY_TYPE[event.TYPE].producer
            when = getattr(event, "occurred_at", None) or datetime.now(UTC)
            fact = Fact.of(event, event_id=uuid.uuid4().hex, key=_key(event), time=when)
            by_service.setdefault(service, []).append(fact)
        return {service: await self.journals[service].append(facts) for service, facts in by_service.items()}

    async def get(self, path: str, status: int = 200, **query: Any) -> Any:
        """The JSON of an answer."""
        answer = await self.raw(path, **query)
        assert answer.status_code == status, f"{answer.status_code} {answer.text}"
        return answer.json()

    async def raw(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> httpx.Response:
        """The whole answer."""
        given = {key: str(value) for key, value in query.items() if value is not None}
        return await self.http.get(f"/api/reporting/v1{path}", params=given, headers=headers)

    def _known(self, event: EventData) -> bool:
        tables: dict[type[EventData], Table[Any]] = {
            UnitChanged: self.reading.organisation.units,
            SiteChanged: self.reading.organisation.sites,
            DeviceChanged: self.reading.fleet.devices,
            PeriodClosed: self.reading.closings,
        }
        table = tables.get(type(event))
        state = table.get(_key(event)) if table else event
        return state is not None and state.to_json() == event.to_json()

    @property
    def reading(self) -> Reading:
        """The reading side of the API."""
        reading: Reading = self.app.state.reading
        return reading

    async def told(self, *events: EventData) -> None:
        """Record events and wait until they are in the view, and reference data in the API."""
        views = {"presence_v1": Presence, MONTHS: Months}
        for service, entry in (await self._record(events)).items():
            relay = self.relays[service]
            found = await self.journals[service].collection.find_one({"_id": entry})
            assert found is not None
            recorded: datetime = found["recorded"]
            await until(lambda: relay._recorded is not None and relay._recorded >= recorded)  # noqa: B023
            for view, projection in views.items():
                topics = {topic.name for topic in projection.topics()}
                positions = {at: offset for at, offset in relay._positions.items() if at[0] in topics}
                await wait_for(self.db, view, positions)
        await until(lambda: all(self._known(event) for event in events))


@asynccontextmanager
async def spine(kafka: str, mongo_uri: str, **settings: Any) -> AsyncIterator[Spine]:
    """Start all of it, stop all of it."""
    prefix = f"r{uuid.uuid4().hex[:10]}."
    renamed = {topic.name: replace(topic, name=prefix + topic.name) for topic in TOPICS}
    async with AsyncExitStack() as stack:
        types = {kind: renamed[topic.name] for kind, topic in BY_TYPE.items()}
        stack.enter_context(patch.dict(BY_TYPE, types))
        await ensure_topics(kafka, renamed.values(), replication=1)
        stack.push_async_callback(_delete, kafka, [topic.name for topic in renamed.values()])
        client = connect_uri(mongo_uri, "spine")
        stack.callback(client.close)
        port = free_ports(1)[0]
        name = f"test_{prefix[:-1]}"
        told = ReportingSettings(
            kafka=kafka, mongo=mongo_uri, mongo_database=name, port=port, token=TOKEN, graceful_seconds=1, **settings
        )
        http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20, headers=TOKEN_HEADER)
        running = Spine(client, kafka, name, port, told, http=await stack.enter_async_context(http))
        tasks = _Tasks()
        stack.push_async_callback(tasks.stop)
        for service in ("appraisal", "attendance", "directory", "feedback"):
            db = client[f"{name}_{service}"]
            stack.push_async_callback(client.drop_database, db.name)
            running.journals[service] = Journal(db, service)
            await running.journals[service].setup()
            running.relays[service] = Relay(client, db, kafka, service)
            tasks.start(running.relays[service].run)
        stack.push_async_callback(client.drop_database, name)
        running.projector = worker.projector(told, client, running.db, Generation(1), group=prefix + "presence")
        tasks.start(running.projector.run)
        tasks.start(worker.months(told, client, running.db, group=prefix + "months").run)
        app = running.app = create(told)
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, lifespan="on"))
        tasks.start(server.serve)
        await until(lambda: server.started)
        tasks.start(app.state.reading.run)
        stack.callback(app.state.stopping.set)
        await until(lambda: app.state.reading.ready and app.state.reading.hub.following)
        yield running
        tasks.check()


async def _delete(kafka: str, topics: list[str]) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    await admin.delete_topics(topics)
    await admin.close()


class _Tasks:
    def __init__(self) -> None:
        self._running: list[asyncio.Task[None]] = []

    def start(self, run: Callable[[], Any]) -> None:
        self._running.append(asyncio.create_task(run()))

    def check(self) -> None:
        for task in self._running:
            if task.done():
                task.result()

    async def stop(self) -> None:
        for task in reversed(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


async def until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for a condition, with a deadline."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - conditions of other tasks and processes have no event
            await asyncio.sleep(0.01)


async def until_true(asked: Callable[[], Awaitable[Any]], seconds: float = 30) -> None:
    """The same for a question that takes time to answer."""
    async with asyncio.timeout(seconds):
        while not await asked():  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.05)


class Listener:
    """A browser's EventSource, near enough: events as (name, id, data)."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.aiter_lines()
        self.last_id = ""

    @classmethod
    @asynccontextmanager
    async def connect(cls, to: Spine, headers: dict[str, str] | None = None, **query: str) -> AsyncIterator[Self]:
        """Open the stream."""
        path = "/api/reporting/v1/stream"
        async with to.http.stream("GET", path, params=query, headers=headers, timeout=20) as response:
            assert response.status_code == 200, await response.aread()
            assert response.headers["content-type"].startswith("text/event-stream")
            yield cls(response)

    async def next(self, *names: str, seconds: float = 10) -> tuple[str, Any]:
        """The next event with one of these names (any, when none is given)."""
        async with asyncio.timeout(seconds):
            while True:
                name, data = await self._event()
                if not names or name in names:
                    return name, data

    async def _event(self) -> tuple[str, Any]:
        import json

        found: dict[str, str] = {}
        async for line in self._lines:
            if line:
                key, _, value = line.partition(": ")
                found[key] = value
            elif "event" in found:
                self.last_id = found.get("id", self.last_id)
                return found["event"], json.loads(found["data"])
            else:
                found = {}
        raise ConnectionError("the stream ended")
