"""What a partition still owes its view."""

import pytest

from services.reporting.freshness.views import lag_of


@pytest.mark.parametrize(
    ("at", "there", "lag"),
    [
        (None, (0, 0), 0),
        (None, (0, 7), 7),
        (5, (0, 7), 2),
        (7, (0, 7), 0),
        (None, (90, 100), 10),  # the first ninety are deleted: nobody can owe them
        (40, (90, 100), 10),
        (9, (0, 7), 0),  # the topic was made anew: the projector will start again by itself
        (5, None, None),
    ],
)
def test_lag_is_what_is_there_and_not_folded(at: int | None, there: tuple[int, int] | None, lag: int | None) -> None:
    assert lag_of(at, there) == lag
