"""From `PersonViewed` to who has looked at whose data: one document per person, day, reader and operation.

A document keeps the hours (UTC) it was said for, so that a repetition adds nothing and order does not matter.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NotRequired

from pydantic import AwareDatetime
from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12

from contracts.events.access import PersonViewed
from kit.projector import Documents, Projection
from kit.projector.documents import Document, Touched
from services.reporting.presence.rules import stored

READS = "reads"
GENERATION = 1
"""It is never rebuilt beside itself: its documents are its facts."""


class Read(TypedDict):
    """`PersonViewed`."""

    employee_id: str
    reader: str
    reader_id: NotRequired[str]
    roles: list[str]
    service: str
    operation: str
    read_at: AwareDatetime


class Reads(Projection):
    """Each employee's own access log."""

    name = "reads"
    inputs = {PersonViewed.TYPE: Read}
    collections = (READS,)

    def touched(self, kinds: Sequence[str], events: Sequence[Any], documents: Documents) -> Iterator[Touched]:
        """The documents of these reads."""
        yield {READS: [identity(event) for event in events]}

    def fold(self, kind: str, event: Any, documents: Documents) -> None:
        """One read into its document."""
        key = identity(event)
        at = instant(event)
        document = documents.get(READS, key) or {
            "_id": key,
            **about(event),
            "roles": [],
            "first": at,
            "last": at,
            "hours": [],
        }
        document["first"] = min(document["first"], at)
        document["last"] = max(document["last"], at)
        document["hours"] = sorted({*document["hours"], at.hour})
        document["roles"] = sorted({*document["roles"], *event["roles"]})
        documents.put(READS, document)


def instant(event: Read) -> datetime:
    """When it was, as the database keeps it."""
    return stored(event["read_at"].astimezone(UTC))


def identity(event: Read) -> str:
    """Days of an employee lie together, newest last."""
    day = f"{instant(event):%Y-%m-%d}"
    return f"{event['employee_id']}|{day}|{event['service']}|{event['operation']}|{event['reader']}"


def about(event: Read) -> Document:
    """What of a document never changes."""
    return {
        "reader": event["reader"],
        "reader_id": event.get("reader_id"),
        "service": event["service"],
        "operation": event["operation"],
    }
