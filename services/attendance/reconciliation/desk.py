"""Puts together how complete terminals are, from registrations, heartbeats, counts, alerts and commands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as wall
from typing import Any

from kit.days import each_day
from kit.mongo import Document
from services.attendance.alerts.store import Alerts, Kind
from services.attendance.commands.routes import command_view
from services.attendance.commands.store import Commands
from services.attendance.devices.registry import Clock, Registry, Terminal
from services.attendance.devices.store import DeviceStore
from services.attendance.fleet.nightly import UNSUPPORTED
from services.attendance.fleet.rules import OfficeHours
from services.attendance.punches.instants import instant
from services.attendance.punches.stored import StoredPunches
from services.attendance.reconciliation.gaps import bounds_of, day_bounds, period_of
from services.attendance.reconciliation.rules import Period, complete_to, percent, silent_minutes, site_complete_to
from services.attendance.reconciliation.store import Counts
from services.attendance.reconciliation.views import (
    GapView,
    SiteComplete,
    TerminalComplete,
    TerminalDay,
)
from services.attendance.schedules.clock import zone_of

ALERTS: tuple[Kind, ...] = ("gap", "silent", "clock_drift")


@dataclass(frozen=True)
class Completeness:
    """Reads only."""

    registry: Registry
    devices: DeviceStore
    alerts: Alerts
    commands: Commands
    stored: StoredPunches
    counts: Counts
    hours: OfficeHours
    clock: Clock

    async def of_site(self, site_id: str | None) -> SiteComplete | None:
        """The terminals of a site; None where none hangs."""
        here = [one for one in self._active() if one.device.site_id == site_id]
        return (await self._sites(here))[0] if here and site_id is not None else None

    async def fleet(self, day: date, after: str, limit: int) -> tuple[list[TerminalComplete], list[SiteComplete]]:
        """Active terminals after a serial number, with one date each, and their sites."""
        some = [one for one in self._active() if one.serial > after][:limit]
        return await self._terminals(some, [day], count=False), await self._sites(some)

    async def terminal(self, serial: str, first: date, last: date) -> TerminalComplete | None:
        """One terminal's dates, counted now; None when it is not active."""
        found = self.registry.get(serial)
        if found is None or found.origin is None:
            return None
        return (await self._terminals([found], list(each_day(first, last)), count=True))[0]

    def _active(self) -> list[Terminal]:
        found = (one for one in self.registry.terminals.values() if one.device.status == "active")
        return sorted(found, key=lambda one: one.serial)

    async def _sites(self, terminals: Sequence[Terminal]) -> list[SiteComplete]:
        """Of the sites these hang at, whole."""
        wanted = {one.device.site_id for one in terminals if one.device.site_id}
        here = [one for one in self._active() if one.device.site_id in wanted]
        serials = [one.serial for one in here]
        states = await self.devices.states_of(serials)
        alerts = await self.alerts.open_of(serials)
        found = []
        for site in sorted(wanted):
            some = [one for one in here if one.device.site_id == site]
            known = [_complete_to(one, states.get(one.serial, {}), alerts) for one in some]
            owing = {alert["serial"] for alert in alerts if alert["kind"] in ("silent", "gap")}
            found.append(
                SiteComplete(
                    site_id=site,
                    complete_to=site_complete_to(known),
                    terminals=len(some),
                    owing=sum(one.serial in owing for one in some),
                )
            )
        return found

    async def _terminals(
        self, terminals: Sequence[Terminal], days: Sequence[date], *, count: bool
    ) -> list[TerminalComplete]:
        serials = [one.serial for one in terminals]
        states = await self.devices.states_of(serials)
        counts = await self.counts.of_days(serials, [str(day) for day in days])
        alerts = await self.alerts.since(serials, ALERTS, datetime.combine(days[0], wall(), UTC))
        asked = await self.commands.about(serials, sorted({one["subject"] for one in alerts if one["kind"] == "gap"}))
        unable = await self.commands.refused("verify_attlog", UNSUPPORTED)
        found = []
        for one in terminals:
            own = [alert for alert in alerts if alert["serial"] == one.serial]
            state = states.get(one.serial, {})
            rows = []
            for day in days:
                counted = counts.get((one.serial, str(day)))
                stored = await self._stored(one, day) if count else counted["stored"] if counted else None
                rows.append(self._day(one, day, counted, stored, own, asked.get(one.serial, [])))
            found.append(
                TerminalComplete(
                    serial=one.serial,
                    name=one.device.name or one.serial,
                    site_id=one.device.site_id,
                    site_name=one.site.name if one.site else "",
                    zone=self.registry.zone(one),
                    complete_to=_complete_to(one, state, [alert for alert in own if alert["open"]]),
                    silent=any(alert["kind"] == "silent" and alert["open"] for alert in own),
                    drift_seconds=state.get("drift"),
                    countable=one.serial not in unable,
                    days=rows,
                )
            )
        return found

    async def _stored(self, terminal: Terminal, day: date) -> int | None:
        if terminal.origin is None:
            return None
        start, end = day_bounds(str(day))
        zone = terminal.origin.zone
        return await self.stored.received_between(
            terminal.serial, start, end, (instant(start, zone).utc, instant(end, zone).utc)
        )

    def _day(
        self,
        terminal: Terminal,
        day: date,
        counted: Document | None,
        stored: int | None,
        alerts: Iterable[Document],
        asked: Sequence[Document],
    ) -> TerminalDay:
        zone, now = self.registry.zone(terminal), self.clock()
        whole = period_of("/".join(day_bounds(str(day))), zone)
        since, until = whole if whole and zone_of(zone) else (now, now)
        held = counted["held"] if counted else None
        of_day = {kind: [one for one in alerts if one["kind"] == kind] for kind in ALERTS}
        quiet = [Period(one["since"], one.get("closed_at") or now) for one in of_day["silent"]]
        gaps = [one for one in of_day["gap"] if _meets(one["subject"], str(day))]
        return TerminalDay(
            day=day,
            held=held,
            stored=stored,
            percent=percent(held, stored or 0),
            counted_at=counted["at"] if counted else None,
            silent_minutes=silent_minutes(quiet, Period(since, min(until, now)), self.hours, zone),
            drift=any(one["since"] < until and (one.get("closed_at") or now) >= since for one in of_day["clock_drift"]),
            gaps=[_gap(one, asked) for one in gaps],
        )


def _complete_to(terminal: Terminal, state: Document, alerts: Iterable[Document]) -> datetime | None:
    zone = terminal.site.zone if terminal.site else "UTC"
    gaps = [
        Period(*period)
        for one in alerts
        if one["kind"] == "gap"
        and one["serial"] == terminal.serial
        and (period := period_of(one["subject"], zone)) is not None
    ]
    return complete_to(state.get("last_poll") or state.get("last_seen"), gaps)


def _meets(subject: str, day: str) -> bool:
    period = bounds_of(subject)
    return period is not None and period[0][:10] <= day <= period[1][:10]


def _gap(alert: Document, asked: Sequence[Document]) -> GapView:
    start, end = bounds_of(alert["subject"]) or ("", "")
    fields: dict[str, Any] = {name: alert.get(name) for name in ("detail", "since", "open", "closed_at")}
    same = [command_view(one) for one in asked if one["parameters"] == {"start": start, "end": end}]
    return GapView(start=start, end=end, asked=same, **fields)
