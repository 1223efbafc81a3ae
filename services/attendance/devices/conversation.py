"""What is said to a terminal, and what is kept of what it says: one method per kind of request.

`asked` answers without a body (handshake, poll, ping): always 200, also when storage is away, so that unknown
terminals keep polling. `told` has a body: it is durable before it returns.
"""

from datetime import datetime

import structlog
from pymongo.errors import PyMongoError

from services.attendance.commands.rules import text_of
from services.attendance.commands.store import Commands
from services.attendance.devices.answer import ABSENT, PLAIN, WRONG_TOKEN, Answer, refused, stored
from services.attendance.devices.answers import OK, counted, handshake
from services.attendance.devices.body import Body
from services.attendance.devices.doorman import Doorman
from services.attendance.devices.keeping import Keeper
from services.attendance.devices.models import Device
from services.attendance.devices.registry import Clock, Registry, Terminal
from services.attendance.devices.store import DeviceStore
from services.attendance.devices.tables import COUNTED, KNOWN, state_of_info
from services.attendance.devices.target import Target
from services.attendance.punches.instants import wall_clock

log = structlog.get_logger()

# A terminal sends one request after the other; more at once is a fault or an attack, and it will send again.
MOST_AT_ONCE = 16
DATA_ENDPOINTS = frozenset({"cdata", "fdata"})
ACCESS_ENDPOINTS = frozenset({"registry", "push"})


class Conversation:
    """`clock` gives the present instant, aware."""

    def __init__(
        self,
        registry: Registry,
        devices: DeviceStore,
        commands: Commands,
        doorman: Doorman,
        keeper: Keeper,
        clock: Clock,
    ) -> None:
        self._registry = registry
        self._devices = devices
        self._commands = commands
        self._doorman = doorman
        self._keeper = keeper
        self._clock = clock

    async def asked(self, target: Target, address: str) -> Answer:
        """A request without a body."""
        if not target.serial or not target.endpoint:
            return PLAIN
        now = self._clock()
        terminal = await self._known(target.serial, now, address)
        if terminal is not None:
            if not self._doorman.admits(terminal, target.token, address, now):
                return WRONG_TOKEN
            terminal.contact.polled(now)
            if "info" in target.parameters:
                terminal.contact.says(state_of_info(target.parameters["info"]))
        match target.endpoint:
            case "cdata" if not target.table:
                return Answer(200, await self._handshake(target.serial, terminal, now), "handshake")
            case "getrequest":
                return Answer(200, await self._next_command(terminal, now), "poll")
            case endpoint if endpoint in ACCESS_ENDPOINTS and terminal is not None and not terminal.device.registry_ok:
                return ABSENT
        return PLAIN

    async def told(self, target: Target, address: str, body: Body) -> Answer:
        """A request with a body. Raises the driver's errors and Unwritten: nothing is then acknowledged."""
        now = self._clock()
        if not target.endpoint or (target.endpoint in ("ping", "test") and not body.size):
            return PLAIN
        if not target.serial:
            return await self._keeper.without_serial(target, address, body, now)
        terminal = await self._doorman.terminal(target.serial, now, address)
        if terminal is None:
            return refused(_label(target))
        if not self._doorman.admits(terminal, target.token, address, now):
            return WRONG_TOKEN
        if terminal.in_flight >= MOST_AT_ONCE:
            return refused(_label(target))
        terminal.in_flight += 1
        try:
            return await self._store(terminal, target, address, body, now)
        finally:
            terminal.in_flight -= 1

    async def _store(self, terminal: Terminal, target: Target, address: str, body: Body, now: datetime) -> Answer:
        if terminal.origin is None:
            kept = await self._keeper.for_later(terminal, target, address, body, now)
            if not kept:
                return refused(_label(target))
        elif target.endpoint in DATA_ENDPOINTS and target.table == "ATTLOG":
            lines = await self._keeper.attlog(terminal, terminal.origin, target, address, body, now)
            return stored(counted(lines), "ATTLOG")
        else:
            await self._keeper.anything_else(terminal, target, address, body, now)
        return stored(self._receipt(terminal.device, target, body), _label(target))

    def _receipt(self, device: Device, target: Target, body: Body) -> bytes:
        """The text that makes the terminal forget what it sent."""
        if target.endpoint not in DATA_ENDPOINTS:
            return OK
        if target.table in COUNTED and not (target.table == "OPERLOG" and device.operlog_ack == "plain"):
            return counted(self._keeper.lines(body))
        if target.table == "TABLEDATA":  # an access-control terminal repeats for ever on anything else
            name = target.parameters.get("tablename", "")[:64]
            count = target.parameters.get("count", "")[:9]
            return f"{name}={count}".encode("latin-1", "replace")
        return OK

    async def _known(self, serial: str, now: datetime, address: str) -> Terminal | None:
        """The terminal; a handshake is answered even when an unknown one cannot be listed just now."""
        try:
            return await self._doorman.terminal(serial, now, address)
        except PyMongoError as error:
            log.warning("an unknown terminal could not be listed", serial=serial, error=str(error))
            return None

    async def _handshake(self, serial: str, terminal: Terminal | None, now: datetime) -> bytes:
        device = terminal.device if terminal is not None else Device(serial=serial)
        recollect = False
        if device.recollect and device.status == "active":
            try:
                recollect = await self._devices.take_recollect(serial)
            except PyMongoError as error:
                log.warning("a re-collection waits for the next handshake", serial=serial, error=str(error))
        return handshake(serial, device, self._registry.zone(terminal), now, recollect=recollect)

    async def _next_command(self, terminal: Terminal | None, now: datetime) -> bytes:
        if terminal is None or terminal.origin is None or terminal.queued == terminal.drained:
            return OK
        known = terminal.queued
        try:
            command = await self._commands.take(terminal.serial, now)
        except PyMongoError as error:
            log.warning("commands cannot be read, the terminal asks again", serial=terminal.serial, error=str(error))
            return OK
        if command is None:
            terminal.drained = known
            return OK
        text = text_of(command["kind"], command["parameters"], wall_clock(terminal.origin.zone, now))
        return f"C:{command['_id']}:{text}\n".encode()


def _label(target: Target) -> str:
    if target.endpoint in DATA_ENDPOINTS:
        return target.table if target.table in KNOWN else "unknown"
    return "devicecmd" if target.endpoint == "devicecmd" else "other"
