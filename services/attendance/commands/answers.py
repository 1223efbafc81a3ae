"""Takes in the results of commands; a count that differs from ours opens a gap alert and asks for the records."""

from datetime import datetime
from typing import Any

from services.attendance.alerts.store import Alerts
from services.attendance.commands.results import Result, read_results
from services.attendance.commands.rules import meaning
from services.attendance.commands.store import Commands
from services.attendance.devices.registry import Terminal
from services.attendance.devices.tables import state_of_options
from services.attendance.punches.instants import instant
from services.attendance.punches.lines import is_wall_time
from services.attendance.punches.stored import StoredPunches
from services.attendance.reconciliation.store import Counts


class CommandAnswers:
    """Durable before it returns; the raw body is in the journal already."""

    def __init__(self, commands: Commands, stored: StoredPunches, alerts: Alerts, counts: Counts) -> None:
        self._commands = commands
        self._stored = stored
        self._alerts = alerts
        self._counts = counts

    async def take(self, terminal: Terminal, body: bytes, now: datetime) -> None:
        """Record every result in a body of `devicecmd`."""
        for result in read_results(body):
            fields: dict[str, Any] = {"returned": result.returned, "answer": result.command, "extra": result.extra}
            if result.returned is not None:
                fields["meaning"] = meaning(result.returned)
            command = await self._commands.finish(terminal.serial, result.command_id, now, fields)
            if command is None:
                await self._commands.unsolicited(terminal.serial, result.command_id, now, fields)
            if result.command.upper() == "INFO":
                terminal.contact.says({**state_of_options(result.extra), "options": result.extra})
            await self._compare(terminal, result, (command or {}).get("parameters", {}), now)

    async def _compare(self, terminal: Terminal, result: Result, parameters: dict[str, str], now: datetime) -> None:
        """VERIFY SUM: the terminal says how many records it holds for a period."""
        said = result.extra.get("AttlogSum", "")
        start = result.extra.get("StartTime") or parameters.get("start", "")
        end = result.extra.get("EndTime") or parameters.get("end", "")
        if terminal.origin is None or not (said.isascii() and said.isdigit()):
            return
        if not is_wall_time(start) or not is_wall_time(end):
            return
        zone = terminal.origin.zone
        bounds = instant(start, zone).utc, instant(end, zone).utc
        ours = await self._stored.received_between(terminal.serial, start, end, bounds)
        subject = f"{start}/{end}"
        await self._counts.keep(terminal.serial, (start, end), int(said[:9]), ours, now)
        if int(said[:9]) == ours:
            await self._alerts.close(terminal.serial, "gap", now, subject=subject, note="jumlah sudah sama")
            return
        detail = f"mesin memegang {int(said[:9])} catatan untuk {start} s.d. {end}, tersimpan {ours}"
        if await self._alerts.open(terminal.serial, "gap", now, subject=subject, detail=detail):
            # Once a gap: what becomes of it is followed by reconciliation/refilling.py.
            await self._commands.queue(
                terminal.serial, "query_attlog", {"start": start, "end": end}, now, why="jumlah catatan berbeda"
            )
