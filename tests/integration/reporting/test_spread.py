"""How a unit's people are spread, and the line of a unit and of a person, from facts."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from contracts.events.directory import Assignment
from services.reporting.presence.people import Whose
from tests.integration.reporting.spine import (
    SINCE,
    Spine,
    employee_state,
    punch_of,
    rating,
    release,
    site_state,
    unit_state,
    workday,
)

pytestmark = pytest.mark.integration
# October 2026 is over and has 22 weekdays, so 6,750 minutes are due; the week has five of them.
OCTOBER: dict[str, Any] = {"from": "2026-10-01", "to": "2026-10-31"}
WEEK: dict[str, Any] = {"from": "2026-10-12", "to": "2026-10-18"}


async def office(running: Spine, name: str, people: int = 6) -> None:
    """Units <name> and <name>-a below it, with <name>-1 and so on in a."""
    await running.told(
        unit_state(name),
        unit_state(f"{name}-a", name),
        site_state(f"{name}-s"),
        *(employee_state(f"{name}-{one}", f"{name}-a", f"{name}-s") for one in range(1, people + 1)),
    )


def validated(employee: str, on: str, minutes: int, version: int = 1) -> Any:
    """A day whose activities all count."""
    counts = {"waiting": 0, "validated": 1, "minutes": minutes, "validated_minutes": minutes}
    return workday(employee, on, version, effective_minutes=minutes, **counts)


async def test_people_stand_in_the_class_of_their_minutes(running: Spine) -> None:
    await office(running, "spr")
    elsewhere, here = (
        Assignment(unit_id=unit, post_id=unit, post_title="Staf", site_id="spr-s", valid_from=since, valid_to=to)
        for unit, since, to in (("spr", SINCE, date(2026, 10, 14)), ("spr-a", date(2026, 10, 15), None))
    )
    await running.told(
        validated("spr-1", "2026-10-12", 500),
        validated("spr-1", "2026-10-13", 400),
        validated("spr-1", "2026-10-13", 660, 2),  # what is said anew moves the row by the difference
        validated("spr-2", "2026-10-12", 600),
        validated("spr-2", "2026-11-02", 660),  # another month
        validated("spr-3", "2026-10-12", 660),
        validated("spr-3", "2026-10-13", 660),
        validated("spr-3", "2026-10-16", 215),  # 1,535 of 1,534.09: all of it
        workday("spr-4", "2026-10-12"),  # waits: counts for nothing yet
        validated("spr-6", "2026-10-12", 660),
        employee_state("spr-6", "spr-a", "spr-s", assignments=(elsewhere, here)),  # moves in with all own minutes
    )
    week = await running.get("/units/spread", unit="spr-a", **WEEK)
    assert (week["people"], week["norm_so_far"], week["hidden"]) == (6, "1534", None)
    assert [one["people"] for one in week["classes"]] == [2, 2, 0, 1, 1]
    month = await running.get("/units/spread", unit="spr", **OCTOBER)
    assert (month["norm_so_far"], [one["people"] for one in month["classes"]]) == ("6750", [6, 0, 0, 0, 0])
    cut: dict[str, Any] = {"from": "2026-10-12", "to": "2026-10-16"}
    to_come: dict[str, Any] = {"from": "2099-02-01", "to": "2099-02-28"}
    for period, why in ((cut, "period"), (to_come, "early")):
        hidden = await running.get("/units/spread", unit="spr", **period)
        assert (hidden["hidden"], hidden["classes"]) == (why, [])
    long_ago: dict[str, Any] = {"from": "2019-12-30", "to": "2020-01-05"}
    untold = await running.get("/units/spread", unit="spr", **long_ago)
    assert untold["hidden"] == "no_norm"


async def test_few_people_are_not_spread(running: Spine) -> None:
    await office(running, "few", 4)
    await running.told(validated("few-1", "2026-10-12", 500))
    found = await running.get("/units/spread", unit="few", **WEEK)
    assert (found["people"], found["hidden"], found["classes"], found["norm_so_far"]) == (4, "few", [], None)


async def test_only_people_in_reach_are_counted(running: Spine) -> None:
    await office(running, "rch")
    spreads = running.reading.spreads
    on = date(2026, 10, 18)
    units = ["rch", "rch-a"]
    assert len(await spreads.people(Whose(units), on)) == 6
    assert await spreads.people(Whose([], ["rch-2", "few-1"], units), on) == ["rch-2"], "a superior's own, of this unit"
    assert await spreads.people(Whose([]), on) == []


async def test_a_units_line_sums_weeks_and_months(running: Spine) -> None:
    await office(running, "trd")
    at = datetime(2026, 10, 13, 0, 20, tzinfo=UTC)
    await running.told(
        punch_of("trd-1", at, "trd-s"),
        punch_of("trd-2", at, "trd-s"),
        validated("trd-1", "2026-10-12", 500),
        validated("trd-2", "2026-09-30", 100),
        rating("trd-ktp", "trd-a", "2026-10-12", 6, released=5, stars=21, three=1, four=2, five=2),
        release("trd-1", "2026-10-12"),
    )
    weeks = (await running.get("/units/trend", unit="trd", to="2026-10-18", by="week"))["points"]
    assert len(weeks) == 12
    assert {key: weeks[-1][key] for key in ("first", "last", "running", "present", "expected", "share")} == {
        "first": "2026-10-12",
        "last": "2026-10-18",
        "running": False,
        "present": 2,
        "expected": 30,
        "share": "0.067",
    }
    assert (weeks[-1]["effective_minutes"], weeks[-1]["ratings"], weeks[-1]["mean"]) == (500, 5, "4.20")
    assert (weeks[-2]["present"], weeks[-2]["expected"]) == (None, None), "nothing was recorded then"
    months = (await running.get("/units/trend", unit="trd", to="2026-10-31", by="month"))["points"]
    assert [(one["first"], one["effective_minutes"]) for one in months[-2:]] == [
        ("2026-09-01", 100),
        ("2026-10-01", 500),
    ]
    own = (await running.get("/employees/trd-1/trend", to="2026-10-18", by="week"))["points"]
    assert (own[-1]["present"], own[-1]["expected"], own[-1]["effective_minutes"]) == (1, 5, 500)
    assert (own[-1]["ratings"], own[-1]["mean"], own[0]["present"]) == (5, "4.00", None)


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/employees/nobody-at-all/trend", {"to": "2026-10-18"}, 404),
        ("/units/trend", {"unit": "nowhere", "to": "2026-10-18"}, 404),
        ("/units/trend", {"to": "0001-01-01"}, 422),
        ("/units/trend", {"to": "2026-10-18", "by": "day"}, 422),
        ("/units/spread", {"unit": "nowhere", **WEEK}, 404),
        ("/units/spread", {"from": "2026-10-18", "to": "2026-10-12"}, 422),
    ],
)
async def test_what_cannot_be_answered_is_refused(
    running: Spine, path: str, query: dict[str, str], status: int
) -> None:
    await running.get(path, status, **query)
