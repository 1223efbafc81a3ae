"""Merging lines into what is stored: twice is once, nothing stored is lost, what the file says stands."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.directory.transfer.drafts import merged
from services.directory.transfer.findings import Finding
from services.directory.transfer.sheets import RANKS
from services.directory.transfer.tables import Line
from services.directory.validity import Period, holds, overlaps

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(40)]


@st.composite
def histories(draw: st.DrawFn) -> list[Period]:
    """Periods that follow one another, the last one maybe open."""
    is_open: bool = draw(st.booleans())
    starts = sorted(draw(st.sets(st.integers(0, 30), max_size=5)))
    found = [
        Period(valid_from=DAYS[start], valid_to=DAYS[end - 1])
        for start, end in zip(starts, [*starts[1:], 35], strict=False)
    ]
    if found and is_open:
        found[-1] = Period(valid_from=found[-1].valid_from)
    return found


@st.composite
def lines(draw: st.DrawFn) -> list[tuple[Period, Line]]:
    starts = draw(st.lists(st.integers(0, 36), unique=True, max_size=4))
    lengths = draw(st.lists(st.sampled_from([None, 0, 3]), min_size=len(starts), max_size=len(starts)))
    return [
        (
            Period(valid_from=DAYS[start], valid_to=None if days is None else DAYS[start] + timedelta(days)),
            Line(row, (), True),
        )
        for row, (start, days) in enumerate(zip(starts, lengths, strict=True), 2)
    ]


def together(stored: list[Period], given_lines: list[tuple[Period, Line]]) -> list[Period]:
    findings: list[Finding] = []
    found = merged(stored, given_lines, lambda period: period.valid_from, RANKS, findings)
    assert findings == []
    return sorted((period for period, _ in found), key=lambda period: period.valid_from)


@given(histories(), lines())
def test_merging(stored: list[Period], given_lines: list[tuple[Period, Line]]) -> None:
    once = together(stored, given_lines)
    assert together(once, given_lines) == once
    for period, _ in given_lines:
        assert period in once
    named = {period.valid_from for period, _ in given_lines}
    for before in stored:
        if before.valid_from in named:
            continue
        (after,) = [period for period in once if period.valid_from == before.valid_from]
        # Only an open entry is ever shortened, and only up to the day before a new one.
        if after != before:
            assert before.valid_to is None
            assert after.valid_to is not None
            assert any(holds(Period(valid_from=after.valid_to + timedelta(1)), day) for day in named)
            assert after.valid_to + timedelta(1) in named


@given(histories(), st.integers(1, 39))
def test_one_new_open_entry_after_the_last_never_overlaps(stored: list[Period], offset: int) -> None:
    last = max((period.valid_from for period in stored), default=FIRST)
    new = Period(valid_from=max(last, *(p.valid_to or last for p in stored), last) + timedelta(days=offset))
    assert list(overlaps(together(stored, [(new, Line(2, (), True))]))) == []
