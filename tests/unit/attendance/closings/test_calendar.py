"""Periods: from the 26th to the 25th, over years and Februaries, and when the definition changes."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.dated import NoRule
from services.attendance.closings.calendar import Calendar, Period, PeriodRule, obstacle, shipped

DAY = timedelta(days=1)
D = date.fromisoformat


def rule(since: str, start_day: int) -> PeriodRule:
    return PeriodRule(id=f"masa-{since}", valid_from=D(since), start_day=start_day, source="SK Wali Kota")


def calendar(*rows: PeriodRule) -> Calendar:
    return Calendar((*shipped(), *rows))


MONTHS = calendar()
PAID_ON_25TH = calendar(rule("2026-01-01", 26))


@pytest.mark.parametrize(
    ("cut", "day", "first", "last"),
    [
        (MONTHS, "2026-01-01", "2026-01-01", "2026-01-31"),
        (MONTHS, "2026-12-31", "2026-12-01", "2026-12-31"),
        (MONTHS, "2028-02-29", "2028-02-01", "2028-02-29"),
        (MONTHS, "2100-02-28", "2100-02-01", "2100-02-28"),  # no leap year
        (PAID_ON_25TH, "2026-01-01", "2026-01-01", "2026-01-25"),  # what is left between the definitions
        (PAID_ON_25TH, "2026-01-25", "2026-01-01", "2026-01-25"),
        (PAID_ON_25TH, "2026-01-26", "2026-01-26", "2026-02-25"),
        (PAID_ON_25TH, "2026-12-25", "2026-11-26", "2026-12-25"),
        (PAID_ON_25TH, "2026-12-26", "2026-12-26", "2027-01-25"),
        (PAID_ON_25TH, "2027-01-25", "2026-12-26", "2027-01-25"),
        (PAID_ON_25TH, "2028-02-29", "2028-02-26", "2028-03-25"),
        (calendar(rule("2026-01-01", 28)), "2027-02-28", "2027-02-28", "2027-03-27"),
        (calendar(rule("2026-01-01", 28)), "2028-02-29", "2028-02-28", "2028-03-27"),
        (calendar(rule("2026-01-01", 26), rule("2026-07-26", 1)), "2026-07-31", "2026-07-26", "2026-07-31"),
        (calendar(rule("2026-01-01", 26), rule("2026-07-26", 1)), "2026-08-01", "2026-08-01", "2026-08-31"),
    ],
)
def test_the_period_of_a_day(cut: Calendar, day: str, first: str, last: str) -> None:
    assert cut.period_of(D(day)) == Period(D(first), D(last))


def test_before_all_rows_there_is_no_period() -> None:
    with pytest.raises(NoRule):
        MONTHS.period_of(date(1999, 12, 31))


months = st.builds(lambda year, month: date(year, month, 1), st.integers(2025, 2029), st.integers(1, 12))


@given(st.lists(st.tuples(months, st.integers(1, 28)), max_size=5, unique_by=lambda one: one[0]), st.data())
def test_whatever_definitions_follow_each_other_no_day_is_left_out_or_in_two(
    changes: list[tuple[date, int]], data: st.DataObject
) -> None:
    rows: list[PeriodRule] = []
    for day, start in sorted(changes):
        since = data.draw(st.sampled_from([day, calendar(*rows).period_of(day).last + DAY]))
        if not rows or since > rows[-1].valid_from:
            rows.append(rule(str(since), start))
    cut = calendar(*rows)
    found = list(cut.periods(date(2025, 1, 1), date(2030, 12, 31)))
    assert found[0].first <= date(2025, 1, 1)
    assert found[-1].last >= date(2030, 12, 31)
    for one, following in pairwise(found):
        assert following.first == one.last + DAY
    for period in found:
        assert period.first <= period.last <= period.first + 31 * DAY
        assert {cut.period_of(day) for day in (period.first, period.last)} == {period}


def test_a_row_begins_where_a_period_does_and_changes_nothing_that_is_closed() -> None:
    def said(closed: date | None, *rows: PeriodRule, cut: Calendar = MONTHS) -> list[tuple[int, str]]:
        return [(one.place, one.why) for one in cut.misfits(rows, closed)]

    assert said(None, rule("2026-07-01", 26), rule("2026-10-26", 1)) == []
    ((place, why),) = said(None, rule("2026-07-15", 26))
    assert (place, "01-07-2026 atau 01-08-2026" in why) == (0, True)
    ((place, why),) = said(None, rule("2026-07-01", 26), rule("2026-10-01", 1))
    assert (place, "26-09-2026 atau 26-10-2026" in why) == (1, True)
    assert [place for place, _ in said(None, rule("2026-07-01", 26), rule("2026-06-01", 1))] == [1]
    ((place, why),) = said(date(2026, 7, 31), rule("2026-07-01", 26))
    assert (place, "sudah ditutup sampai 31-07-2026" in why) == (0, True)
    assert said(date(2026, 7, 31), rule("2026-08-01", 26)) == []
    kept = calendar(rule("2026-07-01", 26))
    assert said(date(2026, 8, 25), rule("2026-07-01", 26), rule("2026-08-26", 1), cut=kept) == []
    ((place, why),) = said(date(2026, 8, 25), cut=kept)
    assert (place, "baris mulai 01-07-2026" in why) == (0, True)


def test_periods_are_closed_once_after_their_end_and_in_order() -> None:
    july, august = Period(D("2026-07-01"), D("2026-07-31")), Period(D("2026-08-01"), D("2026-08-31"))
    september = Period(D("2026-09-01"), D("2026-09-30"))
    assert obstacle(july, [], D("2026-08-01")) is None
    assert "mulai 01-08-2026" in str(obstacle(july, [], D("2026-07-31")))
    assert obstacle(july, [july], D("2026-08-01")) == "masa ini sudah ditutup"
    assert obstacle(august, [july], D("2026-10-05")) is None
    assert "berurutan" in str(obstacle(september, [july], D("2026-10-05")))
    assert "berurutan" in str(obstacle(july, [august], D("2026-10-05")))
    assert "sudah ditutup" in str(obstacle(Period(D("2026-07-26"), D("2026-08-25")), [july], D("2026-10-05")))
