"""The demo city's working time: the law's five days for all, a service open on Saturdays, four turns of firefighters.

Pure and deterministic. Its holidays and Ramadans are there to be looked at: each says that nobody has verified it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_DNS, uuid5

from contracts.events.directory import EmployeeChanged, UnitChanged
from kit.demo.calendar import FIXED, MOVING
from services.attendance.schedules.models import (
    Assigned,
    Beginning,
    Day,
    Frozen,
    Holiday,
    HolidayKind,
    Pattern,
    PatternVersion,
    Ramadan,
    Shift,
)
from services.attendance.schedules.ready import ready_patterns
from services.attendance.schedules.store import ASSIGNED, BEGINNINGS, HOLIDAYS, PATTERNS, RAMADANS

SERVICE, FIRE = "U43", "U33"  # a health centre; public order and the fire brigade (codes of units)
TURNS, TURN_PEOPLE = "ABCD", 8
NAMESPACE = uuid5(NAMESPACE_DNS, "demo.attendance.kinerja.go.id")
UNVERIFIED = "Contoh kota peragaan; belum diverifikasi terhadap keputusan resmi"
ORDER = "Contoh kota peragaan: SK Wali Kota"

NAMES: Mapping[tuple[int, int], str] = {
    (1, 1): "Tahun Baru Masehi",
    (5, 1): "Hari Buruh Internasional",
    (6, 1): "Hari Lahir Pancasila",
    (8, 17): "Proklamasi Kemerdekaan",
    (12, 25): "Hari Raya Natal",
}
# Of the days kit/demo/calendar.py knows beside those: names, "cuti bersama" where nothing is said.
MOVING_NAMES: Mapping[str, str] = {
    "2025-01-27": "Isra Mikraj",
    "2025-01-29": "Tahun Baru Imlek",
    "2025-03-31": "Hari Raya Idulfitri",
    "2025-04-01": "Hari Raya Idulfitri",
    "2025-04-18": "Wafat Yesus Kristus",
    "2025-05-12": "Hari Raya Waisak",
    "2025-05-29": "Kenaikan Yesus Kristus",
    "2025-06-06": "Hari Raya Iduladha",
    "2025-06-27": "Tahun Baru Islam",
    "2025-09-05": "Maulid Nabi Muhammad",
    "2026-01-16": "Isra Mikraj",
    "2026-02-17": "Tahun Baru Imlek",
    "2026-03-19": "Hari Suci Nyepi",
    "2026-04-03": "Wafat Yesus Kristus",
    "2026-05-14": "Kenaikan Yesus Kristus",
    "2026-05-27": "Hari Raya Iduladha",
    "2026-06-16": "Tahun Baru Islam",
    "2026-08-25": "Maulid Nabi Muhammad",
}
FASTS = (
    (date(2025, 3, 1), date(2025, 3, 30)),
    (date(2026, 2, 18), date(2026, 3, 19)),
    (date(2027, 2, 8), date(2027, 3, 9)),
)


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Rows of the book by kind, and what employees are assigned."""

    rows: Mapping[str, Sequence[Frozen]]
    own: Mapping[str, Assigned]


def working_time(units: Iterable[UnitChanged], employees: Iterable[EmployeeChanged], today: date) -> WorkingTime:
    """Everybody has the five-day week since last January. What differs begins on the Monday after `today`: the city's
    made-up past knows office hours only."""
    by_code = {unit.code: unit.unit_id for unit in units}
    roots = [unit.unit_id for unit in units if unit.versions[-1].parent_id is None]
    ready = ready_patterns(today)
    monday = today + timedelta(days=7 - today.weekday())
    turns = [_turn(n, monday) for n in range(len(TURNS))]
    given = [_given("unit", unit, ready["five_day"].id, date(today.year - 1, 1, 1)) for unit in roots]
    if SERVICE in by_code:
        given.append(_given("unit", by_code[SERVICE], ready["six_day"].id, monday))
    own = {}
    if FIRE in by_code:
        for n, person in enumerate(_last_of(by_code[FIRE], employees)):
            own[person] = _given("employee", person, turns[n % len(TURNS)].id, monday)
    years = (today.year - 1, today.year)
    begun = Beginning(id=str(uuid5(NAMESPACE, "beginning")), day=today, source=ORDER)
    rows: Mapping[str, Sequence[Frozen]] = {
        BEGINNINGS: [begun],
        PATTERNS: [*ready.values(), *turns],
        ASSIGNED: given,
        HOLIDAYS: [one for year in years for one in holidays(year)],
        RAMADANS: [
            Ramadan(id=f"demo-{first.year}", first=first, last=last, source=UNVERIFIED)
            for first, last in FASTS
            if first.year in years
        ],
    }
    return WorkingTime(rows, own)


def holidays(year: int) -> list[Holiday]:
    """As the made-up past has them, named."""
    fixed = [_holiday(date(year, *at), "national", NAMES[at]) for at in FIXED]
    moving = []
    for text in MOVING.get(year, "").split():
        name = MOVING_NAMES.get(f"{year}-{text}")
        kind: HolidayKind = "national" if name else "joint_leave"
        moving.append(_holiday(date.fromisoformat(f"{year}-{text}"), kind, name or "Cuti bersama"))
    return sorted([*fixed, *moving], key=lambda one: one.day)


def _holiday(day: date, kind: HolidayKind, name: str) -> Holiday:
    return Holiday(id=f"demo-{day}", day=day, kind=kind, name=name, source=UNVERIFIED)


def _turn(number: int, monday: date) -> Pattern:
    """Two mornings, two evenings, two nights, two days off; each turn is two days behind the one before."""
    morning, evening, night = (Shift(start=at, minutes=480, break_minutes=30) for at in ("07:00", "15:00", "23:00"))
    days = tuple(Day(shifts=shifts) for shifts in ((morning,), (evening,), (night,), ()) for _ in range(2))
    version = PatternVersion(
        valid_from=monday,
        days=days,
        anchor=monday + timedelta(days=2 * number),
        observes_holidays=False,
        source=ORDER,
    )
    return Pattern(
        id=f"demo-piket-{TURNS[number].lower()}", name=f"Piket pemadam regu {TURNS[number]}", versions=(version,)
    )


def _given(owner: str, identity: str, pattern_id: str, since: date) -> Assigned:
    fields = {"owner": owner, "owner_id": identity, "pattern_id": pattern_id, "valid_from": since, "source": ORDER}
    return Assigned.model_validate({"id": str(uuid5(NAMESPACE, f"{owner}:{identity}")), **fields})


def _last_of(unit: str, employees: Iterable[EmployeeChanged]) -> list[str]:
    """Those of a unit who came last: no leaders are among them."""
    here = []
    for one in employees:
        own = [held for held in one.assignments if held.kind == "primary"]
        if own and own[-1].unit_id == unit and one.numbers:
            here.append((own[-1].valid_from, one.employee_id))
    return [identity for _, identity in sorted(here)][-len(TURNS) * TURN_PEOPLE :]
