"""Periods, day by day: each rule agrees with counting days one at a time."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.directory.validity import Period, gaps, holds, overlaps, uncovered

FIRST = date(2024, 2, 20)
DAYS = [FIRST + timedelta(days=n) for n in range(30)]  # over a leap day, and past the end of every closed period


@st.composite
def periods(draw: st.DrawFn) -> Period:
    begin = draw(st.integers(0, 20))
    length = draw(st.one_of(st.none(), st.integers(0, 6)))
    return Period(valid_from=DAYS[begin], valid_to=None if length is None else DAYS[begin] + timedelta(days=length))


def covered(day: date, some: list[Period]) -> int:
    return sum(holds(period, day) for period in some)


@given(st.lists(periods(), max_size=5))
def test_overlaps_exist_exactly_when_a_day_is_held_twice(some: list[Period]) -> None:
    pairs = list(overlaps(some))
    assert bool(pairs) == any(covered(day, some) > 1 for day in DAYS)
    for earlier, later in pairs:
        assert holds(some[earlier], some[later].valid_from)


@given(st.lists(periods(), max_size=5))
def test_gaps_are_the_days_between_that_nobody_holds(some: list[Period]) -> None:
    held = [day for day in DAYS if covered(day, some)]
    between = [day for day in DAYS if held and min(held) < day < max(held)]
    found = list(gaps(some))
    for day in between:
        assert bool(covered(day, found)) == (covered(day, some) == 0)


@given(periods(), st.lists(periods(), max_size=4))
def test_uncovered_is_the_first_stretch_nobody_covers(period: Period, cover: list[Period]) -> None:
    missing = uncovered(period, cover)
    bare = [day for day in DAYS if holds(period, day) and not covered(day, cover)]
    if missing is None:
        assert bare == []
    else:
        assert missing.valid_from == bare[0]
        assert all(day in bare for day in DAYS if holds(missing, day))
