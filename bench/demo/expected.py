"""About how many events a past has: planned for a small sample and multiplied. Nothing is asked of a running system."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from contracts.events.directory import Assignment, UnitChanged, UnitVersion
from kit.dated import Dated
from kit.demo.calendar import working_days
from kit.demo.loading import SEED
from kit.demo.people import Person
from services.appraisal.activities.rules import MinutesRule
from services.appraisal.app import MINUTES
from services.appraisal.demo.plan import City, Validations
from services.attendance.demo.punches import marks
from services.directory.demo.city import units
from services.feedback.demo import notes, ratings
from services.feedback.ratings.parts import RULES
from services.feedback.ratings.rules import RatingsRule

MONTH = (date(2026, 9, 1), date(2026, 9, 30))
TEAMS, TEAM = 3, 12
ZONE = ZoneInfo("Asia/Jakarta")


def expected(days: int, people: int, last: date = date(2026, 12, 31)) -> dict[str, int]:
    """Events by stream, in round numbers, of `days` calendar days until `last`."""
    sample, share = _people(), people / (TEAMS * TEAM)
    month = working_days(*MONTH)
    length = len(working_days(last - timedelta(days=days - 1), last)) / len(month)
    punches = sum(len(marks(SEED, person.id, day)) for person in sample for day in month)
    workdays, superiors = _appraisal(sample, month)
    noted = _notes(sample, month)
    rated = _ratings(month)
    return {
        "attendance": _round(punches * share * length),
        "appraisal": _round((workdays + superiors) * share * length),
        "feedback": _round((noted * share + rated) * length),
    }


def _people() -> list[Person]:
    return [
        Person(f"sample-{number}", 0.0, (_post(f"superior-{number // TEAM}", "u", "Pengolah Data dan Informasi"),))
        for number in range(TEAMS * TEAM)
    ]


def _post(superior: str, unit: str, title: str) -> Assignment:
    return Assignment(
        unit_id=unit, post_id="p", post_title=title, site_id="s", superior_id=superior, valid_from=date(2020, 1, 1)
    )


def _appraisal(sample: list[Person], month: list[date]) -> tuple[int, int]:
    rules, city, validations, found = Dated.load(MINUTES, MinutesRule), City(SEED, ZONE), Validations(ZONE), 0
    for person in sample:
        for day in month:
            told = city.day_of(person, day, MONTH[1], rules.on(day))
            found += told.fact is not None
            validations.add(told.counted)
    return found, sum(len(validations.take(day)) for day in validations.days())


def _notes(sample: list[Person], month: list[date]) -> int:
    office = notes.Office(SEED, ZONE, notes.colleagues(sample, month[0]))
    told = ([note for person in sample for note in office.notes(person, day)] for day in month)
    return sum(len(notes.tallies(found, day, ZONE)) for day, found in zip(month, told, strict=True))


def _ratings(month: list[date]) -> int:
    states, staff = [], []
    for identity, unit in units().items():
        version = UnitVersion(name=unit.versions[-1].name, short_name="", valid_from=date(2020, 1, 1))
        at = f"{month[0]}T00:00:00Z"
        states.append(
            UnitChanged.model_validate(
                {"unit_id": identity, "code": unit.code, "versions": (version,), "changed_at": at}
            )
        )
        staff += [Person(f"{identity}-{number}", 0.0, (_post("x", identity, "Perawat"),)) for number in range(24)]
    served = ratings.served(states, staff, month[0])
    return sum(
        len(facts)
        for _, facts in ratings.month(SEED, served, MONTH[1], ZONE, Dated.load(RULES, RatingsRule).on(MONTH[1]))
    )


def _round(count: float) -> int:
    """To two figures."""
    digits = max(0, len(str(int(count))) - 2)
    return int(round(count, -digits))
