"""What several roles stand on, over one database: the one place where they are put together."""

import asyncio
from dataclasses import dataclass
from typing import Self

from kit.journal import Journal
from kit.mongo import Client, Database, connect, database
from services.attendance.alerts.store import Alerts
from services.attendance.checkins.store import CheckIns
from services.attendance.commands.answers import CommandAnswers
from services.attendance.commands.store import Commands
from services.attendance.devices.keeping import Keeper
from services.attendance.devices.photos import Photos, key_from
from services.attendance.devices.registry import Clock, Registry, now
from services.attendance.devices.store import DeviceStore
from services.attendance.enrolments.cache import Enrolments
from services.attendance.enrolments.store import EnrolmentStore
from services.attendance.following import follow
from services.attendance.imports.store import ImportStore
from services.attendance.kiosks.store import Kiosks
from services.attendance.phones.store import Phones
from services.attendance.punches.intake import Intake
from services.attendance.punches.stored import StoredPunches
from services.attendance.quarantine.replay import Replay
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
    enrolment_store: EnrolmentStore
    imports: ImportStore
    kiosks: Kiosks
    phones: Phones
    checkins: CheckIns

    @classmethod
    def of(cls, settings: AttendanceSettings, *, client: Client | None = None, clock: Clock = now) -> Self:
        """Connect, without a call to the database yet."""
        client = client or connect(settings)
        db = database(client, settings)
        journal = Journal(db, settings.service, clock=clock)
        enrolments = Enrolments(db, limit=settings.enrolments_cached)
        quarantine = Quarantine(db)
        kiosks = Kiosks(db)
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
            photos=Photos(db, key_from(settings.photo_secret), days=settings.photo_days),
            stored=StoredPunches(db),
            intake=Intake(journal, enrolments, quarantine),
            enrolment_store=EnrolmentStore(db),
            imports=ImportStore(db),
            kiosks=kiosks,
            phones=Phones(client, db),
            checkins=CheckIns(client, db, journal, kiosks),
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
            self.kiosks,
            self.phones,
            self.checkins,
        )
        await asyncio.gather(*(part.setup() for part in parts))

    async def follow(self) -> None:
        """Keep what this process remembers in step for as long as it lives."""
        await follow(self.db, [self.registry, self.enrolments])


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
