"""Signs that a position was made up, and honest days that must not look like it."""

from datetime import UTC, datetime, timedelta

from services.attendance.checkins.signals import Trace, signals

NOW = datetime(2026, 1, 5, 0, 28, 41, tzinfo=UTC)
HOME = (-6.18, 106.83)


def trace(days: float = 0, **other: object) -> Trace:
    """A check-in so many days before now."""
    at = NOW - timedelta(days=days)
    usual: dict[str, object] = {
        "install": "7f0f2a1c",
        "boot": "b1",
        "booted": NOW.timestamp() - 98_123,
        "mark": f"mark-{days}",
        "cell": HOME,
        "accuracy": 10 + days,
    }
    return Trace(at=at, day=at.date().isoformat(), **(usual | other))  # type: ignore[arg-type]


def codes(now: Trace, *before: Trace) -> dict[str, str]:
    return {doubt.code: doubt.grade for doubt in signals(now, before)}


def test_ordinary_days_say_nothing() -> None:
    assert codes(trace(), *[trace(days) for days in range(1, 11)]) == {}
    assert codes(trace()) == {}


def test_a_journey_that_nobody_can_make() -> None:
    town = (-6.38, 106.83)  # 22 km
    assert codes(trace(cell=town), trace(1 / 24)) == {}
    assert codes(trace(cell=town), trace(2 / 1440)) == {"impossible_travel": "strong"}
    assert codes(trace(cell=None), trace(2 / 1440)) == {}
    assert codes(trace(cell=(-6.19, 106.84)), trace(1 / 86_400)) == {}, "the next cell may be the same desk"


def test_a_flight_between_islands_is_an_ordinary_journey() -> None:
    makassar = (-5.14, 119.43)  # 1,400 km
    assert codes(trace(cell=makassar), trace(2 / 24)) == {}
    assert codes(trace(cell=makassar), trace(1 / 24)) == {"impossible_travel": "strong"}


def test_the_same_coordinates_on_several_days() -> None:
    same = [trace(days, mark="m") for days in (1, 2, 3)]
    assert codes(trace(mark="m"), *same) == {"repeated_coordinates": "doubt"}
    assert codes(trace(mark="m"), *same[:2]) == {}
    assert codes(trace(mark="m"), *[trace(n / 1440, mark="m") for n in (1, 2, 3)]) == {}, "one sitting is one position"


def test_a_constant_accuracy_is_a_note_only() -> None:
    assert codes(trace(accuracy=20.0), *[trace(days, accuracy=20.0) for days in range(1, 6)]) == {
        "constant_accuracy": "note"
    }
    assert codes(trace(accuracy=20.0), *[trace(days, accuracy=20.0) for days in range(1, 5)]) == {}


def test_a_phone_was_switched_on_at_one_moment() -> None:
    moved = trace(booted=NOW.timestamp() - 98_123 - 3600)
    assert codes(moved, trace(0.1)) == {"clock_mismatch": "doubt"}
    assert codes(moved._replace(boot="b2"), trace(0.1)) == {}
    assert codes(moved._replace(install="other"), trace(0.1)) == {}
