"""The feedback API: the parts it stands on, put together in one place."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from zoneinfo import ZoneInfo

from fastapi import FastAPI

from kit.access import Authority, mongo_copy
from kit.access.people import People
from kit.access.reads import JournaledReads
from kit.access.units import Units, UnitsCopy
from kit.copying import DirectoryCopy
from kit.gathering import Unwritten
from kit.health import Readiness
from kit.http import create_app
from kit.idempotency import Idempotency
from kit.journal import Journal
from kit.mongo import AWAY, Client, Database, connect, database
from kit.problems import busy_when
from services.feedback.access import COPIES, EDITION
from services.feedback.catalogue import routes as catalogue_routes
from services.feedback.catalogue.store import Catalogue
from services.feedback.notes import request_routes
from services.feedback.notes import routes as notes_routes
from services.feedback.notes.colleagues import Colleagues
from services.feedback.notes.desk import Desk
from services.feedback.notes.store import Notes
from services.feedback.ratings.parts import RatingParts
from services.feedback.settings import FeedbackSettings

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Parts:
    """What every role stands on, over one database."""

    settings: FeedbackSettings
    client: Client
    db: Database
    clock: Clock
    journal: Journal
    people: People
    units: Units
    idempotency: Idempotency
    catalogue: Catalogue
    ratings: RatingParts
    notes: Desk
    directory: DirectoryCopy

    @classmethod
    def of(cls, settings: FeedbackSettings, *, clock: Clock = now) -> Self:
        """Connect, without a call to the database yet. Needs a running loop."""
        client = connect(settings)
        db = database(client, settings)
        journal = Journal(db, settings.service, clock=clock)
        people, units, catalogue, keys = People(db), Units(db), Catalogue(db), Idempotency(db)
        ratings = RatingParts.of(settings, client, db, journal, catalogue, people, units, clock)
        colleagues = Colleagues(db, UnitsCopy(db, units))
        notes = Desk(Notes(client, db, journal, keys), people, colleagues, ZoneInfo(settings.zone), clock)
        directory = DirectoryCopy(db, settings.kafka, settings.service, COPIES, edition=EDITION)
        return cls(settings, client, db, clock, journal, people, units, keys, catalogue, ratings, notes, directory)

    async def setup(self) -> None:
        """Create collections and indexes; safe from every process at once."""
        parts = (self.journal, self.idempotency, self.catalogue, self.ratings, self.notes.notes, self.notes.colleagues)
        await asyncio.gather(mongo_copy.setup(self.db), *(part.setup() for part in parts))

    async def readiness(self) -> Readiness:
        """Ready when the database answers and the directory has been read once."""
        return await self.directory.readiness(self.client)


def create(parts: Parts) -> FastAPI:
    """The JSON API."""
    zone = ZoneInfo(parts.settings.zone)
    app = create_app(
        parts.settings.service,
        parts.settings,
        routers=[
            catalogue_routes.router(parts.catalogue),
            *parts.ratings.routers(),
            notes_routes.giving_router(parts.notes, parts.idempotency),
            notes_routes.own_router(parts.notes),
            request_routes.own_router(parts.notes, parts.idempotency),
            request_routes.queue_router(parts.notes),
        ],
        public=parts.ratings.public(),
        readiness=parts.readiness,
    )
    app.state.reads = JournaledReads(parts.journal)
    app.state.authority = Authority(UnitsCopy(parts.db, parts.units), lambda: parts.clock().astimezone(zone).date())
    busy_when(app, *AWAY, Unwritten)
    return app


def openapi_app() -> FastAPI:
    """For the published document: the routes, connected to nothing."""

    async def build() -> FastAPI:  # the database client wants a loop, even when it is never used
        nowhere = {"kafka": "localhost:9092", "mongo": "mongodb://localhost", "mongo_database": "feedback"}
        parts = Parts.of(FeedbackSettings.model_validate({**nowhere, "port": 8145, "token": "only-for-the-document"}))
        try:
            return create(parts)
        finally:
            parts.client.close()

    return asyncio.run(build())
