"""Pauses between batches: none for the fresh, none for those behind, short ones in between."""

import pytest

from kit.projector.pace import LONGEST_PAUSE, QUIET_RECORDS, pause_after


@pytest.mark.parametrize("records", [0, 1, QUIET_RECORDS, 1_250, 5_000])
def test_a_handful_and_a_full_batch_are_not_delayed(records: int) -> None:
    assert pause_after(records, 0.02, 5_000) == 0.0


def test_in_between_the_pause_grows_with_the_batch_to_a_limit() -> None:
    pauses = [pause_after(records, 10.0, 5_000) for records in range(QUIET_RECORDS + 1, 1_250)]
    assert pauses == sorted(pauses)
    assert 0 < pauses[0] < pauses[-1] == LONGEST_PAUSE


def test_a_quick_commit_is_not_followed_by_a_long_pause() -> None:
    assert pause_after(1_000, 0.002, 5_000) == pytest.approx(0.004)
