"""A wrong phone clock neither helps nor hurts."""

from datetime import UTC, datetime, timedelta
from typing import Any

from services.attendance.checkins.clocks import moment_of
from services.attendance.checkins.models import CheckIn
from tests.fixtures.mobile import check_in

HONEST = datetime(2026, 1, 5, 0, 28, 41, tzinfo=UTC)


def judged(received: datetime, **other: Any) -> tuple[datetime, dict[str, tuple[str, int | None]]]:
    moment = moment_of(CheckIn.model_validate(check_in(**other)), received)
    return moment.at, {doubt.code: (doubt.grade, doubt.amount) for doubt in moment.doubts}


def test_sent_at_once_it_is_when_it_arrives() -> None:
    assert judged(HONEST + timedelta(seconds=2)) == (HONEST + timedelta(seconds=2), {})


def test_three_hours_offline_with_a_clock_thirty_minutes_fast() -> None:
    """The vector of devices.md section 5: received 12:28:41, three hours later, wall 09:58:41."""
    received = datetime.fromisoformat("2026-01-05T12:28:41+07:00").astimezone(UTC)
    at, doubts = judged(
        received, captured_at="2026-01-05T09:58:41+07:00", queued=True, elapsed_since_capture_ms=10_800_000
    )
    assert at == datetime.fromisoformat("2026-01-05T09:28:41+07:00")
    assert doubts == {"clock_skew": ("note", 1800), "late_arrival": ("note", 10_800)}


def test_a_clock_set_back_gives_nobody_an_earlier_arrival() -> None:
    at, doubts = judged(HONEST + timedelta(minutes=50))
    assert at == HONEST + timedelta(minutes=50)
    assert doubts == {"clock_skew": ("note", -3000)}


def test_after_a_restart_there_is_only_the_wall_clock_and_a_person_decides() -> None:
    at, doubts = judged(HONEST + timedelta(hours=2), queued=True)
    assert at == HONEST
    assert doubts["unverifiable_time"][0] == "doubt"
    ahead, doubts = judged(HONEST - timedelta(hours=2), queued=True)
    assert ahead == HONEST - timedelta(hours=2), "nothing is recorded for a time that has not come"
    assert set(doubts) == {"unverifiable_time", "clock_skew"}


def test_two_minutes_are_no_matter() -> None:
    assert judged(HONEST + timedelta(seconds=120), elapsed_since_capture_ms=120_000) == (HONEST, {})
    assert set(judged(HONEST + timedelta(seconds=121))[1]) == {"clock_skew"}
