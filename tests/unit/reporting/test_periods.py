"""Weeks and months, what of a norm is due, and the points of a line."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.reporting.presence import periods
from services.reporting.spread import rules as spread
from services.reporting.trend import rules as trend

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("first", "last", "consists_of"),
    [
        ("2026-11-01", "2026-11-30", ["2026-11"]),
        ("2026-10-01", "2026-12-31", ["2026-10", "2026-11", "2026-12"]),
        ("2026-11-23", "2026-11-29", ["2026-W48"]),
        ("2026-12-28", "2027-01-10", ["2026-W53", "2027-W01"]),
        ("2027-02-01", "2027-02-28", ["2027-02"]),  # a month of four whole weeks is a month
        ("2026-11-23", "2026-11-23", None),
        ("2026-11-02", "2026-11-30", None),
    ],
)
def test_a_period_consists_of_whole_months_or_weeks(first: str, last: str, consists_of: list[str] | None) -> None:
    assert periods.whole(date.fromisoformat(first), date.fromisoformat(last)) == consists_of


def test_a_line_ends_with_the_week_or_month_asked_for() -> None:
    weeks = periods.latest(date(2026, 11, 25), "week", 3)
    assert [(str(one), str(other)) for one, other in weeks] == [
        ("2026-11-09", "2026-11-15"),
        ("2026-11-16", "2026-11-22"),
        ("2026-11-23", "2026-11-29"),
    ]
    months = periods.latest(date(2026, 1, 31), "month", 12)
    assert (str(months[0][0]), str(months[-1][1]), len(months)) == ("2025-02-01", "2026-01-31", 12)


def test_the_norm_so_far_is_the_share_of_the_weekdays_that_have_come() -> None:
    november = date(2026, 11, 1)  # 21 weekdays, the 1st is a Sunday
    assert spread.norm_so_far(6750, november, november) == 0
    assert spread.norm_so_far(2100, november, date(2026, 11, 6)) == 500
    assert spread.norm_so_far(2100, november, date(2026, 11, 8)) == 500, "a weekend adds nothing"
    assert round(spread.norm_so_far(6750, november, periods.month_end(november))) == 6750
    two_months = spread.norm_so_far(6750, date(2026, 10, 1), date(2026, 11, 30))
    assert round(two_months) == 13500


def test_classes_begin_at_the_first_whole_minute_that_is_enough() -> None:
    starts = spread.bounds(Decimal("321.43"))
    assert starts == [0, 81, 161, 242, 322]
    found = spread.classes([80, 81, 160, 322, 400, 9000, 322], starts, 10)
    assert [(one.from_percent, one.below_percent, one.people) for one in found] == [
        (0, 25, 4),  # one with few minutes, and three without any
        (25, 50, 2),
        (50, 75, 0),
        (75, 100, 0),
        (100, None, 4),
    ]


def test_a_point_without_facts_is_missing_and_not_zero() -> None:
    nothing = trend.point(MONDAY, date(2026, 11, 29), date(2026, 12, 5), None, 10)
    assert (nothing.present, nothing.share, nothing.effective_minutes, nothing.mean, nothing.running) == (
        None,
        None,
        None,
        None,
        False,
    )
    some = {"present": 4, "effective": 900, "ratings": 0, "stars": 0}
    known = trend.point(MONDAY, date(2026, 11, 29), MONDAY, some, 5)
    assert (known.share, known.mean, known.running) == (Decimal("0.800"), None, True)
    assert trend.point(MONDAY, MONDAY, MONDAY, some, 3).share == 1, "shifts on weekends are no more than all"
    assert trend.point(MONDAY, MONDAY, MONDAY, some, 0).share is None


def test_expected_days_follow_who_was_there() -> None:
    changes = {"2020-01-01": 2, "2026-11-25": 1, "2026-11-27": -3}
    assert trend.person_days(changes, MONDAY, date(2026, 11, 29)) == 2 + 2 + 3 + 3 + 0
    assert trend.person_days(changes, MONDAY, date(2026, 11, 22)) == 0, "a period that has not begun"
    held: dict[str, Any] = {"kind": "primary", "valid_from": "2026-11-24", "valid_to": None}
    assert trend.posted_days([held], MONDAY, date(2026, 11, 29)) == 4


def test_a_persons_days_are_summed_by_week() -> None:
    work = {"strands": {"work": {"effective_minutes": 300}, "rated": {"ratings": 5, "stars": 21}}}
    days: list[dict[str, Any]] = [
        {"date": "2026-11-22", "count": 2},
        {"date": "2026-11-23", "count": 1} | work,
        {"date": "2026-11-24", "count": 0} | work,
    ]
    found = trend.of_days(days, "week")
    assert found["2026-W47"]["present"] == 1
    assert dict(found["2026-W48"]) == {"present": 1, "effective": 600, "ratings": 10, "stars": 42}
