"""The assessor: punches, duties, people and the clock folded into assessed days, which it says to others.

A batch is worked in this order: load what its events touch (`touched`), load whom the clock has reached (`prepare`),
bring the facts into the documents (`fold`), assess each date that is concerned, once (`settle`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from pymongo.database import Database

from contracts.events.attendance import PunchRecorded, PunchReviewed
from contracts.events.days import ClockMoved, DutyChanged
from contracts.events.directory import EmployeeChanged
from kit.days import each_day
from kit.projector import Poison, Projection
from kit.projector.documents import Document, Documents, Touched
from services.attendance.days import turns
from services.attendance.days.batch import BOOKS, CLOCKS, DAYS, EMPTY, PEOPLE, Batch
from services.attendance.days.documents import aware, naive
from services.attendance.days.history import Knowing
from services.attendance.days.inputs import Duty, Employee, Moved, Punch, Review
from services.attendance.days.slots import slot_of
from services.attendance.days.subjects import DAY, Shelf
from services.attendance.days.tables import Tables
from services.attendance.schedules.book import Book
from services.attendance.schedules.rules import REACH
from services.attendance.sheets.store import OWN, SHEETS

DATES_AT_ONCE = 62
"""What is asked of somebody for more dates than these is looked at in the clock's turns."""
BOOKS_KEPT = 3


class AssessedDays(Projection):
    """`tables` are those the agency has chosen. `knowing` says when a state is said, so that it can be asked later what
    was known on a date; a view that is built anew knows nothing of that, and leaves it out."""

    name: ClassVar[str] = "days"
    inputs: ClassVar[Mapping[str, Any]] = {
        PunchRecorded.TYPE: Punch,
        PunchReviewed.TYPE: Review,
        DutyChanged.TYPE: Duty,
        ClockMoved.TYPE: Moved,
        EmployeeChanged.TYPE: Employee,
    }
    leading: ClassVar[Sequence[str]] = (ClockMoved.TYPE, EmployeeChanged.TYPE)
    collections: ClassVar[Sequence[str]] = (DAYS, PEOPLE, CLOCKS)
    reads: ClassVar[Sequence[str]] = (SHEETS, OWN, BOOKS)

    def __init__(self, tables: Tables, knowing: Knowing | None = None) -> None:
        self._tables = tables
        self._knowing = knowing
        self._shelves: dict[int, Shelf] = {0: Shelf(0, EMPTY)}

    def setup(self, db: "Database[Document]", suffix: str) -> None:
        """By slot and time for the clock; by person and date for who asks."""
        super().setup(db, suffix)
        db[PEOPLE + suffix].create_index([("slot", 1), ("due", 1)], name="due")
        db[DAYS + suffix].create_index([("employee_id", 1), ("day", 1)], name="own")
        db[DAYS + suffix].create_index("said.outages.outage_id", name="outages", sparse=True)
        db[DAYS + suffix].create_index([("day", 1), ("said_at", 1)], name="known")

    def touched(self, kinds: Sequence[str], events: Sequence[Any], documents: Documents) -> Iterator[Touched]:
        """People first, then their sheets, then the days that their plans let the events concern."""
        batch = documents.beside = Batch(documents, self._shelf_of, self._tables, self._knowing)
        if not events:
            return  # all of it was poison
        clock = [event for kind, event in zip(kinds, events, strict=True) if kind == ClockMoved.TYPE]
        people = {event["employee_id"] for event in events if "employee_id" in event}
        slots = {event["slot"] for event in clock} or {slot_of(next(iter(people)))}
        yield {PEOPLE: people, OWN: people, CLOCKS: slots}
        (slot,) = slots
        batch.begin(slot, clock)
        for kind, event in zip(kinds, events, strict=True):
            if kind == EmployeeChanged.TYPE:
                batch.hired(event)
        dates: dict[str, set[date]] = {}
        for kind, event in zip(kinds, events, strict=True):
            if kind in DATES:
                dates.setdefault(event["employee_id"], set()).update(DATES[kind](event))
        yield {SHEETS: [sheet for who, days in dates.items() for sheet in batch.sheet_ids(who, days)]}
        batch.lay_sheets()
        for kind, event in zip(kinds, events, strict=True):
            if kind == PunchRecorded.TYPE:
                concerned = batch.subject(event["employee_id"]).concerned(event["local_date"], event["occurred_at"])
                dates[event["employee_id"]].update(concerned)
        yield {DAYS: {one for who, days in dates.items() for one in batch.day_ids(who, days)}}

    def prepare(self, kinds: Sequence[str], events: Sequence[Any], documents: Documents) -> None:
        """When the clock has moved, whom it has reached: as much as is done in one turn."""
        if ClockMoved.TYPE in kinds:
            turns.load(documents.beside, next(event["slot"] for event in events if "slot" in event))

    def fold(self, kind: str, event: Any, documents: Documents) -> None:
        """Bring one fact in, and mark the dates it concerns."""
        FOLDS[kind](documents.beside, event)

    def settle(self, documents: Documents) -> None:
        """Assess what is concerned."""
        documents.beside.settle()
        documents.beside = None  # each knows the other: nothing else would free them soon

    def _shelf_of(self, version: int, documents: Documents) -> Shelf:
        """A version is never changed, so it is read once."""
        if version not in self._shelves:
            (row,) = documents.load_where(BOOKS, {"_id": version})
            while len(self._shelves) > BOOKS_KEPT:
                self._shelves.pop(min(one for one in self._shelves if one))
            self._shelves[version] = Shelf(version, Book.model_validate_json(row["book"]))
        return self._shelves[version]


