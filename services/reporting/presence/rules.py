"""Pure rules of the presence view: a day from its punches, a place from dated assignments, totals from a day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

Document = dict[str, Any]
FOR_EVER = "9999-12-31"
BUCKET_MINUTES = 5


def instant(text: str) -> datetime:
    """RFC 3339 as UTC without tzinfo, cut to milliseconds: exactly what the database keeps. ValueError when it is none.

    What is in memory then equals what is loaded again, so that batches cut differently give the same documents.
    """
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(f"{text!r} has no offset")
    if value.tzinfo is not UTC:
        value = value.astimezone(UTC)
    return stored(value)


def stored(value: datetime) -> datetime:
    """An aware instant in UTC as the database keeps it: no tzinfo, milliseconds."""
    micros = value.microsecond
    return value.replace(tzinfo=None, microsecond=micros - micros % 1000) if micros else value.replace(tzinfo=None)


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """The IANA zone of that name. Raises ValueError (or KeyError) when there is none."""
    return ZoneInfo(name)


def bucket(at: datetime, name: str) -> str:
    """The five minutes of the clock in a zone that an instant (UTC, no tzinfo) falls into: "0725".

    Zones change their offset on the full five minutes, so the start of the five minutes in UTC tells.
    """
    return _bucket(at.replace(minute=at.minute - at.minute % BUCKET_MINUTES, second=0, microsecond=0), name)


@lru_cache(maxsize=4096)
def _bucket(start: datetime, name: str) -> str:
    local = start.replace(tzinfo=UTC).astimezone(zone(name))
    return f"{local.hour:02d}{local.minute - local.minute % BUCKET_MINUTES:02d}"


@lru_cache(maxsize=4096)
def calendar_day(text: str) -> str:
    """`YYYY-MM-DD` itself. ValueError when it is no such date, or one written otherwise."""
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError(f"{text!r} is not YYYY-MM-DD")
    return text


def arrange(punches: list[Document]) -> list[Document]:
    """The punches of a day, already in order, without file rows that a full record of the same second stands for.

    A file layout that does not tell status from verify yields ids without them (devices.md section 2), so the same
    punch pushed by the terminal has another id; the full record wins.
    """
    full = {(p["device"], p["at"]) for p in punches if "ambiguous_columns" not in p["flags"]}
    return [p for p in punches if "ambiguous_columns" not in p["flags"] or (p["device"], p["at"]) not in full]


def order(punch: Document) -> tuple[datetime, str]:
    """Punches of a day stand in order of time, then of id."""
    return punch["at"], punch["id"]


def derive(day: Document) -> None:
    """Bring everything a day document says into line with its punches. Order and duplicates make no difference.

    A punch that a person has rejected stays in the list and counts for nothing.
    """
    punches = day["punches"]
    arranged = punches
    if len(punches) > 1:
        punches.sort(key=order)
        if any(punch["flags"] for punch in punches):
            arranged = arrange(punches)
    if reviews := day.get("reviews"):
        arranged = [punch for punch in arranged if review_of(punch["id"], reviews) != "rejected"]
    if not arranged:
        day |= {"first_at": None, "first_site": None, "last_at": None, "last_site": None, "arrival": "", "count": 0}
        return
    first, last = arranged[0], arranged[-1]
    day["first_at"], day["first_site"] = first["at"], first["site"]
    day["last_at"], day["last_site"] = last["at"], last["site"]
    day["arrival"] = bucket(first["at"], first["zone"])
    day["count"] = len(arranged)


def review_of(punch_id: str, reviews: Iterable[Mapping[str, Any]]) -> str | None:
    """What was decided about a punch; None when nothing was."""
    return next((review["outcome"] for review in reviews if review["id"] == punch_id), None)


def present(day: Mapping[str, Any] | None) -> bool:
    """Whether somebody was there on a day: a day without a punch that counts is none."""
    return day is not None and day["count"] > 0


def place(assignments: Iterable[Mapping[str, Any]], on: str) -> tuple[str | None, str | None]:
    """(unit, site) of the primary post held on a date `YYYY-MM-DD`; acting posts do not move anybody."""
    for held in assignments:
        if held["kind"] == "primary" and held["valid_from"] <= on <= (held.get("valid_to") or FOR_EVER):
            return held["unit_id"], held["site_id"]
    return None, None


def headcount(assignments: Iterable[Mapping[str, Any]], field: str) -> dict[tuple[str, str], int]:
    """Changes to the number of people by (unit or site id, first day it counts), from primary posts.

    The people of a unit on a date are the sum of its changes up to that date.
    """
    changes: dict[tuple[str, str], int] = {}
    for held in assignments:
        if held["kind"] != "primary":
            continue
        joins = (held[field], held["valid_from"])
        changes[joins] = changes.get(joins, 0) + 1
        if ends(held):
            leaves = (held[field], day_after(held["valid_to"]))
            changes[leaves] = changes.get(leaves, 0) - 1
    return {key: change for key, change in changes.items() if change}


def ends(held: Mapping[str, Any]) -> bool:
    """Whether a period has a last day. 9999-12-31, "for ever" in many decrees, is none."""
    return (held.get("valid_to") or FOR_EVER) < FOR_EVER


def day_after(day: str) -> str:
    """The next calendar day, `YYYY-MM-DD`."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def first_difference(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> str | None:
    """The first date on which two lists of assignments place somebody differently, or None when they never do."""
    edges = {held["valid_from"] for held in (*before, *after)}
    edges |= {day_after(held["valid_to"]) for held in (*before, *after) if ends(held)}
    return next((day for day in sorted(edges) if place(before, day) != place(after, day)), None)
