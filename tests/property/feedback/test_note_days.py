"""Whatever is given, taken back, answered, asked and declined in whatever order: counting again only the days each step
names leaves every day as a count of everything would have it."""

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.feedback.notes import rules
from services.feedback.notes.models import NotesTally
from services.feedback.notes.rules import Refused

START = datetime(2026, 11, 23, 23, 50, tzinfo=UTC)
PEOPLE = ("ani", "budi", "cici")

people = st.sampled_from(PEOPLE)
which = st.integers(0, 5)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("give"), people, people, st.sampled_from(["feedback", "praise"])),
        st.tuples(st.just("withdraw"), which),
        st.tuples(st.just("answer"), which),
        st.tuples(st.just("ask"), people),
        st.tuples(st.just("decline"), which),
        st.tuples(st.just("wait"), st.sampled_from([1, 6, 16, 24 * 60])),
    ),
    max_size=40,
)


class Office:
    """The rules as the store applies them, in memory."""

    def __init__(self) -> None:
        self.now = START
        self.notes: list[dict[str, Any]] = []
        self.requests: list[dict[str, Any]] = []
        self.days: dict[tuple[str, str], dict[str, int]] = {}

    def counted(self, employee: str, day: str) -> dict[str, int]:
        asked = sum((one["employee_id"], one["asked_on"]) == (employee, day) for one in self.requests)
        return rules.tally(employee, day, self.notes, asked).model_dump()

    def again(self, days: rules.Days) -> None:
        self.days |= {one: self.counted(*one) for one in days}

    def give(self, author: str, employee: str, kind: str) -> None:
        rules.check_praise(author, employee)
        on = str(self.now.date())
        note = {"author_id": author, "employee_id": employee, "kind": kind, "status": "standing", "words": ""}
        self.notes.append({**note, "given_on": on, "given_at": self.now, "answer": None})
        self.again(rules.concerned(None, self.notes[-1]))

    def change(self, index: int, after: dict[str, Any]) -> None:
        before, self.notes[index] = self.notes[index], after
        self.again(rules.concerned(before, after))

    def withdraw(self, index: int) -> None:
        self.change(index, rules.withdrawn(self.notes[index], self.now))

    def answer(self, index: int) -> None:
        self.change(index, rules.answered(self.notes[index], "Baik", self.now, self.now.date()))

    def ask(self, employee: str) -> None:
        on = str(self.now.date())
        self.requests.append({"employee_id": employee, "status": "open", "asked_on": on})
        self.again({(employee, on)})

    def decline(self, index: int) -> None:
        self.requests[index] = rules.declined(self.requests[index], "Nanti", "budi", self.now)

    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)


@given(steps)
def test_the_days_named_are_the_days_that_change(taken: list[tuple[Any, ...]]) -> None:
    office = Office()
    for name, *arguments in taken:
        with suppress(Refused, IndexError):
            getattr(office, name)(*arguments)
    span = (office.now.date() - START.date()).days
    every = {(who, str(START.date() + timedelta(days=n))) for who in PEOPLE for n in range(span + 1)}
    nothing = NotesTally().model_dump()
    assert {one: office.days.get(one, nothing) for one in every} == {one: office.counted(*one) for one in every}

    standing = [one for one in office.notes if one["status"] == "standing"]
    sums = rules.summed(office.days.values())
    kinds = Counter(one["kind"] for one in standing)
    assert (sums.given, sums.received) == (kinds["feedback"], kinds["feedback"])
    assert (sums.praise_given, sums.praise_received) == (kinds["praise"], kinds["praise"])
    assert sums.answered == sum(one["answer"] is not None for one in standing)
    assert sums.requested == len(office.requests)
