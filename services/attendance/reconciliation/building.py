"""Puts the pieces of reconciliation together from what several roles stand on."""

from services.attendance.fleet.rules import OfficeHours
from services.attendance.parts import Parts
from services.attendance.reconciliation.desk import Completeness
from services.attendance.reconciliation.refilling import Refilling


def completeness_of(parts: Parts) -> Completeness:
    """What is read."""
    settings = parts.settings
    return Completeness(
        parts.registry,
        parts.devices,
        parts.alerts,
        parts.commands,
        parts.stored,
        parts.counts,
        OfficeHours.of(settings.office_from, settings.office_to, settings.office_weekdays),
        parts.clock,
    )


def refilling_of(parts: Parts, *, every: float) -> Refilling:
    """What the worker does."""
    return Refilling(parts.registry, parts.commands, parts.stored, parts.alerts, parts.counts, parts.clock, every=every)
