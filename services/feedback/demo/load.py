"""`python -m services.feedback history`: a past of citizens' ratings and of notes of feedback.

The catalogue gets the services that citizens meet. Of ratings only what is published is made: codes and texts of
citizens are not made up.
"""

import argparse
from collections.abc import Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from contracts.events.directory import UnitChanged
from contracts.events.feedback import OfficerRated
from contracts.topics import DIRECTORY_UNITS
from kit.dated import Dated
from kit.demo.journaling import PastJournal
from kit.demo.loading import Days, Loaded, Past, Progress, arguments, asked
from kit.demo.people import Person, employees, people_of
from kit.journal import Fact
from kit.kafka import ensure_registry
from kit.tables import Table
from services.feedback.app import Parts
from services.feedback.catalogue.store import SERVICES
from services.feedback.demo import notes, ratings
from services.feedback.ratings.parts import RULES
from services.feedback.ratings.rules import RatingsRule
from services.feedback.settings import FeedbackSettings

STREAM = "feedback"


async def history(settings: FeedbackSettings, words: Sequence[str]) -> None:
    """Load what is asked for. Raises SystemExit without people."""
    parser = argparse.ArgumentParser(prog="python -m services.feedback history", description=__doc__)
    arguments(parser)
    past = asked(parser.parse_args(words), settings.zone)
    await ensure_registry(settings)
    parts = Parts.of(settings)
    await parts.setup()
    units = Table(settings.kafka, DIRECTORY_UNITS, UnitChanged)
    await units.start()
    try:
        await load(parts, past, people_of(await employees(settings.kafka)), list(units.values()))
    finally:
        await units.stop()


async def load(parts: Parts, past: Past, everybody: Sequence[Person], units: Sequence[UnitChanged]) -> int:
    """Load the days that are not there yet; the number of events that are new."""
    zone, table = ZoneInfo(parts.settings.zone), Dated.load(RULES, RatingsRule)
    days = Days(parts.db, past, len(past.of(everybody)))
    fresh = [day for day in await days.plan() if not day.done]
    journal, progress = PastJournal(parts.db), Progress(STREAM, len(fresh))
    for _, some in groupby(fresh, lambda loaded: loaded.day.replace(day=1)):
        of_month = list(some)
        last = of_month[-1].day
        first = last.replace(day=1)  # whoever asks for which days of it: a month has the same people at its counters
        services = ratings.served(units, everybody, first)
        office = notes.Office(past.seed, zone, notes.colleagues(everybody, first))
        await journal.keep(SERVICES, (service.document() for service in services))
        rated = dict(ratings.month(past.seed, services, last, zone, table.on(last)))
        for loaded in of_month:
            await days.begin(loaded)
            people = everybody[: loaded.people]
            await journal.say(_of(people, rated[loaded.day]))
            await _notes(journal, office, people, loaded)
            await days.end(loaded)
            progress.day(loaded.day, journal.facts)
    progress.end(journal.facts)
    return journal.facts


def _of(people: Sequence[Person], facts: Sequence[Fact]) -> list[Fact]:
    """What is said of these people, and of services."""
    known = {person.id for person in people}
    return [fact for fact in facts if fact.type != OfficerRated.TYPE or fact.key in known]


async def _notes(journal: PastJournal, office: notes.Office, people: Sequence[Person], loaded: Loaded) -> None:
    found = [note for person in people for note in office.notes(person, loaded.day)]
    told = notes.tallies(found, loaded.day, office.zone)
    await journal.keep(notes.NOTES, found)
    await journal.raise_to(notes.NOTE_DAYS, (row for row, _ in told))
    await journal.say(fact for _, fact in told)
