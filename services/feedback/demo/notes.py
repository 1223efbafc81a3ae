"""What superiors and colleagues of the demo city said to each other on a past day. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from contracts.events.feedback import NotesTallied
from kit.demo.chance import chance, identity, pick, share
from kit.demo.people import Person
from kit.demo.presence import at_work
from kit.journal import Fact
from kit.mongo import Document
from services.feedback.demo.texts import ANSWERS, GOOD, IMPROVE, PRAISE, VALUES

NOTES, NOTE_DAYS = "notes", "note_days"
FEEDBACK, PRAISED = 0.035, 0.01
"""Of the working days of a person, on how many there is such a note (superiors differ)."""
BETTER, ANSWERED, FOR_ALL = 0.28, 0.35, 0.5
COUNTS = ("given", "praise_given", "received", "praise_received", "requested", "answered")


@dataclass(frozen=True, slots=True)
class Office:
    """`colleagues` of each unit, whoever is of it on the day."""

    seed: int
    zone: ZoneInfo
    colleagues: Mapping[str, Sequence[str]]

    def notes(self, person: Person, day: date) -> list[Document]:
        """The notes that somebody got on a day."""
        post = person.post(day)
        if post is None or not at_work(self.seed, person.id, day):
            return []
        one = chance(self.seed, "notes", person.id, day)
        found, author = [], post.superior_id
        kind = one.random()
        if author is not None and kind < FEEDBACK * 2 * share(self.seed, "says", author):
            if at_work(self.seed, author, day):
                found.append(self._note(person.id, author, day, "feedback", one, []))
        elif kind > 1 - PRAISED:
            author = pick(one, self.colleagues.get(post.unit_id) or [person.id])
            if author != person.id and at_work(self.seed, author, day):
                units = [post.unit_id] if one.random() < FOR_ALL else []
                found.append(self._note(person.id, author, day, "praise", one, units))
        return found

    def _note(self, employee: str, author: str, day: date, kind: str, one: Random, units: list[str]) -> Document:
        better = kind == "feedback" and one.random() < BETTER
        minute = 9 * 60 + int(one.random() * 360)
        at = datetime.combine(day, time(minute // 60, minute % 60), self.zone)
        answer = None
        if kind == "feedback" and one.random() < ANSWERED:
            words = pick(one, ANSWERS)
            answer = {"at": at + timedelta(minutes=20 + int(one.random() * 60)), "on": str(day), "words": words}
        return {
            "_id": identity(self.seed, kind, employee, author, day),
            "employee_id": employee,
            "author_id": author,
            "tone": "improve" if better else "good",
            "activity_id": None,
            "date": str(day),
            "shown": "unit" if units else "private",
            "units": units,
            "request_id": None,
            "status": "standing",
            "given_on": str(day),
            "given_at": at,
            "answer": answer,
            "kind": kind,
            "value": pick(one, VALUES),
            "words": pick(one, PRAISE if kind == "praise" else IMPROVE if better else GOOD),
        }


def colleagues(people: Iterable[Person], day: date) -> dict[str, list[str]]:
    """Who is of each unit on a day."""
    found: dict[str, list[str]] = {}
    for person in people:
        post = person.post(day)
        if post is not None:
            found.setdefault(post.unit_id, []).append(person.id)
    return found


def tallies(notes: Iterable[Document], day: date, zone: ZoneInfo) -> list[tuple[Document, Fact]]:
    """What the notes of a day come to for everybody concerned. A version counts what was done, as it does live."""
    sums: dict[str, Counter[str]] = {}
    for note in notes:
        praise = "praise_" if note["kind"] == "praise" else ""
        sums.setdefault(note["author_id"], Counter())[f"{praise}given"] += 1
        got = sums.setdefault(note["employee_id"], Counter())
        got[f"{praise}received"] += 1
        got["answered"] += note["answer"] is not None
    at, found = datetime.combine(day, time(18), zone), []
    for employee, one in sorted(sums.items()):
        counts, version = {name: one[name] for name in COUNTS}, sum(one.values())
        row = {"_id": f"{employee}|{day}", "employee_id": employee, "date": str(day), **counts, "version": version}
        event = NotesTallied(employee_id=employee, local_date=day, version=version, tallied_at=at, **counts)
        found.append((row, Fact.of(event, event_id=f"notes|{row['_id']}|{version}", key=employee, time=at)))
    return found
