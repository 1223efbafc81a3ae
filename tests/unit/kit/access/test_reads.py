"""Who has read whose data is written down once an hour, never for one's own, and not believed when it failed."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kit.access import Principal, Role
from kit.access.reads import FACTS_AT_ONCE, JournaledReads
from kit.gathering import Unwritten
from kit.journal import Fact

SUPERIOR = Principal("account-7", "kinerja-web", frozenset({Role.PEGAWAI}), "e-7")
HALF_PAST_SEVEN = datetime(2026, 8, 3, 0, 30, tzinfo=UTC)


class Journal:
    """Keeps what is appended."""

    service = "directory"

    def __init__(self) -> None:
        self.appended: list[list[Fact]] = []
        self.away = False

    async def append(self, facts: Sequence[Fact], **_: Any) -> None:
        if self.away:
            raise Unwritten
        self.appended.append(list(facts))

    @property
    def people(self) -> list[str]:
        return [fact.key for entry in self.appended for fact in entry]


class Clock:
    def __init__(self) -> None:
        self.now = HALF_PAST_SEVEN

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reads(journal: Journal, clock: Clock) -> JournaledReads:
    return JournaledReads(journal, clock)  # type: ignore[arg-type]


async def test_others_are_noted_oneself_is_not(journal: Journal, reads: JournaledReads) -> None:
    await reads.note(SUPERIOR, ["e-1", "e-7", "e-2", "e-1"], "list_people")
    assert journal.people == ["e-1", "e-2"]


async def test_nobody_is_no_entry(journal: Journal, reads: JournaledReads) -> None:
    await reads.note(SUPERIOR, [], "list_people")
    await reads.note(SUPERIOR, ["e-7"], "get_employee")
    assert journal.appended == []


async def test_once_an_hour_for_each_operation(journal: Journal, reads: JournaledReads, clock: Clock) -> None:
    for _ in range(3):
        await reads.note(SUPERIOR, ["e-1"], "list_people")
    await reads.note(SUPERIOR, ["e-1"], "get_employee")
    await reads.note(Principal("account-8", "kinerja-web", frozenset()), ["e-1"], "get_employee")
    assert len(journal.people) == 3
    clock.now += timedelta(minutes=30)
    await reads.note(SUPERIOR, ["e-1"], "list_people")
    assert len(journal.people) == 4


async def test_another_process_says_the_same_fact(journal: Journal, clock: Clock) -> None:
    for _ in range(2):
        await JournaledReads(journal, clock).note(SUPERIOR, ["e-1"], "get_employee")  # type: ignore[arg-type]
        clock.now += timedelta(minutes=5)
    first, second = (entry[0].id for entry in journal.appended)
    assert first == second


async def test_what_was_not_stored_is_noted_the_next_time(journal: Journal, reads: JournaledReads) -> None:
    journal.away = True
    with pytest.raises(Unwritten):
        await reads.note(SUPERIOR, ["e-1"], "get_employee")
    journal.away = False
    await reads.note(SUPERIOR, ["e-1"], "get_employee")
    assert journal.people == ["e-1"]


async def test_a_whole_agency_goes_in_entries_that_a_document_can_hold(journal: Journal, reads: JournaledReads) -> None:
    await reads.note(SUPERIOR, (f"p-{number}" for number in range(2 * FACTS_AT_ONCE + 1)), "export_xlsx")
    assert [len(entry) for entry in journal.appended] == [FACTS_AT_ONCE, FACTS_AT_ONCE, 1]
