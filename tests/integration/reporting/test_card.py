"""The card of a person and of a unit, from facts of two services."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from contracts.events.directory import Assignment, UnitChanged, UnitVersion
from services.reporting.presence.strands import ASSESSED
from tests.integration.reporting.spine import (
    SINCE,
    Listener,
    Spine,
    employee_state,
    notes,
    punch_of,
    rating,
    release,
    site_state,
    unit_state,
    validation,
    workday,
)

pytestmark = pytest.mark.integration
MONDAY = datetime(2026, 11, 23, 0, 20, tzinfo=UTC)  # 07.20 WIB
WEEK: dict[str, Any] = {"from": "2026-11-23", "to": "2026-11-29"}
NOTHING = {"entries": 0, "waiting": 0, "validated": 0, "returned": 0, "rejected": 0} | {
    "minutes": 0,
    "validated_minutes": 0,
    "effective_minutes": 0,
}

SILENT = dict.fromkeys(("given", "praise_given", "received", "praise_received", "requested", "answered"), 0)
UNRATED = {"ratings": 0, "mean": None, "low": None, "high": None, "distribution": [0] * 5} | {
    "expected": None,
    "fair": None,
}
IDLE = {"decided": 0, "late": 0, "became_overdue": 0}


def period(first: str, last: str) -> dict[str, Any]:
    return {"from": first, "to": last}


async def office(running: Spine, name: str) -> None:
    """Units <name>, <name>-a, <name>-b; <name>-ani in a, <name>-budi in b."""
    await running.told(
        unit_state(name),
        unit_state(f"{name}-a", name),
        unit_state(f"{name}-b", name),
        site_state(f"{name}-s"),
        employee_state(f"{name}-ani", f"{name}-a", f"{name}-s", "Ani"),
        employee_state(f"{name}-budi", f"{name}-b", f"{name}-s", "Budi"),
    )


async def test_punches_and_activities_meet_on_the_card(running: Spine) -> None:
    await office(running, "crd")
    done = {"waiting": 0, "validated": 1, "validated_minutes": 700, "effective_minutes": 660, "minutes": 700}
    await running.told(
        punch_of("crd-ani", MONDAY, "crd-s"),
        punch_of("crd-ani", MONDAY + timedelta(hours=9), "crd-s"),
        workday("crd-ani", "2026-11-23", 1),
        workday("crd-ani", "2026-11-23", 2, **done),
        workday("crd-ani", "2026-11-24"),  # without a punch
        workday("crd-ani", "2026-11-18", minutes=45),  # the week before
        workday("crd-ani", "2026-11-30", minutes=99),  # after
    )
    card = await running.get("/employees/crd-ani/card", **WEEK)
    assert (card["name"], card["unit"]["id"], card["post_title"]) == ("Ani", "crd-a", "Staf crd-a")
    assert card["figures"] == {
        "days_present": 1,
        "days_with_activity": 2,
        "work": NOTHING
        | {"entries": 2, "waiting": 1, "validated": 1}
        | {"minutes": 730, "validated_minutes": 700, "effective_minutes": 660},
        "validating": IDLE,
        "notes": SILENT,
        "rated": UNRATED,
        "served": None,
        "more": {"assessed": dict.fromkeys(ASSESSED.sums, 0)},
    }
    assert card["before"]["work"]["minutes"] == 45
    assert card["month_norm_minutes"] == 6750
    assert [(day["date"], day["present"], day["work"]["minutes"]) for day in card["days"]] == [
        ("2026-11-23", True, 700),
        ("2026-11-24", False, 30),
    ]
    assert (card["days"][0]["first_at"], card["days"][0]["first_site"]["id"]) == ("2026-11-23T00:20:00Z", "crd-s")
    assert card["incomplete"] == []
    assert card["freshness"]["complete_to"] is not None


async def test_a_unit_sums_what_its_people_did_where_they_were_that_day(running: Spine) -> None:
    await office(running, "uni")
    first, second = (
        Assignment(
            unit_id=f"uni-{unit}", post_id=unit, post_title="Staf", site_id="uni-s", valid_from=since, valid_to=to
        )
        for unit, since, to in (("a", SINCE, date(2026, 11, 24)), ("b", date(2026, 11, 25), None))
    )
    await running.told(
        workday("uni-ani", "2026-11-23", minutes=60),
        workday("uni-ani", "2026-11-26", minutes=90),
        workday("uni-budi", "2026-11-23", minutes=10),
        punch_of("uni-budi", MONDAY, "uni-s"),
        employee_state("uni-ani", "uni-a", "uni-s", "Ani", assignments=(first, second)),  # moves in mid-week
    )
    unit = await running.get("/units/card", unit="uni", **WEEK)
    assert (unit["people"], unit["figures"]["days_present"], unit["figures"]["work"]["minutes"]) == (2, 1, 160)
    assert {one["unit"]["id"]: (one["people"], one["figures"]["work"]["minutes"]) for one in unit["children"]} == {
        "uni-a": (0, 60),
        "uni-b": (2, 100),
    }
    assert [(day["date"], day["present"], day["people_with_activity"]) for day in unit["days"]] == [
        ("2026-11-23", 1, 2),
        ("2026-11-26", 0, 1),
    ]
    below = await running.get("/units/card", unit="uni-a", **WEEK)
    assert (below["people"], below["figures"]["work"]["minutes"], below["children"]) == (0, 60, [])
    after: dict[str, Any] = {"from": "2026-11-30", "to": "2026-12-06"}
    assert (await running.get("/units/card", unit="uni", **after))["before"]["work"]["minutes"] == 160


async def test_what_was_asked_before_moves_with_late_facts(running: Spine) -> None:
    await office(running, "kpt")

    async def minutes(unit: str) -> tuple[int, int, int]:
        card = await running.get("/units/card", unit=unit, **WEEK)
        return card["before"]["work"]["minutes"], card["figures"]["work"]["minutes"], len(card["days"])

    await running.told(workday("kpt-ani", "2026-11-23", minutes=60), workday("kpt-budi", "2026-11-17", minutes=7))
    assert [await minutes(unit) for unit in ("kpt-a", "kpt-b", "kpt")] == [(0, 60, 1), (7, 0, 0), (7, 60, 1)]
    await running.told(
        workday("kpt-ani", "2026-11-23", 2, minutes=50),
        workday("kpt-ani", "2026-11-16", minutes=1),
        workday("kpt-budi", "2026-11-25", minutes=20),
    )
    assert [await minutes(unit) for unit in ("kpt-a", "kpt-b", "kpt")] == [(1, 50, 1), (7, 20, 1), (8, 70, 2)]
    # Somebody who was in another unit all along: the days move, without a new fact of theirs.
    await running.told(
        employee_state("kpt-ani", "kpt-b", "kpt-s", "Ani", changed_at=datetime.now(UTC) + timedelta(seconds=1))
    )
    assert [await minutes(unit) for unit in ("kpt-a", "kpt-b", "kpt")] == [(0, 0, 0), (8, 70, 2), (8, 70, 2)]


async def test_who_moves_in_mid_month_counts_in_each_unit_for_its_days(running: Spine) -> None:
    await office(running, "mid")
    day = datetime(2026, 11, 2, 0, 20, tzinfo=UTC)
    posts = tuple(
        Assignment(unit_id=f"mid-{unit}", post_id=unit, post_title=unit, site_id="mid-s", valid_from=since, valid_to=to)
        for unit, since, to in (("a", SINCE, date(2026, 11, 15)), ("b", date(2026, 11, 16), None))
    )
    days = [2, 3, 15, 16, 17]
    await running.told(
        *(punch_of("mid-ani", day.replace(day=one), "mid-s") for one in days),
        *(workday("mid-ani", f"2026-11-{one:02d}", minutes=one) for one in days),
        employee_state("mid-ani", "mid-a", "mid-s", "Ani", assignments=posts),
    )

    async def of(unit: str, first: str = "2026-11-01", last: str = "2026-11-30") -> tuple[int, int, int]:
        card = await running.get("/units/card", unit=unit, **period(first, last))
        return card["people"], card["figures"]["days_present"], card["figures"]["work"]["minutes"]

    assert [await of(unit) for unit in ("mid-a", "mid-b", "mid")] == [(0, 3, 20), (2, 2, 33), (2, 5, 53)]
    assert await of("mid-a", last="2026-11-15") == (1, 3, 20)
    assert await of("mid-b", last="2026-11-15") == (1, 0, 0)
    card = await running.get("/employees/mid-ani/card", **period("2026-11-01", "2026-11-30"))
    assert (card["figures"]["days_present"], card["figures"]["work"]["minutes"]) == (5, 53), "the person keeps all"


async def test_a_unit_that_is_merged_into_another_keeps_its_past_and_its_name(running: Spine) -> None:
    """Renamed on the 10th, closed on the 15th, its people in another unit from the 16th."""
    await office(running, "mrg")
    named = {"short_name": "a", "parent_id": "mrg"}
    versions = (
        UnitVersion(name="Seksi lama", valid_from=SINCE, valid_to=date(2026, 11, 9), **named),
        UnitVersion(name="Seksi baru", valid_from=date(2026, 11, 10), valid_to=date(2026, 11, 15), **named),
    )
    posts = tuple(
        Assignment(unit_id=f"mrg-{unit}", post_id=unit, post_title=unit, site_id="mrg-s", valid_from=since, valid_to=to)
        for unit, since, to in (("a", SINCE, date(2026, 11, 15)), ("b", date(2026, 11, 16), None))
    )
    days = {2: 10, 12: 20, 20: 40}
    await running.told(
        *(workday("mrg-ani", f"2026-11-{one:02d}", minutes=minutes) for one, minutes in days.items()),
        UnitChanged(unit_id="mrg-a", code="mrg-a", versions=versions, changed_at=datetime.now(UTC)),
        employee_state("mrg-ani", "mrg-a", "mrg-s", "Ani", assignments=posts),
    )

    async def of(unit: str, first: str, last: str) -> tuple[str, int, dict[str, int]]:
        card = await running.get("/units/card", unit=unit, **period(first, last))
        below = {one["unit"]["name"]: one["figures"]["work"]["minutes"] for one in card["children"]}
        return card["unit"]["name"], card["figures"]["work"]["minutes"], below

    assert await of("mrg", "2026-11-01", "2026-11-30") == ("mrg", 70, {"Seksi baru": 30, "mrg-b": 40})
    assert await of("mrg-a", "2026-11-01", "2026-11-30") == ("Seksi baru", 30, {})
    assert await of("mrg-a", "2026-11-01", "2026-11-09") == ("Seksi lama", 10, {})
    assert await of("mrg", "2026-11-16", "2026-11-30") == ("mrg", 40, {"mrg-b": 40})
    later = await running.get("/units/card", unit="mrg", **period("2026-11-16", "2026-11-30"))
    assert later["before"]["work"]["minutes"] == 30, "the fortnight before had the closed unit"
    gone = await running.get("/units/card", 404, unit="mrg-a", **period("2026-11-16", "2026-11-30"))
    assert "2026-11-16 sampai 2026-11-30" in gone["detail"]
    asked = (await running.get("/attention", unit="mrg-a", **period("2026-11-01", "2026-11-30")))["items"]
    assert [(one["date"], one["unit"]["name"]) for one in asked] == [
        ("2026-11-12", "Seksi baru"),
        ("2026-11-02", "Seksi baru"),
    ], "worth asking about, for want of presence"
    assert (await running.get("/presence", unit="mrg-a", date="2026-11-09"))["unit"]["name"] == "Seksi lama"


async def test_what_a_superior_decided_and_left_too_long_is_on_the_own_card(running: Spine) -> None:
    await office(running, "val")
    await running.told(
        validation("val-budi", "2026-11-23", 1, decided=0, became_overdue=3),
        validation("val-budi", "2026-11-23", 3, decided=2, late=1, became_overdue=3),
        validation("val-budi", "2026-11-23", 2, decided=1, late=1, became_overdue=3),
        validation("val-budi", "2026-11-24"),
        validation("val-ani", "2026-11-24", decided=5),
        validation("val-budi", "2026-11-18", late=1),
        workday("val-budi", "2026-11-23"),
    )
    card = await running.get("/employees/val-budi/card", **WEEK)
    assert card["figures"]["validating"] == {"decided": 3, "late": 1, "became_overdue": 3}
    assert card["before"]["validating"] == {"decided": 1, "late": 1, "became_overdue": 0}
    assert (card["figures"]["days_with_activity"], card["figures"]["days_present"]) == (1, 0)
    assert [(day["date"], day["work"] is None) for day in card["days"]] == [("2026-11-23", False), ("2026-11-24", True)]
    unit = await running.get("/units/card", unit="val", **WEEK)
    assert unit["figures"]["validating"] == {"decided": 8, "late": 1, "became_overdue": 3}
    assert {one["unit"]["id"]: one["figures"]["validating"]["decided"] for one in unit["children"]} == {
        "val-a": 5,
        "val-b": 3,
    }
    assert [(day["date"], day["people_with_activity"]) for day in unit["days"]] == [
        ("2026-11-23", 1),
        ("2026-11-24", 0),
    ]


async def test_what_citizens_and_colleagues_say_is_on_the_card(running: Spine) -> None:
    await office(running, "fbk")
    await running.told(
        release("fbk-ani", "2026-11-23"),
        release("fbk-ani", "2026-11-25", 2, ratings=10, stars=45, four=5, five=5, expected_milli=35_000),
        release("fbk-ani", "2026-11-25", 1),
        notes("fbk-ani", "2026-11-24", praise_received=2, requested=1),
        notes("fbk-budi", "2026-11-24", received=0, given=3),
    )
    card = await running.get("/employees/fbk-ani/card", **WEEK)
    rated = card["figures"]["rated"]
    assert (rated["ratings"], rated["mean"], rated["expected"]) == (15, "4.33", "3.50")
    assert rated["fair"] == "4.00", "(65 + 10 * 3.5) / 25"
    assert float(rated["low"]) < 4.33 < float(rated["high"])
    assert card["figures"]["notes"] == SILENT | {"received": 1, "praise_received": 2, "requested": 1}
    assert [(day["date"], day["ratings_released"], (day["notes"] or {}).get("received")) for day in card["days"]] == [
        ("2026-11-23", 5, None),
        ("2026-11-24", 0, 1),
        ("2026-11-25", 10, None),
    ]
    superior = await running.get("/employees/fbk-budi/card", **WEEK)
    assert (superior["figures"]["notes"]["given"], superior["figures"]["rated"]["ratings"]) == (3, 0)


async def test_a_units_services_count_at_once_and_speak_in_groups(running: Spine) -> None:
    await office(running, "svc")
    said = {"released": 5, "stars": 21, "three": 1, "four": 2, "five": 2}
    await running.told(
        rating("svc-ktp", "svc-a", "2026-11-23", 6, **said),
        rating("svc-ktp", "svc-a", "2026-11-23", 5),
        rating("svc-ktp", "svc-a", "2026-11-24", 2),
        rating("svc-kk", "svc-b", "2026-11-24", 1),
        rating("svc-kk", "svc-b", "2026-11-18", 4),
    )
    unit = await running.get("/units/card", unit="svc", **WEEK)
    served = unit["figures"]["served"]
    assert (served["given"], served["ratings"], served["mean"]) == (9, 5, "4.20")
    assert served["distribution"] == [0, 0, 1, 2, 2]
    assert [(one["service_id"], one["unit_id"], one["served"]["given"]) for one in unit["services"]] == [
        ("svc-ktp", "svc-a", 8),
        ("svc-kk", "svc-b", 1),
    ]
    assert (unit["services"][1]["served"]["mean"], unit["before"]["served"]["given"]) == (None, 4)
    assert [(day["date"], day["ratings"]) for day in unit["days"]] == [("2026-11-23", 6), ("2026-11-24", 3)]
    assert {one["unit"]["id"]: one["figures"]["served"]["given"] for one in unit["children"]} == {
        "svc-a": 8,
        "svc-b": 1,
    }


async def test_who_looks_at_a_unit_is_told_of_a_rating(running: Spine) -> None:
    await office(running, "liv")
    async with Listener.connect(running, unit="liv", date="2026-11-23") as listener:
        await listener.next("freshness")
        await running.say(rating("liv-ktp", "liv-a", "2026-11-23"))
        _, frame = await listener.next("presence")
        assert {one["unit_id"] for one in frame["units"]} == {"liv", "liv-a"}
        assert (frame["cards"], frame["people"]) == ([], []), "it is nobody's"


async def test_whoever_looks_at_a_card_is_told_when_it_moves(running: Spine) -> None:
    await office(running, "sse")
    async with Listener.connect(running, unit="sse", date="2026-11-23") as listener:
        await listener.next("freshness")
        await running.say(workday("sse-ani", "2026-11-20"))
        _, frame = await listener.next("presence")
        assert frame["cards"] == [{"employee_id": "sse-ani", "date": "2026-11-20"}]
        assert frame["people"] == [], "who is in has not changed"
        await running.say(punch_of("sse-budi", MONDAY, "sse-s"))
        while True:
            _, frame = await listener.next("presence")
            if frame["people"]:
                break
        assert [one["employee_id"] for one in frame["cards"]] == ["sse-budi"]


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/employees/nobody-at-all/card", WEEK, 404),
        ("/units/card", {"unit": "nowhere", **WEEK}, 404),
        ("/units/card", {"from": "2026-11-29", "to": "2026-11-23"}, 422),
        ("/units/card", {"from": "2025-11-22", "to": "2026-11-23"}, 422),
        ("/units/card", {"from": "kemarin", "to": "2026-11-23"}, 422),
    ],
)
async def test_what_cannot_be_answered_says_why(running: Spine, path: str, query: Any, status: int) -> None:
    await running.get(path, status=status, **query)


async def test_a_poisoned_event_marks_the_card_and_names_it(running: Spine) -> None:
    await office(running, "psn")
    broken = workday("psn-ani", "2026-11-23").model_copy(update={"minutes": -5})
    await running.told(broken)
    card = await running.get("/employees/psn-ani/card", **WEEK)
    assert len(card["incomplete"]) == 1
    letters = await running.get("/dead-letters")
    assert "minutes" in next(one["reason"] for one in letters["items"] if one["id"] == card["incomplete"][0])


async def test_days_to_look_at_are_listed_when_they_are_over_and_no_longer_when_they_are_explained(
    running: Spine,
) -> None:
    await office(running, "att")
    asked: dict[str, Any] = {"unit": "att", "from": "2026-11-01", "to": "2026-12-31"}
    today = datetime.now(UTC).date() + timedelta(days=1)
    await running.told(
        workday("att-ani", "2026-11-17", entries=3, waiting=3, minutes=90, copied=3),
        workday("att-ani", "2026-11-18", entries=3, waiting=3, minutes=90, copied=2),
        validation("att-budi", "2026-11-17", decided=60, burst=55),
        punch_of("att-ani", datetime(2026, 11, 18, 1, tzinfo=UTC), "att-s"),
        workday("att-ani", str(today)),
    )
    found = await running.get("/attention", **asked)
    assert [(one["name"], one["date"], one["reasons"], one["burst"]) for one in found["items"]] == [
        ("Ani", "2026-11-17", ["no_presence", "copies"], 0),
        ("Budi", "2026-11-17", ["burst"], 55),
    ]
    assert (found["items"][0]["unit"]["id"], found["more"]) == ("att-a", False)
    assert (await running.get("/attention", **asked | {"limit": 1}))["more"] is True
    await running.told(punch_of("att-ani", datetime(2026, 11, 17, 1, tzinfo=UTC), "att-s"))  # a terminal's backlog
    found = await running.get("/attention", **asked | {"unit": "att-a"})
    assert [one["reasons"] for one in found["items"]] == [["copies"]]
    card = await running.get("/employees/att-ani/card", **{**WEEK, "from": "2026-11-17"})
    assert [day["attention"] for day in card["days"][:2]] == [["copies"], []]
