"""The script of a morning: plausible, the same for the same seed, and understood by the service as it is meant."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.morning import clock, plan
from bench.morning.arrival import DOUBLE_SECONDS, DUTY, END, START, arrival
from bench.morning.city import CityTerminal, NotReady, assemble
from services.attendance.punches.lines import read_attlog
from services.attendance.punches.rules import Arrival, Origin, assess

MIDNIGHT = datetime(2026, 11, 23)  # noqa: DTZ001 - wall times have no zone
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
CITY = [
    CityTerminal(
        f"D{number}",
        f"L{number}",
        ZONES[number % 3],
        [(f"{number}{pin:03d}", f"e{number}-{pin}") for pin in range(60)],
    )
    for number in range(8)
]


def script(seed: int = 1, *, city: list[CityTerminal] = CITY, now_hour: int = 15) -> plan.Script:
    walls = {zone: clock.wall(MIDNIGHT, MIDNIGHT + timedelta(hours=now_hour)) for zone in ZONES}
    return plan.write(city, walls, Random(seed))


def test_arrivals_crowd_before_work_begins_with_a_tail_of_late_ones() -> None:
    chance = Random(3)
    found = [arrival(chance) for _ in range(20_000)]
    came = [one for one in found if one is not None]
    assert 0.02 < 1 - len(came) / len(found) < 0.04
    assert 0.05 < sum(one.late for one in came) / len(came) < 0.075
    minutes = Counter(one.seconds // 60 for one in came)
    crest = sum(minutes[minute] for minute in range(DUTY - 25, DUTY))
    assert crest / len(came) > 0.8
    doubles = [one.again for one in came if one.again is not None]
    assert 0.03 < len(doubles) / len(came) < 0.05
    assert set(doubles) == set(range(DOUBLE_SECONDS[0], DOUBLE_SECONDS[1] + 1))


@given(st.integers())
def test_everybody_comes_within_the_morning(seed: int) -> None:
    came = arrival(Random(seed))
    assert came is None or START * 60 <= came.seconds < END * 60 - DOUBLE_SECONDS[1]


@given(st.integers(0, 86_399), st.integers(START * 60, END * 60), st.integers(START * 60, END * 60))
def test_no_terminal_prints_the_future_and_order_stays(now: int, one: int, other: int) -> None:
    moment = MIDNIGHT + timedelta(seconds=now)
    wall = clock.wall(MIDNIGHT, moment)
    assert MIDNIGHT <= wall(min(one, other)) <= wall(max(one, other)) <= moment


def test_a_morning_that_is_over_is_printed_as_it_was() -> None:
    wall = clock.wall(MIDNIGHT, MIDNIGHT + timedelta(hours=11))
    assert clock.shown(wall(7 * 3600 + 30 * 60 + 5)) == "2026-11-23 07:30:05"


def test_a_morning_as_it_happens_prints_the_present() -> None:
    now = MIDNIGHT + timedelta(hours=13)
    assert clock.present(now)(START * 60 + 90) == now + timedelta(seconds=90)


def test_the_same_seed_is_the_same_morning_and_another_is_not() -> None:
    assert script(5) == script(5)
    assert script(5).steps != script(6).steps


def test_the_service_makes_of_each_line_exactly_the_punch_the_script_counts_on() -> None:
    made = script()
    zones = {terminal.serial: terminal for terminal in CITY}
    received = Arrival(datetime(2026, 11, 23, 12, tzinfo=UTC), "terminal")
    punches: dict[str, str] = {}
    held: Counter[str] = Counter()
    for step in made.steps:
        terminal = zones[step.serial]
        origin = Origin(step.serial, terminal.site_id, terminal.zone, "2020-01-01")
        found = assess(read_attlog(step.line), origin, dict(terminal.pins), received)
        held.update(line.reason for line in found.held)
        assert [fact.id for fact in found.facts] == ([step.identity] if step.identity else [])
        punches.update((fact.id, fact.key) for fact in found.facts)
        if step.first:
            assert found.facts[0].key == step.first
            assert found.days == [step.day]
    assert punches.keys() == made.accepted.keys()
    assert held == {"malformed": 1, "unknown_pin": 1}
    assert sum(held.values()) == made.held


def test_what_happens_to_terminals_is_in_it() -> None:
    made = script()
    offline = [step for step in made.steps if step.serial == made.offline]
    days = {step.day for step in offline}
    assert days == {"2026-11-22", "2026-11-23"}  # since the evening before
    texts = sorted(read_attlog(step.line).lines[0].local_time for step in offline if step.identity)
    oldest = datetime.fromisoformat(texts[0])
    back = MIDNIGHT + timedelta(minutes=plan.BACK_ONLINE)
    assert timedelta(minutes=plan.BACKLOG_MINUTES - 120) <= back - oldest <= timedelta(minutes=plan.BACKLOG_MINUTES)
    assert made.offline not in made.deaf
    assert len(made.deaf) == plan.LOST_ACKNOWLEDGEMENTS
    assert {step.serial for step in made.strangers} == {plan.STRANGER}
    assert plan.STRANGER not in {terminal.serial for terminal in CITY}
    statuses = {read_attlog(step.line).lines[0].status for step in made.steps if step.identity}
    assert statuses == {"0", "255"}
    assert made.steps == sorted(made.steps, key=lambda step: step.seconds)


def test_even_right_after_midnight_every_id_is_counted_once() -> None:
    made = script(now_hour=0)
    assert set(made.accepted) == {step.identity for step in made.steps if step.identity}


def test_a_city_of_one_terminal_has_its_morning_too() -> None:
    assert script(city=CITY[:1]).people > 0


def device(serial: str, space: str, site: str | None) -> dict[str, Any]:
    place = {"id": site, "name": site, "zone": "Asia/Jakarta"} if site else None
    return {"serial": serial, "pin_space": space, "site": place}


def test_people_stand_at_the_terminals_of_their_own_site() -> None:
    devices = [device("A", "A", "L1"), device("B", "KOTA", "L2"), device("C", "KOTA", None)]
    enrolments = [
        {"space": "A", "pin": "1", "employee_id": "e1"},
        {"space": "KOTA", "pin": "1", "employee_id": "e1"},
        {"space": "KOTA", "pin": "2", "employee_id": "e2"},
        {"space": "KOTA", "pin": "3", "employee_id": None},
    ]
    found = assemble(devices, enrolments, {"e1": "L1", "e2": "L2"})
    assert [(terminal.serial, terminal.pins) for terminal in found] == [("A", [("1", "e1")]), ("B", [("2", "e2")])]


def test_a_city_without_enrolments_says_what_to_do() -> None:
    with pytest.raises(NotReady, match="demo city"):
        assemble([device("A", "A", "L1")], [], {})
