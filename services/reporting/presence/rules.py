"""Pure rules of the presence view: a day from its punches, a place from dated assignments, totals from a day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date as calendar_date
from datetime import timedelta
from typing import Any

Document = dict[str, Any]
FOR_EVER = "9999-12-31"


def arrange(punches: list[Document]) -> list[Document]:
    """The punches of a day in order of time, without file rows that a full record of the same second stands for.

    A file layout that does not tell status from verify yields ids without them (devices.md section 2), so the same
    punch pushed by the terminal has another id; the full record wins.
    """
    full = {(p["device"], p["at"]) for p in punches if "ambiguous_columns" not in p["flags"]}
    kept = [p for p in punches if "ambiguous_columns" not in p["flags"] or (p["device"], p["at"]) not in full]
    kept.sort(key=_order)
    return kept


def _order(punch: Document) -> tuple[Any, str]:
    return punch["at"], punch["id"]


def derive(day: Document) -> None:
    """Bring everything a day document says into line with its punches. Order and duplicates make no difference."""
    punches = day["punches"]
    if len(punches) == 1:
        arranged = punches
    else:
        punches.sort(key=_order)
        arranged = arrange(punches) if any(p["flags"] for p in punches) else punches
    first, last = arranged[0], arranged[-1]
    day["first_at"], day["first_site"] = first["at"], first["site"]
    day["last_at"], day["last_site"] = last["at"], last["site"]
    day["count"] = len(arranged)


def place(assignments: Iterable[Mapping[str, Any]], on: str) -> tuple[str | None, str | None]:
    """(unit, site) of the primary post held on a date `YYYY-MM-DD`; acting posts do not move anybody."""
    for held in assignments:
        if held["kind"] == "primary" and held["valid_from"] <= on <= (held["valid_to"] or FOR_EVER):
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
        if held["valid_to"] is not None:
            leaves = (held[field], day_after(held["valid_to"]))
            changes[leaves] = changes.get(leaves, 0) - 1
    return {key: change for key, change in changes.items() if change}


def day_after(day: str) -> str:
    """The next calendar day, `YYYY-MM-DD`."""
    return (calendar_date.fromisoformat(day) + timedelta(days=1)).isoformat()


def first_difference(before: Sequence[Document], after: Sequence[Document]) -> str | None:
    """The earliest date on which two lists of assignments may place somebody differently, or None when they agree."""
    unlike = [held for held in before if held not in after] + [held for held in after if held not in before]
    return min((held["valid_from"] for held in unlike), default=None)
