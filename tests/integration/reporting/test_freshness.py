"""How far each view is, partition by partition, against what its topics hold."""

from datetime import UTC, datetime

import pytest

from contracts.events.attendance import PunchRecorded
from contracts.topics import BY_TYPE
from deploy.local.ports import free_ports
from services.reporting.freshness.ends import Ends
from tests.integration.reporting.spine import Spine, punch_of, until_true

pytestmark = pytest.mark.integration
SEVEN = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


async def test_a_view_that_has_folded_all_has_no_lag_and_says_where_it_is(running: Spine) -> None:
    await running.told(*[punch_of(f"fr-{number}", SEVEN, "fr-s") for number in range(40)])

    async def level() -> bool:
        return bool((await running.get("/freshness"))["views"][0]["lag"] == 0)

    await until_true(level)
    answer = await running.get("/freshness")
    assert answer["broker_answers"] is True
    presence = answer["views"][0]
    assert [view["view"] for view in answer["views"]] == ["presence_v1", "reads_v1", "months_v1"]
    assert presence["freshness"]["complete_to"] is not None
    assert presence["folded_at"] is not None
    punches = [one for one in presence["partitions"] if one["topic"] == BY_TYPE[PunchRecorded.TYPE].name]
    assert [one["partition"] for one in punches] == list(range(12))
    assert sum(one["next_offset"] or 0 for one in punches) >= 40
    assert all((one["next_offset"] or 0) == one["end_offset"] for one in punches)
    waiting = (await running.get("/dead-letters", view="presence_v1"))["counts"]["waiting"]
    assert presence["dead_letters"] == waiting


async def test_without_the_broker_the_lag_is_unknown_and_the_rest_is_said(running: Spine) -> None:
    (nowhere,) = free_ports(1)
    ours, running.app.state.ends = running.app.state.ends, Ends(f"127.0.0.1:{nowhere}")
    try:
        answer = await running.get("/freshness")
    finally:
        running.app.state.ends = ours
    assert answer["broker_answers"] is False
    assert [view["lag"] for view in answer["views"]] == [None, None, None]
    assert any(one["next_offset"] for one in answer["views"][0]["partitions"])
