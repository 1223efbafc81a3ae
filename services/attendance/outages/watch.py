"""Finds outages: terminals that are silent in office hours, sites none of whose terminals is heard of, the device port
itself (no heartbeat of any intake process), and records that a terminal holds and we do not have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kit.mongo import Document
from services.attendance.alerts.store import Alerts
from services.attendance.devices.registry import Registry
from services.attendance.devices.store import DeviceStore
from services.attendance.fleet.rules import patience_of
from services.attendance.outages.rules import Found, Hanging, OutageRules, least, standing
from services.attendance.outages.store import Outages
from services.attendance.reconciliation.gaps import period_of
from services.attendance.schedules.clock import MINUTE

BACK = timedelta(days=2)
"""How far back pauses of the port are looked for that ended while nobody looked."""


@dataclass(frozen=True)
class Watch:
    """`polls` as silence is found by."""

    outages: Outages
    registry: Registry
    devices: DeviceStore
    alerts: Alerts
    rules: OutageRules
    polls: int

    async def look(self, now: datetime) -> None:
        """One look: list what has lasted long enough, end what is over."""
        found = [*await self._silent(), *await self._port(now)]
        listed = {row["_id"]: row for row in await self.outages.standing() if row["signal"] != "gap"}
        held = {(one.scope, one.site_id, one.serial): one for one in found}
        for row in listed.values():
            if held.pop((row["scope"], row["site_id"], row["serial"]), None) is None:
                await self.outages.end(row["_id"], now, now)
        for one in held.values():
            rule = self.rules.at(one.since)
            if now - one.since >= least(one, rule):
                await self.outages.open(one, {"nature": "down", "rule": rule.id, "detail": detail_of(one)}, now)
        await self._pauses(now)
        await self._gaps(now)

    async def _silent(self) -> list[Found]:
        states = await self.devices.states_of()
        hanging = [
            Hanging(serial, terminal.device.site_id)
            for serial, terminal in self.registry.terminals.items()
            if terminal.device.status == "active"
            and terminal.device.site_id is not None
            and states.get(serial, {}).get("last_seen") is not None
        ]
        silent: dict[str, datetime] = {}
        for alert in await self.alerts.open_of(kind="silent"):
            terminal = self.registry.get(alert["serial"])
            if terminal is not None:
                silent[alert["serial"]] = _heard(alert, states, patience_of(terminal.device.delay, self.polls))
        return standing(hanging, silent)

    async def _port(self, now: datetime) -> list[Found]:
        beat = await self.devices.newest_beat()
        if beat is None or now - beat < self.rules.at(beat).system_least_minutes * MINUTE:
            return []
        return [Found("system", "port", None, None, beat)]

    async def _pauses(self, now: datetime) -> None:
        """Those of the port that began and ended between two looks, or while the worker was away too."""
        for pause in await self.devices.pauses(now - BACK):
            one = Found("system", "port", None, None, pause["since"])
            rule = self.rules.at(one.since)
            if pause["until"] - pause["since"] >= least(one, rule):
                fields = {"nature": "down", "rule": rule.id, "detail": detail_of(one)}
                await self.outages.open(one, fields, now)
                await self.outages.end(one.key, pause["until"], now)

    async def _gaps(self, now: datetime) -> None:
        """Records that were asked for and have not come after a while; as soon as they are here it has healed."""
        missing: dict[str, tuple[Found, datetime]] = {}
        for alert in await self.alerts.open_of(kind="gap"):
            terminal = self.registry.get(alert["serial"])
            period = period_of(alert["subject"], terminal.site.zone) if terminal and terminal.site else None
            if terminal is None or terminal.site is None or period is None:
                continue
            one = Found("terminal", "gap", terminal.site.site_id, alert["serial"], period[0])
            if now - alert["since"] >= self.rules.at(one.since).gap_least_minutes * MINUTE:
                missing[one.key] = (one, period[1])
        for row in await self.outages.rows.find({"signal": "gap", "healed": False}).to_list(None):
            if row["_id"] not in missing:
                await self.outages.heal(row["_id"], now)
        for one, until in missing.values():
            fields = {"nature": "slow", "rule": self.rules.at(one.since).id, "detail": detail_of(one), "until": until}
            await self.outages.open(one, fields, now)


def _heard(alert: Document, states: Mapping[str, Document], patience: timedelta) -> datetime:
    """When a silent terminal was heard of last: it may be back by now, and its alert not closed."""
    seen: datetime | None = states.get(alert["serial"], {}).get("last_seen")
    since: datetime = alert["since"]
    return seen if seen is not None and seen < since else since - patience


def detail_of(found: Found) -> str:
    """The signal in words."""
    if found.signal == "port":
        return "Server presensi tidak menerima data mesin"
    if found.signal == "gap":
        return f"Catatan di mesin {found.serial} belum seluruhnya diterima"
    return (
        "Semua mesin di lokasi ini tidak terhubung"
        if found.scope == "site"
        else f"Mesin {found.serial} tidak terhubung"
    )
