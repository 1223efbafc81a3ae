"""The past of the demo city's terminals."""

from datetime import date
from zoneinfo import ZoneInfo

from contracts.events.attendance import PunchRecorded
from contracts.events.directory import Assignment
from kit.demo.calendar import DAY, is_working
from kit.demo.people import Person
from kit.demo.presence import state_of
from services.attendance.demo.punches import DUTY, Place, day_of, marks
from services.attendance.punches.rules import Origin

DAYS = [date(2026, 2, 1) + DAY * number for number in range(60)]
ZONES = {"west": "Asia/Jakarta", "east": "Asia/Jayapura"}


def person(number: int) -> Person:
    """One half works in the east."""
    held = {"unit_id": "u", "post_id": "p", "post_title": "Staf", "site_id": ("west", "east")[number % 2]}
    return Person(f"emp-{number}", number / 40, (Assignment(**held, valid_from=date(2020, 1, 1)),))


PEOPLE = [person(number) for number in range(40)]
HOLDERS = {one.id[4:]: one.id for one in PEOPLE}
PLACES = {
    site: [
        Place(Origin(f"{site}-{n}", site, zone, "2020-01-01"), n == 1, {one.id: one.id[4:] for one in PEOPLE}, HOLDERS)
        for n in (0, 1)
    ]
    for site, zone in ZONES.items()
}


def test_the_same_every_time_and_another_with_another_seed() -> None:
    assert day_of(1, PEOPLE, PLACES, DAYS[2]) == day_of(1, PEOPLE, PLACES, DAYS[2])
    assert day_of(1, PEOPLE, PLACES, DAYS[2]) != day_of(2, PEOPLE, PLACES, DAYS[2])
    few = {fact.id for entry in day_of(1, PEOPLE[:10], PLACES, DAYS[2]) for fact in entry.facts}
    assert few < {fact.id for entry in day_of(1, PEOPLE, PLACES, DAYS[2]) for fact in entry.facts}


def test_nobody_punches_on_a_day_off_and_every_punch_is_of_its_local_day() -> None:
    ids: list[str] = []
    for day in DAYS:
        for entry in day_of(1, PEOPLE, PLACES, day):
            assert entry.raw.count(b"\n") == len(entry.facts)
            for fact in entry.facts:
                punch = PunchRecorded.model_validate_json(fact.data)
                assert is_working(day)
                assert state_of(1, punch.employee_id, day) in ("present", "half")
                local = punch.occurred_at.astimezone(ZoneInfo(ZONES[punch.site_id]))
                assert (local.date(), punch.local_date, punch.zone) == (day, day, ZONES[punch.site_id])
                assert punch.flags == ()
                ids.append(punch.punch_id)
    assert len(ids) == len(set(ids)) > 1_000


def test_most_come_in_time_and_a_few_very_late() -> None:
    first = [found[0].seconds / 60 for one in PEOPLE for day in DAYS if (found := marks(1, one.id, day))]
    late = [minute - DUTY for minute in first if minute >= DUTY]
    assert 0.02 < len(late) / len(first) < 0.15
    assert max(late) > 30
    assert min(first) > 6 * 60
    out = [found[-1].seconds for one in PEOPLE for day in DAYS if len(found := marks(1, one.id, day)) > 1]
    assert max(out) < 23 * 3600
