"""Keeps what terminals send: everything here is durable before it returns.

Raw bytes go to the journal beside the facts read from them (attendance lines, operation log, options, results), or
wait in quarantine when the terminal is not approved. Templates are taken out first.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from bson import ObjectId

from kit.journal import Journal
from services.attendance.alerts.store import Alerts
from services.attendance.commands.answers import CommandAnswers
from services.attendance.devices.answer import Answer, refused, stored
from services.attendance.devices.answers import OK
from services.attendance.devices.body import Body
from services.attendance.devices.clocks import note_clock
from services.attendance.devices.photos import Photos
from services.attendance.devices.privacy import scrub
from services.attendance.devices.registry import Terminal
from services.attendance.devices.tables import (
    KNOWN,
    PHOTOS,
    TAMPERING,
    count_lines,
    operations,
    read_options,
    state_of_options,
)
from services.attendance.devices.target import Target
from services.attendance.punches.intake import Intake
from services.attendance.punches.rules import Arrival, Origin
from services.attendance.quarantine.store import Quarantine

RAW_PART = 4 * 1024 * 1024
WITHOUT_SERIAL = ""


class Keeper:
    """`pending_bytes` bounds what is kept of one terminal that nobody approved, and of requests without a serial."""

    def __init__(
        self,
        journal: Journal,
        intake: Intake,
        quarantine: Quarantine,
        alerts: Alerts,
        photos: Photos,
        answers: CommandAnswers,
        *,
        pending_bytes: int,
    ) -> None:
        self._journal = journal
        self._intake = intake
        self._quarantine = quarantine
        self._alerts = alerts
        self._photos = photos
        self._answers = answers
        self._pending_bytes = pending_bytes

    @staticmethod
    def lines(body: Body) -> int:
        """The number of non-blank lines received."""
        return body.lines if body.oversize else count_lines(body.data)

    async def attlog(
        self, terminal: Terminal, origin: Origin, target: Target, address: str, body: Body, now: datetime
    ) -> int:
        """Attendance lines of an approved terminal; returns the number to acknowledge."""
        contact = terminal.contact
        data = scrub(body.data)
        rows = data.count(b"\n") + (not data.endswith(b"\n"))
        live = contact.live(now, terminal.device.delay, rows)
        entry: dict[str, Any] = {"way": "push", "table": "ATTLOG", "query": target.shown, "address": address}
        if body.oversize:
            data = data[: data.rfind(b"\n") + 1] or data
            entry |= {"sha256": body.digest, "size": body.size}
            await self._oversize(terminal.serial, body, now)
        arrival = Arrival(now, "terminal", live=live, drifting=live and contact.drifting)
        taken = await self._intake.attlog(origin, terminal.device.space, data, arrival, entry)
        await note_clock(terminal, taken, live, now, self._alerts)
        if body.oversize or len(data) > RAW_PART:
            return self.lines(body)
        return taken.count

    async def anything_else(self, terminal: Terminal, target: Target, address: str, body: Body, now: datetime) -> None:
        """Every other table and endpoint of an approved terminal."""
        serial, table = terminal.serial, target.table if target.endpoint != "devicecmd" else "DEVICECMD"
        if table in PHOTOS:
            await self._photo(serial, target, address, body, now)
            return
        data = scrub(body.data)
        if body.oversize:
            await self._oversize(serial, body, now)
        await self._raw(serial, target, address, data, now, table, body)
        if table == "DEVICECMD":
            await self._answers.take(terminal, data, now)
        elif table == "OPERLOG":
            await self._tampering(serial, data, now)
        elif table == "OPTIONS":
            options = read_options(data)
            terminal.contact.says({**state_of_options(options), "options": options})
        elif table not in KNOWN:
            what = table or target.endpoint
            detail = f"tabel {what!r} tidak dikenal; isinya disimpan mentah"
            await self._alerts.open(serial, "unknown_table", now, subject=what[:64], detail=detail)

    async def for_later(self, terminal: Terminal, target: Target, address: str, body: Body, now: datetime) -> bool:
        """A request of a terminal that is not approved: kept for replay, False when its room is used up."""
        if not await self._quarantine.reserve(terminal.serial, max(1, len(body.data)), self._pending_bytes):
            return False
        await self._pend(terminal.serial, target, address, body, now)
        return True

    async def without_serial(self, target: Target, address: str, body: Body, now: datetime) -> Answer:
        """A request that names no terminal: kept for a person to look at."""
        if not await self._quarantine.reserve(WITHOUT_SERIAL, max(1, len(body.data)), self._pending_bytes):
            return refused("unknown")
        await self._pend(WITHOUT_SERIAL, target, address, body, now)
        return stored(OK, "unknown")

    async def _pend(self, serial: str, target: Target, address: str, body: Body, now: datetime) -> None:
        fields: dict[str, Any] = {
            "received": now,
            "endpoint": target.endpoint,
            "table": target.table,
            "query": target.shown,
            "address": address,
        }
        if target.table in PHOTOS:
            fields |= await self._photos.keep(serial, body.data, now)
            await self._quarantine.keep_request(serial, fields)
            return
        if body.oversize:
            fields |= {"sha256": body.digest, "size": body.size}
        data = scrub(body.data)
        parts = list(_parts(data))
        for number, part in enumerate(parts):
            place = {"part": number, "parts": len(parts)} if len(parts) > 1 else {}
            await self._quarantine.keep_request(serial, {**fields, **place, "raw": part})

    async def _photo(self, serial: str, target: Target, address: str, body: Body, now: datetime) -> None:
        kept = await self._photos.keep(serial, body.data, now)
        if body.oversize:
            kept |= {"sha256": body.digest, "size": body.size}
        await self._journal.append([], entry={**_entry(serial, target, address, now, target.table), **kept})

    async def _raw(
        self, serial: str, target: Target, address: str, data: bytes, now: datetime, table: str, body: Body
    ) -> None:
        fields = _entry(serial, target, address, now, table)
        if body.oversize:
            fields |= {"sha256": body.digest, "size": body.size}
        parts = list(_parts(data))
        request = ObjectId()
        for number, part in enumerate(parts):
            place: Mapping[str, Any] = (
                {"request": request, "part": number, "parts": len(parts)} if len(parts) > 1 else {}
            )
            await self._journal.append([], entry={**fields, **place, "raw": part})

    async def _tampering(self, serial: str, data: bytes, now: datetime) -> None:
        for operation in operations(data):
            what = TAMPERING.get(operation.code)
            if what is not None:
                subject = f"{operation.code}|{operation.local_time}|{operation.operator}"[:120]
                detail = f"{what} pada {operation.local_time} oleh pengguna mesin {operation.operator or '?'}"
                await self._alerts.open(serial, "tamper", now, subject=subject, detail=detail, once=True)

    async def _oversize(self, serial: str, body: Body, now: datetime) -> None:
        detail = f"kiriman {body.size} bita melebihi batas; hanya {len(body.data)} bita pertama yang disimpan"
        digest = body.digest or sha256(body.data).hexdigest()
        await self._alerts.open(serial, "gap", now, subject=f"oversize:{digest[:32]}", detail=detail)


def _entry(serial: str, target: Target, address: str, now: datetime, table: str) -> dict[str, Any]:
    return {
        "device": serial,
        "way": "push",
        "table": table,
        "query": target.shown,
        "address": address,
        "days": [now.date().isoformat()],
    }


def _parts(data: bytes) -> Iterator[bytes]:
    """Pieces that fit a document, cut at line ends where there are any; joined they are `data`."""
    start = 0
    while len(data) - start > RAW_PART:
        end = data.rfind(b"\n", start, start + RAW_PART) + 1 or start + RAW_PART
        yield data[start:end]
        start = end
    yield data[start:]
