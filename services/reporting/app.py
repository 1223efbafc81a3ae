"""The reporting API."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from kit.access import Authority
from kit.health import Check, Readiness
from kit.http import create_app
from kit.mongo import AWAY, connect, database
from kit.problems import busy_when
from services.reporting.access import copy_of
from services.reporting.attention import routes as attention
from services.reporting.card import routes as card
from services.reporting.deadletters import routes as dead_letters
from services.reporting.deadletters.sender import Sender
from services.reporting.devices import routes as devices
from services.reporting.freshness import routes as freshness
from services.reporting.freshness.ends import Ends
from services.reporting.generation import in_use
from services.reporting.months import routes as months
from services.reporting.presence import routes as presence
from services.reporting.reading import Reading, today
from services.reporting.reads import routes as reads_routes
from services.reporting.reads.own import OwnReads
from services.reporting.settings import ReportingSettings
from services.reporting.spread import routes as spread
from services.reporting.stream import routes as stream
from services.reporting.trend import routes as trend


def create(settings: ReportingSettings) -> FastAPI:
    """The application. Its lifespan makes `app.state.reading`, whose `run` the process has to run beside it."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        client = connect(settings)
        db = database(client, settings)
        generation = await in_use(db, settings.generation)
        reads = app.state.reading = Reading.of(settings, client, db, generation)
        copy = copy_of(db, generation.suffix, reads.organisation)
        app.state.authority = Authority(copy, lambda: today(settings.zone))
        app.state.reads = OwnReads(db)
        sender = app.state.sender = Sender(settings.kafka)
        ends = app.state.ends = Ends(settings.kafka)
        ending = asyncio.create_task(_close_streams(app, reads), name="close streams")
        try:
            yield
        finally:
            ending.cancel()
            await sender.stop()
            await ends.stop()
            client.close()

    async def readiness() -> Readiness:
        reads: Reading | None = getattr(app.state, "reading", None)
        return await reads.readiness() if reads else Readiness({"process": Check(False, "starting")})

    app = create_app(
        "reporting",
        settings,
        routers=[
            presence.counts,
            presence.people,
            card.router,
            attention.router,
            spread.router,
            trend.router,
            months.router,
            devices.router,
            stream.router,
            reads_routes.router,
            freshness.router,
            dead_letters.router,
        ],
        lifespan=lifespan,
        readiness=readiness,
    )
    busy_when(app, *AWAY)
    return app


def openapi_app() -> FastAPI:
    """For the published document: the routes, connected to nothing."""
    nowhere = {"kafka": "localhost:9092", "mongo": "mongodb://localhost", "mongo_database": "reporting"}
    return create(ReportingSettings(port=8121, token="only-for-the-document", **nowhere))  # type: ignore[arg-type] # noqa: S106


async def _close_streams(app: FastAPI, reads: Reading) -> None:
    await app.state.stopping.wait()
    reads.hub.close()
