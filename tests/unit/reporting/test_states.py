"""How somebody stands on a date, by punches and by what attendance says of it."""

from typing import Any, get_args

import pytest

from contracts.events.days import DayStatus
from services.reporting.presence.states import SPARED, spared, state_of


def day(status: str | None, count: int = 0) -> dict[str, Any]:
    """A day as it is stored."""
    strands = {} if status is None else {"strands": {"assessed": {"status": status, "late_minutes": 0}}}
    return {"count": count, **strands}


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (None, "not_yet"),
        ("pending", "not_yet"),
        ("absent", "not_yet"),
        ("no_schedule", "not_yet"),
        ("leave", "away"),
        ("duty", "away"),
        ("permit", "away"),
        ("correction", "away"),
        ("amnesty", "away"),
        ("off", "off"),
        ("holiday", "off"),
        ("on_call", "off"),
    ],
)
def test_without_a_punch_the_assessed_day_says_who_is_missing(status: str | None, state: str) -> None:
    assert state_of(day(status)) == state


@pytest.mark.parametrize("status", [None, *get_args(DayStatus)])
def test_whoever_came_is_present_whatever_was_asked(status: str | None) -> None:
    assert state_of(day(status, count=1)) == "present"
    assert spared(day(status, count=1)) is None


def test_of_a_day_that_nothing_is_known_of_somebody_is_expected() -> None:
    assert state_of(None) == "not_yet"


def test_every_status_that_spares_is_one_that_attendance_says() -> None:
    assert set(SPARED) < set(get_args(DayStatus))
