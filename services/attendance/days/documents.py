"""Documents of the assessor to what the rules work with, and back. Instants lie in them as UTC without tzinfo. Pure.

A day: `_id` "employee|date", `employee_id`, `day`; `punches` by id, those whose own local date it is; `plan`,
`excuses` and `faults`, what it was assessed by, as JSON text; `until`, what was known then; `said`, what it came to
(`telling.stored`), its `version`, `said_at` when it was said, and `before`, what it came to earlier (history.py).
A person: `posts`, `slot`, and the agenda.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from pydantic import TypeAdapter

from services.attendance.days.agenda import Agenda
from services.attendance.days.models import Excuse, Fault, Seen
from services.attendance.schedules.models import Post

Document = dict[str, Any]
EXCUSES = TypeAdapter(tuple[Excuse, ...])
FAULTS = TypeAdapter(tuple[Fault, ...])


def day_id(employee_id: str, day: date) -> str:
    """The `_id` of a day."""
    return f"{employee_id}|{day.isoformat()}"


SAID = {"employee_id": 1, "day": 1, "version": 1, "said": 1}
"""Of a day, what it came to and whose it is."""


def said_between(first: date, last: date, people: Collection[str] | None = None) -> Document:
    """The query for days that were assessed, of a period, of some people or of everybody."""
    whose = {} if people is None else {"employee_id": {"$in": sorted(people)}}
    return {**whose, "day": {"$gte": first.isoformat(), "$lte": last.isoformat()}, "version": {"$gt": 0}}


def aware(at: datetime) -> datetime:
    """An instant as rules have it."""
    return at.replace(tzinfo=UTC)


def naive(at: datetime) -> datetime:
    """An instant as it is stored."""
    return at.astimezone(UTC).replace(tzinfo=None)


def seen_of(days: Iterable[Document]) -> list[Seen]:
    """The punches of some days. One that was only reviewed so far is not there yet."""
    return [
        Seen(
            id=identity,
            at=aware(row["at"]),
            direction=row["direction"],
            source=row["source"],
            flags=tuple(row["flags"]),
            outcome=row.get("outcome"),
        )
        for day in days
        for identity, row in day["punches"].items()
        if "at" in row
    ]


def posts_of(row: Mapping[str, Any]) -> tuple[Post, ...]:
    """The primary posts of a person's document."""
    return tuple(Post(**post) for post in row["posts"])


def agenda_of(row: Mapping[str, Any]) -> Agenda:
    """The agenda of a person's document."""
    return Agenda(
        made=_stretch(row["made"]),
        span=_stretch(row["span"]),
        stale=_stretch(row["stale"]),
        open={date.fromisoformat(day): aware(at) for day, at in row["open"].items()},
    )


def agenda_row(agenda: Agenda, due: datetime | None) -> Document:
    """How it lies in the document; `due` is what the clock looks for."""
    return {
        "made": _dates(agenda.made),
        "span": _dates(agenda.span),
        "stale": _dates(agenda.stale),
        "open": {day.isoformat(): naive(at) for day, at in sorted(agenda.open.items())},
        "due": naive(due) if due else None,
    }


def new_person(employee_id: str, slot: str) -> Document:
    """Somebody of whom nothing is known yet."""
    return {"_id": employee_id, "slot": slot, "posts": [], **agenda_row(Agenda(), None)}


def new_day(employee_id: str, day: date) -> Document:
    """A day nobody has looked at yet."""
    identity = day_id(employee_id, day)
    return {"_id": identity, "employee_id": employee_id, "day": day.isoformat(), "punches": {}, "version": 0}


def _stretch(row: Sequence[str] | None) -> tuple[date, date] | None:
    return (date.fromisoformat(row[0]), date.fromisoformat(row[1])) if row else None


def _dates(stretch: tuple[date, date] | None) -> list[str] | None:
    return [day.isoformat() for day in stretch] if stretch else None
