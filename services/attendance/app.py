"""Puts the parts of each role together: the one place where they meet."""

import asyncio
from dataclasses import dataclass
from socket import gethostname
from typing import Self

from fastapi import APIRouter

from kit.journal import Journal
from kit.mongo import Client, Database, connect, database
from services.attendance.alerts import routes as alerts_routes
from services.attendance.alerts.store import Alerts
from services.attendance.commands import routes as commands_routes
from services.attendance.commands.answers import CommandAnswers
from services.attendance.commands.overdue import Overdue
from services.attendance.commands.store import Commands
from services.attendance.devices import raw
from services.attendance.devices import routes as devices_routes
from services.attendance.devices.administration import Administration
from services.attendance.devices.conversation import Conversation
from services.attendance.devices.doorman import Doorman
from services.attendance.devices.heartbeat import Heartbeats
from services.attendance.devices.iclock import DevicePort
from services.attendance.devices.keeping import Keeper
from services.attendance.devices.photos import Photos, key_from
from services.attendance.devices.registry import Clock, Registry, now
from services.attendance.devices.store import DeviceStore
from services.attendance.directory.copying import DirectoryCopy
from services.attendance.enrolments import routes as enrolments_routes
from services.attendance.enrolments.cache import COLLECTION as ENROLMENTS
from services.attendance.enrolments.cache import Enrolments
from services.attendance.enrolments.store import EnrolmentStore
from services.attendance.fleet.nightly import Nightly
from services.attendance.fleet.publishing import Publisher
from services.attendance.fleet.rules import OfficeHours
from services.attendance.fleet.silence import Silence
from services.attendance.following import Change, follow
from services.attendance.imports import routes as imports_routes
from services.attendance.imports.importer import Importer
from services.attendance.imports.store import ImportStore
from services.attendance.punches import routes as punches_routes
from services.attendance.punches.apps import AppPunches
from services.attendance.punches.intake import Intake
from services.attendance.punches.stored import StoredPunches
from services.attendance.quarantine import routes as quarantine_routes
from services.attendance.quarantine.replay import Replay
from services.attendance.quarantine.store import Quarantine
from services.attendance.quarantine.sweep import Sweep
from services.attendance.settings import AttendanceSettings


@dataclass(frozen=True)
class Parts:
    """Everything that several roles stand on, over one database."""

    settings: AttendanceSettings
    client: Client
    db: Database
    clock: Clock
    journal: Journal
    registry: Registry
    devices: DeviceStore
    enrolments: Enrolments
    quarantine: Quarantine
    alerts: Alerts
    commands: Commands
    photos: Photos
    stored: StoredPunches
    intake: Intake
    enrolment_store: EnrolmentStore
    imports: ImportStore

    @classmethod
    def of(cls, settings: AttendanceSettings, *, client: Client | None = None, clock: Clock = now) -> Self:
        """Connect, without a call to the database yet."""
        client = client or connect(settings)
        db = database(client, settings)
        journal = Journal(db, settings.service, clock=clock)
        enrolments = Enrolments(db, limit=settings.enrolments_cached)
        quarantine = Quarantine(db)
        secret = settings.photo_key or settings.token
        return cls(
            settings=settings,
            client=client,
            db=db,
            clock=clock,
            journal=journal,
            registry=Registry(db, default_zone=settings.default_zone, default_go_live=settings.default_go_live),
            devices=DeviceStore(db),
            enrolments=enrolments,
            quarantine=quarantine,
            alerts=Alerts(db),
            commands=Commands(db),
            photos=Photos(db, key_from(secret.get_secret_value()), days=settings.photo_days),
            stored=StoredPunches(db),
            intake=Intake(journal, enrolments, quarantine),
            enrolment_store=EnrolmentStore(db),
            imports=ImportStore(db),
        )

    async def setup(self) -> None:
        """Create collections and indexes; safe from every process at once."""
        parts = (
            self.journal,
            self.devices,
            self.quarantine,
            self.alerts,
            self.commands,
            self.photos,
            self.stored,
            self.enrolment_store,
            self.imports,
        )
        await asyncio.gather(*(part.setup() for part in parts))

    async def follow_enrolments(self) -> None:
        """Keep the enrolment cache in step for as long as the process lives."""

        async def load() -> None:
            self.enrolments.forget_all()

        async def apply(change: Change) -> None:
            self.enrolments.forget(change["documentKey"]["_id"])

        await follow(self.db, [ENROLMENTS], load=load, apply=apply, full=False)


def keeper_of(parts: Parts) -> Keeper:
    """What keeps requests: of the device port as they come, of a replay as they were kept."""
    return Keeper(
        parts.journal,
        parts.intake,
        parts.quarantine,
        parts.alerts,
        parts.photos,
        CommandAnswers(parts.commands, parts.stored, parts.alerts),
        pending_bytes=parts.settings.pending_bytes,
    )


def replay_of(parts: Parts) -> Replay:
    """What lets held records in."""
    return Replay(parts.registry, parts.intake, parts.enrolments, parts.quarantine, keeper_of(parts), parts.clock)


def device_port(parts: Parts) -> DevicePort:
    """The ASGI application of the device port."""
    settings = parts.settings
    doorman = Doorman(parts.registry, parts.devices, parts.alerts, pending_most=settings.pending_devices)
    conversation = Conversation(parts.registry, parts.devices, parts.commands, doorman, keeper_of(parts), parts.clock)
    return DevicePort(
        conversation,
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
    return [
        devices_routes.router(registry, parts.devices, parts.quarantine, parts.alerts, administration),
        raw.router(parts.db, parts.photos),
        commands_routes.router(parts.commands, parts.devices, clock),
        enrolments_routes.router(parts.enrolment_store, parts.enrolments, replay, clock),
        quarantine_routes.router(registry, parts.quarantine, replay, parts.enrolment_store, parts.enrolments, clock),
        alerts_routes.router(parts.alerts, clock),
        imports_routes.router(registry, importer, parts.imports, clock),
        punches_routes.router(AppPunches(parts.db, parts.journal), registry, parts.enrolment_store, clock),
    ]


@dataclass(frozen=True)
class Work:
    """What the worker role does beside relaying."""

    directory: DirectoryCopy
    publisher: Publisher
    silence: Silence
    sweep: Sweep
    overdue: Overdue
    nightly: Nightly

    @classmethod
    def of(cls, parts: Parts) -> Self:
        """Over the shared parts."""
        settings, clock = parts.settings, parts.clock
        return cls(
            directory=DirectoryCopy(parts.db, settings.kafka),
            publisher=Publisher(
                parts.db,
                parts.journal,
                parts.devices,
                parts.alerts,
                parts.quarantine,
                clock,
                every=settings.publish_seconds,
                heartbeat=settings.heartbeat_publish_seconds,
            ),
            silence=Silence(
                parts.registry,
                parts.devices,
                parts.alerts,
                clock,
                hours=OfficeHours.of(settings.office_from, settings.office_to, settings.office_weekdays),
                polls=settings.silent_polls,
                every=settings.flush_seconds,
            ),
            sweep=Sweep(replay_of(parts), parts.quarantine, every=settings.sweep_seconds),
            overdue=Overdue(parts.commands, clock, after=settings.unanswered_seconds),
            nightly=Nightly(parts.db, parts.registry, parts.commands, clock, every=300),
        )
