"""From a recorded punch to the answers of the API, on the real broker and database."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from contracts.events.directory import Assignment
from services.reporting.reading import today
from tests.integration.reporting.spine import Spine, assessed, employee_state, punch_of, site_state, unit_state

pytestmark = pytest.mark.integration
DAY = "2026-11-23"
NOBODY_SPARED = {"away": 0, "off": 0}
SEVEN = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # 07.00 WIB


async def test_totals_of_a_unit_and_of_the_units_below(running: Spine) -> None:
    await running.told(
        unit_state("pres-root", name="Dinas Kesehatan"),
        unit_state("pres-a", "pres-root"),
        unit_state("pres-a1", "pres-a"),
        unit_state("pres-b", "pres-root"),
        site_state("pres-site"),
        employee_state("pres-ani", "pres-a1", "pres-site"),
        employee_state("pres-budi", "pres-a", "pres-site"),
        employee_state("pres-cici", "pres-b", "pres-site"),
    )
    ani, cici = (
        punch_of("pres-ani", SEVEN + timedelta(minutes=27), "pres-site"),
        punch_of("pres-cici", SEVEN + timedelta(minutes=31), "pres-site"),
    )
    await running.told(ani, ani, cici, punch_of("pres-cici", SEVEN + timedelta(hours=9), "pres-site"), ani)

    presence = await running.get("/presence", unit="pres-root", date=DAY)

    assert presence["unit"] == {"id": "pres-root", "name": "Dinas Kesehatan", "short_name": "pres-roo", "path": []}
    assert presence["totals"] == {
        "expected": 3,
        "present": 2,
        "not_yet": 1,
        **NOBODY_SPARED,
        "last_at": "2026-11-23T09:00:00Z",
    }
    assert [(child["unit"], child["totals"]) for child in presence["children"]] == [
        (
            {"id": "pres-a", "name": "pres-a", "short_name": "pres-a", "has_children": True},
            {"expected": 2, "present": 1, "not_yet": 1, **NOBODY_SPARED, "last_at": "2026-11-23T00:27:00Z"},
        ),
        (
            {"id": "pres-b", "name": "pres-b", "short_name": "pres-b", "has_children": False},
            {"expected": 1, "present": 1, "not_yet": 0, **NOBODY_SPARED, "last_at": "2026-11-23T09:00:00Z"},
        ),
    ]
    below = await running.get("/presence", unit="pres-a1", date=DAY)
    assert [above["id"] for above in below["unit"]["path"]] == ["pres-root", "pres-a"]
    assert below["totals"]["present"] == 1
    before = await running.get("/presence", unit="pres-root", date="2026-11-22")
    assert (before["totals"]["expected"], before["totals"]["present"]) == (3, 0)
    whole = await running.get("/presence", unit="all", date=DAY)
    assert whole["totals"]["expected"] >= 3


async def test_who_is_on_leave_or_free_is_not_missing(running: Spine) -> None:
    people = [employee_state(f"spare-{name}", "spare-u", "spare-s") for name in ("ani", "budi", "cici", "dedi")]
    await running.told(unit_state("spare-u"), site_state("spare-s"), *people)
    await running.told(
        assessed("spare-ani", DAY, status="leave", present_days=0, excused_days=1),
        assessed("spare-budi", DAY, status="off", present_days=0, required_days=0),
        assessed("spare-cici", DAY, status="pending", present_days=0, late_days=1, late_minutes=12),
        assessed("spare-dedi", DAY, status="pending", present_days=0),
        punch_of("spare-cici", SEVEN, "spare-s"),
    )

    async def counted() -> tuple[int, ...]:
        totals = (await running.get("/presence", unit="spare-u", date=DAY))["totals"]
        return tuple(totals[name] for name in ("expected", "present", "away", "off", "not_yet"))

    async def listed(state: str) -> list[str]:
        page = await running.get("/presence/people", unit="spare-u", date=DAY, state=state)
        assert page["total"] == len(page["items"])
        return [one["employee_id"].removeprefix("spare-") for one in page["items"]]

    assert await counted() == (4, 1, 1, 1, 1)
    assert [await listed(state) for state in ("present", "away", "off", "not_yet")] == [
        ["cici"],
        ["ani"],
        ["budi"],
        ["dedi"],
    ]
    page = await running.get("/presence/people", unit="spare-u", date=DAY)
    assert [(one["state"], one["status"], one["late_minutes"]) for one in page["items"]] == [
        ("away", "leave", 0),
        ("off", "off", 0),
        ("present", "pending", 12),
        ("not_yet", "pending", 0),
    ]
    sites = {row["site"]["id"]: row["totals"] for row in (await running.get("/presence/sites", date=DAY))["items"]}
    assert (sites["spare-s"]["away"], sites["spare-s"]["off"], sites["spare-s"]["not_yet"]) == (1, 1, 1)

    await running.told(punch_of("spare-ani", SEVEN, "spare-s"), assessed("spare-budi", DAY, 2, status="absent"))
    assert await counted() == (4, 2, 0, 0, 2), "whoever comes all the same is there; whoever has to come is missing"


async def test_without_a_date_it_is_today(running: Spine) -> None:
    here = today("Asia/Jakarta")
    assert (await running.get("/presence"))["date"] in {str(here), str(today("Asia/Jakarta"))}


async def test_last_march_is_reported_under_last_marchs_organisation(running: Spine) -> None:
    await running.told(
        unit_state("hist-old"),
        unit_state("hist-new"),
        site_state("hist-site"),
        employee_state("hist-dedi", "hist-old", "hist-site", "Dedi"),
    )
    march, june = datetime(2026, 3, 10, 1, tzinfo=UTC), datetime(2026, 6, 10, 1, tzinfo=UTC)
    await running.told(punch_of("hist-dedi", march, "hist-site"), punch_of("hist-dedi", june, "hist-site"))
    held = {"post_id": "p", "post_title": "P", "site_id": "hist-site"}
    posts = (
        Assignment.model_validate(
            held | {"unit_id": "hist-old", "valid_from": date(2020, 1, 1), "valid_to": date(2026, 4, 30)}
        ),
        Assignment.model_validate(held | {"unit_id": "hist-new", "valid_from": date(2026, 5, 1)}),
    )
    await running.told(employee_state("hist-dedi", "hist-old", "hist-site", "Dedi", assignments=posts))

    async def count(unit: str, on: str) -> tuple[int, int]:
        totals = (await running.get("/presence", unit=unit, date=on))["totals"]
        return totals["expected"], totals["present"]

    assert await count("hist-old", "2026-03-10") == (1, 1)
    assert await count("hist-old", "2026-06-10") == (0, 0)
    assert await count("hist-new", "2026-06-10") == (1, 1)
    people = await running.get("/presence/people", unit="hist-new", date="2026-06-10")
    assert [one["employee_id"] for one in people["items"]] == ["hist-dedi"]
    assert (await running.get("/presence/people", unit="hist-old", date="2026-06-10"))["items"] == []


async def test_sites_tell_who_belongs_there_and_who_came_there(running: Spine) -> None:
    await running.told(
        unit_state("sit-u"),
        site_state("sit-home", "Asia/Makassar"),
        site_state("sit-away", "Asia/Jayapura"),
        employee_state("sit-eka", "sit-u", "sit-home"),
        employee_state("sit-fitri", "sit-u", "sit-home"),
    )
    await running.told(punch_of("sit-eka", SEVEN, "sit-away", zone="Asia/Jayapura"))

    sites = {row["site"]["id"]: row for row in (await running.get("/presence/sites", date=DAY))["items"]}

    assert sites["sit-home"]["site"]["zone"] == "Asia/Makassar"
    home, away = sites["sit-home"]["totals"], sites["sit-away"]["totals"]
    assert (home["expected"], home["present"], home["not_yet"], sites["sit-home"]["arrived"]) == (2, 1, 1, 0)
    assert (away["expected"], away["present"], away["not_yet"], sites["sit-away"]["arrived"]) == (0, 0, 0, 1)


async def test_the_arrival_curve_is_told_by_the_clock_on_the_wall(running: Spine) -> None:
    people = [employee_state(f"arr-{number}", "arr-u", "arr-s") for number in range(4)]
    await running.told(unit_state("arr-u"), site_state("arr-s"), *people)
    local = datetime.fromisoformat("2026-11-23T07:29:59")
    zones = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Jakarta"]
    punches = [
        punch_of(
            f"arr-{number}", local.replace(tzinfo=ZoneInfo(zone)) + timedelta(seconds=number // 3), "arr-s", zone=zone
        )
        for number, zone in enumerate(zones)
    ]
    await running.told(*punches, punch_of("arr-0", SEVEN + timedelta(hours=5), "arr-s"))

    curve = await running.get("/presence/arrivals", unit="arr-u", date=DAY)

    assert curve["bucket_minutes"] == 5
    assert curve["items"] == [{"at_local": "07:25", "count": 3}, {"at_local": "07:30", "count": 1}]


async def test_the_same_answer_is_not_sent_twice(running: Spine) -> None:
    await running.told(unit_state("etag-u"), employee_state("etag-gita", "etag-u", "etag-s"))
    first = await running.raw("/presence", unit="etag-u", date=DAY)
    tag = first.headers["etag"]
    same = await running.raw("/presence", headers={"If-None-Match": f'"x", {tag}'}, unit="etag-u", date=DAY)
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    assert (await running.raw("/presence", headers={"If-None-Match": tag}, unit="etag-u", date="2026-11-24")).is_success
    await running.told(punch_of("etag-gita", SEVEN, "etag-s"))
    changed = await running.raw("/presence", headers={"If-None-Match": tag}, unit="etag-u", date=DAY)
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag
    assert changed.headers["cache-control"] == "no-cache"
    assert changed.json()["totals"]["present"] == 1


async def test_an_answer_waits_for_what_was_just_written(running: Spine) -> None:
    await running.told(unit_state("ryw-u"), employee_state("ryw-hana", "ryw-u", "ryw-s"))
    for number in range(3):
        said = await running.say(punch_of("ryw-hana", SEVEN + timedelta(minutes=number), "ryw-s"))
        answer = await running.raw(
            "/employees/ryw-hana/days/" + DAY,
            headers={"Prefer": "wait=10"},
            complete_to=said.isoformat(),
        )
        assert answer.json()["count"] == number + 1
        assert datetime.fromisoformat(answer.json()["freshness"]["complete_to"]) >= said


async def test_waiting_is_bounded_and_says_what_it_got(running: Spine) -> None:
    ahead = datetime.now(UTC) + timedelta(days=1)
    started = asyncio.get_running_loop().time()
    answer = await running.raw("/presence", headers={"Prefer": "wait=1"}, complete_to=ahead.isoformat())
    assert 0.9 < asyncio.get_running_loop().time() - started < 8
    assert answer.status_code == 200
    assert datetime.fromisoformat(answer.json()["freshness"]["complete_to"]) < ahead


async def test_a_day_with_its_punches_needs_the_token(running: Spine) -> None:
    await running.told(unit_state("day-u"), site_state("day-s"), employee_state("day-indah", "day-u", "day-s", "Indah"))
    await running.told(
        punch_of("day-indah", SEVEN, "day-s", direction="in", method="face"),
        punch_of("day-indah", SEVEN - timedelta(minutes=3), "day-s", punch_id="early", flags=("clock_drift",)),
    )
    path = f"/employees/day-indah/days/{DAY}"
    assert (await running.raw(path, headers={"Authorization": ""})).status_code == 401

    day = (await running.raw(path)).json()

    assert (day["name"], day["unit"]["id"], day["post_title"]) == ("Indah", "day-u", "Staf day-u")
    assert (day["first_at"], day["last_at"], day["count"]) == ("2026-11-22T23:57:00Z", "2026-11-23T00:00:00Z", 2)
    assert [(one["punch_id"], one["flags"]) for one in day["punches"]][0] == ("early", ["clock_drift"])
    assert (day["punches"][1]["direction"], day["punches"][1]["method"]) == ("in", "face")
    assert day["incomplete"] == []
    free = (await running.raw("/employees/day-indah/days/2026-11-24")).json()
    assert (free["state"], free["punches"], free["unit"]["id"]) == ("not_yet", [], "day-u")
    assert (await running.raw(f"/employees/nobody/days/{DAY}")).status_code == 404


async def test_bad_questions_get_problems_with_every_fault(running: Spine) -> None:
    unknown = await running.raw("/presence", unit="never heard of")
    assert unknown.status_code == 404
    assert unknown.headers["content-type"] == "application/problem+json"
    assert unknown.json()["type"] == "/problems/unit-not-found"
    wrong = await running.raw("/presence/people", date="kemarin", state="sick", limit=0)
    assert wrong.status_code == 422
    assert {one["pointer"] for one in wrong.json()["errors"]} == {"/query/date", "/query/state", "/query/limit"}
    cursor = await running.raw("/presence/people", cursor="%%%")
    assert cursor.json()["errors"][0]["pointer"] == "/query/cursor"
    assert (await running.raw("/stream", unit="never heard of")).status_code == 404
