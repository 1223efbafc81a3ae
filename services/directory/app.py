"""The directory's API: the parts it stands on, put together in one place."""

from dataclasses import dataclass
from typing import Self
from zoneinfo import ZoneInfo

from fastapi import FastAPI

from kit.access import Authority
from kit.access.reads import JournaledReads
from kit.health import Check, Readiness
from kit.http import create_app
from kit.idempotency import Idempotency
from kit.journal import Journal
from kit.mongo import Client, Database, connect, database, ping
from services.directory.access import RegisterCopy
from services.directory.employees import routes as employees
from services.directory.posts import routes as posts
from services.directory.register import refusals
from services.directory.register.store import Register
from services.directory.settings import DirectorySettings
from services.directory.sites import routes as sites
from services.directory.superiors import routes as superiors
from services.directory.superiors.store import Reports
from services.directory.transfer import export_routes as exports
from services.directory.transfer import routes as imports_routes
from services.directory.transfer.records import Imports
from services.directory.units import routes as units


@dataclass(frozen=True)
class Parts:
    """What every role stands on, over one database."""

    client: Client
    db: Database
    register: Register
    imports: Imports
    idempotency: Idempotency
    superior_reports: Reports

    @classmethod
    def of(cls, settings: DirectorySettings) -> Self:
        """Connect, without a call to the database yet. Needs a running loop."""
        client = connect(settings)
        db = database(client, settings)
        register = Register(client, db, Journal(db, settings.service), zone=ZoneInfo(settings.zone))
        return cls(client, db, register, Imports(db), Idempotency(db), Reports(db))

    async def setup(self) -> None:
        """Create collections and indexes; safe from every process at once."""
        await self.register.setup()
        await self.imports.setup()
        await self.idempotency.setup()
        await self.superior_reports.setup()


def create(settings: DirectorySettings, parts: Parts | None = None) -> FastAPI:
    """The application over `parts`; without them it has its routes but cannot be served."""

    async def readiness() -> Readiness:
        if parts is None:
            return Readiness({"process": Check(False, "not connected")})
        await ping(parts.client)
        head = await parts.register.head()
        return Readiness({"mongo": Check(True), "directory": Check(True, numbers={"revision": head["revision"]})})

    app = create_app(
        settings.service,
        settings,
        routers=[
            units.router,
            sites.router,
            posts.router,
            employees.router,
            imports_routes.router,
            exports.router,
            superiors.own,
            superiors.queue,
        ],
        readiness=readiness,
    )
    refusals.install(app)
    if parts is not None:
        app.state.register, app.state.imports = parts.register, parts.imports
        app.state.reads = JournaledReads(parts.register.journal)
        app.state.authority = Authority(RegisterCopy(parts.register), parts.register.today)
        app.state.idempotency, app.state.superior_reports = parts.idempotency, parts.superior_reports
    return app


def openapi_app() -> FastAPI:
    """For the published document: the routes, connected to nothing."""
    nowhere = {"kafka": "localhost:9092", "mongo": "mongodb://localhost", "mongo_database": "directory"}
    return create(DirectorySettings(port=8131, token="only-for-the-document", **nowhere))  # type: ignore[arg-type] # noqa: S106
