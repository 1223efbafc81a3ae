"""What counts as an outage, and whose dates it touches. Pure; the clock is an argument."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import Field

from kit.dated import Dated, Rule
from services.attendance.days.models import Fault
from services.attendance.outages.models import MOST_DAYS, Scope, Signal
from services.attendance.schedules.clock import MINUTE
from services.attendance.schedules.plans import DayPlan

DAY = timedelta(days=1)
AHEAD = timedelta(hours=14)
"""A date begins in no zone earlier than this, by UTC."""


class OutageRule(Rule):
    """From how many minutes on an outage is listed (of the system; of a gap, from when it was found), and what it
    excuses: `recovery_minutes` after it, and missing scans up to `around_minutes` before or after a shift."""

    least_minutes: int = Field(ge=1)
    system_least_minutes: int = Field(ge=1)
    gap_least_minutes: int = Field(ge=0)
    recovery_minutes: int = Field(ge=0)
    around_minutes: int = Field(ge=0)


class OutageRules(NamedTuple):
    """The table, by the agency's date."""

    table: Dated[OutageRule]
    zone: ZoneInfo

    def at(self, since: datetime) -> OutageRule:
        """The row in force when an outage began. Raises NoRule."""
        return self.table.on(since.astimezone(self.zone).date())


class Hanging(NamedTuple):
    """An active terminal that was heard of before, and where it hangs."""

    serial: str
    site_id: str


class Found(NamedTuple):
    """An outage that holds now."""

    scope: Scope
    signal: Signal
    site_id: str | None
    serial: str | None
    since: datetime

    @property
    def key(self) -> str:
        """The same for the same outage, whoever looks and whenever."""
        place = self.serial or self.site_id or ""
        return f"{self.scope}:{self.signal}:{place}:{int(self.since.timestamp())}"


def standing(terminals: Iterable[Hanging], silent: Mapping[str, datetime]) -> list[Found]:
    """Which outages silence means: of a whole site when none of its terminals is heard of, from when the last of them
    was; else of each silent terminal."""
    by_site: dict[str, list[str]] = {}
    for one in terminals:
        by_site.setdefault(one.site_id, []).append(one.serial)
    found = []
    for site, serials in sorted(by_site.items()):
        down = sorted(serial for serial in serials if serial in silent)
        if len(down) == len(serials):
            found.append(Found("site", "silence", site, None, max(silent[one] for one in down)))
        else:
            found += [Found("terminal", "silence", site, one, silent[one]) for one in down]
    return found


def least(found: Found, rule: OutageRule) -> timedelta:
    """How long it has to last to be listed."""
    return (rule.system_least_minutes if found.scope == "system" else rule.least_minutes) * MINUTE


def fault_of(row: Mapping[str, Any], rule: OutageRule, source: str) -> Fault:
    """What an outage is on an employee's sheet."""
    return Fault(
        id=row["_id"],
        nature=row["nature"],
        source=source,
        since=row["since"],
        until=row["until"],
        recovery_minutes=rule.recovery_minutes,
        around_minutes=rule.around_minutes,
    )


def touched(plans: Iterable[DayPlan], fault: Fault, now: datetime) -> list[date]:
    """The dates whose shifts a fault could have spoiled, as far as they have come."""
    until = now if fault.until is None else min(fault.until, now)
    ends = until + fault.recovery_minutes * MINUTE
    around = fault.around_minutes * MINUTE
    return [
        plan.day
        for plan in plans
        if any(
            shift.kind == "fixed"
            and fault.since < shift.ends + shift.flexible_minutes * MINUTE + around
            and shift.starts - around < ends
            for shift in plan.shifts
        )
    ]


def dates(since: datetime, until: datetime) -> tuple[date, date]:
    """The first and the last local date, by whatever zone, whose shifts it can touch: a night before, and at most the
    last `MOST_DAYS`."""
    last = (until + AHEAD).date()
    return max((since - AHEAD).date() - DAY, last - MOST_DAYS * DAY), last
