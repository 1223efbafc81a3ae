"""From sums to the points of a line. Pure, in Decimal."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from services.reporting.presence.people import held_on
from services.reporting.presence.periods import Span, period_of, weekdays
from services.reporting.presence.rules import present
from services.reporting.trend.models import TrendPoint

POINTS = 12
HUNDREDTH, THOUSANDTH = Decimal("0.01"), Decimal("0.001")
Sums = Mapping[str, int]
"""`present`, `effective`, `ratings`, `stars` of one week or month."""


def point(first: date, last: date, today: date, sums: Sums | None, expected: int) -> TrendPoint:
    """One week or month; `sums` None where nothing is known of it."""
    running = last >= today
    if sums is None:
        nothing = dict.fromkeys(("present", "expected", "share", "effective_minutes", "ratings", "mean"))
        return TrendPoint(first=first, last=last, running=running, **nothing)
    ratings = sums["ratings"]
    share = min(Decimal(1), Decimal(sums["present"]) / expected) if expected else None
    return TrendPoint(
        first=first,
        last=last,
        running=running,
        present=sums["present"],
        expected=expected,
        share=None if share is None else share.quantize(THOUSANDTH, ROUND_HALF_EVEN),
        effective_minutes=sums["effective"],
        ratings=ratings,
        mean=(Decimal(sums["stars"]) / ratings).quantize(HUNDREDTH, ROUND_HALF_EVEN) if ratings else None,
    )


def of_days(days: Iterable[Mapping[str, Any]], span: Span) -> dict[str, Counter[str]]:
    """Sums by period of one employee's days."""
    found: dict[str, Counter[str]] = {}
    for day in days:
        sums = found.setdefault(period_of(date.fromisoformat(day["date"]), span), Counter())
        strands = day.get("strands", {})
        rated = strands.get("rated", {})
        sums["present"] += present(day)
        sums["effective"] += strands.get("work", {}).get("effective_minutes", 0)
        sums["ratings"] += rated.get("ratings", 0)
        sums["stars"] += rated.get("stars", 0)
    return found


def posted_days(assignments: Sequence[Mapping[str, Any]], first: date, until: date) -> int:
    """Weekdays on which somebody held a post of the own."""
    return sum(held_on(assignments, str(day)) is not None for day in weekdays(first, until))


def person_days(changes: Mapping[str, int], first: date, until: date) -> int:
    """Weekdays of everybody, from the dated changes of the number of people."""
    dated = sorted(changes.items())
    people = at = total = 0
    for day in weekdays(first, until):
        while at < len(dated) and dated[at][0] <= str(day):
            people += dated[at][1]
            at += 1
        total += max(0, people)
    return total
