"""How far a view may claim to be complete, from the watermarks of the relays and its own positions."""

from datetime import UTC, datetime, timedelta

from contracts.events.journal import JournalRelayed, PartitionPosition
from kit.projector.reading import REMEMBERED, Completeness, Watermarks

START = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
TOPICS = frozenset({"punches", "employees"})
At = dict[tuple[str, int], int]


def at(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


def mark(seconds: int, positions: At, service: str = "attendance") -> JournalRelayed:
    return JournalRelayed(
        service=service,
        relayed_to=at(seconds),
        positions=tuple(PartitionPosition(topic=t, partition=p, next_offset=o) for (t, p), o in positions.items()),
    )


def watermarks(*marks: JournalRelayed) -> Watermarks:
    made = Watermarks()
    for state in marks:
        made.note(state.service, state)
    return made


def claim(made: Watermarks, position: At) -> datetime | None:
    (only,) = made.complete_to(position, TOPICS)
    return only.complete_to


def test_nothing_is_claimed_for_a_view_that_is_behind_the_first_watermark() -> None:
    made = watermarks(mark(10, {("punches", 0): 5}))
    assert claim(made, {("punches", 0): 4}) is None
    assert claim(made, {}) is None
    assert claim(made, {("punches", 0): 5}) == at(10)


def test_the_newest_reached_watermark_is_the_claim() -> None:
    made = watermarks(*(mark(n, {("punches", 0): n}) for n in range(1, 6)))
    assert claim(made, {("punches", 0): 3}) == at(3)
    assert claim(made, {("punches", 0): 9}) == at(5)


def test_every_partition_counts_and_topics_the_view_does_not_read_do_not() -> None:
    made = watermarks(mark(10, {("punches", 0): 5, ("punches", 1): 7, ("devices", 0): 100}))
    assert claim(made, {("punches", 0): 5, ("punches", 1): 6}) is None
    assert claim(made, {("punches", 0): 5, ("punches", 1): 7}) == at(10)


def test_a_watermark_without_positions_is_reached_by_everybody() -> None:
    assert claim(watermarks(mark(3, {})), {}) == at(3)


def test_services_are_judged_apart() -> None:
    made = watermarks(mark(10, {("punches", 0): 5}), mark(20, {("employees", 0): 5}, "directory"))
    assert made.complete_to({("punches", 0): 5}, TOPICS) == [
        Completeness("attendance", at(10)),
        Completeness("directory", None),
    ]


def test_what_was_claimed_stays_claimed_when_a_relay_starts_again_further_back() -> None:
    made = watermarks(mark(10, {("punches", 0): 5}))
    assert claim(made, {("punches", 0): 5}) == at(10)
    made.note("attendance", mark(4, {("punches", 0): 6}))
    assert claim(made, {("punches", 0): 6}) == at(10)
    made.note("attendance", mark(12, {("punches", 0): 8}))
    assert claim(made, {("punches", 0): 8}) == at(12)


def test_a_view_far_behind_keeps_its_claim_until_it_has_reached_a_remembered_watermark() -> None:
    made = watermarks(mark(0, {("punches", 0): 0}))
    assert claim(made, {("punches", 0): 0}) == at(0)
    for n in range(1, REMEMBERED + 100):
        made.note("attendance", mark(n, {("punches", 0): n}))
    assert claim(made, {("punches", 0): 50}) == at(0)
    assert claim(made, {("punches", 0): 300}) == at(300)


def test_a_deleted_state_changes_nothing() -> None:
    made = watermarks(mark(10, {}))
    made.note("attendance", None)
    assert claim(made, {}) == at(10)
