"""Makes attendance lines durable: quarantine first, then one journal entry per part of the body, then the caller may
answer. The same for a push, a replay and a file."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bson import ObjectId

from kit import metrics
from kit.journal import Journal
from services.attendance.enrolments.cache import Enrolments
from services.attendance.punches.instants import Instant
from services.attendance.punches.lines import Attlog, read_attlog
from services.attendance.punches.rules import Arrival, Origin, assess
from services.attendance.quarantine.store import Quarantine

# A part's raw bytes and facts stay far below MongoDB's 16 MiB a document, and its work below 50 ms of the loop.
PART_LINES = 2_000
PART_BYTES = 256 * 1024
LINE_MOST = 4 * 1024 * 1024

_ACCEPTED = metrics.INTAKE_LINES.labels("accepted")
_QUARANTINED = metrics.INTAKE_LINES.labels("quarantined")


@dataclass(slots=True)
class Taken:
    """What became of a body: `count` non-blank lines, of them `accepted` as punches and `held` for a person.

    `latest`, `last`, `offset` and `mismatched` are those of rules.Assessment.
    """

    count: int = 0
    accepted: int = 0
    held: int = 0
    latest: Instant | None = None
    last: Instant | None = None
    offset: int | None = None
    mismatched: bool = False

    def add(self, other: "Taken") -> None:
        """Sum two parts."""
        self.count += other.count
        self.accepted += other.accepted
        self.held += other.held
        if other.latest is not None and (self.latest is None or other.latest.epoch > self.latest.epoch):
            self.latest = other.latest
        self.last = other.last or self.last
        if other.offset is not None:
            self.offset, self.mismatched = other.offset, other.mismatched


class Intake:
    """Every way in ends here."""

    def __init__(self, journal: Journal, enrolments: Enrolments, quarantine: Quarantine) -> None:
        self.journal = journal
        self.enrolments = enrolments
        self.quarantine = quarantine

    async def attlog(
        self, origin: Origin, space: str, body: bytes, arrival: Arrival, entry: Mapping[str, Any]
    ) -> Taken:
        """Read, judge and store an ATTLOG body; durable on return. Raises Unwritten or the driver's error.

        `entry` is kept in the journal beside the raw bytes. A large body becomes several entries that name the same
        `request`; their `raw` fields put together are the body, byte for byte.
        """
        if len(body) <= PART_BYTES and body.count(b"\n") <= PART_LINES:
            return await self.lines(origin, space, read_attlog(body), arrival, {**entry, "raw": body})
        parts = list(split(body))
        request = ObjectId()
        total = Taken()
        async with asyncio.TaskGroup() as group:
            tasks = []
            for number, part in enumerate(parts):
                fields = {**entry, "raw": part, "request": request, "part": number, "parts": len(parts)}
                tasks.append(group.create_task(self.lines(origin, space, read_attlog(part), arrival, fields)))
                await asyncio.sleep(0)
        for task in tasks:
            total.add(task.result())
        return total

    async def lines(
        self, origin: Origin, space: str, attlog: Attlog, arrival: Arrival, entry: Mapping[str, Any]
    ) -> Taken:
        """Judge and store lines that are already read, as one journal entry."""
        holders = await self.enrolments.holders(space, {line.pin for line in attlog.lines})
        found = assess(attlog, origin, holders, arrival)
        if found.held:
            await self.quarantine.hold(
                origin.serial,
                space,
                found.held,
                received=arrival.received,
                source=arrival.source,
                ambiguous=arrival.ambiguous,
            )
        await self.journal.append(
            found.facts,
            entry={
                "device": origin.serial,
                "days": found.days or [arrival.received.date().isoformat()],
                "lines": attlog.total,
                **entry,
            },
        )
        _ACCEPTED.inc(len(found.facts))
        _QUARANTINED.inc(len(found.held))
        return Taken(
            attlog.total,
            len(found.facts),
            len(found.held),
            found.latest,
            found.last,
            found.offset,
            found.mismatched,
        )


def split(body: bytes) -> Iterator[bytes]:
    """Cut a body at line ends into parts of at most PART_LINES lines and about PART_BYTES; joined they are the body.

    Only a single line beyond LINE_MOST, which no terminal sends, is cut inside.
    """
    start = 0
    while start < len(body):
        end, lines = start, 0
        while lines < PART_LINES and end - start < PART_BYTES:
            following = body.find(b"\n", end)
            if following < 0:
                end = len(body)
                break
            end, lines = following + 1, lines + 1
        end = min(end, start + LINE_MOST)
        yield body[start:end]
        start = end
