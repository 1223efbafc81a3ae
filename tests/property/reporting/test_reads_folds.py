"""The access log is a function of the set of facts: order, repetition and batches change nothing."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from contracts.events.access import PersonViewed
from services.reporting.reads.folds import READS, Reads
from tests.unit.kit.projector.memory import Folding, Record


@st.composite
def reads(draw: st.DrawFn) -> PersonViewed:
    """Few people, readers and hours around a midnight, so that the same document is met often."""
    minutes = draw(st.integers(0, 5 * 60))
    reader = draw(st.sampled_from(["account-1", "account-2"]))
    return PersonViewed(
        employee_id=draw(st.sampled_from(["e0", "e1"])),
        reader=reader,
        reader_id=f"of-{reader}" if reader == "account-1" else None,
        roles=draw(st.sampled_from([("pegawai",), ("pegawai", "pimpinan")])),
        service="directory",
        operation=draw(st.sampled_from(["get_employee", "list_employees"])),
        read_at=datetime(2026, 11, 23, 22, 0, tzinfo=UTC) + timedelta(minutes=minutes, microseconds=minutes),
    )


@given(st.lists(reads(), max_size=30), st.randoms(use_true_random=False), st.integers(1, 7))
def test_any_order_any_repetition_any_batches(facts: list[PersonViewed], chance: Random, size: int) -> None:
    again = [*facts, *facts[::2]]
    chance.shuffle(again)

    once, often = Folding(Reads()), Folding(Reads())
    once.batch([Record.of(fact) for fact in facts])
    for first in range(0, len(again), size):
        often.batch([Record.of(fact) for fact in again[first : first + size]])

    assert often.documents(READS) == once.documents(READS)
    hours = {(fact.employee_id, fact.reader, fact.operation, fact.read_at.date(), fact.read_at.hour) for fact in facts}
    assert sum(len(document["hours"]) for document in once.documents(READS).values()) == len(hours)
