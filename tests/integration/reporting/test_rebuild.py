"""A month of the demo city's kind, folded live and folded anew from the first record: equal to the last document."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from contracts.base import EventData
from contracts.events.attendance import PunchReviewed
from contracts.events.directory import Assignment, EmployeeChanged
from kit.projector import Documents
from kit.projector.rebuild import rebuild
from services.reporting.presence.folds import Presence
from tests.integration.reporting.spine import (
    SINCE,
    Spine,
    employee_state,
    notes,
    punch_of,
    rating,
    release,
    site_state,
    unit_state,
    workday,
)

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]
UNITS, PEOPLE = [f"reb-{number}" for number in range(6)], 60
FIRST, DAYS = date(2026, 11, 1), 30


def month() -> list[EventData]:
    """Punches in and out with a few rejected, activities that grow and are validated, ratings of people and services,
    notes, some of it said twice, and people who move in mid-month; in an order of chance."""
    chance = Random(20261101)  # noqa: S311 - the same month every time
    said: list[EventData] = []
    for number in range(PEOPLE):
        who, unit = f"reb-p{number}", UNITS[number % len(UNITS)]
        for day in range(DAYS):
            on = FIRST + timedelta(days=day)
            if on.weekday() > 4 or chance.random() < 0.1:
                continue
            came = datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(minutes=chance.randrange(90))
            punches = [punch_of(who, came, "reb-s"), punch_of(who, came + timedelta(hours=9), "reb-s")]
            said += punches if chance.random() < 0.95 else []
            if chance.random() < 0.05:
                at = came + timedelta(days=1)
                said.append(
                    PunchReviewed(
                        punch_id=punches[0].punch_id,
                        employee_id=who,
                        local_date=punches[0].local_date,
                        outcome="rejected",
                        reviewed_at=at,
                    )
                )
            entries = chance.randrange(5)
            for version in range(1, entries + 1):
                said.append(workday(who, str(on), version, entries=version, waiting=version, minutes=version * 60))
            if entries:
                done = {"waiting": 0, "validated": entries, "entries": entries, "minutes": entries * 60}
                done |= {"validated_minutes": entries * 60, "effective_minutes": min(660, entries * 60)}
                said.append(workday(who, str(on), entries + 1, **done))
            for version in range(1, chance.randrange(4)):
                said.append(notes(who, str(on), version, received=version, praise_received=version % 2))
            if chance.random() < 0.1:
                said.append(release(who, str(on)))
        if number % 7 == 0:
            other = UNITS[(number + 1) % len(UNITS)]
            held = (
                Assignment(
                    unit_id=unit,
                    post_id=unit,
                    post_title="Staf",
                    site_id="reb-s",
                    valid_from=SINCE,
                    valid_to=date(2026, 11, 15),
                ),
                Assignment(
                    unit_id=other, post_id=other, post_title="Staf", site_id="reb-s", valid_from=date(2026, 11, 16)
                ),
            )
            said.append(employee_state(who, unit, "reb-s", f"Pegawai {number}", assignments=held))
    for unit in UNITS:
        for day in range(DAYS):
            for version in range(1, chance.randrange(6)):
                said.append(rating(f"{unit}-svc", unit, str(FIRST + timedelta(days=day)), version))
    said += chance.sample(said, len(said) // 20)  # a relay sends again what it is not sure of
    chance.shuffle(said)
    return said


class Ordered(Presence):
    """Remembers what came to it, in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []

    def fold(self, kind: str, event: Any, documents: Documents) -> None:
        self.kinds.append(kind)
        super().fold(kind, event, documents)


async def test_the_card_views_are_a_function_of_the_log(running: Spine) -> None:
    await running.told(
        *(unit_state(unit) for unit in UNITS),
        site_state("reb-s"),
        *(
            employee_state(f"reb-p{number}", UNITS[number % len(UNITS)], "reb-s", f"Pegawai {number}")
            for number in range(PEOPLE)
        ),
    )
    facts = month()
    for start in range(0, len(facts), 400):
        await running.told(*facts[start : start + 400])

    projection = Ordered()
    outcome = await rebuild(projection, running.client, running.db, running.kafka, move=False)

    people = projection.kinds.count(EmployeeChanged.TYPE)
    assert people > PEOPLE
    assert set(projection.kinds[:people]) == {EmployeeChanged.TYPE}, "people come before what they did"
    assert outcome.differing == []
    assert outcome.documents > 1_000, "days, people and totals were really there"
    days = running.db["employee_days_v2"]
    assert await days.count_documents({"strands.work.effective_minutes": {"$gt": 0}}) > 300
    assert await days.count_documents({"reviews.outcome": "rejected"}) > 10
    assert await days.count_documents({"strands.rated.ratings": 5}) > 50
    assert await days.count_documents({"attention": {"$exists": True}}) > 10
    assert await running.db["service_days_v2"].count_documents({"ratings": {"$gt": 0}}) > 60
