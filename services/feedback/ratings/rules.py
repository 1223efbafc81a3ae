"""What ratings come to and when they may be shown. Pure.

Source of the numbers: the dated table `services/feedback/rules/ratings.yaml`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from pydantic import Field

from kit.dated import Rule

STARS = ("one", "two", "three", "four", "five")
"""The names of the counts: `STARS[n - 1]` of n stars."""


class RatingsRule(Rule):
    """A row of the table.

    Ratings of a group (one employee and one service; of paper, one service) are held until there are `minimum_group`
    and released together, at an instant within `release_minutes` that nobody knows. A code for somebody served lives
    `code_minutes`, one on paper `sheet_days`; an employee may issue `codes_an_hour`. A text is due `text_delay_days`
    and up to `text_spread_days` more after it was written, and is published when `minimum_group` of its unit are due,
    or `text_longest_days` after that.
    """

    minimum_group: int = Field(ge=3)
    release_minutes: int = Field(ge=1)
    code_minutes: int = Field(ge=1)
    sheet_days: int = Field(ge=1)
    text_delay_days: int = Field(ge=1)
    text_spread_days: int = Field(ge=1)
    text_longest_days: int = Field(ge=1)
    codes_an_hour: int = Field(ge=1)


@dataclass(frozen=True, slots=True)
class Mean:
    """What the released ratings of a service come to: `stars` added up over `ratings`."""

    ratings: int
    stars: int


def counts(stars: Iterable[int]) -> dict[str, int]:
    """`ratings`, `stars` added up, and how many gave how many."""
    given = list(stars)
    each = {name: given.count(number) for number, name in enumerate(STARS, start=1)}
    return {"ratings": len(given), "stars": sum(given), **each}


def expected_milli(ratings: int, mean: Mean) -> int:
    """What as many ratings of a service come to by its mean, times 1,000; rounded half to even, once."""
    return round(Fraction(1000 * ratings * mean.stars, mean.ratings))


def publish_on(written: date, spread: int, rule: RatingsRule) -> date:
    """The day on which a text is due. `spread` is a random number of days from 0 to `text_spread_days`."""
    if not 0 <= spread <= rule.text_spread_days:
        raise ValueError(f"{spread} is not within 0 and {rule.text_spread_days} days")
    return written + timedelta(days=rule.text_delay_days + spread)


def may_publish(due: Sequence[date], today: date, rule: RatingsRule) -> bool:
    """Whether the texts of a unit that were due on these days are published today: they are enough, or one of them has
    waited for others long enough."""
    if not due:
        return False
    return len(due) >= rule.minimum_group or (today - min(due)).days >= rule.text_longest_days
