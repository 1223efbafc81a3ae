"""The mixed load's own rules: which quarter is set aside, what a frame says, when an open page asks again."""

import asyncio
import json
from typing import Any

import pytest

from bench.mixed import page as pages
from bench.mixed.frames import read_event
from bench.mixed.page import Asked, Page, at
from bench.mixed.probes import SOURCES, views_of
from bench.mixed.rows import rows
from bench.mixed.town import Person, divided, people
from bench.mixed.workload import MIX, RATE
from bench.morning.city import CityTerminal, NotReady
from bench.terminals.wire import Answer

UNITS = [
    {"id": "city", "parent_id": None},
    {"id": "health", "parent_id": "city"},
    {"id": "clinic", "parent_id": "health"},
    {"id": "roads", "parent_id": "city"},
    {"id": "archive", "parent_id": "city"},
]
SERVICES = [{"id": "s1", "unit_id": "clinic"}, {"id": "s2", "unit_id": "roads"}]


def person(number: int, unit: str, superior: str | None = "boss") -> Person:
    return Person(f"p{number}", unit, superior, str(number), "T1", "Asia/Jakarta")


EVERYBODY = [person(1, "clinic"), person(2, "clinic"), person(3, "health"), person(4, "roads"), person(5, "archive")]


@pytest.mark.parametrize(("wanted", "quarter"), [(1, "roads"), (2, "health"), (9, "health")])
def test_the_smallest_quarter_that_gives_a_service_and_is_large_enough_is_set_aside(wanted: int, quarter: str) -> None:
    town = divided(EVERYBODY, UNITS, SERVICES, [], wanted)
    assert town.quarter == quarter
    below = {"roads": {"roads"}, "health": {"health", "clinic"}}[quarter]
    assert {one.unit for one in town.probed} == below
    assert not {one.unit for one in town.others} & below
    assert {one["unit_id"] for one in town.probed_services} <= below
    assert not {one["unit_id"] for one in town.services} & below


def test_who_has_no_superior_is_left_out_and_so_is_a_city_without_services() -> None:
    town = divided([person(1, "roads", None), person(2, "roads"), person(3, "archive", None)], UNITS, SERVICES, [], 1)
    assert ([one.id for one in town.probed], town.others) == (["p2"], [])
    with pytest.raises(NotReady, match="service"):
        divided(EVERYBODY, UNITS, [], [], 1)


def test_people_take_turns_over_the_terminals_of_their_site() -> None:
    terminals = [CityTerminal(f"T{number}", "site", "Asia/Jakarta", [("1", "a"), ("2", "b")]) for number in (1, 2)]
    held = {"kind": "primary", "unit_id": "roads", "superior_id": "boss", "valid_from": "2020-01-01"}
    former = {**held, "unit_id": "archive", "valid_from": "2010-01-01"}
    told = [{"id": name, "assignments": [former, held]} for name in ("a", "b", "stranger")]
    found = people(terminals, told)
    assert [(one.id, one.unit, one.serial, one.pin) for one in found] == [
        ("a", "roads", "T1", "1"),
        ("b", "roads", "T2", "2"),
    ]


def test_the_mix_comes_to_the_whole_rate_with_two_events_for_what_concerns_two() -> None:
    assert sum(share * (2 if kind in ("decision", "note") else 1) for kind, share in MIX.items()) == pytest.approx(1)
    assert RATE == 1_000


def test_a_frame_is_read_and_what_carries_nothing_is_passed_over() -> None:
    assert read_event(b'event: presence\nid: 82AA\ndata: {"cards": null}') == ("presence", {"cards": None})
    assert read_event(b"retry: 2000") is None


def test_a_figure_that_is_not_there_is_nothing_yet() -> None:
    assert at({"served": None, "work": {"entries": 3}}, ("served", "given")) == 0
    assert at({"served": None, "work": {"entries": 3}}, ("work", "entries")) == 3
    assert views_of("rating") == ("unit", "unit page", "agency page")
    assert {"card", "card page"} < set(views_of("punch"))


class Answers:
    """Clients of a service whose figure is what it was told last."""

    def __init__(self) -> None:
        self.figure = self.asked = 0

    async def get(self, path: str, query: Any, *, token: str) -> Answer:
        self.asked += 1
        figure = self.figure
        await asyncio.sleep(0.01)
        shown = {"figures": {"days_present": figure}, "freshness": {"position": "82AA"}}
        return Answer(200, json.dumps(shown).encode(), closes=False)


async def test_a_view_is_asked_until_it_shows_more_and_questions_at_once_are_one() -> None:
    service: Any = Answers()
    view = Asked(service, "token", "/card", {})
    await asyncio.gather(view.ask(), view.ask(), view.ask())
    assert service.asked == 1
    waiting = asyncio.create_task(view.until_above(SOURCES["punch"], 0))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    service.figure = 1
    await asyncio.wait_for(waiting, 1)


async def test_a_page_asks_again_for_frames_that_concern_it_however_many_come_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frames: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()

    async def follow(*_: Any) -> Any:
        while True:
            yield await frames.get()

    monkeypatch.setattr(pages, "follow", follow)
    monkeypatch.setattr(pages, "PACE", 0.05)
    service: Any = Answers()
    page = Page(service, ("h", 1), "token", "/card", {}, concerns=lambda frame: frame == "mine")
    await page.open()
    service.figure = 1
    frames.put_nowait(("freshness", "mine"))
    frames.put_nowait(("presence", "another's"))
    await asyncio.sleep(0.1)
    assert (page.asked_again, await page.value(("days_present",))) == (0, 0)
    for _ in range(10):
        frames.put_nowait(("presence", "mine"))
        await asyncio.sleep(0.02)
    await asyncio.wait_for(page.until_above(("days_present",), 0), 1)
    assert 2 <= page.asked_again <= 5
    await page.close()


@pytest.mark.parametrize(("p99", "missed", "held"), [(900, 0, True), (1_100, 0, False), (900, 1, False)])
def test_a_view_holds_when_everything_was_shown_in_time(p99: float, missed: int, held: bool) -> None:
    times = {"count": 9, "p50_ms": 1.0, "p99_ms": p99, "max_ms": p99, "refused": 0}
    result = {
        "people": 5,
        "past_days": 1,
        "punches_each": 2.0,
        "punches": {"sent": 3, "on_the_topic": 3},
        "rate": 10,
        "seconds": 10.0,
        "events_per_second": 9.95,
        "load": {"punch": times},
        "probes": {"refused": 0, "shown": {"punch": {"card": {**times, "missed": missed}}}},
        "processes": {},
    }
    told = {row.what: row.held for row in rows(result)}
    assert told["punch to card"] is held
    assert told["refused, or sent again"] is True
