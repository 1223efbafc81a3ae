"""Stored notes and requests as they are answered. Pure."""

from collections.abc import Mapping

from kit.mongo import Document
from services.feedback.notes.models import NoteAnswer, NoteView, Person, RequestView
from services.feedback.notes.rules import ANSWER_CHANGEABLE, withdrawable_until


def note_view(row: Document, people: Mapping[str, Person], *, author: bool = False) -> NoteView:
    """A note; for its `author` with how long it can be taken back."""
    answer = row["answer"]
    return NoteView(
        id=row["_id"],
        kind=row["kind"],
        employee=people[row["employee_id"]],
        author=people[row["author_id"]],
        value=row["value"],
        tone=row["tone"],
        words=row["words"],
        activity_id=row["activity_id"],
        date=row["date"],
        shown=row["shown"],
        request_id=row["request_id"],
        given_at=row["given_at"],
        withdrawable_until=withdrawable_until(row) if author else None,
        answer=NoteAnswer(
            words=answer["words"], answered_at=answer["at"], changeable_until=answer["at"] + ANSWER_CHANGEABLE
        )
        if answer
        else None,
    )


def request_view(row: Document, people: Mapping[str, Person]) -> RequestView:
    """A request."""
    return RequestView(
        id=row["_id"],
        employee=people[row["employee_id"]],
        words=row["words"],
        activity_id=row["activity_id"],
        date=row["date"],
        status=row["status"],
        asked_at=row["asked_at"],
        note_id=row["note_id"],
        declined_words=row["declined"]["words"] if row["declined"] else "",
    )
