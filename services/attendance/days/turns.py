"""The clock's turns: what time brings, and what another book changes, a bounded piece at a time.

A turn is one `ClockMoved` for a partition. What is left over makes the clock's row `behind`, and whoever sends the
clock sends it again at once (clock.py), so that live punches wait for a turn and never for all of it.
"""

from datetime import date
from itertools import islice
from typing import Any

from kit.projector.documents import Document
from services.attendance.days.batch import CLOCKS, DAYS, PEOPLE, Batch
from services.attendance.days.documents import naive
from services.attendance.schedules.changes import Range, affected
from services.attendance.sheets.store import OWN, SHEETS

PEOPLE_A_TURN = 100
DATES_A_TURN = 150
MARKED_A_TURN = 400


def load(batch: Batch, slot: str) -> None:
    """Whom the clock has reached, with all that decides about the dates they are asked for; and marks those dates."""
    _mark_stale(batch, slot)
    reached = {"slot": slot, "due": {"$lte": naive(batch.until)}}
    people = _people(batch, reached, by="due", most=PEOPLE_A_TURN)
    asked: dict[str, list[date]] = {}
    left = DATES_A_TURN
    for employee_id in people:
        if left <= 0:
            break  # whoever is left over is in another turn: they are not even looked at
        subject = batch.subject(employee_id)
        everything = subject.agenda.asked(subject.person, batch.shelf.book, batch.until)
        asked[employee_id] = list(islice(everything, left))
        left -= len(asked[employee_id])
    batch.behind = left <= 0 or len(people) == PEOPLE_A_TURN
    sheets = [sheet for who, days in asked.items() for sheet in batch.sheet_ids(who, days)]
    batch.documents.load_where(SHEETS, {"_id": {"$in": sheets}})
    batch.lay_sheets()
    days = {one for who, dates in asked.items() for one in batch.day_ids(who, dates)}
    batch.documents.load_where(DAYS, {"_id": {"$in": sorted(days)}})
    for employee_id, dates in asked.items():
        batch.mark(employee_id, dates, turn=True)


def move(batch: Batch, event: Any) -> None:
    """The clock's row after the event."""
    row = batch.documents.get(CLOCKS, event["slot"]) or {"_id": event["slot"], "stale": None}
    batch.documents.put(
        CLOCKS,
        row | {"until": naive(batch.until), "book": batch.shelf.version, "behind": batch.behind or bool(row["stale"])},
    )


def _mark_stale(batch: Batch, slot: str) -> None:
    """With another book, everybody's dates that it may change: some people a turn, in the order of their ids."""
    known = batch.documents.get(CLOCKS, slot) or {"_id": slot, "book": 0, "stale": None}
    another = known["book"] != batch.shelf.version
    changed = affected(batch.shelf_of(known["book"]).book, batch.shelf.book) if another else None
    stale = _joined(known["stale"], changed)
    if stale is None:
        return
    people = _people(batch, {"slot": slot, "_id": {"$gt": stale["after"]}}, by="_id", most=MARKED_A_TURN)
    first, last = date.fromisoformat(stale["first"]), date.fromisoformat(stale["last"]) if stale["last"] else None
    for employee_id in people:
        batch.subject(employee_id).agenda.again(first, last)
    done = len(people) < MARKED_A_TURN
    batch.documents.put(CLOCKS, known | {"stale": None if done else stale | {"after": people[-1]}})


def _people(batch: Batch, query: Document, *, by: str, most: int) -> list[str]:
    """The ids of some people, loaded with what is assigned to them."""
    ids = [row["_id"] for row in batch.documents.load_where(PEOPLE, query, by=by, most=most)]
    batch.documents.load_where(OWN, {"_id": {"$in": ids}})
    return ids


def _joined(stale: Document | None, changed: Range | None) -> Document | None:
    """What was left of an earlier change, and this one: from the first person on again."""
    if changed is None:
        return stale
    first, last = changed
    if stale is not None:
        first = min(first, date.fromisoformat(stale["first"]))
        last = max(last, date.fromisoformat(stale["last"])) if last and stale["last"] else None
    return {"first": first.isoformat(), "last": last.isoformat() if last else None, "after": ""}
