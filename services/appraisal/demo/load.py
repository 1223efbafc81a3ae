"""`python -m services.appraisal history`: a past of daily activities with what superiors decided about them.

What a day of an employee comes to is journaled once, in the state of the evening for which the day is loaded; what
waits then, waits on and has its timer: whoever signs in goes on from there.
"""

import argparse
from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from kit import timers
from kit.demo.calendar import DAY
from kit.demo.journaling import PastJournal
from kit.demo.loading import Days, Loaded, Past, Progress, arguments, asked
from kit.demo.people import Person, employees, people_of
from kit.kafka import ensure_registry
from kit.mongo import Document
from services.appraisal.activities.store import WORKDAYS
from services.appraisal.app import Parts
from services.appraisal.deadlines.following import DAYS, DUE, ENTRIES, end_of
from services.appraisal.demo.plan import LONGEST, City, Told, Validations
from services.appraisal.settings import AppraisalSettings

STREAM = "appraisal"
PEOPLE = 1_000
"""How many people's days are planned at once."""


async def history(settings: AppraisalSettings, words: Sequence[str]) -> None:
    """Load what is asked for. Raises SystemExit without people."""
    parser = argparse.ArgumentParser(prog="python -m services.appraisal history", description=__doc__)
    arguments(parser)
    past = asked(parser.parse_args(words), settings.zone)
    await ensure_registry(settings)
    parts = Parts.of(settings)
    await parts.setup()
    await load(parts, past, people_of(await employees(settings.kafka)))


async def load(parts: Parts, past: Past, everybody: Sequence[Person]) -> int:
    """Load the days that are not there yet; the number of events that are new.

    Days before the first new one are planned again: what was decided late about them counts for a superior's day.
    """
    zone = ZoneInfo(parts.settings.zone)
    city, days = City(past.seed, zone), Days(parts.db, past, len(past.of(everybody)))
    known = await days.plan(before=LONGEST)
    fresh = [day for day in known if not day.done]
    journal, progress = PastJournal(parts.db), Progress(STREAM, len(fresh))
    validations, since = Validations(zone), fresh[0].day if fresh else past.last
    for loaded in known:
        if not fresh or loaded.day < since - DAY * (2 * LONGEST):
            continue
        if not loaded.done:
            await days.begin(loaded)
        for told in _in_parts(city, parts, everybody[: loaded.people], loaded):
            validations.add(counted for one in told for counted in one.counted)
            if not loaded.done:
                await _keep(journal, told, loaded, zone)
        await _tally(journal, validations, since, past.last if loaded is known[-1] else loaded.day)
        if not loaded.done:
            await days.end(loaded)
            progress.day(loaded.day, journal.facts)
    progress.end(journal.facts)
    return journal.facts


def _in_parts(city: City, parts: Parts, people: Sequence[Person], loaded: Loaded) -> Iterable[list[Told]]:
    rule = parts.desk.rule_of(loaded.day)
    for start in range(0, len(people), PEOPLE):
        yield [city.day_of(one, loaded.day, loaded.as_of, rule) for one in people[start : start + PEOPLE]]


async def _keep(journal: PastJournal, told: Sequence[Told], loaded: Loaded, zone: ZoneInfo) -> None:
    await journal.keep(ENTRIES, (entry for one in told for entry in one.entries))
    await journal.keep(timers.COLLECTION, _timers(told, loaded.as_of, zone))
    await journal.keep(WORKDAYS, (one.workday for one in told if one.workday is not None))
    await journal.say(one.fact for one in told if one.fact is not None)


def _timers(told: Iterable[Told], as_of: date, zone: ZoneInfo) -> Iterable[Document]:
    """Of what waits and is not overdue yet: what is, counts in the past already."""
    for one in told:
        for entry in one.entries:
            if entry["status"] == "waiting" and date.fromisoformat(entry["due_on"]) >= as_of:
                due_on = entry["due_on"]
                yield timers.timer_row(DUE, entry["_id"], end_of(due_on, zone), {"due_on": due_on})


async def _tally(journal: PastJournal, validations: Validations, since: date, until: date) -> None:
    """What counts for superiors up to a day is complete; what lies before `since` is there already."""
    for day in validations.days():
        if day > until:
            break
        found = validations.take(day)
        if day >= since:
            await journal.raise_to(DAYS, (row for row, _ in found))
            await journal.say(fact for _, fact in found)
