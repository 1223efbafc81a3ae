"""Takes what superiors, employees and colleagues say to each other: by the rules, durable when it returns."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from kit.access.people import People
from kit.idempotency import Answer, Command
from kit.mongo import Document, as_kept
from kit.problems import FieldError, Problem, of_status
from services.feedback.notes import rules
from services.feedback.notes.colleagues import Colleagues
from services.feedback.notes.models import (
    NewFeedback,
    NewPraise,
    NewRequest,
    NoteView,
    RequestView,
    Subordinate,
)
from services.feedback.notes.rules import Refused
from services.feedback.notes.store import Change, Notes, Sought
from services.feedback.notes.views import note_view, request_view


@dataclass(frozen=True, slots=True)
class Desk:
    """`zone` is the agency's: what the day is."""

    notes: Notes
    people: People
    colleagues: Colleagues
    zone: ZoneInfo
    clock: Callable[[], datetime]

    async def feedback(self, author: str, employee_id: str, sent: NewFeedback, command: Command) -> Answer:
        """A superior's note; the answer is stored with it. Closes the request it answers."""
        now = self.now()
        note = self._note(author, employee_id, now) | {
            "kind": "feedback",
            "value": sent.value,
            "tone": sent.tone,
            "words": sent.words,
            "activity_id": sent.activity_id,
            "date": str(sent.date or now.date()),
            "request_id": sent.request_id,
        }

        def work(_: Document | None, requests: Sequence[Document]) -> Change:
            rules.check_words(sent.tone, sent.words)
            rules.check_day(sent.date, now.date())
            if sent.request_id is None:
                return Change(note)
            request = requests[0] if requests else None
            return Change(note, [rules.fulfilled(request, employee_id, note["_id"])])

        requests = {"_id": sent.request_id} if sent.request_id else None
        return await self._given(note, Sought(requests=requests), work, command, now)

    async def praise(self, author: str, employee_id: str, sent: NewPraise, command: Command) -> Answer:
        """A colleague's note; the answer is stored with it."""
        now = self.now()
        note = self._note(author, employee_id, now) | {
            "kind": "praise",
            "value": sent.value,
            "words": sent.words,
            "shown": sent.shown,
            "units": await self.people.units(employee_id, now.date()) if sent.shown == "unit" else [],
        }

        def work(_: Document | None, _requests: Sequence[Document]) -> Change:
            rules.check_praise(author, employee_id)
            return Change(note)

        return await self._given(note, Sought(), work, command, now)

    async def withdraw(self, author: str, identity: str) -> NoteView:
        """A slip of the finger. The request the note answered waits again. Raises Problem 404, 409."""
        now = self.now()
        note = await self._one("author_id", author, identity)
        request = await self.notes.request(note["request_id"]) if note["request_id"] else None
        query = {"$or": [{"_id": request["_id"]}, {"open_for": _thing(request)}]} if request else None

        def work(before: Document | None, requests: Sequence[Document]) -> Change:
            assert before is not None  # noqa: S101 - notes are never deleted
            after = rules.withdrawn(before, now)
            own = [one for one in requests if one["_id"] == before["request_id"]]
            others = [one for one in requests if one["_id"] != before["request_id"]]
            return Change(after, [rules.reopened(one, others) for one in own])

        return await self._changed(Sought(identity, query), now, work)

    async def answer(self, employee_id: str, identity: str, words: str) -> NoteView:
        """What the receiver says to a note. Raises Problem 404, 409."""
        now = self.now()
        await self._one("employee_id", employee_id, identity)

        def work(before: Document | None, _: Sequence[Document]) -> Change:
            assert before is not None  # noqa: S101 - notes are never deleted
            return Change(rules.answered(before, words, now, now.date()))

        return await self._changed(Sought(identity), now, work)

    async def ask(self, employee_id: str, sent: NewRequest, command: Command) -> Answer:
        """A request for the superior of today; the answer is stored with it."""
        now = self.now()
        superior = await self.people.superior(employee_id, now.date())
        open_for = rules.thing(employee_id, sent.activity_id, sent.date)
        request: Document = {
            "_id": str(uuid4()),
            "employee_id": employee_id,
            "words": sent.words,
            "activity_id": sent.activity_id,
            "date": str(sent.date) if sent.date else None,
            "status": "open",
            "open_for": open_for,
            "asked_on": str(now.date()),
            "asked_at": now,
            "note_id": None,
            "declined": None,
        }
        answer = Answer.of(request_view(request, await self.colleagues.people([employee_id])), 201)

        def work(_: Document | None, known: Sequence[Document]) -> Change:
            rules.check_day(sent.date, now.date())
            rules.check_request(superior, known)
            return Change(requests=[request], asked=[(employee_id, request["asked_on"])])

        await _or_problem(self.notes.work(Sought(requests={"open_for": open_for}), now, work, (command, answer)))
        return answer

    async def decline(self, identity: str, words: str, by: str | None, people: Collection[str]) -> RequestView:
        """No note for a request of one of `people`, with the reason. Raises Problem 404, 409."""
        now = self.now()
        request = await self.notes.request(identity)
        if request is None or request["employee_id"] not in people:
            raise of_status(404)

        def work(_: Document | None, found: Sequence[Document]) -> Change:
            return Change(requests=[rules.declined(found[0], words, by, now)])

        change = await _or_problem(self.notes.work(Sought(requests={"_id": identity}), now, work))
        return request_view(change.requests[0], await self.colleagues.people([request["employee_id"]]))

    async def views(self, rows: Sequence[Document], *, author: bool = False) -> list[NoteView]:
        """Stored notes as they are answered, with names; for their `author` with how long they can be taken back."""
        people = await self.colleagues.people([one for row in rows for one in (row["employee_id"], row["author_id"])])
        return [note_view(row, people, author=author) for row in rows]

    async def request_views(self, rows: Sequence[Document]) -> list[RequestView]:
        """Stored requests as they are answered, with names."""
        people = await self.colleagues.people([row["employee_id"] for row in rows])
        return [request_view(row, people) for row in rows]

    async def subordinates(self, author: str | None, people: Collection[str]) -> list[Subordinate]:
        """Those of `people` with when `author` gave each feedback last, never and longest ago first."""
        if author is None:
            return []
        last = await self.notes.last_given(author, people)
        found = [
            Subordinate(**one.model_dump(), last_given_on=date.fromisoformat(last[one.id]) if one.id in last else None)
            for one in await self.colleagues.some(people, self.today())
        ]
        return sorted(found, key=lambda one: one.last_given_on or date.min)

    def today(self) -> date:
        """By the agency's clock."""
        return self.now().date()

    def now(self) -> datetime:
        """By the agency's clock, as exactly as the database keeps it."""
        return as_kept(self.clock().astimezone(self.zone))

    def _note(self, author: str, employee_id: str, now: datetime) -> dict[str, Any]:
        return {
            "_id": str(uuid4()),
            "employee_id": employee_id,
            "author_id": author,
            "tone": "good",
            "activity_id": None,
            "date": str(now.date()),
            "shown": "private",
            "units": [],
            "request_id": None,
            "status": "standing",
            "given_on": str(now.date()),
            "given_at": now,
            "answer": None,
        }

    async def _given(self, note: Document, sought: Sought, work: Any, command: Command, now: datetime) -> Answer:
        answer = Answer.of((await self.views([note], author=True))[0], 201)

        await _or_problem(self.notes.work(sought, now, work, (command, answer)))
        return answer

    async def _changed(self, sought: Sought, now: datetime, work: Any) -> NoteView:
        change = await _or_problem(self.notes.work(sought, now, work))
        assert change.note is not None  # noqa: S101 - the work is on a note
        return (await self.views([change.note]))[0]

    async def _one(self, side: str, who: str, identity: str) -> Document:
        row = await self.notes.note(identity)
        if row is None or row[side] != who:
            raise of_status(404)
        return row


def _thing(request: Document) -> str:
    day = date.fromisoformat(request["date"]) if request["date"] else None
    return rules.thing(request["employee_id"], request["activity_id"], day)


async def _or_problem(working: Awaitable[Change]) -> Change:
    try:
        return await working
    except Refused as refused:
        words = str(refused)
        if refused.field:
            raise of_status(422, errors=[FieldError(f"/body/{refused.field}", words)]) from None
        raise Problem(
            409, "note-not-possible", "Langkah ini tidak dapat dilakukan", f"{words[:1].upper()}{words[1:]}."
        ) from None
