"""What a changed roster comes to, and what is wrong with it. Pure."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from hashlib import blake2b
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.attendance.schedules.book import Book, Person
from services.attendance.schedules.models import RosterDay
from services.attendance.schedules.plans import DayPlan, PlannedShift
from services.attendance.schedules.rules import OVERLAP, concerns, plans_of
from services.attendance.sheets.sent import CellView, ShiftView

NOWHERE = {
    "no_post": "pegawai ini tidak memegang jabatan pada tanggal itu",
    "unknown_site": "lokasi kerja pegawai ini tidak dikenal pada tanggal itu",
    "unknown_zone": "zona waktu lokasi kerja pegawai ini tidak dikenal",
}
MEETS = "ada sif yang bertumpuk dengan sif lain pada tanggal itu, sehari sebelumnya, atau sehari sesudahnya"


class Wrong(NamedTuple):
    """Something wrong (or, a warning, odd) about one date of a changed roster."""

    day: date
    code: str
    detail: str
    warning: bool = False


def tag_of(roster: Iterable[RosterDay]) -> str:
    """What names the roster of a month as it is: who changes it says which one they saw."""
    said = [one.model_dump(mode="json") for one in sorted(roster, key=lambda one: one.day)]
    return blake2b(json.dumps(said).encode(), digest_size=8).hexdigest()


def rostered(person: Person, days: Sequence[RosterDay], cleared: Collection[date]) -> Person:
    """The person with these dates set and those taken away."""
    touched = {*cleared, *(one.day for one in days)}
    kept = [one for one in person.roster if one.day not in touched]
    said = {name: getattr(person, name) for name in Person.model_fields}
    return Person(**{**said, "roster": tuple(sorted([*kept, *days], key=lambda one: one.day))})


def judged(after: Person, touched: Collection[date], book: Book, today: date) -> list[Wrong]:
    """What is wrong about the dates of a change: shifts that meet others, also those that a pattern has on the dates
    beside it, and dates on which nobody could come."""
    found: list[Wrong] = []
    for plan in plans_of(after, min(touched), max(touched), book):
        if plan.day not in touched:
            continue
        if OVERLAP in plan.why:
            found.append(Wrong(plan.day, OVERLAP.code, MEETS))
        for why in plan.why:
            if why.code in NOWHERE and plan.day in after.roster_by_day:
                found.append(Wrong(plan.day, why.code, NOWHERE[why.code]))
        name = _holiday(plan, book)
        if name is not None and plan.kind == "work":
            found.append(Wrong(plan.day, "holiday", f"tanggal itu hari libur: {name}", warning=True))
        if plan.day < today:
            found.append(Wrong(plan.day, "past", "tanggal ini sudah lewat; hari itu dinilai ulang", warning=True))
    return found


def cells(person: Person, first: date, last: date, book: Book) -> list[CellView]:
    """What is planned for successive dates."""
    return [_cell(plan, person, book) for plan in plans_of(person, first, last, book)]


def _cell(plan: DayPlan, person: Person, book: Book) -> CellView:
    roster = person.roster_by_day.get(plan.day)
    codes = tuple(dict.fromkeys(why.code for why in plan.why))
    named = next((why.id.rpartition("@")[0] for why in plan.why if why.code == "pattern"), "")
    pattern = book.pattern_by_id.get(named)
    zone = ZoneInfo(plan.zone)
    return CellView(
        day=plan.day,
        kind=plan.kind,
        shifts=tuple(_shift(one, plan.day, zone) for one in plan.shifts),
        roster=roster.shifts if roster else None,
        pattern=pattern.name if pattern else None,
        holiday=_holiday(plan, book),
        ramadan="ramadan" in codes,
        conflict=OVERLAP in plan.why,
        why=codes,
        required_minutes=plan.required_minutes,
    )


def _shift(one: PlannedShift, day: date, zone: ZoneInfo) -> ShiftView:
    starts, ends = one.starts.astimezone(zone), one.ends.astimezone(zone)
    return ShiftView(
        kind=one.kind,
        start=f"{starts:%H:%M}",
        end=f"{ends:%H:%M}",
        days_later=(ends.date() - day).days,
        starts=one.starts,
        ends=one.ends,
        break_minutes=one.break_minutes,
        flexible_minutes=one.flexible_minutes,
        required_minutes=one.required_minutes,
    )


def _holiday(plan: DayPlan, book: Book) -> str | None:
    place = book.place_by_id.get(plan.site_id or "")
    held = (one.name for one in book.holidays_by_day.get(plan.day, ()) if place and concerns(one, place))
    return next(held, None)
