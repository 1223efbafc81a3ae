"""Puts the parts of each role together: the one place where they meet."""

from dataclasses import dataclass
from typing import Self

from kit.journal import Journal
from kit.mongo import Client, Database, connect, database
from services.attendance.alerts.store import Alerts
from services.attendance.commands.answers import CommandAnswers
from services.attendance.commands.store import Commands
from services.attendance.devices.conversation import Conversation
from services.attendance.devices.doorman import Doorman
from services.attendance.devices.heartbeat import Heartbeats
from services.attendance.devices.iclock import DevicePort
from services.attendance.devices.keeping import Keeper
from services.attendance.devices.photos import Photos, key_from
from services.attendance.devices.registry import Clock, Registry, now
from services.attendance.devices.store import DeviceStore
from services.attendance.enrolments.cache import COLLECTION as ENROLMENTS
from services.attendance.enrolments.cache import Enrolments
from services.attendance.following import Change, follow
from services.attendance.punches.intake import Intake
from services.attendance.punches.stored import StoredPunches
from services.attendance.quarantine.store import Quarantine
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
        )

    async def setup(self) -> None:
        """Create collections and indexes; safe from every process at once."""
        for part in (self.journal, self.devices, self.quarantine, self.alerts, self.commands, self.photos, self.stored):
            await part.setup()

    async def follow_enrolments(self) -> None:
        """Keep the enrolment cache in step for as long as the process lives."""

        async def load() -> None:
            self.enrolments.forget_all()

        async def apply(change: Change) -> None:
            self.enrolments.forget(change["documentKey"]["_id"])

        await follow(self.db, [ENROLMENTS], load=load, apply=apply, full=False)


@dataclass(frozen=True)
class DeviceRole:
    """The device port of one process."""

    port: DevicePort
    heartbeats: Heartbeats
    doorman: Doorman

    @classmethod
    def of(cls, parts: Parts) -> Self:
        """Over the shared parts."""
        settings = parts.settings
        doorman = Doorman(parts.registry, parts.devices, parts.alerts, pending_most=settings.pending_devices)
        keeper = Keeper(
            parts.journal,
            parts.intake,
            parts.quarantine,
            parts.alerts,
            parts.photos,
            CommandAnswers(parts.commands, parts.stored, parts.alerts),
            pending_bytes=settings.pending_bytes,
        )
        conversation = Conversation(parts.registry, parts.devices, parts.commands, doorman, keeper, parts.clock)
        heartbeats = Heartbeats(
            parts.registry,
            parts.devices,
            parts.clock,
            seconds=settings.flush_seconds,
            process=f"{settings.port}",
        )
        port = DevicePort(
            conversation,
            body_most=settings.body_most,
            in_flight_most=settings.in_flight_most,
            ack_seconds=settings.ack_seconds,
        )
        return cls(port, heartbeats, doorman)
