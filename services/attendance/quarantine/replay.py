"""Lets what was held become punches: after approval, enrolment, correction. Idempotent and safe at any crash.

First the facts are appended to the journal, then the items are marked. A crash in between repeats the append, and the
deterministic punch ids make the repetition harmless.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from kit.mongo import Document
from services.attendance.devices.body import Body
from services.attendance.devices.keeping import Keeper
from services.attendance.devices.registry import Clock, Registry, Terminal
from services.attendance.devices.target import Target
from services.attendance.enrolments.cache import Enrolments
from services.attendance.punches.intake import Intake
from services.attendance.punches.lines import Attlog, PunchLine, decode, is_wall_time, pin_of, read_attlog
from services.attendance.punches.rules import Arrival, Assessment, Origin, assess
from services.attendance.quarantine.store import Quarantine

BATCH = 200
ANY_DATE = "0001-01-01"


class Correction(NamedTuple):
    """What a person says of a held line. `any_date`: the date is right although the rules doubt it."""

    pin: str = ""
    local_time: str = ""
    any_date: bool = False


NO_CORRECTION = Correction()


@dataclass(slots=True)
class Replayed:
    """What a replay did: `requests` of terminals, `accepted` punches, `held` lines that still wait."""

    requests: int = 0
    accepted: int = 0
    held: int = 0


class Replay:
    """`registry` must be kept in step by the process that owns this."""

    def __init__(
        self,
        registry: Registry,
        intake: Intake,
        enrolments: Enrolments,
        quarantine: Quarantine,
        keeper: Keeper,
        clock: Clock,
    ) -> None:
        self._registry = registry
        self._intake = intake
        self._enrolments = enrolments
        self._quarantine = quarantine
        self._keeper = keeper
        self._clock = clock

    async def requests(self, serial: str) -> Replayed:
        """Everything a terminal sent before it was approved, in the order it came. Nothing while it is not active."""
        done = Replayed()
        terminal = self._registry.get(serial)
        while terminal is not None and terminal.origin is not None:
            found = await self._quarantine.open_requests(serial, BATCH)
            if not found:
                break
            for request in found:
                await self._request(terminal, terminal.origin, request, done)
        return done

    async def _request(self, terminal: Terminal, origin: Origin, request: Document, done: Replayed) -> None:
        received: datetime = request["received"]
        if request["table"] == "ATTLOG" and request["endpoint"] in ("cdata", "fdata"):
            entry = {
                "way": "replay",
                "table": "ATTLOG",
                "query": request["query"],
                "address": request["address"],
                "of": request["_id"],
                "received": received,
            }
            arrival = Arrival(received, "terminal")
            taken = await self._intake.attlog(origin, terminal.device.space, request["raw"], arrival, entry)
            done.accepted += taken.accepted
            done.held += taken.held
        elif "photo" not in request:  # a photo is kept where it is until it is purged
            target = Target(request["endpoint"], terminal.serial, request["table"], "", {})
            body = Body(request["raw"], len(request["raw"]))
            await self._keeper.anything_else(terminal, target, request["address"], body, received)
        if await self._quarantine.settle_request(request["_id"], "replayed", self._clock()):
            await self._quarantine.release(terminal.serial, len(request["raw"]) or 1)
        done.requests += 1

    async def lines(self, query: Mapping[str, Any], correction: Correction = NO_CORRECTION) -> Replayed:
        """Judge open lines anew by today's registrations and enrolments, with a person's `correction` if any."""
        done = Replayed()
        async for items in self._quarantine.open_lines(query, batch=BATCH):
            by_serial: dict[str, list[Document]] = {}
            for item in items:
                by_serial.setdefault(item["serial"], []).append(item)
            for serial, of_one in by_serial.items():
                terminal = self._registry.get(serial)
                if terminal is None or terminal.origin is None:
                    done.held += len(of_one)
                else:
                    await self._lines(terminal, terminal.origin, of_one, correction, done)
        return done

    async def newly_enrolled(self) -> int:
        """Lines whose PIN is enrolled by now; returns how many became punches."""
        count = 0
        for space, pin in await self._quarantine.enrolled_now():
            done = await self.lines({"space": space, "pin": pin, "reason": "unknown_pin"})
            count += done.accepted
        return count

    async def _lines(
        self, terminal: Terminal, origin: Origin, items: Sequence[Document], correction: Correction, done: Replayed
    ) -> None:
        now = self._clock()
        judged = await self.judge(terminal, origin, items, correction)
        facts = [fact for found in judged for fact in found.facts]
        if facts:
            accepted = [item["_id"] for item, found in zip(items, judged, strict=True) if found.facts]
            days = sorted({day for found in judged if found.facts for day in found.days})
            entry = {"device": terminal.serial, "way": "replay", "items": accepted, "days": days}
            await self._intake.journal.append(facts, entry=entry)
            note = "dikoreksi" if correction != NO_CORRECTION else ""
            done.accepted += await self._quarantine.settle(accepted, "accepted", now, note=note)
        for item, found in zip(items, judged, strict=True):
            if not found.facts:
                await self._still_held(terminal, item, found, now)
                done.held += 1

    async def judge(
        self, terminal: Terminal, origin: Origin, items: Sequence[Document], correction: Correction = NO_CORRECTION
    ) -> list[Assessment]:
        """What each item would become, without doing it: the preview."""
        read = [corrected(item, correction) for item in items]
        pins = {line.pin for attlog in read for line in attlog.lines}
        holders = await self._enrolments.holders(terminal.device.space, pins)
        if correction.any_date:
            origin = origin._replace(go_live=ANY_DATE)
        judged = []
        for item, attlog in zip(items, read, strict=True):
            received = self._clock() if correction.any_date else item["received"]
            arrival = Arrival(received, item["source"], ambiguous=item["ambiguous"])
            judged.append(assess(attlog, origin, holders, arrival))
        return judged

    async def _still_held(self, terminal: Terminal, item: Document, found: Assessment, now: datetime) -> None:
        """Held for another reason than before: the new item takes the place of the old one."""
        if found.held and found.held[0].reason != item["reason"]:
            await self._quarantine.hold(
                terminal.serial,
                terminal.device.space,
                found.held,
                received=item["received"],
                source=item["source"],
                ambiguous=item["ambiguous"],
            )
            await self._quarantine.settle([item["_id"]], "superseded", now, note=found.held[0].problem)


def corrected(item: Document, correction: Correction) -> Attlog:
    """The line of an item as it should be read, with what a person said of it."""
    pin = correction.pin or item["pin"]
    local_time = correction.local_time or item["local_time"]
    text = decode(item["line"])
    if pin_of(pin) is not None and is_wall_time(local_time):
        return Attlog([PunchLine(pin, local_time, item["status"], item["verify"], item["offset"], text)], [])
    return read_attlog(item["line"])
