"""The discipline component by every table of regulations.md section 5.1, to the hundredth of a percent."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events.days import DayAssessed, ShiftAssessed
from services.attendance.allowance.rules import Line, lines_of, month_of
from services.attendance.allowance.tables import AllowanceRule, Choice, load

TABLES = load("bawaan")
DAY = date(2026, 6, 1)
BEGINS = datetime(2026, 6, 1, 0, 30, tzinfo=UTC)


def shift(late: int | None = 0, early: int | None = 0, **more: Any) -> ShiftAssessed:
    fields: dict[str, Any] = {"shift_id": "s", "kind": "fixed", "status": "present", "starts": BEGINS, "ends": BEGINS}
    bands = {
        "late_band": "TL" if late is None or late else None,
        "early_band": "PSW" if early is None or early else None,
    }
    return ShiftAssessed.model_validate({**fields, "late_minutes": late, "early_minutes": early, **bands, **more})


def day(on: date = DAY, status: str = "present", shifts: tuple[ShiftAssessed, ...] = (), **more: Any) -> DayAssessed:
    sums = dict.fromkeys(("late_minutes", "early_minutes", "required_days", "present_days", "absent_days"), 0)
    sums |= dict.fromkeys(("excused_days", "late_days", "early_days", "effective_minutes", "absent_minutes"), 0)
    fields = {"employee_id": "ani", "local_date": on, "version": 1, "zone": "Asia/Jakarta", "status": status}
    return DayAssessed.model_validate({**fields, **sums, "required_minutes": 450, "shifts": shifts, **more})


def rule(table: str, choice: Choice | None = None) -> AllowanceRule:
    return TABLES.rule(table, DAY, choice)


def cuts(found: list[Line]) -> list[tuple[str, str | None]]:
    return [(line.what, None if line.percent is None else str(line.percent)) for line in found]


LAW = [  # Permentan 68/2012; agency B (2013); another guideline; PMK 221/2021; BGN 4/2025 Pasal 15
    ("permentan-68-2012", ["0.5", "0.5", "1", "1", "1.5", "1.5", "2"], "2"),
    ("instansi-b-2013", ["0.5", "0.5", "1", "1", "1.25", "1.25", "1.5"], "1.5"),
    ("pedoman-lain", ["0.5", "0.5", "1", "1", "1.25", "1.25", "2.5"], "2.5"),
    ("pmk-221-2021", ["1", "1", "1.25", "1.25", "2.5", "2.5", "2.5"], "2.5"),
    ("bgn-4-2025", ["0.5", "0.5", "0.5", "0.5", "1", "1", "1"], "1"),
    ("bawaan", ["0.5", "0.5", "1", "1", "1.5", "1.5", "2"], "2"),
]
MINUTES = (1, 30, 31, 60, 61, 90, 91)


@pytest.mark.parametrize(
    ("table", "minutes", "percent"),
    [(table, minutes, percent) for table, row, _ in LAW for minutes, percent in zip(MINUTES, row, strict=True)],
)
def test_every_band_of_every_table(table: str, minutes: int, percent: str) -> None:
    assert cuts(lines_of(day(shifts=(shift(late=minutes),)), rule(table))) == [("late", percent)]
    assert cuts(lines_of(day(shifts=(shift(early=minutes),)), rule(table))) == [("early", percent)]
    assert lines_of(day(shifts=(shift(),)), rule(table)) == []


@pytest.mark.parametrize(("table", "highest"), [(table, highest) for table, _, highest in LAW])
def test_a_missing_scan_is_the_highest_band(table: str, highest: str) -> None:
    """Permenko Infra 10/2025 Pasal 22."""
    (line,) = lines_of(day(shifts=(shift(early=None),)), rule(table))
    assert (line.what, str(line.percent), line.missing, line.minutes) == ("early", highest, True, None)


@pytest.mark.parametrize(
    ("table", "percent"),
    [("permentan-68-2012", "4.00"), ("instansi-b-2013", "5.00"), ("pmk-221-2021", None), ("bgn-4-2025", None)],
)
def test_a_day_of_absence(table: str, percent: str | None) -> None:
    found = month_of([day(status="absent", absent_days=1, absent_minutes=450)], lambda _: rule(table))
    assert cuts(list(found.lines)) == [("absent", percent)]
    assert len(found.unset) == (percent is None), "what no table says is shown, and not cut"


def test_the_agencys_own_percent_and_its_source_go_before_the_tables() -> None:
    choice = Choice(valid_from=DAY, table="bgn-4-2025", absent_percent=Decimal("3.5"), source="Perwal 7/2026")
    (line,) = lines_of(day(status="absent", absent_minutes=450), rule("bgn-4-2025", choice))
    assert (str(line.percent), line.source) == ("3.50", "Perwal 7/2026")


def test_one_guideline_caps_the_day_of_who_came() -> None:
    found = lines_of(day(shifts=(shift(late=100, early=100),)), rule("pedoman-lain"))
    assert cuts(found) == [("late", "2.5"), ("early", "2.5"), ("day_cap", "-2.5")]
    assert cuts(lines_of(day(shifts=(shift(late=100, early=100),)), rule("permentan-68-2012"))) == [
        ("late", "2"),
        ("early", "2"),
    ]


def test_a_missed_shift_of_two_is_its_share_of_the_day() -> None:
    missed = shift(status="absent", late=0)
    found = lines_of(day(status="partly_absent", shifts=(missed, shift(late=5)), absent_minutes=225), rule("bawaan"))
    assert cuts(found) == [("late", "0.5"), ("partly_absent", "2.00")]


def test_what_is_not_certain_is_told_apart_and_not_cut() -> None:
    late = (shift(late=31),)
    open_day = day(DAY, shifts=late, missing=("window_open",))
    pending = day(DAY + timedelta(days=1), "pending", shifts=late)
    found = month_of([open_day, pending, day(DAY + timedelta(days=2), shifts=late)], lambda _: rule("bawaan"))
    assert (found.percent, found.unresolved) == (Decimal(1), (DAY, DAY + timedelta(days=1)))


@pytest.mark.parametrize("status", ["leave", "duty", "permit", "amnesty", "correction", "holiday", "off"])
def test_what_is_excused_costs_nothing(status: str) -> None:
    assert month_of([day(status=status, shifts=(shift(status="leave"),))], lambda _: rule("bawaan")).lines == ()


def test_a_month_is_never_cut_by_more_than_all() -> None:
    days = [day(DAY + timedelta(days=n), "absent", absent_minutes=450) for n in range(30)]
    found = month_of(days, lambda _: rule("instansi-b-2013"))
    assert found.percent == Decimal(100)
    assert cuts(list(found.lines))[-1] == ("month_cap", "-50.00")


def test_each_day_by_what_held_on_it() -> None:
    choices = [Choice(valid_from=date(2026, 6, 15), table="instansi-b-2013", source="SK")]
    days = [day(date(2026, 6, n), shifts=(shift(late=91),)) for n in (14, 15)]
    found = month_of(days, lambda on: TABLES.chosen(choices, on))
    assert [(str(line.percent), line.rule) for line in found.lines] == [
        ("2", "tl-psw-bawaan"),
        ("1.5", "instansi-b-2013"),
    ]


def test_only_tables_with_the_bands_of_the_day_agree() -> None:
    agreeing = {name for name in TABLES.texts if TABLES.agrees(name, DAY)}
    assert agreeing == {"bawaan", "permentan-68-2012", "instansi-b-2013", "pedoman-lain"}
    assert load("bgn-4-2025").agrees("bgn-4-2025", DAY)


def test_a_day_is_explained_by_the_percents_that_are_cut() -> None:
    choices = [Choice(valid_from=DAY, table="instansi-b-2013", source="SK")]
    row = TABLES.explaining(choices, DAY)
    assert row is not None
    assert [band.percent for band in row.late] == [band.percent for band in TABLES.chosen(choices, DAY).late]
    assert [band.code for band in row.late] == ["TL1", "TL2", "TL3", "TL4"]
    assert TABLES.explaining(choices, DAY - timedelta(days=1)) is None


@given(st.lists(st.tuples(st.integers(0, 27), st.integers(0, 200), st.booleans()), max_size=28), st.randoms())
def test_the_order_of_days_does_not_matter(drawn: list[tuple[int, int, bool]], chance: Any) -> None:
    rows = {n: (late, absent) for n, late, absent in drawn}
    days = [
        day(DAY + timedelta(days=n), "absent" if absent else "present", (shift(late=late),), absent_minutes=450)
        for n, (late, absent) in rows.items()
    ]
    shuffled = list(days)
    chance.shuffle(shuffled)
    found = month_of(days, lambda _: rule("pedoman-lain"))
    assert found == month_of(shuffled, lambda _: rule("pedoman-lain"))
    assert found.percent == sum((line.percent for line in found.lines if line.percent is not None), Decimal(0))
