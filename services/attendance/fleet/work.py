"""What the worker role does beside relaying."""

from dataclasses import dataclass
from typing import Self

from kit.copying import DirectoryCopy
from services.attendance.commands.overdue import Overdue
from services.attendance.directory.folds import COPIES, EDITION
from services.attendance.fleet.nightly import Nightly
from services.attendance.fleet.publishing import Publisher
from services.attendance.fleet.rules import OfficeHours
from services.attendance.fleet.silence import Silence
from services.attendance.parts import Parts, replay_of
from services.attendance.quarantine.sweep import Sweep


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
        )
