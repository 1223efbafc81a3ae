"""Terminals: what they say against what is stored."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.reporting.spine import Spine, alert, device_state, punch_of, site_state

pytestmark = pytest.mark.integration
SEVEN = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


async def test_each_terminal_with_its_state_and_counts(running: Spine) -> None:
    now = datetime.now(UTC)
    await running.told(
        site_state("fl-s"),
        device_state("fl-live", site_id="fl-s", held=5, drift_seconds=3, quarantined=2),
        device_state("fl-silent", last_seen=now - timedelta(hours=1)),
        device_state("fl-alarmed", alerts=(alert("silent"),)),
        device_state("fl-new", last_seen=None),
        device_state("fl-pending", status="pending"),
        device_state("fl-gone", status="retired"),
    )
    punches = [
        punch_of(f"fl-{number}", SEVEN + timedelta(minutes=number), "fl-s", device_id="fl-live") for number in range(3)
    ]
    await running.told(*punches, punches[0])

    answer = await running.get("/devices")

    items = {one["device_id"]: one for one in answer["items"] if one["device_id"].startswith("fl-")}
    assert {one: item["state"] for one, item in items.items()} == {
        "fl-live": "live",
        "fl-silent": "silent",
        "fl-alarmed": "silent",
        "fl-new": "never_seen",
        "fl-pending": "pending",
    }
    live = items["fl-live"]
    assert live["site"] == {"id": "fl-s", "name": "fl-s", "zone": "Asia/Jakarta"}
    assert (live["held"], live["stored"], live["drift_seconds"], live["quarantined"]) == (5, 3, 3, 2)
    assert live["last_punch_at"] == "2026-11-23T00:02:00Z"
    assert items["fl-alarmed"]["alerts"][0]["kind"] == "silent"
    totals = answer["totals"]
    states = Counter(item["state"] for item in answer["items"])
    assert {one: totals[one] for one in ("live", "silent", "never_seen", "pending")} == {
        one: states[one] for one in ("live", "silent", "never_seen", "pending")
    }
    assert totals["total"] == totals["live"] + totals["silent"] + totals["never_seen"]
    presence = await running.get("/presence")
    assert presence["completeness"] == {
        "devices_total": totals["total"],
        "devices_silent": totals["silent"],
        "devices_never_seen": totals["never_seen"],
        "devices_pending": totals["pending"],
        "incomplete_employees": presence["completeness"]["incomplete_employees"],
    }