def _at_once(event: Any) -> list[date]:
    """The dates of a duty that are looked at in the batch that brings it; its windows are cut by its neighbours'."""
    last = event.get("last")
    if last is None or (last - event["first"]).days >= DATES_AT_ONCE:
        return []
    return list(each_day(event["first"] - DAY, last + DAY))


def _around(event: Any) -> list[date]:
    """The dates that a reviewed punch, whose instant is not in the event, can concern."""
    return list(each_day(event["local_date"] - REACH, event["local_date"] + REACH))


DATES: Mapping[str, Callable[[Any], list[date]]] = {
    PunchRecorded.TYPE: lambda event: [event["local_date"]],
    PunchReviewed.TYPE: _around,
    DutyChanged.TYPE: _at_once,
}
"""By type of event, the dates that are loaded for it."""


def _punch(batch: Batch, event: Any) -> None:
    who, day = event["employee_id"], event["local_date"]
    document = batch.day(who, day)
    kept = document["punches"].setdefault(event["punch_id"], {})
    kept.update(
        at=naive(event["occurred_at"]),
        direction=event.get("direction", "unknown"),
        source=event["source"],
        flags=event.get("flags", []),
    )
    batch.documents.put(DAYS, document)
    batch.mark(who, batch.subject(who).concerned(day, event["occurred_at"]))


def _review(batch: Batch, event: Any) -> None:
    who, day = event["employee_id"], event["local_date"]
    document = batch.day(who, day)
    kept = document["punches"].setdefault(event["punch_id"], {})
    decided = naive(event["reviewed_at"])
    if kept.get("reviewed", decided) > decided:
        return
    kept.update(outcome=event["outcome"], reviewed=decided)
    batch.documents.put(DAYS, document)
    if "at" in kept:
        batch.mark(who, batch.subject(who).concerned(day, aware(kept["at"])))


def _employee(batch: Batch, event: Any) -> None:
    """Brought in before the days were looked for that it decides about (`touched`)."""
    if reason := batch.refused.get(id(event)):
        raise Poison(reason)


def _duty(batch: Batch, event: Any) -> None:
    at_once = _at_once(event)
    if at_once:
        batch.mark(event["employee_id"], at_once)
    else:
        batch.subject(event["employee_id"]).agenda.again(event["first"], event.get("last"))


FOLDS: Mapping[str, Callable[[Batch, Any], None]] = {
    PunchRecorded.TYPE: _punch,
    PunchReviewed.TYPE: _review,
    EmployeeChanged.TYPE: _employee,
    DutyChanged.TYPE: _duty,
    ClockMoved.TYPE: turns.move,
}
