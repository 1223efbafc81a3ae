"""`python -m services.attendance history`: a past of punches for the terminals and enrolments there are.

They are judged by the rules of the device port and journaled with their raw lines, a terminal's day an entry.
"""

import argparse
from collections.abc import Mapping, Sequence

from kit.demo.journaling import PastJournal
from kit.demo.loading import Days, Past, Progress, arguments, asked
from kit.demo.people import Person, employees, people_of
from kit.kafka import ensure_registry
from services.attendance.demo.punches import Entry, Place, day_of
from services.attendance.parts import Parts
from services.attendance.punches.rules import Origin
from services.attendance.settings import AttendanceSettings

STREAM = "attendance"


async def history(settings: AttendanceSettings, words: Sequence[str]) -> None:
    """Load what is asked for. Raises SystemExit without people or terminals."""
    parser = argparse.ArgumentParser(prog="python -m services.attendance history", description=__doc__)
    arguments(parser)
    past = asked(parser.parse_args(words), settings.default_zone)
    await ensure_registry(settings)
    parts = Parts.of(settings)
    await parts.setup()
    await load(parts, past, people_of(await employees(settings.kafka)))


async def load(parts: Parts, past: Past, everybody: Sequence[Person]) -> int:
    """Load the days that are not there yet; the number of punches that are new. Raises SystemExit without terminals."""
    places = await places_of(parts)
    if not any(place.pins for at in places.values() for place in at):
        raise SystemExit("nobody is enrolled at any terminal: run `python -m services.attendance demo` first")
    people = past.of(everybody)
    days = Days(parts.db, past, len(people))
    planned = [day for day in await days.plan() if not day.done]
    journal, progress = PastJournal(parts.db), Progress(STREAM, len(planned))
    for day in planned:
        await days.begin(day)
        found = day_of(past.seed, everybody[: day.people], places, day.day)
        await journal.say_entries((own_fields(entry), entry.facts) for entry in found)
        await days.end(day)
        progress.day(day.day, journal.facts)
    progress.end(journal.facts)
    return journal.facts


def own_fields(entry: Entry) -> Mapping[str, object]:
    """What the journal keeps beside the facts, as of a push; `way` says that it never came over a wire."""
    return {
        "device": entry.origin.serial,
        "days": [str(entry.day)],
        "lines": len(entry.facts),
        "way": "demo",
        "table": "ATTLOG",
        "raw": entry.raw,
    }


async def places_of(parts: Parts) -> dict[str, list[Place]]:
    """The terminals in use by site, with who is enrolled there today. Every second sends faces."""
    await parts.registry.load()
    pins: dict[str, dict[str, str]] = {}
    holders: dict[str, dict[str, str]] = {}
    async for space, pin, employee in parts.enrolment_store.everybody():
        pins.setdefault(space, {})[employee] = pin
        holders.setdefault(space, {})[pin] = employee
    found: dict[str, list[Place]] = {}
    for number, (_, terminal) in enumerate(sorted(parts.registry.terminals.items())):
        origin: Origin | None = terminal.origin
        if origin is not None:
            space = terminal.device.space
            place = Place(origin, number % 2 == 1, pins.get(space, {}), holders.get(space, {}))
            found.setdefault(origin.site_id, []).append(place)
    return found
