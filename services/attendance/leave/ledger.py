"""Days of annual leave as a ledger: a balance on any date is the sum of the entries up to it. Pure.

What people do is kept (use, cancel, adjust, forfeit). What the law does follows from it: the days of a year (grant),
and what is left of a year beyond what may be carried into the next (lapse). So an entry that comes late for last year
also changes what was carried, and a row that is corrected corrects every balance.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Literal, NamedTuple, get_args

from pydantic import AwareDatetime

from kit.days import after_months
from services.attendance.leave.law import LeaveLaw, LeaveRule
from services.attendance.leave.service import Serving, serving_on
from services.attendance.schedules.models import Frozen

NONE = Decimal(0)
What = Literal["lapse", "grant", "adjust", "use", "forfeit", "cancel"]
ORDER: tuple[What, ...] = get_args(What)


class Entry(Frozen):
    """`day`: from when it counts. `days`: more, or less when negative. `at`: when it was written down."""

    id: str
    what: What
    day: date
    days: Decimal
    rule: str = ""
    request_id: str | None = None
    words: str = ""
    by: str | None = None
    at: AwareDatetime | None = None


class Account(NamedTuple):
    """All that an employee's balance follows from. `first_year`: before it leave was kept elsewhere."""

    facts: tuple[Entry, ...]
    served: tuple[Serving, ...]
    law: LeaveLaw
    first_year: int

    def with_more(self, entries: Iterable[Entry]) -> "Account":
        return self._replace(facts=(*self.facts, *entries))


def ledger(account: Account, until: date) -> list[Entry]:
    """All entries up to the end of a year, or of the last year anything was written for, in the order in which they
    count."""
    last = max([until.year, *(one.day.year for one in account.facts)])
    entries: list[Entry] = list(account.facts)
    unused: list[int] = []
    balance = NONE
    for year in range(account.first_year, last + 1):
        lapsed = _lapse(account, year, balance, unused) if year > account.first_year else None
        granted = _grant(account, year)
        facts = [one for one in account.facts if one.day.year == year]
        used = sum((one.days for one in facts if one.what in ("use", "cancel")), NONE)
        unused = [*unused, year] if granted and used == 0 else []
        derived = [one for one in (lapsed, granted) if one is not None]
        entries += derived
        balance += sum((one.days for one in (*derived, *facts)), NONE)
    return sorted(entries, key=lambda one: (one.day, ORDER.index(one.what), one.id))


def balance(entries: Iterable[Entry], on: date) -> Decimal:
    """What is there on a date."""
    return sum((one.days for one in entries if one.day <= on), NONE)


def shortfall(entries: Sequence[Entry], since: date) -> tuple[date, Decimal] | None:
    """The first date from `since` on at which more is used than there is, and by how much."""
    for day, running in _running(entries):
        if day >= since and running < 0:
            return day, -running
    return None


def _running(entries: Sequence[Entry]) -> Iterator[tuple[date, Decimal]]:
    total = NONE
    for day, some in groupby(sorted(entries, key=lambda one: one.day), key=lambda one: one.day):
        total += sum((one.days for one in some), NONE)
        yield day, total


def granted_in(entries: Iterable[Entry], year: int) -> Decimal:
    """The days the law gives for a year."""
    return sum((one.days for one in entries if one.what == "grant" and one.day.year == year), NONE)


def _grant(account: Account, year: int) -> Entry | None:
    """The days of a year, once, from the first day in it on which the service is long enough."""
    for served in account.served:
        first = max(date(year, 1, 1), served.valid_from)
        rule = account.law.rule("annual", served.kind, first)
        if rule is None or rule.balance is None:
            continue
        begins = max(first, after_months(served.since, rule.service_months))
        if begins.year == year and served.holds(begins):
            return Entry(id=f"grant|{year}", what="grant", day=begins, days=rule.balance.days, rule=rule.id)
    return None


def _lapse(account: Account, year: int, left: Decimal, unused: Sequence[int]) -> Entry | None:
    """What of the year before is not carried into `year`."""
    closing = date(year, 1, 1) - timedelta(days=1)
    rule = _annual(account, closing)
    carried = _carried(rule, unused)
    if left <= carried:
        return None
    opening = closing + timedelta(days=1)
    return Entry(id=f"lapse|{year}", what="lapse", day=opening, days=carried - left, rule=rule.id if rule else "")


def _annual(account: Account, day: date) -> LeaveRule | None:
    served = serving_on(account.served, day)
    return account.law.rule("annual", served.kind, day) if served else None


def _carried(rule: LeaveRule | None, unused: Sequence[int]) -> Decimal:
    if rule is None or rule.balance is None:
        return NONE
    law = rule.balance
    return law.carry_unused_days if len(unused) >= law.unused_years else law.carry_days
