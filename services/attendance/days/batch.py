"""What the batch of one partition works with: the clock, the people it concerns, and the dates to assess."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from pydantic import ValidationError

from kit.journal import Fact
from kit.projector.documents import Document, Documents
from services.attendance.days.documents import (
    EXCUSES,
    FAULTS,
    aware,
    day_id,
    naive,
    new_day,
    new_person,
    posts_of,
    seen_of,
)
from services.attendance.days.history import Knowing, replaced
from services.attendance.days.rules import assess
from services.attendance.days.slots import slot_of
from services.attendance.days.spans import EPOCH
from services.attendance.days.subjects import DAY, Shelf, Subject, dates_of
from services.attendance.days.tables import Tables
from services.attendance.days.telling import stored, told
from services.attendance.schedules.book import Book
from services.attendance.schedules.changes import moved
from services.attendance.schedules.models import primary_posts
from services.attendance.sheets.models import OwnSheet, Sheet, sheet_id, sheet_of
from services.attendance.sheets.store import OWN, SHEETS

DAYS, PEOPLE, CLOCKS, BOOKS = "assessed_days", "assessed_people", "clocks", "books"
GENERATION = 1
SUFFIX = f"_v{GENERATION}"
EMPTY = Book(zone="UTC")


class Batch:
    """`shelf_of` gives a version of the book; version 0 is empty. `behind`: time has brought more than a turn does.
    `knowing` says when states are said; without it none is remembered."""

    def __init__(
        self,
        documents: Documents,
        shelf_of: Callable[[int, Documents], Shelf],
        tables: Tables,
        knowing: Knowing | None = None,
    ) -> None:
        self.documents = documents
        self.shelf = Shelf(0, EMPTY)
        self.until = EPOCH
        self.behind = False
        self.refused: dict[int, str] = {}
        self._shelves = shelf_of
        self._tables = tables
        self._knowing = knowing
        self._subjects: dict[str, Subject] = {}
        self._marks: dict[str, set[date]] = {}
        self._turns: set[tuple[str, date]] = set()

    def begin(self, slot: str, clock: Iterable[Any]) -> None:
        """What holds after this batch: the clock as it stands, and as the events move it."""
        row = self.documents.get(CLOCKS, slot)
        version = max([row["book"] if row else 0, *(event["book"] for event in clock)])
        self.until = max([aware(row["until"]) if row else EPOCH, *(event["until"] for event in clock)])
        self.shelf = self.shelf_of(version)

    def hired(self, event: Any) -> None:
        """The posts somebody holds, before anything is planned by them. What is refused is told by `refused`."""
        subject = self.subject(event["employee_id"])
        try:
            posts = primary_posts(event["assignments"])
        except ValidationError as error:
            self.refused[id(event)] = f"a post held by {event['employee_id']}: {error}"
            return
        since = moved(posts_of(subject.row), posts)
        subject.row = subject.row | {"posts": [post.model_dump(mode="json") for post in posts]}
        subject.changed()
        if since is not None:
            subject.agenda.again(since, None)

    def shelf_of(self, version: int) -> Shelf:
        """A version of the book."""
        return self._shelves(version, self.documents)

    def subject(self, employee_id: str) -> Subject:
        """Somebody of this partition; new when nothing was known of them."""
        if employee_id not in self._subjects:
            row = self.documents.get(PEOPLE, employee_id) or new_person(employee_id, slot_of(employee_id))
            found = self._subjects[employee_id] = Subject(row, self.shelf)
            own = self.documents.get(OWN, employee_id)
            found.own = OwnSheet(assigned=own["assigned"]) if own else OwnSheet()
        return self._subjects[employee_id]

    def sheet_ids(self, employee_id: str, days: Iterable[date]) -> list[str]:
        """The sheets that decide about these dates."""
        # Windows reach over the ends of a month.
        return list({sheet_id(employee_id, day + n * DAY) for day in days for n in (-7, 0, 6)})

    def lay_sheets(self) -> None:
        """Give everybody their sheets that were loaded."""
        laid: dict[str, list[Sheet]] = {}
        for row in self.documents.loaded(SHEETS):
            laid.setdefault(row["employee_id"], []).append(sheet_of(row))
        for employee_id, sheets in laid.items():
            subject = self.subject(employee_id)
            subject.sheets = sheets
            subject.changed()

    def day_ids(self, employee_id: str, days: Iterable[date]) -> set[str]:
        """The documents that decide about these dates: their own, and those of punches that may lie in their reach."""
        subject = self.subject(employee_id)
        return {day_id(employee_id, one) for day in days for one in (day, *dates_of(subject.plan(day)))}

    def day(self, employee_id: str, day: date) -> Document:
        """The document of a date, new when there is none."""
        return self.documents.get(DAYS, day_id(employee_id, day)) or new_day(employee_id, day)

    def mark(self, employee_id: str, days: Iterable[date], *, turn: bool = False) -> None:
        """Assess these dates when all events of the batch are folded. `turn`: time has brought them."""
        self._marks.setdefault(employee_id, set()).update(days)
        if turn:
            self._turns |= {(employee_id, day) for day in days}

    def settle(self) -> None:
        """Assess what is marked, and write down when each person has to be looked at again."""
        for employee_id, days in self._marks.items():
            subject = self.subject(employee_id)
            for day in sorted(days):
                self._assess(subject, employee_id, day)
        for subject in self._subjects.values():
            row = subject.stored(self.until)
            if row != self.documents.get(PEOPLE, row["_id"]):
                self.documents.put(PEOPLE, row)

    def _assess(self, subject: Subject, employee_id: str, day: date) -> None:
        plan, document = subject.plan(day), self.day(employee_id, day)
        reached = dates_of(plan)
        kept = [self.documents.get(DAYS, day_id(employee_id, one)) for one in {day, *reached}]
        since, until = plan.reach
        known = (*seen_of(row for row in kept if row), *subject.claimed(reached))
        punches = [punch for punch in known if since <= punch.at < until]
        excuses, faults = subject.excuses(day), subject.faults(day)
        subject.agenda.done(day, plan, self.until)
        if (employee_id, day) in self._turns:
            subject.agenda.came(day, subject.person, self.shelf.book, self.until)
        if not document["version"] and not punches and (plan.begins > self.until or plan.kind == "no_schedule"):
            return  # it has not begun, and its turn will come; or nobody asks anything, and nobody came
        subject.agenda.has(day)
        if day < self._tables.since:
            return  # no table is in force: what came is kept
        assessed = assess(plan, punches, self.until, self._tables, excuses, faults, explain=False)
        event = told(assessed, plan.shifts, document["version"] + 1)
        said = stored(event)
        if said == document.get("said"):
            return
        if self._knowing is not None:
            document.update(replaced(document, self._knowing))
        document["version"] += 1
        document["said"] = said
        document["plan"] = plan.model_dump_json()
        document["excuses"] = EXCUSES.dump_json(tuple(excuses)).decode()
        document["faults"] = FAULTS.dump_json(tuple(faults)).decode()
        document["until"] = naive(self.until)
        self.documents.put(DAYS, document)
        last = max((punch.at for punch in punches if punch.at <= self.until), default=plan.begins)
        identity = f"{document['_id']}|{event.version}"
        self.documents.say(Fact.of(event, event_id=identity, key=employee_id, time=max(last, plan.begins)))
