"""A projection that says what it found: in the journal exactly once for what was committed, and never by a rebuild."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from bson import BSON

from contracts.events.days import DutyChanged
from kit.journal import COLLECTION, Fact
from kit.projector import Documents
from kit.projector.documents import Touched
from kit.projector.rebuild import rebuild
from tests.integration.kit.heart import Heart, expected, numbered, running
from tests.integration.kit.tally import PEOPLE, Tally

pytestmark = pytest.mark.integration

ROWS = "rows"
AT = datetime(2026, 1, 1, tzinfo=UTC)


class Speaking(Tally):
    """Says how many punches each person of a batch has, and looks up a row of the service's own for each."""

    reads = (ROWS,)

    def touched(self, kinds: Sequence[str], events: Sequence[Any], documents: Documents) -> Iterator[Touched]:
        yield from super().touched(kinds, events, documents)
        yield {ROWS: [event["employee_id"] for event in events]}

    def settle(self, documents: Documents) -> None:
        for identity, person in documents.changed(PEOPLE).items():
            row = documents.get(ROWS, identity)
            person["looked_up"] = row["what"] if row else None
            event = DutyChanged(employee_id=identity, first=date(2026, 1, 1), changed_at=AT)
            number = f"{identity}|{len(person['punches'])}"
            documents.say(Fact.of(event, event_id=number, key=identity, time=AT))


async def said(heart: Heart) -> list[str]:
    """The ids of all facts in the journal, in order."""
    entries = await heart.db[COLLECTION].find().sort("_id", 1).to_list(None)
    assert all(len(BSON.encode(entry)) < 1_000_000 for entry in entries)
    return [fact["id"] for entry in entries for fact in entry["facts"]]


async def test_what_is_said_is_committed_with_what_it_is_about(heart: Heart) -> None:
    await heart.db[ROWS].insert_one({"_id": "person-1", "what": "a row"})
    pairs = numbered(6, 40)
    for start in range(0, len(pairs), 60):
        ends = await heart.say(*pairs[start : start + 60])
        async with running(heart.projector(Speaking(), max_records=25).run()):
            await heart.folded(ends)
    found = await said(heart)
    assert len(set(found)) == len(found), "said once"
    last = {identity.partition("|")[0]: int(identity.partition("|")[2]) for identity in found}
    assert last == {person: len(punches) for person, punches in expected(pairs).items()}
    looked_up = {row["_id"]: row["looked_up"] async for row in heart.db[f"{PEOPLE}_v1"].find()}
    assert looked_up == {person: "a row" if person == "person-1" else None for person in last}


async def test_a_rebuild_says_nothing(heart: Heart) -> None:
    ends = await heart.say(*numbered(6, 5))
    async with running(heart.projector(Speaking()).run()):
        await heart.folded(ends)
    before = await said(heart)
    outcome = await rebuild(Speaking(), heart.client, heart.db, heart.bootstrap)
    assert (outcome.differing, outcome.switched) == ([], True)
    assert await said(heart) == before
