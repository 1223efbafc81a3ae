"""Live, late, drifting: devices.md section 1.7."""

from datetime import UTC, datetime, timedelta

import pytest

from services.attendance.devices.contacts import Contact

NOW = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)


def test_live_needs_a_recent_poll_and_no_batch() -> None:
    contact = Contact()
    assert not contact.live(NOW, 10, 1), "never polled"
    contact.polled(NOW - timedelta(seconds=20))
    assert contact.live(NOW, 10, 2)
    assert not contact.live(NOW, 10, 3), "a batch"
    assert not contact.live(NOW + timedelta(seconds=1), 10, 1), "silent for more than two delays"


@pytest.mark.parametrize("drift", [-61, 121, 9_000])
def test_three_in_a_row_are_drift(drift: int) -> None:
    contact = Contact()
    for _ in range(2):
        contact.timed(drift)
    assert not contact.drifting
    contact.timed(drift)
    assert contact.drifting
    contact.timed(5)
    assert not contact.drifting


@pytest.mark.parametrize("drift", [-60, 0, 120])
def test_within_bounds(drift: int) -> None:
    contact = Contact()
    for _ in range(5):
        contact.timed(drift)
    assert not contact.drifting


def test_the_newest_punch_only_moves_forward() -> None:
    contact = Contact()
    contact.punched(NOW)
    contact.dirty = False
    contact.punched(NOW - timedelta(hours=1))
    assert (contact.last_punch, contact.dirty) == (NOW, False)
