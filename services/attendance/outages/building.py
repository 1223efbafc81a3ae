"""Puts the pieces of outages together from what several roles stand on."""

from zoneinfo import ZoneInfo

from kit.dated import Dated
from services.attendance.days.tables import RULES
from services.attendance.outages.deciding import Deciding
from services.attendance.outages.desk import Desk
from services.attendance.outages.marking import Marking
from services.attendance.outages.people import Concerned
from services.attendance.outages.rules import OutageRule, OutageRules
from services.attendance.outages.watch import Watch
from services.attendance.outages.work import OutageWork
from services.attendance.parts import Parts
from services.attendance.sheets.people import Roll


def rules_in(zone: ZoneInfo) -> OutageRules:
    """The table of the agency whose zone this is."""
    return OutageRules(Dated.load(RULES / "outages.yaml", OutageRule), zone)


def desk_of(parts: Parts) -> Desk:
    """What takes commands."""
    zone = ZoneInfo(parts.settings.default_zone)
    return Desk(parts.client, parts.outages, parts.registry, rules_in(zone), parts.clock)


def work_of(parts: Parts, *, every: float) -> OutageWork:
    """What the worker does."""
    zone = ZoneInfo(parts.settings.default_zone)
    rules = rules_in(zone)
    concerned = Concerned(parts.db, parts.registry, Roll(parts.db, parts.sheets), parts.book.store)
    polls = parts.settings.silent_polls
    return OutageWork(
        Watch(parts.outages, parts.registry, parts.devices, parts.alerts, rules, polls),
        Marking(parts.client, parts.outages, parts.sheets, concerned, rules),
        Deciding(parts.client, parts.outages, parts.sheets, parts.days, zone, parts.clock),
        parts.clock,
        every,
    )
