"""Everything wrong in schedules is named, all at once, and nothing is refused for it."""

from datetime import timedelta

from services.attendance.schedules.book import Book, Person
from services.attendance.schedules.checks import check
from services.attendance.schedules.law import load, pattern_of
from services.attendance.schedules.models import Day, Pattern, PatternVersion, Shift
from tests.unit.attendance.making import (
    LAW,
    LONG_AGO,
    MONDAY,
    PLACES,
    RAMADAN,
    book,
    given,
    holiday,
    person,
    rostered,
    week,
)

LATE = Shift(start="22:00", minutes=600)
EARLY = Shift(start="07:00", minutes=450)


def found(known: Book, *people: Person) -> list[tuple[str, str, str, bool]]:
    return [(one.code, one.where, one.at, one.warning) for one in check(known, people, LAW)]


def test_nothing_is_wrong_with_what_the_law_gives() -> None:
    six = pattern_of(load()["six_day"].on(MONDAY), "enam", "Enam hari")
    assert found(book(patterns=(*book().patterns, six), places=PLACES[:3]), person()) == []


def test_everything_is_named_at_once() -> None:
    days = (Day(shifts=(LATE,)), Day(shifts=(EARLY, Shift(start="14:00", minutes=60))), Day())
    turning = PatternVersion(valid_from=LONG_AGO, days=days, anchor=MONDAY, observes_holidays=False, source="SK")
    known = book(
        patterns=(
            *book().patterns,
            Pattern(id="jaga", name="Jaga", versions=(turning,)),
            week("lama", EARLY, until=MONDAY),
        ),
        assigned=(
            given("unit", "dinas", "kantor", LONG_AGO, MONDAY),
            given("unit", "dinas", "kantor", MONDAY, MONDAY + timedelta(days=3)),
            given("unit", "dinas", "kantor", MONDAY + timedelta(days=10)),
        ),
    )
    own = (given("employee", "pegawai", "lama"), given("employee", "pegawai", "entah", LONG_AGO))
    roster = (rostered(MONDAY, LATE), rostered(MONDAY, EARLY), rostered(MONDAY + timedelta(days=1), EARLY))
    named = found(known, person(*roster, own=own))
    assert named == sorted(named, key=lambda one: (one[1], one[0], one[2])), "in a steady order"
    assert set(named) == {
        ("shifts_overlap", f"jaga@{LONG_AGO}", "1", False),  # the night runs into the next morning
        ("shifts_overlap", f"jaga@{LONG_AGO}", "2", False),  # 14:00 is before 14:30
        ("week_differs", f"jaga@{LONG_AGO}", "", True),
        ("periods_overlap", "unit:dinas", f"{MONDAY}", False),
        ("hole", "unit:dinas", f"{MONDAY + timedelta(days=4)}", True),
        ("periods_overlap", "employee:pegawai", f"{LONG_AGO}", False),
        ("unknown_pattern", f"employee-pegawai-entah-{LONG_AGO}", "entah", False),
        ("hole", f"employee-pegawai-lama-{LONG_AGO}", f"{MONDAY + timedelta(days=1)}", True),
        ("rostered_twice", "pegawai", f"{MONDAY}", False),
        ("shifts_overlap", "pegawai", f"{MONDAY}", False),
        ("unknown_zone", "nowhere", "", False),
    }


def test_shifts_that_touch_do_not_overlap() -> None:
    seam = (Shift(start="07:00", minutes=300, break_minutes=75), Shift(start="12:00", minutes=300, break_minutes=75))
    assert found(book(patterns=(week("kantor", *seam),), places=())) == []
    whole_day = [week("kantor", Shift(start="08:00", minutes=1440))]
    assert [code for code, *_ in found(book(patterns=whole_day, places=()))] == ["week_differs"]
    over = (Shift(start="12:00", minutes=300, kind="on_call"), Shift(start="07:30", minutes=510, break_minutes=60))
    assert found(book(patterns=(week("kantor", *over),), places=())) == [], "on call while on duty"


def test_weekly_totals_are_a_warning_with_both_numbers() -> None:
    seven_hours = week("kantor", Shift(start="08:00", minutes=420))
    (problem,) = check(book(patterns=(seven_hours,), places=()), (), LAW)
    assert (problem.code, problem.warning) == ("week_differs", True)
    assert problem.values == {"week_minutes": 2100, "law_minutes": 2250}
    lazy = Day(shifts=(EARLY,), ramadan=(Shift(start="08:00", minutes=300),))
    version = PatternVersion(valid_from=LONG_AGO, days=(*[lazy] * 5, Day(), Day()), observes_holidays=True, source="SK")
    (problem,) = check(book(patterns=(Pattern(id="kantor", name="", versions=(version,)),), places=()), (), LAW)
    assert (problem.code, problem.values) == ("ramadan_week_differs", {"week_minutes": 1500, "law_minutes": 1950})


def test_the_calendar_is_looked_at_as_well() -> None:
    """The same holiday twice is odd; a Ramadan within another, a site or unit that nobody knows is wrong."""
    same = holiday(MONDAY).model_copy(update={"id": "sekali lagi"})
    elsewhere = holiday(MONDAY, "local", sites=frozenset({"surabaya", "pindah"}))
    again = RAMADAN.model_copy(update={"id": "salah ketik", "first": RAMADAN.last})
    known = book(
        places=PLACES[:3],
        holidays=(holiday(MONDAY), same, elsewhere),
        ramadans=(RAMADAN, again),
        assigned=(given("unit", "bubar", "kantor"),),
    )
    assert set(found(known)) == {
        ("holiday_twice", "sekali lagi", f"{MONDAY}", True),
        ("unknown_site", elsewhere.id, "pindah", False),
        ("ramadans_overlap", "salah ketik", f"{RAMADAN.last}", False),
        ("unknown_unit", f"unit-bubar-kantor-{LONG_AGO}", "bubar", False),
    }
