"""Whatever is granted, used, cancelled and adjusted in whatever order: never below zero, and the balance is the sum."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.attendance.leave import course
from services.attendance.leave.ledger import Account, Entry, balance, ledger, shortfall
from services.attendance.leave.rules import judge
from services.attendance.leave.service import Serving
from tests.unit.attendance.leave.making import account, asked, by, case, stored
from tests.unit.attendance.making import book

FIRST, LAST = date(2026, 1, 1), date(2029, 12, 31)
BOOK = book()
days = st.dates(FIRST, LAST - timedelta(days=40))
served = st.builds(
    lambda since, kind: (Serving(kind=kind, valid_from=since, since=since),),
    st.dates(date(2015, 1, 1), date(2027, 12, 31)),
    st.sampled_from(["pns", "pppk"]),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), days, st.integers(0, 30)),
        st.tuples(st.just("cancel"), st.integers(0, 20), st.integers(0, 30)),
        st.tuples(st.just("adjust"), days, st.integers(-24, 24).filter(bool)),
    ),
    max_size=25,
)


def taken(known: Account, rows: list[dict[str, Any]], n: int, first: date, length: int) -> Account:
    """As the desk does it: judged with what is there, then approved; or refused."""
    sent = asked(first=first, last=first + timedelta(days=length))
    seen = case(sent, known, by=BOOK, others=rows, agency=True, today=first, identity=f"r{n}")
    found = judge(seen)
    if found.wrong:
        return known
    made = course.approved(stored(sent, _id=f"r{n}"), found, known, by())
    rows.append(made.request)
    return known.with_more(made.entries)


def cancelled(known: Account, rows: list[dict[str, Any]], which: int, later: int) -> Account:
    live = [row for row in rows if row["status"] == "approved"]
    if not live:
        return known
    row = live[which % len(live)]
    first, last = (date.fromisoformat(row[name]) for name in ("first", "last"))
    made = course.given_back(row, min(first + timedelta(days=later), last), known.facts, by())
    rows[rows.index(row)] = made.request
    return known.with_more(made.entries)


def adjusted(known: Account, n: int, day: date, halves: int) -> Account:
    entry = Entry(id=f"adjust|{n}", what="adjust", day=day, days=Decimal(halves) / 2)
    more = known.with_more([entry])
    return known if shortfall(ledger(more, day), day) else more


@settings(max_examples=150)
@given(served, steps)
def test_never_below_zero_and_always_the_sum(whose: Any, todo: list[tuple[Any, ...]]) -> None:
    known, rows = account(served=whose), list[dict[str, Any]]()
    for n, (what, one, other) in enumerate(todo):
        if what == "ask":
            known = taken(known, rows, n, one, other)
        elif what == "cancel":
            known = cancelled(known, rows, one, other)
        else:
            known = adjusted(known, n, one, other)
        entries = ledger(known, LAST)
        assert shortfall(entries, FIRST) is None
        assert len({entry.id for entry in entries}) == len(entries), "every line is there once"
        for year in range(2026, 2030):
            ends = date(year, 12, 31)
            assert balance(entries, ends) == sum(entry.days for entry in entries if entry.day <= ends)
            assert balance(entries, ends) == balance(ledger(known, ends), ends), "later years change nothing before"
    live = sum(Decimal(row["days"]) for row in rows if row["status"] == "approved")
    drawn = -sum(entry.days for entry in known.facts if entry.what in ("use", "cancel"))
    assert drawn == live, "what is drawn is what the approved requests cost"


@given(served, st.lists(st.tuples(days, st.integers(1, 3)), max_size=6), st.randoms())
def test_the_order_in_which_facts_were_written_changes_nothing(whose: Any, some: Any, chance: Any) -> None:
    facts = [Entry(id=f"use|{n}", what="use", day=day, days=Decimal(-count)) for n, (day, count) in enumerate(some)]
    mixed = list(facts)
    chance.shuffle(mixed)
    assert ledger(account(*facts, served=whose), LAST) == ledger(account(*mixed, served=whose), LAST)
