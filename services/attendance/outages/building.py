"""Puts the pieces of outages together from what several roles stand on."""

from datetime import date
from zoneinfo import ZoneInfo

from kit.dated import Dated
from services.attendance.days.tables import RULES
from services.attendance.outages.deciding import Deciding
from services.attendance.outages.desk import Desk
from services.attendance.outages.marking import Marking
from services.attendance.outages.people import Concerned
from services.attendance.outages.rules import OutageRule
from services.attendance.outages.watch import Watch
from services.attendance.outages.work import OutageWork
from services.attendance.parts import Parts
from services.attendance.sheets.people import Roll


def rule_of(parts: Parts) -> OutageRule:
    """The row in force today, by the agency's clock."""
    today: date = parts.clock().astimezone(ZoneInfo(parts.settings.default_zone)).date()
    return Dated.load(RULES / "outages.yaml", OutageRule).on(today)


def desk_of(parts: Parts) -> Desk:
    """What takes commands."""
    zone = ZoneInfo(parts.settings.default_zone)
    return Desk(parts.client, parts.outages, parts.registry, rule_of(parts), zone, parts.clock)


def work_of(parts: Parts, *, every: float) -> OutageWork:
    """What the worker does."""
    rule, zone = rule_of(parts), ZoneInfo(parts.settings.default_zone)
    concerned = Concerned(parts.db, parts.registry, Roll(parts.db, parts.sheets), parts.book.store)
    polls = parts.settings.silent_polls
    return OutageWork(
        Watch(parts.outages, parts.registry, parts.devices, parts.alerts, rule, polls),
        Marking(parts.client, parts.outages, parts.sheets, concerned, rule, zone),
        Deciding(parts.client, parts.outages, parts.sheets, parts.days, zone, parts.clock),
        parts.clock,
        every,
    )
