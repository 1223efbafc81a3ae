"""By when superiors decide: overdue once, on the right card; reminders before, escalation after."""

import asyncio
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from contracts.events.appraisal import ValidationTallied
from tests.integration.appraisal.conftest import ANI, BUDI, CICI, HEAD, MONDAY, Office
from tests.unit.kit.files import png

pytestmark = pytest.mark.integration
# Recorded on Monday, due on Thursday the 26th; over when that day is, in the agency's zone.
OVER = datetime(2026, 11, 27, tzinfo=ZoneInfo("Asia/Jakarta"))


async def fire(office: Office, at: datetime) -> int:
    """Whatever is due at an instant; how much there was."""
    office.clock[0] = at
    fired = 0
    while await office.parts.deadlines.timers.fire_next():
        fired += 1
    return fired


def last(told: list[ValidationTallied]) -> tuple[str, int, int, int, int]:
    one = told[-1]
    return str(one.local_date), one.version, one.decided, one.late, one.became_overdue


async def test_what_is_not_decided_in_time_is_overdue_once_and_decided_late(office: Office) -> None:
    entry, other = await office.record(), await office.record()
    assert await fire(office, OVER - timedelta(seconds=1)) == 0
    assert await office.validating() == []
    assert await fire(office, OVER) == 2
    assert await fire(office, OVER + timedelta(days=9)) == 0
    assert last(await office.validating()) == ("2026-11-27", 2, 0, 0, 2)

    office.clock[0] = OVER + timedelta(hours=9)
    await office.decide(BUDI, "validated", entry["id"], other["id"])
    assert last(await office.validating()) == ("2026-11-27", 3, 2, 2, 2), "two decided together are told of once"
    assert await office.validating(HEAD) == []


async def test_what_is_decided_in_time_is_not_overdue(office: Office) -> None:
    one, two, three = await office.record(), await office.record(), await office.record()
    await office.decide(BUDI, "validated", one["id"])
    await office.decide(BUDI, "rejected", two["id"], words="Bukan tugasnya.")
    path = f"/employees/{ANI}/activities/{three['id']}"
    assert (await office.ask("DELETE", path, ANI, headers={"If-Match": '"1"'})).status_code == 200
    assert await office.parts.deadlines.timers.collection.count_documents({}) == 0
    assert last(await office.validating()) == ("2026-11-23", 2, 2, 0, 0)
    assert await fire(office, OVER + timedelta(days=30)) == 0


async def test_many_decided_within_a_minute_are_told_as_a_burst(office: Office) -> None:
    some = [await office.record(minutes=10, what=f"Kegiatan {name}") for name in ("satu", "dua", "tiga", "empat")]
    office.clock[0] = MONDAY.replace(second=0)
    for one in some[:3]:
        await office.decide(BUDI, "validated", one["id"])
    office.clock[0] = MONDAY.replace(second=0) + timedelta(minutes=1)
    await office.decide(BUDI, "validated", some[3]["id"])
    assert [one.burst for one in await office.validating()] == [1, 2, 3, 3]


async def test_the_day_begins_anew_only_when_an_entry_waits_anew(office: Office) -> None:
    entry = await office.record()
    path, body = f"/employees/{ANI}/activities/{entry['id']}", {"what": "Memeriksa berkas", "minutes": 40}
    office.clock[0] = MONDAY + timedelta(days=2)
    await office.ask("PUT", path, ANI, json=body, headers={"If-Match": '"1"'})  # still due on Thursday
    assert await fire(office, OVER) == 1
    await office.ask("PUT", path, ANI, json=body, headers={"If-Match": '"2"'})  # overdue already
    assert await fire(office, OVER + timedelta(days=1)) == 0
    await office.decide(BUDI, "returned", entry["id"], words="Tambahkan hasilnya.")
    changed = await office.ask("PUT", path, ANI, json=body, headers={"If-Match": '"4"'})
    assert changed.json()["due_on"] == "2026-12-01"
    assert await fire(office, OVER + timedelta(days=4)) == 0
    assert await fire(office, OVER + timedelta(days=5)) == 1
    assert [(str(one.local_date), one.became_overdue) for one in await office.validating()] == [
        ("2026-11-27", 1),
        ("2026-11-28", 0),
        ("2026-12-02", 1),
    ]


