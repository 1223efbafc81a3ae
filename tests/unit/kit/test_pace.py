"""Pauses to gather: as good as none for the fresh, short ones when it is busy."""

import pytest

from kit.pace import LEAST_PAUSE, LONGEST_PAUSE, QUIET_RECORDS, pause_after


def test_a_single_record_is_not_delayed() -> None:
    assert pause_after(1, 0.02) == 0.0


@pytest.mark.parametrize("records", [2, QUIET_RECORDS])
def test_a_handful_waits_for_its_neighbours_and_no_longer(records: int) -> None:
    assert pause_after(records, 0.02) == LEAST_PAUSE < 0.005


def test_with_more_the_pause_grows_to_a_limit() -> None:
    pauses = [pause_after(records, 10.0) for records in range(QUIET_RECORDS + 1, 1_250)]
    assert pauses == sorted(pauses)
    assert 0 < pauses[0] < pauses[-1] == LONGEST_PAUSE


def test_quick_commits_do_not_wait_long() -> None:
    assert pause_after(1_000, 0.002) == pytest.approx(0.004)
