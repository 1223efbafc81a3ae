"""What several roles stand on, over one database: the one place where they are put together."""

import asyncio
from dataclasses import dataclass
from typing import Self
from zoneinfo import ZoneInfo

from kit.evidence.store import Files
from kit.idempotency import Idempotency
from kit.journal import Journal
from kit.mongo import Client, Database, connect, database
from services.attendance.alerts.store import Alerts
from services.attendance.allowance import tables as allowance_tables
from services.attendance.allowance.desk import Desk as AllowanceDesk
from services.attendance.allowance.store import Allowances
from services.attendance.checkins.store import CheckIns
from services.attendance.closings.parts import ClosingParts
from services.attendance.commands.answers import CommandAnswers
from services.attendance.commands.store import Commands
from services.attendance.corrections.store import Corrections
from services.attendance.days.store import DayStore
from services.attendance.days.tables import load_tables
from services.attendance.devices.keeping import Keeper
from services.attendance.devices.photos import Photos, key_from
from services.attendance.devices.registry import Clock, Registry, now
from services.attendance.devices.store import DeviceStore
from services.attendance.discipline import procedure as discipline_procedure
from services.attendance.discipline import rules as discipline_rules
from services.attendance.discipline.desk import Desk as DisciplineDesk
from services.attendance.discipline.store import Discipline
from services.attendance.enrolments.cache import Enrolments
from services.attendance.enrolments.store import EnrolmentStore
from services.attendance.following import Copy, follow
from services.attendance.imports.store import ImportStore
from services.attendance.kiosks.store import Kiosks
from services.attendance.leave import law
from services.attendance.leave.desk import Desk as LeaveDesk
from services.attendance.leave.planning import Planning
from services.attendance.leave.store import Leaves
from services.attendance.outages.store import Outages
from services.attendance.phones.store import Phones
from services.attendance.punches.intake import Intake
from services.attendance.punches.stored import StoredPunches
from services.attendance.quarantine.replay import Replay
from services.attendance.quarantine.store import Quarantine
from services.attendance.receipts.parts import ReceiptParts
from services.attendance.reconciliation.store import Counts
from services.attendance.schedules.desk import BookDesk
from services.attendance.schedules.store import BookStore
from services.attendance.schedules.writing import BookRows
from services.attendance.settings import AttendanceSettings
from services.attendance.sheets.store import Sheets


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
    sheets: Sheets
    book: BookDesk
    receipts: ReceiptParts
    keys: Idempotency
    files: Files
    corrections: Corrections
    leave: LeaveDesk
    counts: Counts
    outages: Outages
    days: DayStore
    closings: ClosingParts
    discipline: DisciplineDesk
    allowance: AllowanceDesk

    @classmethod
    def of(cls, settings: AttendanceSettings, *, client: Client | None = None, clock: Clock = now) -> Self:
        """Connect, without a call to the database yet."""
        client = client or connect(settings)
        db = database(client, settings)
        journal = Journal(db, settings.service, clock=clock)
        enrolments = Enrolments(db, limit=settings.enrolments_cached)
        quarantine = Quarantine(db)
        kiosks = Kiosks(db)
        keys, sheets = Idempotency(db), Sheets(db, journal, clock)
        book, zone = BookStore(db, settings.default_zone), ZoneInfo(settings.default_zone)
        days = DayStore(db, sheets, load_tables(settings.lateness), zone, clock)
        closings = ClosingParts.of(client, db, journal, sheets, clock, zone)
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
            sheets=sheets,
            book=BookDesk(client, book, BookRows(db), sheets, keys, clock, zone),
            receipts=ReceiptParts.of(client, db),
            keys=keys,
            files=Files(db),
            corrections=Corrections(client, db, sheets, keys),
            leave=LeaveDesk(
                Leaves(client, db, journal, sheets, keys),
                Planning(db, book, sheets),
                law.load(),
                settings.leave_first_year,
                zone,
                clock,
                closings.closings,
            ),
            counts=Counts(db),
            outages=Outages(db),
            days=days,
            closings=closings,
            discipline=DisciplineDesk(
                Discipline(client, db, journal),
                Planning(db, book, sheets),
                discipline_rules.load(),
                discipline_procedure.load(),
                zone,
                clock,
            ),
            allowance=AllowanceDesk(
                client,
                Allowances(db),
                allowance_tables.load(settings.lateness),
                days,
                zone,
                clock,
            ),
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
            self.book,
            self.receipts,
            self.files,
            self.corrections,
            self.leave,
            self.counts,
            self.outages,
            self.closings,
            self.discipline,
            self.allowance,
        )
        await asyncio.gather(*(part.setup() for part in parts))

    async def follow(self, *more: Copy) -> None:
        """Keep what this process remembers in step for as long as it lives."""
        await follow(self.db, [self.registry, self.enrolments, *more])


def keeper_of(parts: Parts) -> Keeper:
    """What keeps requests: of the device port as they come, of a replay as they were kept."""
    return Keeper(
        parts.journal,
        parts.intake,
        parts.quarantine,
        parts.alerts,
        parts.photos,
        CommandAnswers(parts.commands, parts.stored, parts.alerts, parts.counts),
        pending_bytes=parts.settings.pending_bytes,
    )


def replay_of(parts: Parts) -> Replay:
    """What lets held records in."""
    return Replay(parts.registry, parts.intake, parts.enrolments, parts.quarantine, keeper_of(parts), parts.clock)
