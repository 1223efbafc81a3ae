"""Writes what this process has seen of its terminals, in bulk, every few seconds: a poll costs no database write."""

import asyncio
from datetime import datetime
from typing import Any

import structlog
from pymongo.errors import PyMongoError

from services.attendance.devices.contacts import Contact
from services.attendance.devices.registry import Clock, Registry
from services.attendance.devices.store import DeviceStore

log = structlog.get_logger()


class Heartbeats:
    """`seconds` is how old a heartbeat in the database may be; `process` tells this intake process from others."""

    def __init__(self, registry: Registry, devices: DeviceStore, clock: Clock, *, seconds: float, process: str) -> None:
        self._registry = registry
        self._devices = devices
        self._clock = clock
        self._process = process
        self._seconds = seconds

    async def run(self) -> None:
        """Write until cancelled, and once more then."""
        try:
            while True:
                await asyncio.sleep(self._seconds)
                await self.flush()
        finally:
            await self.flush()

    async def flush(self) -> None:
        """Write all news; what could not be written stays news."""
        news = [terminal for terminal in self._registry.terminals.values() if terminal.contact.dirty]
        taken = [(terminal.contact, terminal.contact.said) for terminal in news]
        states = [(terminal.serial, _newest(terminal.contact), _fields(terminal.contact)) for terminal in news]
        for terminal in news:
            terminal.contact.dirty = False
            terminal.contact.said = {}
        try:
            await self._devices.beat(self._process, self._clock())
            await self._devices.write_states(states)
        except PyMongoError as error:
            log.warning("heartbeats could not be written, they wait", terminals=len(news), error=str(error))
            for contact, said in taken:
                contact.said = {**said, **contact.said}
                contact.dirty = True


def _newest(contact: Contact) -> dict[str, datetime]:
    found = {"last_seen": contact.last_seen, "last_poll": contact.last_poll, "last_punch": contact.last_punch}
    return {name: at for name, at in found.items() if at is not None}


def _fields(contact: Contact) -> dict[str, Any]:
    fields = dict(contact.said)
    if contact.drift is not None:
        fields["drift"] = contact.drift
    if contact.address:
        fields["address"] = contact.address
    return fields
