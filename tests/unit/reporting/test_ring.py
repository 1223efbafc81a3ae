"""What a reader that comes back has missed."""

from hypothesis import given
from hypothesis import strategies as st

from services.reporting.stream.ring import Ring, Step, merged


def step(number: int, *days: str) -> Step:
    return Step(f"82{number:08X}", frozenset({("u", f"day {number}")}), days)


def ring(*steps: Step, **limits: int) -> Ring:
    made = Ring(**limits)
    made.begin(f"82{0:08X}")
    for one in steps:
        made.add(one)
    return made


def test_everything_after_the_token_and_nothing_before() -> None:
    steps = [step(number) for number in (1, 2, 3)]
    assert ring(*steps).after(steps[0].token) == steps[1:]
    assert ring(*steps).after(steps[2].token) == []
    assert ring(*steps).after(f"82{0:08X}") == steps


def test_a_token_within_a_step_gets_the_whole_step() -> None:
    assert ring(step(2), step(4)).after(step(3).token) == [step(4)]


def test_what_is_not_known_any_more_is_said_so() -> None:
    assert Ring().after(step(1).token) is None
    assert ring(step(1)).after("") is None
    assert ring(step(1)).after("81FFFFFFFF") is None
    short = ring(*(step(number) for number in range(1, 6)), steps_most=2)
    assert short.after(step(2).token) is None
    assert short.after(step(3).token) == [step(4), step(5)]


def test_many_people_push_old_steps_out() -> None:
    crowded = ring(*(step(number, *(f"{number} {who}" for who in range(10))) for number in range(1, 6)), days_most=25)
    assert len(crowded) == 2
    assert crowded.after(step(2).token) is None
    one = ring(step(1, *map(str, range(100))), days_most=25)
    assert len(one) == 1


def test_beginning_anew_forgets_everything() -> None:
    made = ring(step(1), step(2))
    made.begin(step(5).token)
    assert made.after(step(1).token) is None
    assert made.after(step(5).token) == []


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=4), max_size=6))
def test_merging_keeps_each_day_once_in_the_order_of_its_last_move(moved: list[list[str]]) -> None:
    said = merged("t", [Step("x", frozenset(), tuple(days)) for days in moved])
    flat = [day for days in moved for day in days]
    assert list(said.days) == sorted(set(flat), key=lambda day: len(flat) - flat[::-1].index(day))


def test_merging_unites_units_and_remembers_that_people_changed() -> None:
    said = merged("t", [step(1), Step("x", frozenset({("v", "d")}), (), employees=True), step(2)])
    assert said.token == "t"
    assert said.units == {("u", "day 1"), ("v", "d"), ("u", "day 2")}
    assert said.employees
