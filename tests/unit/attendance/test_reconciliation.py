"""Percent, complete to, silence: tables."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from services.attendance.fleet.rules import OfficeHours
from services.attendance.reconciliation.gaps import bounds_of, period_of
from services.attendance.reconciliation.rules import (
    Period,
    complete_to,
    percent,
    silent_minutes,
    site_complete_to,
)

MONDAY = datetime(2026, 3, 1, 17, tzinfo=UTC)  # midnight in Jakarta
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("held", "stored", "expected"),
    [
        (None, 5, None),
        (0, 0, "100"),
        (4, 4, "100"),
        (4, 5, "100"),
        (6, 4, "66.6"),
        (10_000, 9_999, "99.9"),
        (3, 0, "0.0"),
    ],
)
def test_percent(held: int | None, stored: int, expected: str | None) -> None:
    assert percent(held, stored) == (None if expected is None else Decimal(expected))


def test_complete_to_is_the_last_contact_or_the_first_gap() -> None:
    gap = Period(MONDAY, MONDAY + 24 * HOUR)
    assert complete_to(None, [gap]) is None
    assert complete_to(MONDAY + 30 * HOUR, []) == MONDAY + 30 * HOUR
    assert complete_to(MONDAY + 30 * HOUR, [gap, Period(MONDAY + 2 * HOUR, MONDAY + 3 * HOUR)]) == MONDAY
    assert site_complete_to([None, MONDAY + HOUR, MONDAY]) == MONDAY
    assert site_complete_to([None]) is None


def test_silence_counts_in_office_hours_only() -> None:
    hours = OfficeHours.of("06:00", "18:00", "12345")
    day = Period(MONDAY, MONDAY + 24 * HOUR)

    def minutes(*silences: Period, of: Period = day) -> int:
        return silent_minutes(silences, of, hours, "Asia/Jakarta")

    assert minutes() == 0
    assert minutes(Period(MONDAY, MONDAY + 7 * HOUR)) == 60
    assert minutes(Period(MONDAY + 7 * HOUR, MONDAY + 8 * HOUR), Period(MONDAY + 7 * HOUR, MONDAY + 9 * HOUR)) == 120
    assert minutes(Period(MONDAY - 40 * HOUR, MONDAY + 90 * HOUR)) == 720
    sunday = Period(MONDAY - 24 * HOUR, MONDAY)
    assert minutes(Period(MONDAY - 40 * HOUR, MONDAY + 90 * HOUR), of=sunday) == 0


@pytest.mark.parametrize(
    "subject", ["", "oversize:12", "2026-03-02 00:00:00", "2026-03-03 00:00:00/2026-03-02 00:00:00"]
)
def test_other_subjects_are_no_period(subject: str) -> None:
    assert bounds_of(subject) is None
    assert period_of(subject, "Asia/Jakarta") is None


def test_a_period_is_by_the_terminals_clock() -> None:
    subject = "2026-03-02 00:00:00/2026-03-02 23:59:59"
    assert period_of(subject, "Asia/Jakarta") == (MONDAY, MONDAY + 24 * HOUR)
    assert period_of(subject, "Asia/Jayapura") == (MONDAY - 2 * HOUR, MONDAY + 22 * HOUR)
    assert period_of(subject, "Asia/Atlantis") is None
