"""What days add to the totals of units and sites, summed over a batch before any shard is touched."""

from datetime import datetime
from typing import NamedTuple

from kit.projector.shards import Shards
from services.reporting.presence.periods import EFFECTIVE, EMPLOYEE_PERIODS, UNIT_FIELDS, UNIT_PERIODS, periods_of
from services.reporting.presence.states import Spared
from services.reporting.presence.strands import Sums

UNIT_DAYS, SITE_DAYS, DATE_MOVES = "unit_days", "site_days", "date_moves"
Place = tuple[str, str]
"""(unit or site id, date)"""


class Share(NamedTuple):
    """What one day adds: to its unit, to the site assigned, to the site of its first punch."""

    unit: str | None = None
    site: str | None = None
    first_site: str | None = None
    arrival: str = ""
    punches: int = 0
    spared: Spared | None = None
    sums: Sums = ()

    @property
    def presence(self) -> tuple[object, ...]:
        """The part that who looks for the missing looks at; nothing where somebody is expected and has not come."""
        return self[:-1] if self.punches or self.spared else ()


NOTHING = Share()


class Totals:
    """Sums of a batch per (unit, date) and (site, date), and of units and people per period (periods.py):
    contribution(new) - contribution(old)."""

    def __init__(self) -> None:
        self._units: dict[Place, dict[str, int]] = {}
        self._sites: dict[Place, dict[str, int]] = {}
        self._effective: dict[Place, int] = {}
        self._latest: dict[Place, datetime] = {}

    def move(self, on: str, employee: str, before: Share, now: Share, latest: datetime | None) -> None:
        """One day of an employee went from `before` to `now`; `latest` is its last punch, if any counts."""
        if before == now:
            return
        if before.sums != now.sums:
            self._minutes(on, employee, dict(now.sums).get(EFFECTIVE, 0) - dict(before.sums).get(EFFECTIVE, 0))
        if before.punches:
            self._count(on, before, -1)
        elif before.spared:
            self._spare(on, before, before.spared, -1)
        if before.sums and before.unit is not None:
            self.add(on, before.unit, before.sums, -1)
        if now.sums and now.unit is not None:
            self.add(on, now.unit, now.sums, 1)
        if now.punches:
            self._count(on, now, 1)
            for where in (now.unit, now.site):
                if where is not None and latest is not None:
                    known = self._latest.get((where, on))
                    if known is None or known < latest:
                        self._latest[where, on] = latest
        elif now.spared:
            self._spare(on, now, now.spared, 1)

    def _count(self, on: str, share: Share, sign: int) -> None:
        if share.unit is not None:
            sums = self._units.setdefault((share.unit, on), {"present": 0, "punches": 0})
            sums["present"] += sign
            sums["punches"] += sign * share.punches
            arrival = "arrivals." + share.arrival
            sums[arrival] = sums.get(arrival, 0) + sign
        if share.site is not None:
            sums = self._sites.setdefault((share.site, on), {"present": 0, "arrived": 0})
            sums["present"] += sign
        if share.first_site is not None:
            sums = self._sites.setdefault((share.first_site, on), {"present": 0, "arrived": 0})
            sums["arrived"] += sign

    def _spare(self, on: str, share: Share, spared: Spared, sign: int) -> None:
        if share.unit is not None:
            sums = self._units.setdefault((share.unit, on), {"present": 0, "punches": 0})
            sums[spared] = sums.get(spared, 0) + sign
        if share.site is not None:
            sums = self._sites.setdefault((share.site, on), {"present": 0, "arrived": 0})
            sums[spared] = sums.get(spared, 0) + sign

    def _minutes(self, on: str, employee: str, more: int) -> None:
        if more:
            for period in periods_of(on):
                self._effective[employee, period] = self._effective.get((employee, period), 0) + more

    def add(self, on: str, unit: str, more: Sums, sign: int) -> None:
        """Sums of a unit's day that are not of its people's presence."""
        sums = self._units.setdefault((unit, on), {"present": 0, "punches": 0})
        for field, amount in more:
            sums[field] = sums.get(field, 0) + sign * amount

    def write(self, shards: Shards) -> None:
        """Hand the sums over."""
        for collection, of, totals in ((UNIT_DAYS, "unit", self._units), (SITE_DAYS, "site", self._sites)):
            for (where, on), sums in totals.items():
                latest = self._latest.get((where, on))
                at = {"last_at": latest} if latest is not None else None
                shards.add(collection, f"{where}|{on}", {of: where, "date": on}, sums, at)
        for (unit, on), sums in self._units.items():
            if more := {field: sums[field] for field in UNIT_FIELDS if sums.get(field)}:
                for period in periods_of(on):
                    shards.add(UNIT_PERIODS, f"{unit}|{period}", {"unit": unit, "period": period}, more)
        for on in {on for _, on in self._units}:
            shards.add(DATE_MOVES, on, {"date": on}, {"moves": 1})
        for (employee, period), minutes in self._effective.items():
            base = {"employee": employee, "period": period}
            shards.add(EMPLOYEE_PERIODS, f"{employee}|{period}", base, {EFFECTIVE: minutes})
