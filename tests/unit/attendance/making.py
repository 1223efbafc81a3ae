"""An agency in three zones, its calendar and its people, as short as a test wants to say it. June 2026 has a Monday
as its first day; Ramadan 1447 is told as 18 February to 19 March 2026."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.attendance.days.models import AssessedDay, Excuse, Seen
from services.attendance.days.rules import assess
from services.attendance.days.tables import Tables, load_tables
from services.attendance.schedules.book import Book, Person
from services.attendance.schedules.law import load, pattern_of
from services.attendance.schedules.models import (
    Assigned,
    Beginning,
    Day,
    Holiday,
    Pattern,
    PatternVersion,
    Place,
    Placed,
    Post,
    Ramadan,
    RosterDay,
    Shift,
)
from services.attendance.schedules.plans import DayPlan
from services.attendance.schedules.rules import plan_of

LONG_AGO = date(2024, 1, 1)
MONDAY = date(2026, 6, 1)
FRIDAY = date(2026, 6, 5)
FASTING_MONDAY = date(2026, 2, 23)
LAW = load()["five_day"].on(MONDAY)
OFFICE = pattern_of(LAW, "kantor", "Kantor lima hari")
PLACES = (
    Place(id="surabaya", zone="Asia/Jakarta", region="35.78"),
    Place(id="denpasar", zone="Asia/Makassar", region="51.71"),
    Place(id="jayapura", zone="Asia/Jayapura", region="91.71"),
    Place(id="new-york", zone="America/New_York"),
    Place(id="nowhere", zone="Asia/Atlantis"),
)
RAMADAN = Ramadan(id="ramadan-1447", first=date(2026, 2, 18), last=date(2026, 3, 19), source="SKB 3 Menteri")
TABLES = load_tables()
FOREVER = datetime(2027, 1, 1, tzinfo=UTC)


def book(**changes: object) -> Book:
    fields: dict[str, object] = {
        "zone": "Asia/Jakarta",
        "patterns": (OFFICE,),
        "assigned": (given("unit", "dinas", "kantor"),),
        "ramadans": (RAMADAN,),
        "beginnings": (Beginning(id="awal", day=LONG_AGO, source="SK"),),
        "places": PLACES,
        "units": {
            "bidang": (Placed(valid_from=LONG_AGO, parent_id="dinas"),),
            "dinas": (Placed(valid_from=LONG_AGO, parent_id=None),),
        },
    }
    return Book.model_validate({**fields, **changes})


def given(owner: str, who: str, pattern: str, since: date = LONG_AGO, until: date | None = None) -> Assigned:
    return Assigned.model_validate(
        {
            "id": f"{owner}-{who}-{pattern}-{since}",
            "owner": owner,
            "owner_id": who,
            "pattern_id": pattern,
            "valid_from": since,
            "valid_to": until,
            "source": "SK 1/2026",
        }
    )


def person(
    *roster: RosterDay, site: str = "surabaya", posts: Sequence[Post] | None = None, own: Sequence[Assigned] = ()
) -> Person:
    held = (Post(valid_from=LONG_AGO, unit_id="bidang", site_id=site),) if posts is None else tuple(posts)
    return Person(employee_id="pegawai", posts=held, assigned=tuple(own), roster=roster)


def rostered(day: date, *shifts: Shift) -> RosterDay:
    return RosterDay(employee_id="pegawai", day=day, shifts=shifts, source="SP 7/2026")


def week(identity: str, *shifts: Shift, since: date = LONG_AGO, until: date | None = None) -> Pattern:
    """The same shifts from Monday to Friday."""
    days = (*(Day(shifts=shifts) for _ in range(5)), Day(), Day())
    version = PatternVersion(valid_from=since, valid_to=until, days=days, observes_holidays=True, source="SK 2/2026")
    return Pattern(id=identity, name=identity, versions=(version,))


def holiday(day: date, kind: str = "national", **scope: frozenset[str]) -> Holiday:
    return Holiday.model_validate(
        {"id": f"{kind}-{day}", "day": day, "kind": kind, "name": "Libur", "source": "SKB 3 Menteri", **scope}
    )


def local(day: date, wall: str, zone: str = "Asia/Jakarta") -> datetime:
    """An instant by the clock on the wall: "07:30", "07:30:15", or "+1 06:00" for the next date's."""
    ahead, _, clock = wall.rpartition(" ")
    moment = datetime.fromisoformat(f"{day + timedelta(days=int(ahead or 0))} {clock}")
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def office_plan(day: date = MONDAY) -> DayPlan:
    return plan_of(person(), day, book())


def shift_plan(*shifts: Shift, day: date = MONDAY, site: str = "surabaya") -> DayPlan:
    return plan_of(person(rostered(day, *shifts), site=site), day, book())


def punches(plan: DayPlan, *walls: str, **fields: object) -> list[Seen]:
    """Punches of the plan's date by the clock of its site; the id of each is its time."""
    return [Seen.model_validate({"id": wall, "at": local(plan.day, wall, plan.zone), **fields}) for wall in walls]


def assessed(
    plan: DayPlan,
    *walls: str,
    known: datetime = FOREVER,
    excuses: Sequence[Excuse] = (),
    tables: Tables = TABLES,
    **fields: object,
) -> AssessedDay:
    return assess(plan, punches(plan, *walls, **fields), known, tables, excuses)


def excuse(plan: DayPlan, since: str | None = None, until: str | None = None, kind: str = "permit") -> Excuse:
    return Excuse.model_validate(
        {
            "id": f"{kind}-{since}",
            "kind": kind,
            "label": "Izin",
            "source": "Surat 3/2026",
            "since": since and local(plan.day, since, plan.zone),
            "until": until and local(plan.day, until, plan.zone),
        }
    )


def roles(day: AssessedDay) -> list[tuple[str, str]]:
    return [(one.punch_id, one.role) for one in day.used]


def reasons(day: AssessedDay) -> list[tuple[str, str]]:
    return [(one.punch_id, one.reason) for one in day.not_used]
