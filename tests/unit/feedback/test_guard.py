"""Guessing is dear for an address and bounded for all; whoever has a right code is not held up by it."""

import pytest

from kit.problems import Problem
from services.feedback.ratings.guard import BURST, MISS, MISSES_A_MINUTE, Guard, Unknown, network_of


class Door:
    """A guard with a clock; `tries` says how each was answered: found, missed, or after how many seconds again."""

    def __init__(self) -> None:
        self.now = 0.0
        self.guard = Guard(lambda: self.now)

    def tries(self, address: str, *, found: bool, error: type[Exception] | None = None) -> str | int:
        try:
            with self.guard.attempt(address):
                if error is not None:
                    raise error
                if not found:
                    raise Unknown
        except Unknown:
            return "missed"
        except Problem as refused:
            return int(refused.headers["Retry-After"]) if refused.slug == "too-many-attempts" else refused.slug
        except Exception:
            return "failed"
        return "found"


def test_ten_misses_close_the_door_also_for_a_right_code() -> None:
    door = Door()
    assert [door.tries("192.0.2.1", found=False) for _ in range(10)] == ["missed"] * 10
    assert door.tries("192.0.2.1", found=True) == 60
    assert door.tries("192.0.2.2", found=True) == "found", "others are not affected"
    door.now = 60
    assert [door.tries("192.0.2.1", found=False), door.tries("192.0.2.1", found=False)] == ["missed", 60]
    door.now = 660
    assert [door.tries("192.0.2.1", found=False) for _ in range(11)] == ["missed"] * 10 + [60]


def test_a_hall_behind_one_address_goes_through() -> None:
    door = Door()
    most = BURST - MISS
    assert [door.tries("192.0.2.1", found=True) for _ in range(most)] == ["found"] * most


def test_a_database_that_is_away_is_no_miss() -> None:
    door = Door()
    assert [door.tries("192.0.2.1", found=True, error=OSError) for _ in range(50)] == ["failed"] * 50


def test_many_at_once_from_one_address_pay_before_they_look() -> None:
    door = Door()
    attempts = [door.guard.attempt("192.0.2.1") for _ in range(11)]
    for attempt in attempts[:10]:
        attempt.__enter__()
    with pytest.raises(Problem, match="429"):
        attempts[10].__enter__()


def test_all_misses_together_are_bounded_a_minute() -> None:
    door = Door()
    tried = [door.tries(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", found=False) for n in range(MISSES_A_MINUTE + 500)]
    assert tried.count("missed") == MISSES_A_MINUTE
    door.now = 60
    assert door.tries("192.0.2.1", found=True) == "found"


def test_an_address_is_not_kept_and_a_subscriber_of_ipv6_is_one() -> None:
    door = Door()
    assert door.tries("2001:db8:1:2::1", found=False) == "missed"
    assert "2001" not in repr(vars(door.guard)) + repr(door.guard._addresses)
    assert network_of("2001:db8:1:2:ffff::9") == network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1")
    assert network_of("unknown") == "unknown"
