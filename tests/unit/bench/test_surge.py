"""The surge's own logic: a steady pace, people by number, and a ledger that notices every loss and every double."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.population import Population, employee_id, number_of, pin
from bench.surge.ledger import Ledger, tally, wall_time
from bench.surge.pace import Pace, scattered
from bench.surge.workload import people_per_terminal
from bench.terminals.wire import ENTER, face_line
from services.attendance.punches.lines import read_attlog
from services.attendance.punches.rules import Arrival, Origin, assess

POPULATION = Population(people=60, terminals=3)
NOON = 1_795_500_000


@given(st.integers(0, 3_000))
def test_everybody_gets_a_turn_once(count: int) -> None:
    assert sorted(scattered(count)) == list(range(count))


def test_neighbours_are_far_apart() -> None:
    order = list(scattered(10_000))
    assert min(abs(a - b) for a, b in zip(order, order[1:], strict=False)) > 1_000


@given(st.floats(0.1, 5_000), st.floats(0.1, 60), st.lists(st.floats(0, 1), max_size=50))
def test_the_pace_is_kept_however_irregularly_it_is_asked(rate: float, seconds: float, gaps: list[float]) -> None:
    pace, elapsed, done = Pace(rate, seconds), 0.0, 0
    for gap in gaps:
        elapsed += gap
        done += pace.due(elapsed)
        assert done == min(int(elapsed * rate), int(rate * seconds))
    done += pace.due(seconds + 1)
    assert pace.over
    assert done == int(rate * seconds)


@given(st.integers(0, 10_000_000))
def test_ids_of_people_can_be_read_back(number: int) -> None:
    assert number_of(employee_id(number)) == number


@pytest.mark.parametrize("text", ["0" * 36, employee_id(5)[:-1] + "9", "not an id of anybody at all, is it?"])
def test_an_id_of_somebody_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"nobody of ours|invalid literal"):
        number_of(text)


def test_neighbours_use_the_same_terminal_and_all_terminals_are_used_alike() -> None:
    assert Counter(POPULATION.terminal(person) for person in range(60)) == {0: 20, 1: 20, 2: 20}
    assert [POPULATION.terminal(person) for person in (0, 19, 20)] == [0, 0, 1]


def test_there_are_people_enough_for_whole_batches() -> None:
    for punches, terminals in ((1_560_000, 2_600), (2_000, 100), (7, 3)):
        people = people_per_terminal(punches, terminals)
        assert people % 20 == 0
        assert people * terminals >= punches


def test_the_ledger_knows_the_id_the_service_gives() -> None:
    ledger = Ledger(POPULATION, ENTER)
    ledger.note(25, NOON)
    terminal = POPULATION.terminal(25)
    zone, serial = POPULATION.zone(terminal), POPULATION.serial(terminal)
    line = face_line(pin(25), wall_time(zone, NOON), ENTER)
    found = assess(
        read_attlog(line),
        Origin(serial, "s", zone, "2020-01-01"),
        {pin(25): employee_id(25)},
        Arrival(datetime.fromtimestamp(NOON, UTC), "terminal"),
    )
    assert [fact.id for fact in found.facts] == [ledger.identity(25)]


def test_every_loss_double_and_stranger_is_noticed() -> None:
    ledgers = [Ledger(POPULATION, 0), Ledger(POPULATION, 1)]
    for person in range(10):
        ledgers[0].note(person, NOON + person)
        ledgers[1].note(person, NOON + person)
    pairs = [(employee_id(n), ledger.identity(n) or "") for ledger in ledgers for n in range(10)]
    tally(ledgers, pairs)
    assert [ledger.verdict() for ledger in ledgers] == [{"sent": 10, "lost": 0, "double": 0, "unknown": 0}] * 2
    lost, twice = pairs[3], pairs[12]
    tampered = [pair for pair in pairs if pair != lost] + [twice, (employee_id(40), "0" * 32), ("nobody", "0" * 32)]
    tally(ledgers, tampered)
    assert ledgers[0].verdict() == {"sent": 10, "lost": 1, "double": 0, "unknown": 2}
    assert ledgers[1].verdict() == {"sent": 10, "lost": 0, "double": 1, "unknown": 0}
