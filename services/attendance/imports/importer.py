"""Takes a file in, part by part: only what is new becomes facts; everything is counted and nothing is dropped.

The rows of a part are compared with what the journal holds of the same terminal and days, so the same file twice adds
nothing and a file overlapping with pushes adds only the difference.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bson import ObjectId

from kit.journal import Fact
from services.attendance.devices.registry import Clock, Terminal
from services.attendance.imports.layouts import BOM, Layout, read_lines
from services.attendance.punches.intake import PART_BYTES, Intake
from services.attendance.punches.rules import Arrival, Assessment, Origin, assess
from services.attendance.punches.stored import StoredPunches, instants_of

Read = Callable[[int], Awaitable[bytes]]
MOST_PINS = 50


@dataclass(slots=True)
class Tally:
    """What a file holds and what became of it. `known` rows were stored before, by push or by an earlier file."""

    rows: int = 0
    new: int = 0
    known: int = 0
    quarantined: Counter[str] = field(default_factory=Counter)
    pins: set[str] = field(default_factory=set)
    unknown_pins: Counter[str] = field(default_factory=Counter)
    days: set[str] = field(default_factory=set)
    first: str = ""
    last: str = ""
    devices: Counter[str] = field(default_factory=Counter)

    def report(self) -> dict[str, Any]:
        """For the store and the API."""
        return {
            "rows": self.rows,
            "new": self.new,
            "known": self.known,
            "quarantined": dict(self.quarantined),
            "pins": len(self.pins),
            "unknown_pins": dict(self.unknown_pins.most_common(MOST_PINS)),
            "days": len(self.days),
            "first": self.first,
            "last": self.last,
            "device_ids": dict(self.devices.most_common(10)),
        }


class Importer:
    """Files of one terminal at a time; the terminal must be active."""

    def __init__(self, intake: Intake, stored: StoredPunches, clock: Clock) -> None:
        self._intake = intake
        self._stored = stored
        self._clock = clock

    async def run(
        self,
        terminal: Terminal,
        origin: Origin,
        layout: Layout,
        read: Read,
        *,
        import_id: ObjectId | None,
        progress: Callable[[Tally], Awaitable[None]] | None = None,
    ) -> Tally:
        """Take a file in; without `import_id` only count what would happen. Raises the storage's errors.

        `read(n)` gives the next n bytes, b"" at the end. Safe to repeat after a failure at any point.
        """
        tally = Tally()
        number = 0
        async for part in parts(read):
            await self._part(terminal, origin, layout, part, tally, import_id, number)
            number += 1
            if progress is not None:
                await progress(tally)
            await asyncio.sleep(0)
        return tally

    async def _part(
        self,
        terminal: Terminal,
        origin: Origin,
        layout: Layout,
        part: bytes,
        tally: Tally,
        import_id: ObjectId | None,
        number: int,
    ) -> None:
        attlog, devices = read_lines(part, layout)
        arrival = Arrival(self._clock(), "file", ambiguous=layout.ambiguous)
        holders = await self._intake.enrolments.holders(terminal.device.space, {line.pin for line in attlog.lines})
        found = assess(attlog, origin, holders, arrival)
        fresh = await self._fresh(origin.serial, found, layout)
        _count(tally, attlog.total, found, len(fresh), {line.pin for line in attlog.lines}, devices)
        if import_id is None:
            return
        if found.held:
            await self._intake.quarantine.hold(
                origin.serial,
                terminal.device.space,
                found.held,
                received=arrival.received,
                source="file",
                ambiguous=layout.ambiguous,
            )
        if fresh:
            entry = {"device": origin.serial, "way": "file", "table": "ATTLOG", "import": import_id, "part": number}
            entry |= {"days": found.days, "lines": attlog.total, "raw": part}
            await self._intake.journal.append(fresh, entry=entry)

    async def _fresh(self, serial: str, found: Assessment, layout: Layout) -> list[Fact]:
        """Facts that are not stored yet, each once."""
        known = await self._stored.of_days(serial, found.days)
        seconds = instants_of(known.values())
        fresh: dict[str, Fact] = {}
        for fact in found.facts:
            if fact.id not in known and not (layout.ambiguous and (fact.key, fact.time) in seconds):
                fresh.setdefault(fact.id, fact)
        return list(fresh.values())


async def parts(read: Read) -> AsyncIterator[bytes]:
    """A file in pieces that end at line ends, without its byte order mark; joined they are the rest of the file."""
    rest = await read(len(BOM))
    if rest == BOM:
        rest = b""
    while chunk := await read(PART_BYTES // 2):
        rest += chunk
        end = rest.rfind(b"\n") + 1
        if end:
            yield rest[:end]
            rest = rest[end:]
        elif len(rest) > 4 * PART_BYTES:  # no line is that long: do not gather a whole file of rubbish in memory
            yield rest
            rest = b""
    if rest:
        yield rest


def _count(tally: Tally, rows: int, found: Assessment, fresh: int, pins: set[str], devices: Counter[str]) -> None:
    tally.rows += rows
    tally.new += fresh
    tally.known += len(found.facts) - fresh
    tally.quarantined.update(held.reason for held in found.held)
    tally.unknown_pins.update(held.pin for held in found.held if held.reason == "unknown_pin")
    tally.pins |= pins
    tally.days.update(found.days)
    tally.devices.update(devices)
    for time in (fact.time for fact in found.facts):
        tally.first = min(tally.first or time, time)
        tally.last = max(tally.last, time)
