"""Balances of annual leave, year by year, as the shipped table has them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.attendance.leave.ledger import Account, Entry, balance, ledger, shortfall
from services.attendance.leave.service import Serving, serving
from tests.unit.attendance.leave.making import PNS, PPPK, account, used


def lines(known: Account, year: int) -> list[tuple[str, str, str]]:
    return [(one.what, str(one.day), str(one.days)) for one in ledger(known, date(year, 12, 31))]


def at_end(known: Account, year: int) -> Decimal:
    return balance(ledger(known, date(year, 12, 31)), date(year, 12, 31))


def test_twelve_days_a_year_after_a_year_of_service() -> None:
    assert lines(account(), 2026) == [("grant", "2026-01-01", "12")]
    new = Serving(kind="pns", valid_from=date(2025, 9, 1), since=date(2025, 9, 1))
    known = account(served=(new,))
    assert lines(known, 2026) == [("grant", "2026-09-01", "12")]
    assert balance(ledger(known, date(2026, 8, 31)), date(2026, 8, 31)) == 0


def test_nobody_known_has_nothing() -> None:
    assert lines(account(served=()), 2027) == []


def test_six_of_what_is_left_are_carried() -> None:
    known = account(used("2", date(2026, 5, 4)))
    assert lines(known, 2027)[2:] == [("lapse", "2027-01-01", "-4"), ("grant", "2027-01-01", "12")]
    assert at_end(known, 2027) == 18


def test_less_than_six_is_carried_whole() -> None:
    assert at_end(account(used("9", date(2026, 5, 4))), 2027) == 15


def test_after_two_years_without_any_twelve_are_carried() -> None:
    known = account()
    assert [at_end(known, year) for year in (2026, 2027, 2028)] == [12, 18, 24]
    assert at_end(account(used("1", date(2027, 5, 3))), 2028) == 18


def test_a_use_that_was_cancelled_is_none() -> None:
    back = Entry(id="cancel|use|x|2027|2", what="cancel", day=date(2027, 5, 3), days=Decimal(1), request_id="x")
    assert at_end(account(used("1", date(2027, 5, 3)), back), 2028) == 24


def test_what_comes_late_for_last_year_changes_what_was_carried() -> None:
    before = account(used("2", date(2026, 5, 4)))
    after = before.with_more([used("8", date(2026, 12, 28), "y")])
    assert [at_end(before, 2027), at_end(after, 2027)] == [18, 14]


def test_a_use_now_that_next_years_leave_rests_on_is_a_shortfall_next_year() -> None:
    """12 - 6 carried + 12 = 18 are used next year; two more this year leave only four to be carried."""
    planned = account(used("6", date(2026, 6, 1)), used("18", date(2027, 2, 1), "y"))
    assert shortfall(ledger(planned, date(2027, 12, 31)), date(2026, 1, 1)) is None
    more = planned.with_more([used("2", date(2026, 7, 1), "z")])
    assert shortfall(ledger(more, date(2026, 12, 31)), date(2026, 7, 1)) == (date(2027, 2, 1), Decimal(2))


def test_before_the_grant_of_the_year_there_is_nothing_to_use() -> None:
    new = Serving(kind="pns", valid_from=date(2025, 9, 1), since=date(2025, 9, 1))
    known = account(used("1", date(2026, 3, 2)), served=(new,))
    assert shortfall(ledger(known, date(2026, 12, 31)), date(2026, 3, 2)) == (date(2026, 3, 2), Decimal(1))


def test_who_becomes_pns_begins_anew() -> None:
    """A contract until June, CPNS from July: the days of 2026 come from the contract, those of 2027 a year later."""
    contract = PPPK.model_copy(update={"valid_to": date(2026, 6, 30)})
    now = Serving(kind="pns", valid_from=date(2026, 7, 1), since=date(2026, 7, 1))
    known = account(served=(contract, now))
    grants = [(one.day, one.rule) for one in ledger(known, date(2027, 12, 31)) if one.what == "grant"]
    assert grants == [(date(2026, 1, 1), "annual-pppk-2018"), (date(2027, 7, 1), "annual-pns-2017")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("pppk", "2024-01-01", "2024-12-31"), ("pppk", "2025-01-01", None)], ["2024-01-01", "2024-01-01"]),
        ([("pppk", "2024-01-01", "2024-12-31"), ("pppk", "2025-02-01", None)], ["2024-01-01", "2025-02-01"]),
        ([("pppk", "2024-01-01", "2024-12-31"), ("pns", "2025-01-01", None)], ["2024-01-01", "2025-01-01"]),
    ],
    ids=["a contract that follows goes on", "a gap ends it", "another kind begins anew"],
)
def test_continuous_service(rows: list[tuple[Any, ...]], expected: list[str]) -> None:
    given = [{"kind": kind, "valid_from": first, "valid_to": last, "since": first} for kind, first, last in rows]
    assert [str(one.since) for one in serving(reversed(given))] == expected


def test_months_of_service() -> None:
    since = PNS.model_copy(update={"since": date(2020, 1, 31)})
    on = [date(2020, 2, 28), date(2020, 2, 29), date(2021, 1, 30), date(2021, 1, 31)]
    assert [since.months(day) for day in on] == [0, 1, 11, 12]
