"""The two faces of the service: the port terminals speak to, and the JSON API."""

import asyncio
from socket import gethostname
from zoneinfo import ZoneInfo

from fastapi import APIRouter, FastAPI

from kit.access import Authority
from kit.access.people import People as PostsHeld
from kit.access.people import People as Superiors
from kit.access.reads import JournaledReads
from kit.buckets import Buckets
from kit.dated import Dated
from kit.gathering import Unwritten
from kit.health import Check, Probe, Readiness
from kit.http import create_app
from kit.mongo import AWAY, ping
from kit.problems import busy_when
from kit.proxies import Proxies
from services.attendance.access import copy_of
from services.attendance.alerts import routes as alerts_routes
from services.attendance.allowance import routes as allowance_routes
from services.attendance.checkins import routes as checkin_routes
from services.attendance.checkins.desk import Desk, key_from
from services.attendance.checkins.people import People
from services.attendance.commands import routes as commands_routes
from services.attendance.corrections import decisions as correction_decisions
from services.attendance.corrections import routes as correction_routes
from services.attendance.corrections.desk import Desk as CorrectionDesk
from services.attendance.corrections.evidence import EvidenceDesk
from services.attendance.corrections.rules import CorrectionRule
from services.attendance.days import routes as days_routes
from services.attendance.days.tables import RULES
from services.attendance.devices import raw
from services.attendance.devices import routes as devices_routes
from services.attendance.devices.administration import Administration
from services.attendance.devices.conversation import Conversation
from services.attendance.devices.doorman import Doorman
from services.attendance.devices.heartbeat import Heartbeats
from services.attendance.devices.iclock import DevicePort
from services.attendance.discipline import routes as discipline_routes
from services.attendance.enrolments import routes as enrolments_routes
from services.attendance.fleet.work import Work
from services.attendance.imports import routes as imports_routes
from services.attendance.imports.importer import Importer
from services.attendance.kiosks import routes as kiosk_routes
from services.attendance.leave import letter_routes
from services.attendance.leave import queue as leave_queue
from services.attendance.leave import routes as leave_routes
from services.attendance.leave.letters import LetterDesk
from services.attendance.outages import routes as outage_routes
from services.attendance.outages.building import desk_of
from services.attendance.parts import Parts, keeper_of, replay_of
from services.attendance.phones import routes as phone_routes
from services.attendance.punches import routes as punches_routes
from services.attendance.punches.apps import AppPunches
from services.attendance.quarantine import routes as quarantine_routes
from services.attendance.receipts import integrity_routes, receipt_routes
from services.attendance.reconciliation import routes as reconciliation_routes
from services.attendance.reconciliation.building import completeness_of
from services.attendance.schedules import importing as importing_routes
from services.attendance.schedules import ready as ready_routes
from services.attendance.schedules import routes as schedules_routes
from services.attendance.schedules.bulk import Assigning
from services.attendance.settings import AttendanceSettings
from services.attendance.sheets import routes as roster_routes
from services.attendance.sheets.desk import RosterDesk
from services.attendance.sheets.own import OwnDesk
from services.attendance.sheets.people import Roll


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
    roll = Roll(parts.db, parts.book.sheets)
    assigning, rosters = Assigning(parts.book, roll), RosterDesk(parts.book, roll)
    desk = Desk(parts.checkins, parts.phones, parts.kiosks, people, registry, key, clock)
    zone = ZoneInfo(parts.settings.default_zone)
    table = Dated.load(RULES / "corrections.yaml", CorrectionRule)
    completeness = completeness_of(parts)
    corrections = CorrectionDesk(parts.corrections, people, registry, table, zone, clock, parts.closings.closings)
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
        days_routes.router(parts.days, completeness, parts.allowance.explaining),
        ready_routes.router(assigning),
        importing_routes.router(importing_routes.HolidayFiles(parts.book)),
        schedules_routes.router(parts.book, assigning),
        schedules_routes.audit_router(parts.book),
        roster_routes.rosters_router(rosters),
        roster_routes.own_router(rosters, OwnDesk(parts.book, roll)),
        receipt_routes.own_router(parts.receipts.receipts, parts.receipts.keys),
        receipt_routes.router(parts.receipts.keys),
        integrity_routes.router(parts.receipts, clock, ZoneInfo(parts.settings.default_zone)),
        correction_routes.own_router(corrections, parts.keys),
        correction_routes.evidence_router(EvidenceDesk(corrections, parts.files)),
        correction_decisions.queue_router(corrections, PostsHeld(parts.db)),
        leave_routes.own_router(parts.leave, parts.keys),
        letter_routes.router(LetterDesk(parts.leave, parts.files)),
        leave_queue.queue_router(parts.leave, Superiors(parts.db)),
        reconciliation_routes.router(completeness),
        outage_routes.router(desk_of(parts), parts.keys),
        *parts.closings.routers(parts.keys),
        discipline_routes.own_router(parts.discipline),
        discipline_routes.router(parts.discipline),
        allowance_routes.own_router(parts.allowance),
        allowance_routes.router(parts.allowance, parts.keys),
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
