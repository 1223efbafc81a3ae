"""Whatever citizens rate and in which order: what is shown of an employee never tells one rating apart.

A small model of what the store does (tests/integration/feedback does the same on the database): ratings are held,
timers fire at any later moment, and each release is the rules'.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.feedback.ratings import rules
from services.feedback.ratings.rules import STARS, Held, Mean, RatingsRule

START = date(2026, 11, 23)
GROUPS = st.integers(min_value=3, max_value=10)
# A rating, a release that may be due, or midnight.
RATED = st.tuples(st.sampled_from("AB"), st.sampled_from("xyz"), st.integers(1, 5))
STEPS = st.lists(st.one_of(RATED, st.sampled_from(["fire A", "fire B", "midnight"])), max_size=150)


@dataclass
class Town:
    least: int
    day: date = START
    held: dict[str, list[Held]] = field(default_factory=lambda: defaultdict(list))
    sums: dict[str, Mean] = field(default_factory=dict)
    shown: dict[tuple[str, date], list[dict[str, int]]] = field(default_factory=lambda: defaultdict(list))

    def rate(self, employee: str, service: str, stars: int) -> None:
        before = self.sums.get(service, Mean(0, 0))
        self.sums[service] = Mean(before.ratings + 1, before.stars + stars)
        self.held[employee].append(Held(service, stars))

    def fire(self, employee: str) -> None:
        more = rules.released(self.held[employee], self.sums, self.least)
        if more is not None:
            states = self.shown[employee, self.day]
            states.append({name: (states[-1][name] if states else 0) + count for name, count in more.items()})
            self.held[employee] = []

    def play(self, steps: list[tuple[str, str, int] | str]) -> list[tuple[str, str, int]]:
        given = []
        for step in steps:
            if isinstance(step, tuple):
                self.rate(*step)
                given.append(step)
            elif step == "midnight":
                self.day += timedelta(days=1)
            else:
                self.fire(step.split()[1])
        return given


@given(STEPS, GROUPS)
def test_two_states_that_follow_differ_by_a_whole_group(steps: list[tuple[str, str, int] | str], least: int) -> None:
    town = Town(least)
    town.play(steps)
    for states in town.shown.values():
        before = dict.fromkeys(states[0], 0)
        for state in states:
            assert state["ratings"] - before["ratings"] >= least
            assert all(state[name] >= before[name] for name in state)
            before = state


@given(STEPS, GROUPS)
def test_nothing_is_lost_doubled_or_given_to_another(steps: list[tuple[str, str, int] | str], least: int) -> None:
    town = Town(least)
    rated = town.play(steps)
    for employee in "AB":
        own = [stars for who, _, stars in rated if who == employee]
        ends = [states[-1] for (who, _), states in town.shown.items() if who == employee]
        waiting = rules.counts(one.stars for one in town.held[employee])
        for name, count in rules.counts(own).items():
            assert count == waiting[name] + sum(state[name] for state in ends)
    for state in (state for states in town.shown.values() for state in states):
        assert state["ratings"] == sum(state[name] for name in STARS)
        assert state["stars"] == sum(number * state[name] for number, name in enumerate(STARS, start=1))


@given(STEPS, GROUPS)
def test_what_could_be_expected_is_within_what_can_be_given(
    steps: list[tuple[str, str, int] | str], least: int
) -> None:
    town = Town(least)
    town.play(steps)
    for states in town.shown.values():
        assert all(1000 * state["ratings"] <= state["expected_milli"] <= 5000 * state["ratings"] for state in states)


@given(st.lists(st.integers(0, 60), max_size=12), GROUPS, st.integers(1, 40))
def test_texts_come_out_alone_only_after_the_longest_wait(waited: list[int], least: int, longest: int) -> None:
    rule = RatingsRule.model_validate(
        {
            "id": "x", "valid_from": START, "source": "", "minimum_group": least, "release_minutes": 1,
            "code_minutes": 1, "sheet_days": 1, "text_delay_days": 1, "text_spread_days": 1,
            "text_longest_days": longest, "codes_an_hour": 1,
        }
    )  # fmt: skip
    published = rules.may_publish([START - timedelta(days=days) for days in waited], START, rule)
    assert published == (len(waited) >= least or (bool(waited) and max(waited) >= longest))
