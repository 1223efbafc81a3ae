"""From a recorded punch to the answers of the API, on the real broker and database."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.reporting.spine import Spine, employee_state, punch_of, site_state, unit_state

pytestmark = pytest.mark.integration
DAY = "2026-11-23"
SEVEN = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # 07.00 WIB


async def test_a_punch_is_seen_in_every_answer(running: Spine) -> None:
    await running.told(
        unit_state("pres-root"),
        unit_state("pres-a", "pres-root"),
        unit_state("pres-b", "pres-root"),
        site_state("pres-site"),
        employee_state("pres-ani", "pres-a", "pres-site", "Ani"),
        employee_state("pres-budi", "pres-a", "pres-site", "Budi"),
        employee_state("pres-cici", "pres-b", "pres-site", "Cici"),
    )
    await running.told(
        punch_of("pres-ani", SEVEN + timedelta(minutes=27), "pres-site"),
        punch_of("pres-cici", SEVEN + timedelta(minutes=31), "pres-site"),
        punch_of("pres-cici", SEVEN + timedelta(hours=9), "pres-site"),
    )

    presence = await running.get("/presence", unit="pres-root", date=DAY)

    assert presence["unit"] == {"id": "pres-root", "name": "pres-root", "short_name": "pres-roo", "path": []}
    assert presence["totals"] == {"expected": 3, "present": 2, "not_yet": 1, "last_at": "2026-11-23T09:00:00Z"}
    assert {child["unit"]["id"]: child["totals"]["present"] for child in presence["children"]} == {
        "pres-a": 1,
        "pres-b": 1,
    }
    assert presence["freshness"]["complete_to"] is not None
