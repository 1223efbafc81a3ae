"""The ladder of PP 94/2021 and, before it, PP 53/2010; V-05 to V-08 of regulations.md section 14."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from kit.dated import NoRule
from services.attendance.discipline.rules import (
    Counted,
    DisciplineRule,
    days_of_minutes,
    indication,
    load,
    next_step,
    step_for,
    streaks,
)

TABLE = load()
DAY = timedelta(days=1)
NOW = date(2024, 12, 31)


def run(first: date, days: int, holidays: tuple[date, ...] = ()) -> list[tuple[date, Counted]]:
    """Absent from `first` for so many calendar days; nothing is required on weekends and holidays."""
    dates = [first + n * DAY for n in range(days)]
    return [(day, "not_required" if day.weekday() > 4 or day in holidays else "absent") for day in dates]


@pytest.mark.parametrize(
    ("days", "level", "sanction"),
    [
        (3, "ringan", "teguran_lisan"),
        (4, "ringan", "teguran_tertulis"),
        (6, "ringan", "teguran_tertulis"),
        (7, "ringan", "pernyataan_tidak_puas"),
        (10, "ringan", "pernyataan_tidak_puas"),
        (11, "sedang", "tukin_25_6_bulan"),
        (13, "sedang", "tukin_25_6_bulan"),
        (14, "sedang", "tukin_25_9_bulan"),
        (16, "sedang", "tukin_25_9_bulan"),
        (17, "sedang", "tukin_25_12_bulan"),
        (20, "sedang", "tukin_25_12_bulan"),
        (21, "berat", "jabatan_turun_12_bulan"),
        (24, "berat", "jabatan_turun_12_bulan"),
        (25, "berat", "pelaksana_12_bulan"),
        (27, "berat", "pelaksana_12_bulan"),
        (28, "berat", "pemberhentian"),
        (200, "berat", "pemberhentian"),
    ],
)
def test_ladder_of_pp_94_2021(days: int, level: str, sanction: str) -> None:
    step = step_for(days, NOW, TABLE)
    assert step is not None
    assert (step.level, step.sanction) == (level, sanction)
    assert step.article.startswith("PP 94/2021 Pasal")


@pytest.mark.parametrize("days", [0, 1, 2])
def test_below_the_ladder_is_nothing(days: int) -> None:
    assert step_for(days, NOW, TABLE) is None


def test_v_05_fifteen_days_in_2024_is_medium_of_the_second_kind() -> None:
    days = [(date(2024, 3, 1) + 7 * n * DAY, "absent") for n in range(15)]  # never two in a row: once a week
    attended = [(day + DAY, "attended") for day, _ in days]
    found = indication([*days, *attended], NOW, TABLE)  # type: ignore[list-item]
    assert (found.days, found.by_streak, found.next_at, found.rule) == (15, False, 17, "pp-94-2021")
    assert found.step is not None
    assert (found.step.level, found.step.sanction) == ("sedang", "tukin_25_9_bulan")
    assert found.step.interim == "pangkat_ditunda_1_tahun", "PP 94/2021 Pasal 42"


def test_v_06_five_days_in_may_2015_is_an_oral_warning_of_pp_53_2010() -> None:
    event = date(2015, 5, 12)
    step = step_for(5, event, TABLE)
    assert step is not None
    assert (step.level, step.sanction, step.article) == ("ringan", "teguran_lisan", "PP 53/2010 Pasal 8")
    assert step_for(4, event, TABLE) is None
    assert [(step_for(n, event, TABLE) or step).sanction for n in (6, 10, 11, 15)] == [
        *["teguran_tertulis"] * 2,
        *["pernyataan_tidak_puas"] * 2,
    ]
    beyond = step_for(16, event, TABLE)
    assert beyond is not None
    assert beyond.level == "belum_dihimpun", "what is not collected is said, not guessed"
    assert step_for(5, date(2021, 8, 30), TABLE) != step_for(5, date(2021, 8, 31), TABLE)


def test_v_07_ten_in_a_row_over_two_weekends_and_a_holiday() -> None:
    first, feast = date(2024, 3, 7), date(2024, 3, 11)  # a Thursday, and Nyepi on Monday
    absent = run(first, 15, (feast,))
    assert sum(state == "absent" for _, state in absent) == 10
    found = indication(absent, NOW, TABLE)
    assert found.by_streak
    assert found.streak == (10, first, date(2024, 3, 21))
    assert found.step is not None
    assert (found.step.sanction, found.step.salary_stops) == ("pemberhentian", True)
    assert found.step.article == "PP 94/2021 Pasal 11(2)d.4"
    nine = indication(absent[:-1], NOW, TABLE)
    assert nine.step == step_for(9, NOW, TABLE)
    assert not nine.by_streak


def test_ten_in_a_row_was_nothing_of_its_own_before() -> None:
    found = indication(run(date(2015, 3, 2), 12), date(2015, 12, 31), TABLE)
    assert (found.days, found.by_streak) == (10, False)


def test_a_day_of_attendance_breaks_and_an_unresolved_one_does_not_count() -> None:
    absent = run(date(2024, 3, 4), 12)
    middle = absent[4][0]
    for state in ("attended", "unresolved"):
        days: list[tuple[date, Counted]] = [(day, state if day == middle else was) for day, was in absent]
        assert [one.days for one in streaks(days)] == [4, 5]
        found = indication(days, NOW, TABLE)
        assert (found.days, found.by_streak) == (9, False)
        assert found.unresolved == ((middle,) if state == "unresolved" else ())


def test_a_day_said_twice_counts_once_and_said_differently_is_unresolved() -> None:
    absent = run(date(2024, 3, 4), 4)
    assert indication([*absent, *absent], NOW, TABLE).days == 4
    found = indication([*absent, (absent[0][0], "attended")], NOW, TABLE)
    assert (found.days, found.unresolved) == (3, (absent[0][0],))


def test_the_year_begins_anew_but_a_run_goes_on() -> None:
    over_new_year = run(date(2024, 12, 26), 14)
    found = indication(over_new_year, date(2025, 1, 8), TABLE)
    assert (found.days, found.by_streak) == (6, True)
    assert found.streak is not None
    assert found.streak.days == 10
    before = indication(run(date(2024, 11, 4), 12), date(2025, 1, 8), TABLE)
    assert (before.days, before.streak, before.step) == (0, None, None)


def test_days_to_come_do_not_count() -> None:
    assert indication(run(date(2024, 3, 4), 12), date(2024, 3, 6), TABLE).days == 3


@pytest.mark.parametrize(
    ("vector", "minutes", "days", "remainder"),
    [("V-08", 899, 1, 449), ("", 0, 0, 0), ("", 449, 0, 449), ("", 450, 1, 0), ("", 900, 2, 0)],
)
def test_minutes_become_days(vector: str, minutes: int, days: int, remainder: int) -> None:
    assert days_of_minutes(minutes, NOW, TABLE) == (days, remainder), vector


def test_minutes_lost_add_to_the_days() -> None:
    found = indication(run(date(2024, 3, 4), 2), NOW, TABLE, minutes=899)
    assert found.days == 3
    assert found.step == step_for(3, NOW, TABLE)
    with pytest.raises(ValueError, match="negative"):
        days_of_minutes(-1, NOW, TABLE)


def test_early_warning_names_the_next_step() -> None:
    step = next_step(6, NOW, TABLE)
    assert step is not None
    assert step.from_days == 7
    assert next_step(28, NOW, TABLE) is None


def test_before_any_law_there_is_none_to_apply() -> None:
    with pytest.raises(NoRule):
        step_for(5, date(2010, 6, 5), TABLE)


@pytest.mark.parametrize(
    "wrong",
    [
        {"streak_days": 10},
        {"ladder": [{"from_days": n, "level": "ringan", "sanction": "", "article": ""} for n in (4, 3)]},
    ],
)
def test_half_a_law_is_refused(wrong: dict[str, object]) -> None:
    row = {
        "id": "x",
        "valid_from": NOW,
        "source": "",
        "minutes_per_absence_day": 450,
        "warn_days_before": 1,
        "ladder": [],
    }
    with pytest.raises(ValidationError):
        DisciplineRule.model_validate({**row, **wrong})
