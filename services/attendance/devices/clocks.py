"""Follows a terminal's clock and zone by its live punches: devices.md section 1.7."""

from datetime import datetime

from services.attendance.alerts.store import Alerts
from services.attendance.devices.registry import Terminal
from services.attendance.punches.intake import Taken


async def note_clock(terminal: Terminal, taken: Taken, live: bool, now: datetime, alerts: Alerts) -> None:
    """Update what is known of the clock after a push, and open or close its alerts.

    Only live punches speak of the clock: a backlog is late, not drifted. A punch that was held for its absurd date
    speaks of it too, and loudest.
    """
    contact = terminal.contact
    if taken.latest is not None:
        contact.punched(datetime.fromisoformat(taken.latest.utc))
    if live and taken.last is not None:
        contact.timed(round(now.timestamp()) - taken.last.epoch)
        if contact.drifting or "clock_drift" in terminal.open_alerts:
            await _drift(terminal, now, alerts)
    if taken.offset is not None:
        await _zone(terminal, taken, now, alerts)


async def _drift(terminal: Terminal, now: datetime, alerts: Alerts) -> None:
    contact = terminal.contact
    if contact.drifting and "clock_drift" not in terminal.open_alerts:
        detail = f"jam mesin berselisih {contact.drift} detik pada {contact.streak} presensi berturut-turut"
        await alerts.open(terminal.serial, "clock_drift", now, detail=detail)
        terminal.open_alerts.add("clock_drift")
    elif contact.streak == 0 and "clock_drift" in terminal.open_alerts:
        await alerts.close(terminal.serial, "clock_drift", now, note="jam mesin sudah sesuai")
        terminal.open_alerts.discard("clock_drift")


async def _zone(terminal: Terminal, taken: Taken, now: datetime, alerts: Alerts) -> None:
    if taken.mismatched and "tz_mismatch" not in terminal.open_alerts:
        detail = f"mesin memakai selisih UTC {taken.offset} detik, berbeda dengan zona lokasinya"
        await alerts.open(terminal.serial, "tz_mismatch", now, detail=detail)
        terminal.open_alerts.add("tz_mismatch")
    elif not taken.mismatched and "tz_mismatch" in terminal.open_alerts:
        await alerts.close(terminal.serial, "tz_mismatch", now, note="zona mesin sudah sesuai")
        terminal.open_alerts.discard("tz_mismatch")
