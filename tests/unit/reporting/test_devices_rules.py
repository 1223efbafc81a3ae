"""The state of a terminal."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contracts.events.attendance import DeviceChanged
from services.reporting.devices import rules

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FIVE_MINUTES = timedelta(minutes=5)


def device(**more: Any) -> DeviceChanged:
    known: dict[str, Any] = {"device_id": "d", "serial": "S", "name": "D", "status": "active", "changed_at": NOW}
    return DeviceChanged.model_validate(known | more)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"last_seen": NOW}, "live"),
        ({"last_seen": NOW - FIVE_MINUTES}, "live"),
        ({"last_seen": NOW - FIVE_MINUTES - timedelta(seconds=1)}, "silent"),
        ({"last_seen": NOW, "alerts": [{"kind": "silent", "since": NOW}]}, "silent"),
        ({"last_seen": NOW, "alerts": [{"kind": "clock_drift", "since": NOW}]}, "live"),
        ({}, "never_seen"),
        ({"status": "pending", "last_seen": NOW}, "pending"),
    ],
)
def test_state(said: dict[str, Any], state: str) -> None:
    assert rules.state_of(device(**said), NOW, FIVE_MINUTES) == state


def test_a_terminal_never_heard_of_is_ours_but_not_silent_and_a_pending_one_is_not_yet_ours() -> None:
    totals = rules.totals(["live", "live", "silent", "never_seen", "pending"])
    assert (totals.total, totals.live, totals.silent, totals.never_seen, totals.pending) == (4, 2, 1, 1, 1)
