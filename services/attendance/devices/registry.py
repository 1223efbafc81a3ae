"""All terminals and sites in memory, kept in step with MongoDB, so that a punch needs no look-up of its terminal."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from kit.mongo import Database, Document
from services.attendance.alerts.store import COLLECTION as ALERTS
from services.attendance.commands.store import COLLECTION as COMMANDS
from services.attendance.devices.contacts import Contact
from services.attendance.devices.models import Device, Site
from services.attendance.following import Change
from services.attendance.punches.rules import Origin

Clock = Callable[[], datetime]

DEVICES = "devices"
SITES = "sites"
WATCHED_ALERTS = ("clock_drift", "tz_mismatch")  # those that this role closes itself


@dataclass(slots=True)
class Terminal:
    """A registered terminal and what this process knows of it.

    `origin` is None while punches cannot be judged: not approved, or its site has not arrived from the directory.
    `queued` counts what was put into its command queue, `drained` is that count when a poll last found the queue
    empty. `in_flight` is the number of its requests being stored now. `refused_at`: last reported wrong token.
    `addresses`: those it is known by, ours not yet written included.
    """

    device: Device
    site: Site | None = None
    origin: Origin | None = None
    contact: Contact = field(default_factory=Contact)
    open_alerts: set[str] = field(default_factory=set)
    queued: int = 0
    drained: int = 0
    in_flight: int = 0
    addresses: set[str] = field(default_factory=set)
    refused_at: datetime | None = None

    @property
    def serial(self) -> str:
        """Its serial number."""
        return self.device.serial


class Registry:
    """`default_go_live` counts where a terminal has none of its own."""

    collections = (DEVICES, SITES, ALERTS, COMMANDS)

    def __init__(self, db: Database, *, default_zone: str, default_go_live: date) -> None:
        self._db = db
        self._default_zone = default_zone
        self._default_go_live = default_go_live
        self.terminals: dict[str, Terminal] = {}
        self.sites: dict[str, Site] = {}
        self.pending = 0

    async def load(self) -> None:
        """Read everything. What this process has seen of its terminals (contacts) stays."""
        sites = {row["_id"]: _site(row) async for row in self._db[SITES].find()}
        self.sites = sites
        serials = set()
        async for row in self._db[DEVICES].find():
            serials.add(row["_id"])
            self.put(Device.from_document(row))
        for gone in self.terminals.keys() - serials:
            del self.terminals[gone]
        for terminal in self.terminals.values():
            terminal.open_alerts.clear()
            terminal.queued = terminal.drained = 0
        async for row in self._db[ALERTS].find({"open": True, "kind": {"$in": WATCHED_ALERTS}}):
            self._alert(row)
        for serial in await self._db[COMMANDS].distinct("serial", {"state": "queued"}):
            self._queued(serial)
        self._count()

    def get(self, serial: str) -> Terminal | None:
        """The terminal of a serial number, or None."""
        return self.terminals.get(serial)

    def put(self, device: Device) -> Terminal:
        """Take over a registration as it is now."""
        terminal = self.terminals.get(device.serial)
        if terminal is None:
            terminal = self.terminals[device.serial] = Terminal(device)
        elif terminal.device.version > device.version:
            return terminal  # a change we already know of, from our own write
        terminal.device = device
        terminal.addresses.update(device.addresses)
        self._locate(terminal)
        return terminal

    def zone(self, terminal: Terminal | None) -> str:
        """The zone a terminal is told: of its site, else the default."""
        return terminal.site.zone if terminal is not None and terminal.site is not None else self._default_zone

    def _locate(self, terminal: Terminal) -> None:
        device = terminal.device
        terminal.site = self.sites.get(device.site_id) if device.site_id else None
        if device.status == "active" and terminal.site is not None:
            go_live = (device.go_live or self._default_go_live).isoformat()
            terminal.origin = Origin(device.serial, terminal.site.site_id, terminal.site.zone, go_live)
        else:
            terminal.origin = None

    async def apply(self, change: Change) -> None:
        """Take a change over, with the document as it is now."""
        identity, document = change["documentKey"]["_id"], change.get("fullDocument")
        if change["operationType"] == "update":
            document = await self._db[change["ns"]["coll"]].find_one({"_id": identity})
        match change["ns"]["coll"]:
            case "devices":
                if document is None:
                    self.terminals.pop(identity, None)
                else:
                    self.put(Device.from_document(document))
                self._count()
            case "sites":
                self._site_changed(identity, document)
            case "commands" if document is not None and document["state"] == "queued":
                self._queued(document["serial"])
            case "alerts" if document is not None:
                self._alert(document)

    def _site_changed(self, site_id: str, document: Document | None) -> None:
        if document is None:
            self.sites.pop(site_id, None)
        else:
            self.sites[site_id] = _site(document)
        for terminal in self.terminals.values():
            if terminal.device.site_id == site_id:
                self._locate(terminal)

    def _alert(self, document: Document) -> None:
        terminal = self.terminals.get(document["serial"])
        if terminal is not None and document["kind"] in WATCHED_ALERTS:
            (terminal.open_alerts.add if document["open"] else terminal.open_alerts.discard)(document["kind"])

    def _queued(self, serial: str) -> None:
        if (terminal := self.terminals.get(serial)) is not None:
            terminal.queued += 1

    def _count(self) -> None:
        self.pending = sum(1 for terminal in self.terminals.values() if terminal.device.status == "pending")


def _site(row: Document) -> Site:
    return Site.model_validate({**row, "site_id": row["_id"]})


def now() -> datetime:
    """The present instant, aware: what the clock argument is in a running process."""
    return datetime.now(UTC)
