"""What the worker role does beside relaying."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Self
from zoneinfo import ZoneInfo

from kit.copying import DirectoryCopy
from services.attendance.commands.overdue import Overdue
from services.attendance.days.clock import Clock
from services.attendance.directory.folds import COPIES, EDITION
from services.attendance.discipline.following import DisciplineFollower
from services.attendance.fleet.nightly import Nightly
from services.attendance.fleet.publishing import Publisher
from services.attendance.fleet.rules import OfficeHours
from services.attendance.fleet.silence import Silence
from services.attendance.outages.building import work_of
from services.attendance.outages.work import OutageWork
from services.attendance.parts import Parts, replay_of
from services.attendance.quarantine.sweep import Sweep
from services.attendance.reconciliation.building import refilling_of
from services.attendance.reconciliation.refilling import Refilling


@dataclass(frozen=True)
class Work:
    """What the worker role does beside relaying."""

    directory: DirectoryCopy
    publisher: Publisher
    silence: Silence
    sweep: Sweep
    overdue: Overdue
    nightly: Nightly
    clock: Clock
    outages: OutageWork
    refilling: Refilling
    discipline: DisciplineFollower
    receipts: list[Callable[[], Coroutine[Any, Any, None]]]

    @classmethod
    def of(cls, parts: Parts) -> Self:
        """Over the shared parts."""
        settings, clock = parts.settings, parts.clock
        return cls(
            directory=DirectoryCopy(parts.db, settings.kafka, settings.service, COPIES, edition=EDITION),
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
            clock=Clock(parts.db, parts.journal, parts.book.store, clock),
            outages=work_of(parts, every=settings.flush_seconds),
            refilling=refilling_of(parts, every=30),
            discipline=DisciplineFollower(
                parts.db, settings.kafka, parts.discipline.store, parts.discipline.table, clock
            ),
            receipts=parts.receipts.work(
                settings.receipt_signer, clock, ZoneInfo(settings.default_zone), every=settings.audit_seconds
            ),
        )
