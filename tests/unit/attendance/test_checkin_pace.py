"""A bucket for each account."""

from services.attendance.checkins.pace import BURST, PER_SECOND, Pace


def test_a_queue_of_many_days_goes_through_and_then_a_few_a_minute() -> None:
    now = 0.0
    pace = Pace(lambda: now)
    assert [pace.wait("a") for _ in range(BURST)] == [0] * BURST
    assert pace.wait("a") == 3
    assert pace.wait("b") == 0, "others are not affected"
    now = 1 / PER_SECOND
    assert [pace.wait("a"), pace.wait("a")] == [0, 3]
    now = 10_000
    assert [pace.wait("a") for _ in range(BURST + 1)] == [0] * BURST + [3]
