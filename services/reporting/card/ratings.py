"""From counts of stars to what may be said of them. Pure, in Decimal.

`low` to `high` is Wilson's interval (E. B. Wilson, 1927) at 95 % on the share of the scale that was reached,
p = (mean - 1) / 4. It never leaves the scale and is wide where few have rated: four fives prove little. For stars it is
on the careful side, since the variance of anything between 0 and 1 is at most p(1 - p), a yes-or-no's.

`fair` is the mean drawn toward what the services rated get from everybody (`expected`), as if `WEIGHT` more ratings had
been exactly that: (stars + WEIGHT * expected) / (n + WEIGHT). A counter where people come angry does not make bad
officers, and a handful of ratings moves nobody far.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from services.reporting.card.models import Rated, Served

Z = Decimal("1.959964")
WEIGHT = 10
STARS = ("one", "two", "three", "four", "five")
HUNDREDTH = Decimal("0.01")


def rated(sums: Mapping[str, int]) -> Rated:
    """Of a person: the sums of the strand RATED over a period."""
    n, stars = sums["ratings"], sums["stars"]
    if not n:
        return Rated(ratings=0, distribution=[0] * 5)
    low, high = interval(n, stars)
    expected = Decimal(sums["expected_milli"]) / 1000 / n
    return Rated(
        ratings=n,
        mean=_rounded(Decimal(stars) / n),
        low=_rounded(low),
        high=_rounded(high),
        expected=_rounded(expected),
        fair=_rounded(fair(n, stars, expected)),
        distribution=[sums[star] for star in STARS],
    )


def served(sums: Mapping[str, int]) -> Served:
    """Of services: the sums of their days over a period."""
    n, stars = sums["released"], sums["stars"]
    found = Served(given=sums["ratings"], ratings=n, distribution=[sums[star] for star in STARS])
    if n:
        low, high = interval(n, stars)
        found.mean, found.low, found.high = _rounded(Decimal(stars) / n), _rounded(low), _rounded(high)
    return found


def interval(n: int, stars: int) -> tuple[Decimal, Decimal]:
    """Where the mean would lie if many more had rated, 95 times of 100; `n` at least 1."""
    mean = Decimal(stars) / n
    share = (mean - 1) / 4
    squared = Z * Z / n
    centre = share + squared / 2
    half = Z * ((share * (1 - share) + squared / 4) / n).sqrt()
    low, high = ((centre - half) / (1 + squared), (centre + half) / (1 + squared))
    # The mean lies within, but for the 28th digit of these divisions.
    return min(1 + 4 * max(low, Decimal(0)), mean), max(1 + 4 * min(high, Decimal(1)), mean)


def fair(n: int, stars: int, expected: Decimal) -> Decimal:
    """The mean of `n` ratings and of WEIGHT more as they are expected."""
    return (stars + WEIGHT * expected) / (n + WEIGHT)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(HUNDREDTH, ROUND_HALF_EVEN)
