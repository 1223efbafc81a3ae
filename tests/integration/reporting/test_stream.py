"""The live stream over real connections."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pymongo.errors import AutoReconnect

from tests.integration.reporting.spine import (
    Listener,
    Spine,
    device_state,
    employee_state,
    punch_of,
    site_state,
    unit_state,
)

pytestmark = pytest.mark.integration
DAY = "2026-11-23"
SEVEN = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


async def office(running: Spine, name: str, people: int = 3) -> None:
    """Units <name>, <name>-a, <name>-b; people <name>-0… in <name>-a."""
    await running.told(
        unit_state(name),
        unit_state(f"{name}-a", name),
        unit_state(f"{name}-b", name),
        site_state(f"{name}-s"),
        *(employee_state(f"{name}-{number}", f"{name}-a", f"{name}-s", f"Nama {number}") for number in range(people)),
    )


def totals(frame: Any) -> dict[str, tuple[int, int]]:
    """(expected, present) by unit."""
    return {one["unit_id"]: (one["totals"]["expected"], one["totals"]["present"]) for one in frame["units"]}


async def test_a_new_reader_is_told_how_things_stand_then_what_moves(running: Spine) -> None:
    await office(running, "str")
    async with Listener.connect(running, unit="str", date=DAY) as listener:
        _, first = await listener.next("presence")
        assert totals(first) == {"str": (3, 0), "str-a": (3, 0), "str-b": (0, 0)}
        assert first["people"] == []
        await listener.next("devices")
        _, fresh = await listener.next("freshness")
        assert fresh["complete_to"] is not None

        await running.say(punch_of("str-1", SEVEN, "str-s"))

        _, frame = await listener.next("presence")
        assert totals(frame) == {"str": (3, 1), "str-a": (3, 1)}
        [person] = frame["people"]
        assert (person["employee_id"], person["name"], person["state"]) == ("str-1", "Nama 1", "present")
        assert (person["unit"]["id"], person["date"], person["first_at"]) == ("str-a", DAY, "2026-11-23T00:00:00Z")
        assert person["first_site"]["zone"] == "Asia/Jakarta"
        assert datetime.fromisoformat(frame["as_of"]).tzinfo is not None


async def test_what_happens_elsewhere_is_not_told(running: Spine) -> None:
    await office(running, "oth")
    async with (
        Listener.connect(running, unit="oth-b", date=DAY) as elsewhere,
        Listener.connect(running, unit="oth", date="2026-11-20") as another_day,
    ):
        await elsewhere.next("freshness")
        await another_day.next("freshness")
        await running.told(punch_of("oth-0", SEVEN, "oth-s"))
        while True:  # that its own people were told of may come late: it names nobody and nobody is there
            name, frame = await elsewhere.next("presence", "freshness")
            if name == "freshness":
                break
            assert (frame["people"], frame["cards"]) == ([], [])
            assert {present for _, present in totals(frame).values()} <= {0}
        # The day is another, so no totals; the person is told with the date it belongs to (a terminal's backlog).
        _, frame = await another_day.next("presence")
        assert frame["units"] == []
        assert [(one["employee_id"], one["date"]) for one in frame["people"]] == [("oth-0", DAY)]


async def test_who_looks_on_while_the_database_is_away_goes_on_afterwards(
    running: Spine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office(running, "awy")
    hub = running.reading.hub
    tell = hub._tell_freshness
    failing = [True]

    async def away() -> None:
        if failing and hub._readers:
            failing.clear()
            raise AutoReconnect("gone for a moment")
        await tell()

    async with Listener.connect(running, unit="awy", date=DAY) as listener:
        await listener.next("freshness")
        monkeypatch.setattr(hub, "_tell_freshness", away)
        await listener.next("reset")
        await running.told(punch_of("awy-1", SEVEN, "awy-s"))
        while True:
            _, frame = await listener.next("presence")
            if frame["people"]:
                break
        assert totals(frame)["awy"] == (3, 1)


async def test_somebody_who_moves_in_changes_what_is_expected(running: Spine) -> None:
    await office(running, "mov")
    async with Listener.connect(running, unit="mov", date=DAY) as listener:
        await listener.next("freshness")
        await running.say(employee_state("mov-9", "mov-b", "mov-s"))
        _, frame = await listener.next("presence")
        assert totals(frame)["mov-b"] == (1, 0)
        assert totals(frame)["mov"] == (4, 0)


async def test_a_reader_that_comes_back_gets_exactly_what_it_missed(running: Spine) -> None:
    await office(running, "back")
    async with Listener.connect(running, unit="back", date=DAY) as listener:
        await listener.next("freshness")
        await running.say(punch_of("back-0", SEVEN, "back-s"))
        while not (await listener.next("presence"))[1]["people"]:
            continue
        seen = listener.last_id
    await running.told(punch_of("back-1", SEVEN, "back-s"), punch_of("back-2", SEVEN, "back-s"))

    browser: dict[str, Any] = {"headers": {"Last-Event-ID": seen}}
    for resume in (browser, {"last_event_id": seen}):
        async with Listener.connect(running, unit="back", date=DAY, **resume) as again:
            name, frame = await again.next("presence", "reset")
            assert name == "presence"
            assert {one["employee_id"] for one in frame["people"]} == {"back-1", "back-2"}
            assert totals(frame) == {"back": (3, 3), "back-a": (3, 3)}
            newest = again.last_id
    async with Listener.connect(running, {"Last-Event-ID": newest}, unit="back", date=DAY) as nothing_new:
        assert (await nothing_new.next())[0] == "devices"


async def test_the_position_of_an_answer_leads_into_the_stream_without_a_gap(running: Spine) -> None:
    await office(running, "gap")
    answer = await running.get("/presence", unit="gap", date=DAY)
    await running.told(punch_of("gap-0", SEVEN, "gap-s"))
    async with Listener.connect(
        running, unit="gap", date=DAY, last_event_id=answer["freshness"]["position"]
    ) as listener:
        name, frame = await listener.next("presence", "reset")
        assert name == "presence"
        assert [one["employee_id"] for one in frame["people"]] == ["gap-0"]


@pytest.mark.parametrize("token", ["82000000010000000A", "nonsense", "0"])
async def test_a_reader_from_too_long_ago_is_told_to_ask_again(running: Spine, token: str) -> None:
    async with Listener.connect(running, {"Last-Event-ID": token}) as listener:
        assert (await listener.next("presence", "reset"))[0] == "reset"
        assert (await listener.next("freshness"))[0] == "freshness"


async def test_more_than_a_frame_can_show_is_told_as_a_reset_when_coming_back(running: Spine) -> None:
    await office(running, "many", people=60)
    seen = (await running.get("/presence", unit="many", date=DAY))["freshness"]["position"]
    async with Listener.connect(running, unit="many", date=DAY) as listener:  # to know when the stream has heard all
        await running.told(*(punch_of(f"many-{number}", SEVEN, "many-s") for number in range(60)))
        come: dict[str, tuple[int, int]] = {}
        while come.get("many") != (60, 60):
            come |= totals((await listener.next("presence"))[1])
    async with Listener.connect(running, unit="many", date=DAY, last_event_id=seen) as listener:
        assert (await listener.next("presence", "reset"))[0] == "reset"


async def test_frames_are_few_however_many_punches(running: Spine) -> None:
    await office(running, "few", people=40)
    async with Listener.connect(running, unit="few", date=DAY) as listener:
        await listener.next("freshness")
        started = asyncio.get_running_loop().time()

        async def surge() -> None:
            for number in range(200):
                await running.say(punch_of(f"few-{number % 40}", SEVEN + timedelta(minutes=number), "few-s"))

        surging = asyncio.create_task(surge())
        frames = 0
        last: dict[str, tuple[int, int]] = {}
        while last.get("few") != (40, 40) or not surging.done():
            last |= totals((await listener.next("presence"))[1])
            frames += 1
        seconds = asyncio.get_running_loop().time() - started
        assert frames <= seconds * 5 + 2


async def test_the_fleet_is_told_when_its_counts_change(running: Spine) -> None:
    async with Listener.connect(running) as listener:
        _, before = await listener.next("devices")
        await running.say(device_state("str-device", status="pending"))
        _, after = await listener.next("devices")
        assert after["totals"]["pending"] == before["totals"]["pending"] + 1


async def test_freshness_comes_every_two_seconds_and_moves_on(running: Spine) -> None:
    async with Listener.connect(running) as listener:
        told = [(await listener.next("freshness", seconds=4))[1] for _ in range(3)]
    instants = [datetime.fromisoformat(one["as_of"]) for one in told]
    assert instants == sorted(instants)
    assert instants[2] - instants[1] < timedelta(seconds=3)
    assert told[2]["complete_to"] > told[0]["complete_to"]
