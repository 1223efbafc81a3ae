"""The appraisal API: the parts it stands on, put together in one place."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from fastapi import FastAPI

from kit.access import Authority, mongo_copy
from kit.access.people import People
from kit.access.reads import JournaledReads
from kit.access.units import Units, UnitsCopy
from kit.copying import DirectoryCopy
from kit.dated import Dated
from kit.evidence.store import Files
from kit.gathering import Unwritten
from kit.health import Readiness
from kit.http import create_app
from kit.idempotency import Idempotency
from kit.journal import Journal
from kit.mongo import AWAY, Client, Database, connect, database
from kit.problems import busy_when
from services.appraisal.access import COPIES
from services.appraisal.activities import routes as activities_routes
from services.appraisal.activities.desk import Desk
from services.appraisal.activities.rules import MinutesRule
from services.appraisal.activities.store import Activities
from services.appraisal.deadlines import routes as deadlines_routes
from services.appraisal.deadlines.following import Deadlines
from services.appraisal.deadlines.reminders import Reminding
from services.appraisal.evidence import routes as evidence_routes
from services.appraisal.evidence.desk import EvidenceDesk
from services.appraisal.settings import AppraisalSettings
from services.appraisal.tasks import routes as tasks_routes
from services.appraisal.tasks.store import Tasks

MINUTES = Path(__file__).parent / "rules" / "effective_minutes.yaml"
Clock = Callable[[], datetime]


def now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Parts:
    """What every role stands on, over one database."""

    settings: AppraisalSettings
    client: Client
    db: Database
    journal: Journal
    idempotency: Idempotency
    tasks: Tasks
    desk: Desk
    evidence: EvidenceDesk
    deadlines: Deadlines
    directory: DirectoryCopy

    @classmethod
    def of(cls, settings: AppraisalSettings, *, clock: Clock = now) -> Self:
        """Connect, without a call to the database yet. Needs a running loop."""
        client = connect(settings)
        db = database(client, settings)
        journal = Journal(db, settings.service, clock=clock)
        tasks, people, zone, keys = Tasks(db), People(db), ZoneInfo(settings.zone), Idempotency(db)
        deadlines = Deadlines(client, db, journal, people, zone, clock)
        desk = Desk(
            Activities(client, db, journal, deadlines, keys),
            tasks,
            people,
            Dated.load(MINUTES, MinutesRule),
            zone,
            clock,
        )
        directory = DirectoryCopy(db, settings.kafka, settings.service, COPIES)
        evidence = EvidenceDesk(desk, Files(db))
        return cls(settings, client, db, journal, keys, tasks, desk, evidence, deadlines, directory)

    async def setup(self) -> None:
        """Create collections and indexes; safe from every process at once."""
        parts = (self.journal, self.idempotency, self.tasks, self.desk.activities, self.evidence.files, self.deadlines)
        await asyncio.gather(mongo_copy.setup(self.db), *(part.setup() for part in parts))

    async def readiness(self) -> Readiness:
        """Ready when the database answers and the directory has been read once."""
        return await self.directory.readiness(self.client)


def create(parts: Parts) -> FastAPI:
    """The JSON API."""
    app = create_app(
        parts.settings.service,
        parts.settings,
        routers=[
            activities_routes.own_router(parts.desk, parts.idempotency),
            activities_routes.queue_router(parts.desk),
            evidence_routes.router(parts.evidence),
            deadlines_routes.router(Reminding(parts.db, parts.desk.people), parts.desk),
            tasks_routes.router(parts.tasks, parts.desk.people),
        ],
        readiness=parts.readiness,
    )
    app.state.reads = JournaledReads(parts.journal)
    app.state.authority = Authority(UnitsCopy(parts.db, Units(parts.db)), parts.desk.today)
    busy_when(app, *AWAY, Unwritten)
    return app


def openapi_app() -> FastAPI:
    """For the published document: the routes, connected to nothing."""

    async def build() -> FastAPI:  # the database client wants a loop, even when it is never used
        nowhere = {"kafka": "localhost:9092", "mongo": "mongodb://localhost", "mongo_database": "appraisal"}
        parts = Parts.of(AppraisalSettings.model_validate({**nowhere, "port": 8141, "token": "only-for-the-document"}))
        try:
            return create(parts)
        finally:
            parts.client.close()

    return asyncio.run(build())
