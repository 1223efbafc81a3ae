"""Somebody at an office of five days (tests/unit/attendance/making.py), what they ask for, what is known of them."""

from datetime import UTC, date, datetime
from typing import Any

from services.attendance.leave.course import By
from services.attendance.leave.law import LeaveLaw, load
from services.attendance.leave.ledger import Account, Entry
from services.attendance.leave.models import NewLeave
from services.attendance.leave.rules import Case, Judged, judge
from services.attendance.leave.service import Serving
from services.attendance.schedules.book import Book, Person
from services.attendance.schedules.rules import plans_of
from tests.unit.attendance.making import MONDAY, book, person

LAW = load()
PNS = Serving(kind="pns", valid_from=date(2015, 3, 1), since=date(2015, 3, 1))
PPPK = Serving(kind="pppk", valid_from=date(2024, 1, 1), since=date(2024, 1, 1))
AT = datetime(2026, 5, 25, 3, tzinfo=UTC)
TODAY = date(2026, 5, 25)
FRIDAY_AFTER = date(2026, 6, 12)


def account(
    *facts: Entry, served: tuple[Serving, ...] = (PNS,), law: LeaveLaw = LAW, first_year: int = 2026
) -> Account:
    return Account(facts, served, law, first_year)


def asked(**fields: Any) -> NewLeave:
    given: dict[str, Any] = {"kind": "annual", "first": MONDAY, "last": MONDAY}
    return NewLeave.model_validate({**given, **({"last": fields["first"]} if "first" in fields else {}), **fields})


def case(
    sent: NewLeave, known: Account | None = None, *, of: Person | None = None, by: Book | None = None, **more: Any
) -> Case:
    plans = plans_of(of or person(), sent.first, sent.last, by or book())
    return Case(sent, more.pop("today", TODAY), plans, known or account(), **more)


def judged(sent: NewLeave, known: Account | None = None, **more: Any) -> Judged:
    return judge(case(sent, known, **more))


def wrong(sent: NewLeave, known: Account | None = None, **more: Any) -> dict[str, str]:
    """What is in the way, by field."""
    return {one.field: one.why for one in judged(sent, known, **more).wrong}


def stored(sent: NewLeave, **more: Any) -> dict[str, Any]:
    """A request as it lies in the database, for the rules."""
    found = judged(sent, agency=True)
    since, until = found.interval or (None, None)
    row = sent.model_dump(mode="json") | {
        "_id": "r1",
        "employee_id": "pegawai",
        "status": "waiting",
        "version": 1,
        "steps": [],
        "excuse": found.rule.excuse if found.rule else "leave",
        "since": since,
        "until": until,
        "cancel_since": None,
    }
    return {**row, **more}


def by(who: str | None = "atasan", words: str = "", today: date = TODAY) -> By:
    return By(who, f"account-{who}", AT, today, words)


def used(days: str, day: date, identity: str = "x") -> Entry:
    return Entry.model_validate(
        {"id": f"use|{identity}|{day.year}", "what": "use", "day": day, "days": f"-{days}", "request_id": identity}
    )
