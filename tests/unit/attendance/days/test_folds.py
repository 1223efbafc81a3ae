"""The assessor where its properties do not look: what cannot be read, and how much one turn of the clock does."""

import gc
from datetime import UTC, date, datetime

from contracts.events.attendance import PunchRecorded
from contracts.events.days import ClockMoved
from contracts.events.directory import Assignment, EmployeeChanged
from kit.projector import Documents
from services.attendance.days.batch import BOOKS, CLOCKS, DAYS, PEOPLE, Batch
from services.attendance.days.folds import AssessedDays
from services.attendance.days.slots import SLOTS, slot_of
from services.attendance.days.tables import load_tables
from services.attendance.days.turns import DATES_A_TURN
from tests.unit.attendance.making import MONDAY, PLACES, book, holiday
from tests.unit.kit.projector.memory import Folding, Record

NOON = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 5, tzinfo=UTC)


def folding(version: int = 1, **changes: object) -> Folding:
    running = Folding(AssessedDays(load_tables()))
    keep(running, version, **changes)
    return running


def keep(running: Folding, version: int, **changes: object) -> None:
    row = {"_id": version, "book": book(**changes).model_dump_json()}
    running.db.collections.setdefault(BOOKS, {})[version] = row


def hired(employee: str, since: date = MONDAY, until: date | None = None) -> EmployeeChanged:
    held = Assignment(
        unit_id="bidang", post_id="j", post_title="", site_id=PLACES[0].id, valid_from=since, valid_to=until
    )
    return EmployeeChanged(
        employee_id=employee, name="N", sex="male", status="pns", numbers=(), assignments=(held,), changed_at=NOON
    )


def clock(slot: str, version: int = 1, at: datetime = NOON) -> ClockMoved:
    return ClockMoved(slot=slot, until=at, book=version)


def of_slot(slot: str, many: int) -> list[str]:
    names = (f"p{n}" for n in range(100_000))
    found = [name for name in names if slot_of(name) == slot]
    return found[:many]


def test_a_batch_that_is_all_poison_leaves_the_others_alone() -> None:
    running = folding()
    bad = Record(b'{"employee_id": 7}', [("ce_type", PunchRecorded.TYPE.encode())])
    assert len(running.batch([bad])) == 1
    assert running.documents(DAYS) == {}


def test_nothing_of_a_batch_stays_when_it_is_folded() -> None:
    running = folding()
    (who,) = of_slot(SLOTS[0], 1)
    gc.collect()
    gc.disable()
    try:
        before = _working()
        running.batch([Record.of(clock(SLOTS[0])), Record.of(hired(who))])
        assert _working() == before
    finally:
        gc.enable()


def _working() -> int:
    return sum(isinstance(one, Batch | Documents) for one in gc.get_objects())


def test_a_post_that_ends_before_it_begins_is_poison_and_changes_nobody() -> None:
    running = folding()
    (who,) = of_slot(SLOTS[0], 1)
    assert running.batch([Record.of(hired(who)), Record.of(clock(SLOTS[0]))]) == []
    (why,) = running.batch([Record.of(hired(who, MONDAY, date(2020, 1, 1)))])
    assert "berakhir sebelum mulai" in why
    assert running.documents(PEOPLE)[who]["posts"][0]["valid_to"] is None


def test_a_turn_does_a_bounded_piece_and_says_that_there_is_more() -> None:
    running = folding()
    people = of_slot(SLOTS[0], DATES_A_TURN + 30)
    running.batch([Record.of(clock(SLOTS[0])), *(Record.of(hired(who)) for who in people)])
    running.batch([Record.of(clock(SLOTS[0]))])
    turns = 1
    while running.documents(CLOCKS)[SLOTS[0]]["behind"]:
        before = len(running.documents(DAYS))
        running.batch([Record.of(clock(SLOTS[0]))])
        assert len(running.documents(DAYS)) - before <= DATES_A_TURN
        turns += 1
    assert turns > 1
    assert len(running.documents(DAYS)) == len(people)
    assert {fact.key for fact in running.facts} == set(people)


def test_another_book_is_another_day_for_everybody_and_is_said_once() -> None:
    running = folding()
    (who,) = of_slot(SLOTS[0], 1)
    running.batch([Record.of(clock(SLOTS[0])), Record.of(hired(who))])
    running.batch([Record.of(clock(SLOTS[0]))])
    (day,) = running.documents(DAYS).values()
    assert (day["said"]["status"], day["version"]) == ("pending", 1)
    keep(running, 2, holidays=(holiday(MONDAY),))
    for _ in range(3):
        running.batch([Record.of(clock(SLOTS[0], 2))])
    (day,) = running.documents(DAYS).values()
    assert (day["said"]["status"], day["version"]) == ("holiday", 2)
    assert [fact.id.rsplit("|", 1)[1] for fact in running.facts] == ["1", "2"]
    assert running.documents(CLOCKS)[SLOTS[0]]["behind"] is False
