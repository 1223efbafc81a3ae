"""The breaker trips on a run and on a share of poison, however the log is cut into batches, and on nothing else."""

import pytest

from kit.projector.breaker import Breaker, Limits, Runs
from kit.projector.outcomes import Tripped


def feed(breaker: Breaker, *batches: Runs) -> None:
    for runs in batches:
        breaker.check(runs)
        breaker.note(runs)


def test_a_run_of_poison_trips_before_the_batch_commits() -> None:
    breaker = Breaker(Limits(run=3))
    feed(breaker, [(True, 5), (False, 2), (True, 1)])
    with pytest.raises(Tripped, match="3 records in a row"):
        breaker.check([(True, 1), (False, 3), (True, 9)])


def test_a_run_goes_on_over_batches() -> None:
    breaker = Breaker(Limits(run=3))
    feed(breaker, [(True, 4), (False, 1)], [(False, 1)])
    with pytest.raises(Tripped):
        breaker.check([(False, 1), (True, 4)])
    feed(breaker, [(True, 1)], [(False, 2)])


def test_scattered_poison_is_no_run() -> None:
    breaker = Breaker(Limits(run=50))
    feed(breaker, [(True, 9), (False, 1)] * 100)


def test_a_share_counts_once_the_window_is_full() -> None:
    breaker = Breaker(Limits(run=50, share=0.1, window=100))
    feed(breaker, [(True, 1), (False, 1)] * 40)
    with pytest.raises(Tripped, match="50 of the last 100"):
        breaker.check([(True, 1), (False, 1)] * 10)


def test_a_share_looks_at_the_last_window_only() -> None:
    breaker = Breaker(Limits(run=50, share=0.1, window=100))
    feed(breaker, [(True, 1), (False, 1)] * 10, *[[(True, 20)]] * 40)
    feed(breaker, [(False, 8), (True, 12)])
    with pytest.raises(Tripped):
        breaker.check([(False, 8), (True, 12)])


def test_a_refused_batch_is_not_remembered() -> None:
    breaker = Breaker(Limits(run=3))
    for _ in range(3):
        with pytest.raises(Tripped):
            breaker.check([(False, 3)])
    feed(breaker, [(False, 2)])


def test_clean_batches_never_trip() -> None:
    breaker = Breaker(Limits(run=1, share=0.0, window=1))
    feed(breaker, *[[(True, 5_000)]] * 10)
