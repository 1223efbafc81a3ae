"""The two faces of the service: the port terminals speak to, and the JSON API."""

import asyncio
from socket import gethostname
from zoneinfo import ZoneInfo

from fastapi import APIRouter, FastAPI

from kit.access import Authority
from kit.access.reads import JournaledReads
from kit.buckets import Buckets
from kit.gathering import Unwritten
from kit.health import Check, Probe, Readiness
from kit.http import create_app
from kit.mongo import AWAY, ping
from kit.problems import busy_when
from kit.proxies import Proxies
from services.attendance.access import copy_of
from services.attendance.alerts import routes as alerts_routes
from services.attendance.checkins import routes as checkin_routes
from services.attendance.checkins.desk import Desk, key_from
from services.attendance.checkins.people import People
from services.attendance.commands import routes as commands_routes
from services.attendance.devices import raw
from services.attendance.devices import routes as devices_routes
from services.attendance.devices.administration import Administration
from services.attendance.devices.conversation import Conversation
from services.attendance.devices.doorman import Doorman
from services.attendance.devices.heartbeat import Heartbeats
from services.attendance.devices.iclock import DevicePort
from services.attendance.enrolments import routes as enrolments_routes
from services.attendance.fleet.work import Work
from services.attendance.imports import routes as imports_routes
from services.attendance.imports.importer import Importer
from services.attendance.kiosks import routes as kiosk_routes
from services.attendance.parts import Parts, keeper_of, replay_of
from services.attendance.phones import routes as phone_routes
from services.attendance.punches import routes as punches_routes
from services.attendance.punches.apps import AppPunches
from services.attendance.quarantine import routes as quarantine_routes
from services.attendance.settings import AttendanceSettings


def device_port(parts: Parts) -> DevicePort:
    """The ASGI application of the device port."""
    settings = parts.settings
    doorman = Doorman(parts.registry, parts.devices, parts.alerts, pending_most=settings.pending_devices)
    conversation = Conversation(parts.registry, parts.devices, parts.commands, doorman, keeper_of(parts), parts.clock)
    return DevicePort(
        conversation,
        proxies=Proxies(settings.trusted_proxies),
        body_most=settings.body_most,
        in_flight_most=settings.in_flight_most,
        ack_seconds=settings.ack_seconds,
    )


def heartbeats(parts: Parts) -> Heartbeats:
    """What writes down, beside the device port, what it has seen."""
    process = f"{gethostname()}:{parts.settings.port}"
    return Heartbeats(parts.registry, parts.devices, parts.clock, seconds=parts.settings.flush_seconds, process=process)


def api_routers(parts: Parts) -> list[APIRouter]:
    """All routes of the JSON API; each needs the token."""
    registry, clock = parts.registry, parts.clock
    replay = replay_of(parts)
    administration = Administration(
        registry,
        parts.devices,
        parts.quarantine,
        parts.alerts,
        replay,
        clock,
        default_go_live=parts.settings.default_go_live,
    )
    importer = Importer(parts.intake, parts.stored, clock)
    people = People(parts.db)
    key = key_from(parts.settings.photo_secret)
    desk = Desk(parts.checkins, parts.phones, parts.kiosks, people, registry, key, clock)
    return [
        devices_routes.router(registry, parts.devices, parts.quarantine, parts.alerts, administration),
        raw.router(parts.db, parts.photos),
        commands_routes.router(parts.commands, parts.devices, clock),
        enrolments_routes.router(parts.enrolment_store, parts.enrolments, replay, clock),
        quarantine_routes.router(registry, parts.quarantine, replay, parts.enrolment_store, parts.enrolments, clock),
        alerts_routes.router(parts.alerts, clock),
        imports_routes.router(registry, importer, parts.imports, clock),
        punches_routes.router(AppPunches(parts.db, parts.journal), registry, parts.enrolment_store, clock),
        kiosk_routes.router(parts.kiosks, registry, clock),
        phone_routes.own_router(parts.phones, people, clock),
        phone_routes.queue_router(parts.phones, clock),
        checkin_routes.own_router(desk, Buckets(checkin_routes.BURST, checkin_routes.PER_SECOND)),
        checkin_routes.queue_router(desk),
    ]


def create(parts: Parts) -> FastAPI:
    """The JSON API."""
    app = create_app(parts.settings.service, parts.settings, routers=api_routers(parts), readiness=readiness_of(parts))
    app.state.reads = JournaledReads(parts.journal)
    zone = ZoneInfo(parts.settings.default_zone)
    app.state.authority = Authority(copy_of(parts.db), lambda: parts.clock().astimezone(zone).date())
    busy_when(app, *AWAY, Unwritten)
    return app


def openapi_app() -> FastAPI:
    """For the published document: the routes, connected to nothing."""

    async def build() -> FastAPI:  # the database client wants a loop, even when it is never used
        nowhere = {"kafka": "localhost:9092", "mongo": "mongodb://localhost", "mongo_database": "attendance"}
        given = {**nowhere, "port": 8111, "token": "only-for-the-document"}
        parts = Parts.of(AttendanceSettings.model_validate(given))
        try:
            return create(parts)
        finally:
            parts.client.close()

    return asyncio.run(build())


def readiness_of(parts: Parts, work: Work | None = None) -> Probe:
    """Ready when the database answers and, for the worker, the directory has been read."""

    async def readiness() -> Readiness:
        checks = {}
        await ping(parts.client)
        checks["mongo"] = Check(True)
        checks["terminals"] = Check(True, numbers={"known": len(parts.registry.terminals)})
        if work is not None:
            caught_up = work.directory.caught_up.is_set()
            checks["directory"] = Check(caught_up, "" if caught_up else "still reading the directory's topics")
        return Readiness(checks)

    return readiness
