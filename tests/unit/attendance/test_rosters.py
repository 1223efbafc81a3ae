"""What is wrong with a changed roster, and what names the month it was made from: pure."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from services.attendance.demo.working_time import holidays
from services.attendance.schedules.models import Shift
from services.attendance.sheets.rosters import cells, judged, rostered, tag_of
from services.attendance.sheets.sent import Cycle
from tests.unit.attendance.making import MONDAY, book, holiday, person
from tests.unit.attendance.making import rostered as on

NIGHT, MORNING = Shift(start="22:00", minutes=600), Shift(start="06:00", minutes=480)
SUNDAY = MONDAY + timedelta(days=6)


def wrong(
    *days: int, shifts: tuple[Shift, ...] = (NIGHT,), today: date = MONDAY, **known: object
) -> list[tuple[str, int, bool]]:
    dates = [MONDAY + timedelta(days=n) for n in days]
    after = rostered(person(), [on(one, *shifts) for one in dates], ())
    found = judged(after, set(dates), book(**known), today)
    return [(one.code, (one.day - MONDAY).days, one.warning) for one in found]


def test_a_night_meets_the_morning_of_the_pattern() -> None:
    assert wrong(4) == [], "Friday night: Saturday is off"
    assert wrong(3) == [("shifts_overlap", 3, False)]
    assert wrong(6) == [("shifts_overlap", 6, False)], "Sunday night runs into Monday's office hours"


def test_taking_a_day_off_the_roster_can_be_wrong_as_well() -> None:
    """The night before stays; the pattern's morning comes back."""
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    now = person(on(tuesday, NIGHT), on(wednesday))
    assert judged(now, {wednesday}, book(), MONDAY) == []
    (found,) = judged(rostered(now, [], [wednesday]), {wednesday}, book(), MONDAY)
    assert (found.code, found.day) == ("shifts_overlap", wednesday)


def test_holidays_and_days_gone_by_are_only_said() -> None:
    said = wrong(5, shifts=(MORNING,), today=SUNDAY, holidays=(holiday(MONDAY + timedelta(days=5)),))
    assert said == [("holiday", 5, True), ("past", 5, True)]
    assert wrong(5, shifts=(), holidays=(holiday(MONDAY + timedelta(days=5)),)) == [], "off on a holiday"


@pytest.mark.parametrize(("site", "code"), [("entah", "unknown_site"), ("nowhere", "unknown_zone")])
def test_nobody_is_rostered_where_there_is_no_clock(site: str, code: str) -> None:
    after = rostered(person(site=site), [on(MONDAY, MORNING)], ())
    assert [(one.code, one.warning) for one in judged(after, {MONDAY}, book(), MONDAY)] == [(code, False)]
    assert [one.code for one in judged(person(posts=()), {MONDAY}, book(), MONDAY)] == [], "nothing rostered"


def test_a_cell_says_what_a_clock_on_the_wall_would() -> None:
    (cell,) = cells(person(on(SUNDAY, NIGHT), site="jayapura"), SUNDAY, SUNDAY, book())
    assert [(one.start, one.end, one.days_later) for one in cell.shifts] == [("22:00", "08:00", 1)]
    assert cell.roster == (NIGHT,)
    assert (cell.conflict, cell.pattern, cell.holiday) == (True, None, None)


def test_a_month_is_named_by_what_is_in_it() -> None:
    one, other = on(MONDAY, NIGHT), on(SUNDAY)
    assert tag_of([one, other]) == tag_of([other, one])
    assert len({tag_of([]), tag_of([one]), tag_of([on(MONDAY)]), tag_of([one, other])}) == 4


def test_a_cycle_goes_round_from_where_each_begins() -> None:
    said = {"people": [{"employee_id": "a"}, {"employee_id": "b", "start": 3}], "first": MONDAY, "last": SUNDAY}
    days = [[MORNING.model_dump()], [NIGHT.model_dump()], [], []]
    cycle = Cycle.model_validate({**said, "days": days, "source": "SP"})
    told = [[len(day.shifts) for day in cycle.roster(one)] for one in cycle.people]
    assert told == [[1, 1, 0, 0, 1, 1, 0], [0, 1, 1, 0, 0, 1, 1]]
    for bad in ({"last": MONDAY - timedelta(days=1)}, {"last": date(2027, 1, 1)}, {"people": said["people"][:1] * 2}):  # type: ignore[index]
        with pytest.raises(ValidationError):
            Cycle.model_validate({**said, "days": days, "source": "SP", **bad})


def test_the_demo_names_every_holiday_of_its_calendar() -> None:
    found = holidays(2026)
    assert len({one.day for one in found}) == len(found) == 21
    assert {one.name for one in found if one.kind == "joint_leave"} == {"Cuti bersama"}
    assert sum(one.kind == "national" for one in found) == 13