async def test_it_counts_for_who_is_the_superior_when_the_day_is_over(office: Office) -> None:
    await office.record()
    await office.record(HEAD)  # who has none: nobody's card
    await office.move(ANI, CICI)
    assert await fire(office, OVER + timedelta(days=3)) == 2, "late, but told of the right day"
    assert last(await office.validating(CICI)) == ("2026-11-27", 1, 0, 0, 1)
    assert await office.validating(BUDI) == []


async def test_a_decision_while_the_day_ends_is_one_or_the_other_and_never_lost(office: Office) -> None:
    entries = [await office.record() for _ in range(8)]
    office.clock[0] = OVER
    timers = office.parts.deadlines.timers

    async def run() -> None:
        while await timers.fire_next():
            pass

    ids = [entry["id"] for entry in entries]
    await asyncio.gather(run(), run(), office.decide(BUDI, "validated", *ids))
    told = await office.validating()
    assert [one.version for one in told] == list(range(1, len(told) + 1))
    assert (told[-1].decided, told[-1].late) == (8, 8)
    sums = [(0, 0), *((one.decided, one.became_overdue) for one in told)]
    grown = [(later[0] - earlier[0], later[1] - earlier[1]) for earlier, later in pairwise(sums)]
    assert all(overdue in (0, 1) and (decided > 0) == (overdue == 0) for decided, overdue in grown)
    assert await timers.collection.count_documents({}) == 0


async def test_no_words_of_an_entry_leave_the_service(office: Office) -> None:
    entry = await office.record(what="Rahasia berkas", result="Rahasia hasil")
    headers = {"If-Match": '"1"'}
    path = f"/employees/{ANI}/activities/{entry['id']}/evidence"
    sent = await office.ask("POST", path, ANI, content=png(), params={"filename": "rahasia.png"}, headers=headers)
    await office.decide(BUDI, "returned", entry["id"], words="Rahasia alasan")
    told = b"".join(
        [fact["data"] async for one in office.parts.journal.collection.find() for fact in one["facts"]]
    ).lower()
    assert b"rahasia" not in told
    assert sent.json()["evidence"][0]["sha256"].encode() not in told


async def reminded(office: Office, who: str) -> Any:
    answer = await office.ask("GET", f"/employees/{who}/reminders", who)
    assert answer.status_code == 200, answer.text
    return answer.json()


NOTHING: dict[str, Any] = {"due_soon": 0, "overdue": 0, "oldest_due_on": None, "escalated": []}


async def test_a_superior_is_reminded_and_the_one_above_is_told(office: Office) -> None:
    first = await office.record()
    office.clock[0] = MONDAY + timedelta(days=1)
    await office.record()
    assert await reminded(office, BUDI) == NOTHING, "due in two days"
    office.clock[0] = MONDAY + timedelta(days=2)
    assert await reminded(office, BUDI) == NOTHING | {"due_soon": 1, "oldest_due_on": "2026-11-26"}
    office.clock[0] = MONDAY + timedelta(days=4)
    assert await reminded(office, BUDI) == NOTHING | {"due_soon": 1, "overdue": 1, "oldest_due_on": "2026-11-26"}
    assert await reminded(office, HEAD) == NOTHING
    office.clock[0] = MONDAY + timedelta(days=5)
    told = [{"superior_id": BUDI, "overdue": 1, "oldest_due_on": "2026-11-26"}]
    assert await reminded(office, HEAD) == NOTHING | {"escalated": told}
    await office.decide(BUDI, "validated", first["id"])
    assert await reminded(office, HEAD) == NOTHING
    assert await reminded(office, ANI) == NOTHING, "who is nobody's superior"


async def test_reminders_are_ones_own(office: Office) -> None:
    for who, roles in ((HEAD, ()), (None, ("bkpsdm",)), (None, ("auditor",))):
        assert (await office.ask("GET", f"/employees/{BUDI}/reminders", who, *roles)).status_code == 403
