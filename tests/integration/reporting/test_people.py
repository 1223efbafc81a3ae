"""Pages of people."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from tests.integration.reporting.spine import Spine, employee_state, punch_of, site_state, unit_state

pytestmark = pytest.mark.integration
DAY = "2026-11-23"
SEVEN = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
NAMES = [f"Nama {number // 2:02d}" for number in range(30)]  # two of each: the id decides between them


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(running: Spine) -> Spine:
    """Thirty people in two units; every third is in."""
    people = [
        employee_state(f"peo-{number:02d}", f"peo-{'ab'[number % 2]}", "peo-s", name)
        for number, name in enumerate(NAMES)
    ]
    await running.told(
        unit_state("peo"), unit_state("peo-a", "peo"), unit_state("peo-b", "peo"), site_state("peo-s"), *people
    )
    await running.told(
        *(punch_of(f"peo-{number:02d}", SEVEN + timedelta(minutes=number), "peo-s") for number in range(0, 30, 3))
    )
    return running


async def everyone(office: Spine, **query: Any) -> list[dict[str, Any]]:
    """All pages of three."""
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        page = await office.get("/presence/people", date=DAY, limit=3, cursor=cursor, **query)
        assert len(page["items"]) <= 3
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


async def test_pages_bring_everybody_once_in_the_order_of_names(office: Spine) -> None:
    people = await everyone(office, unit="peo")
    assert [one["employee_id"] for one in people] == [f"peo-{number:02d}" for number in range(30)]
    assert [one["name"] for one in people] == NAMES
    assert {one["state"] for one in people if int(one["employee_id"][-2:]) % 3 == 0} == {"present"}
    first = people[0]
    assert first["unit"] == {"id": "peo-a", "name": "peo-a"}
    assert first["first_site"] == {"id": "peo-s", "name": "peo-s", "zone": "Asia/Jakarta"}
    assert (first["first_at"], first["count"], first["post_title"]) == ("2026-11-23T00:00:00Z", 1, "Staf peo-a")
    assert (people[1]["first_at"], people[1]["first_site"], people[1]["count"]) == (None, None, 0)


@pytest.mark.parametrize("narrowed", [{}, {"state": "present"}, {"q": "nama 1"}])
async def test_backwards_everybody_comes_once_too(office: Spine, narrowed: dict[str, str]) -> None:
    there = await everyone(office, unit="peo", **narrowed)
    back = await everyone(office, unit="peo", order="-name", **narrowed)
    assert back == there[::-1]


@pytest.mark.parametrize(("state", "count"), [("present", 10), ("not_yet", 20), ("all", 30)])
async def test_states_are_told_apart_and_counted(office: Spine, state: str, count: int) -> None:
    people = await everyone(office, unit="peo", state=state)
    assert len({one["employee_id"] for one in people}) == count
    assert {one["state"] for one in people} <= {state} or state == "all"
    assert (await office.get("/presence/people", unit="peo", date=DAY, state=state))["total"] == count


async def test_a_unit_below_has_its_own_people_only(office: Spine) -> None:
    people = await everyone(office, unit="peo-b", state="present")
    assert [one["employee_id"] for one in people] == ["peo-03", "peo-09", "peo-15", "peo-21", "peo-27"]


async def test_names_are_searched_anywhere_and_without_regard_to_case(office: Spine) -> None:
    people = await everyone(office, unit="peo", q="nAMA 1")
    assert [one["name"] for one in people] == [f"Nama {number}" for number in (10, 10, 11, 11, 12, 12, 13, 13, 14, 14)]
    page = await office.get("/presence/people", unit="peo", date=DAY, q="a 1", state="present", limit=2)
    assert (page["total"], len(page["items"])) == (3, 2)
    assert (await office.get("/presence/people", unit="peo", date=DAY, q=".*"))["items"] == []


async def test_the_newest_punches_come_first(office: Spine) -> None:
    page = await office.get("/presence/people", unit="peo-b", date=DAY, order="latest", limit=3)
    assert [one["employee_id"] for one in page["items"]] == ["peo-27", "peo-21", "peo-15"]
    assert page["total"] == 5


async def test_all_people_of_the_agency_are_paged_too(office: Spine) -> None:
    page = await office.get("/presence/people", unit="all", date=DAY, q="Nama 0", limit=500)
    assert len(page["items"]) == 20
