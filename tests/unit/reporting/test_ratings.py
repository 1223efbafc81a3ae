"""Means, intervals and fair means of stars: known values, and what must hold for any."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.reporting.card.ratings import WEIGHT, fair, interval, rated, served
from services.reporting.card.rules import figures, unit_figures
from services.reporting.presence.strands import RATED

COUNTS = st.tuples(*[st.integers(0, 40)] * 5).filter(lambda counts: sum(counts) > 0)


def sums(*counts: int, expected: str = "4") -> dict[str, int]:
    """As a strand or a service's days add up."""
    n, stars = sum(counts), sum(number * count for number, count in enumerate(counts, 1))
    named = dict(zip(("one", "two", "three", "four", "five"), counts, strict=True))
    return {"ratings": n, "released": n, "stars": stars, "expected_milli": int(Decimal(expected) * 1000) * n, **named}


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    # Wilson's own bounds of 0/n, n/n and n/2 of n successes, on the scale from 1 to 5.
    [
        ((0, 0, 0, 0, 5), "3.26", "5.00"),  # 5 of 5: 0.5655
        ((0, 0, 0, 0, 10), "3.89", "5.00"),  # 10 of 10: 0.7225
        ((10, 0, 0, 0, 0), "1.00", "2.11"),  # 0 of 10: 0.2775
        ((5, 0, 0, 0, 5), "1.95", "4.05"),  # 5 of 10: 0.2366 to 0.7634
        ((50, 0, 0, 0, 50), "2.62", "3.38"),  # 50 of 100: 0.4038 to 0.5962
    ],
)
def test_the_interval_is_wilsons(counts: tuple[int, ...], low: str, high: str) -> None:
    found = rated(sums(*counts))
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


def test_a_mean_is_drawn_toward_what_the_service_gets() -> None:
    found = rated(sums(0, 0, 0, 0, 5, expected="3.5"))
    assert (found.mean, found.expected, found.fair) == (Decimal("5.00"), Decimal("3.50"), Decimal("4.00"))
    many = rated(sums(0, 0, 0, 0, 1000, expected="3.5"))
    assert many.fair == Decimal("4.99")


def test_nothing_released_is_no_mean() -> None:
    found = rated(sums(0, 0, 0, 0, 0))
    assert (found.ratings, found.mean, found.low, found.high, found.fair) == (0, None, None, None, None)
    waiting = served(sums(0, 0, 0, 0, 0) | {"ratings": 3})
    assert (waiting.given, waiting.ratings, waiting.mean, waiting.distribution) == (3, 0, None, [0] * 5)


@given(COUNTS, st.integers(1000, 5000))
@example((0, 0, 0, 0, 3), 1000)  # whose upper end comes to 4.999…998
def test_all_of_it_stays_on_the_scale_and_in_order(counts: tuple[int, ...], expected: int) -> None:
    n, stars = sum(counts), sum(number * count for number, count in enumerate(counts, 1))
    low, high = interval(n, stars)
    mean = Decimal(stars) / n
    assert 1 <= low <= mean <= high <= 5
    toward = Decimal(expected) / 1000
    assert min(mean, toward) <= fair(n, stars, toward) <= max(mean, toward)


@given(COUNTS, st.integers(2, 20))
def test_more_of_the_same_is_surer(counts: tuple[int, ...], times: int) -> None:
    n, stars = sum(counts), sum(number * count for number, count in enumerate(counts, 1))
    low, high = interval(n, stars)
    surer_low, surer_high = interval(n * times, stars * times)
    assert surer_high - surer_low < high - low
    assert abs(fair(n * times, stars * times, Decimal(3)) - Decimal(stars) / n) <= abs(
        fair(n, stars, Decimal(3)) - Decimal(stars) / n
    )
    assert WEIGHT == 10, "the description of `fair` in the API says so"


def test_a_person_has_its_own_and_a_unit_its_services() -> None:
    kept = {"version": 1, "rule": "r", **{field: sums(0, 0, 0, 0, 5)[field] for field in RATED.sums}}
    person = figures([{"count": 0, "strands": {"rated": kept}}])
    assert (person.rated.ratings, person.rated.mean, person.served) == (5, Decimal("5.00"), None)
    unit = unit_figures([{"present": 0, "served_ratings": 7, "served_released": 5, "served_stars": 20}])
    assert unit.served is not None
    assert (unit.served.given, unit.served.ratings, unit.served.mean) == (7, 5, Decimal("4.00"))
