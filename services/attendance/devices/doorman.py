"""Who may speak: unknown terminals are listed, wrong tokens and new addresses are reported. devices.md section 1.8."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Any

import structlog
from pymongo.errors import PyMongoError

from services.attendance.alerts.store import Alerts
from services.attendance.devices.registry import Registry, Terminal
from services.attendance.devices.store import DeviceStore

log = structlog.get_logger()

REPORT_AGAIN = timedelta(minutes=1)


def token_hash(token: str) -> str:
    """What is stored of an address token. It is 128 random bits, so a plain hash gives nothing away."""
    return sha256(token.encode()).hexdigest()


class Doorman:
    """`pending_most` bounds how many unknown terminals are listed: anybody can invent serial numbers."""

    def __init__(self, registry: Registry, devices: DeviceStore, alerts: Alerts, *, pending_most: int) -> None:
        self._registry = registry
        self._devices = devices
        self._alerts = alerts
        self._pending_most = pending_most
        self._reports: set[asyncio.Task[None]] = set()

    async def terminal(self, serial: str, now: datetime, address: str) -> Terminal | None:
        """The terminal, listed as pending when it is seen for the first time; None when the list is full.

        Raises the driver's error when an unknown one cannot be listed.
        """
        found = self._registry.get(serial)
        if found is None:
            if self._registry.pending >= self._pending_most:
                log.warning("too many unknown terminals: this one is not listed", serial=serial, address=address)
                return None
            found = self._registry.put(await self._devices.first_seen(serial, now, address))
            log.info("an unknown terminal is listed as pending", serial=serial, address=address)
        return found

    def admits(self, terminal: Terminal, token: str, address: str, now: datetime) -> bool:
        """Whether the address token fits; notes the contact when it does, reports it when it does not."""
        if not self._token_fits(terminal, token):
            if terminal.refused_at is None or now - terminal.refused_at >= REPORT_AGAIN:
                terminal.refused_at = now
                log.warning("a terminal came with a wrong token", serial=terminal.serial, address=address)
                detail = f"alamat {address}: token {'salah' if token else 'tidak ada'}"
                self._report(self._alerts.open(terminal.serial, "wrong_token", now, detail=detail))
            return False
        terminal.contact.seen(now, address)
        if address not in terminal.addresses:
            self._new_address(terminal, address, now)
        return True

    def _token_fits(self, terminal: Terminal, token: str) -> bool:
        expected = terminal.device.token_hash
        if expected is None:
            return True
        if not token:
            return not terminal.device.token_required
        return compare_digest(token_hash(token), expected)

    def _new_address(self, terminal: Terminal, address: str, now: datetime) -> None:
        known = sorted(terminal.addresses)
        terminal.addresses.add(address)
        if known and terminal.device.status == "active":
            detail = f"sebelumnya {', '.join(known[:5])}"
            self._report(self._alerts.open(terminal.serial, "new_address", now, subject=address, detail=detail))
        self._report(self._devices.add_address(terminal.serial, address))

    def _report(self, work: Coroutine[Any, Any, Any]) -> None:
        """Beside the answer: a report must not keep a terminal waiting, nor fail its request."""
        task = asyncio.create_task(_logged(work))
        self._reports.add(task)
        task.add_done_callback(self._reports.discard)

    async def settled(self) -> None:
        """Wait for the reports under way."""
        while self._reports:
            await asyncio.gather(*self._reports)


async def _logged(work: Coroutine[Any, Any, Any]) -> None:
    try:
        await work
    except PyMongoError as error:
        log.error("a report could not be stored", error=str(error))
