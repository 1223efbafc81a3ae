"""A bucket for each caller."""

from kit.buckets import Buckets


def buckets(most: int = 1_000) -> tuple[Buckets, list[float]]:
    now = [0.0]
    return Buckets(40, 1 / 3, most, lambda: now[0]), now


def test_many_at_once_go_through_and_then_a_few_a_minute() -> None:
    pace, now = buckets()
    assert [pace.wait("a") for _ in range(40)] == [0] * 40
    assert pace.wait("a") == 3
    assert pace.wait("b") == 0, "others are not affected"
    now[0] = 3
    assert [pace.wait("a"), pace.wait("a")] == [0, 3]
    now[0] = 10_000
    assert [pace.wait("a") for _ in range(41)] == [0] * 40 + [3]


def test_what_costs_more_empties_it_sooner_and_waits_longer() -> None:
    pace, now = buckets()
    assert [pace.wait("a", 16), pace.wait("a", 16), pace.wait("a", 16)] == [0, 0, 24]
    pace.give_back("a", 8)
    assert pace.wait("a", 16) == 0
    pace.give_back("a", 1000)
    assert [pace.wait("a") for _ in range(41)] == [0] * 40 + [3], "never more than a full one"
    now[0] = 1.5
    assert pace.wait("a") == 2, "refused: nothing was taken, what had come again is kept"


def test_it_forgets_those_who_were_away_longest() -> None:
    pace, _ = buckets(most=2)
    for caller in "abc":
        assert pace.wait(caller, 40) == 0
    assert len(pace) == 2
    assert [pace.wait(caller, 40) > 0 for caller in "bca"] == [True, True, False]
