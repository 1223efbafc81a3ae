"""A change of rosters as it is sent, taken apart by people; and whether they changed what they had seen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kit.days import ends_of
from kit.problems import FieldError, Problem
from services.attendance.schedules.book import Person
from services.attendance.schedules.models import RosterDay
from services.attendance.sheets.rosters import tag_of
from services.attendance.sheets.sent import Cycle, RosterChange


@dataclass(frozen=True, slots=True)
class Change:
    """Of one employee: dates set, dates taken away, and where in what was sent each is."""

    employee_id: str
    pointer: str
    days: Sequence[RosterDay]
    cleared: Collection[date]
    at: Mapping[date, str]
    tag: str | None

    @property
    def touched(self) -> set[date]:
        return {*self.cleared, *(one.day for one in self.days)}


def changes_of(sent: RosterChange | Cycle) -> list[Change]:
    """What is sent, person by person."""
    if isinstance(sent, Cycle):
        found = []
        for n, one in enumerate(sent.people):
            days, pointer = sent.roster(one), f"/body/people/{n}"
            found.append(
                Change(one.employee_id, pointer, days, (), dict.fromkeys((x.day for x in days), pointer), None)
            )
        return found
    changes = []
    for n, person in enumerate(sent.people):
        days = [
            RosterDay(employee_id=person.employee_id, day=cell.day, shifts=cell.shifts, source=sent.source)
            for cell in person.cells
            if cell.shifts is not None
        ]
        cleared = [cell.day for cell in person.cells if cell.shifts is None]
        at = {cell.day: f"/body/people/{n}/cells/{i}" for i, cell in enumerate(person.cells)}
        changes.append(Change(person.employee_id, f"/body/people/{n}", days, cleared, at, person.tag))
    return changes


def check_seen(changes: Sequence[Change], persons: Mapping[str, Person]) -> None:
    """Whether every month is as it was seen. Raises Problem 412 naming those that are not."""
    stale = []
    for one in changes:
        if one.tag is not None:
            first, last = ends_of(f"{min(one.touched):%Y-%m}")
            if month_tag(persons[one.employee_id], first, last) != one.tag:
                stale.append(FieldError(one.pointer, "jadwal bulan ini sudah diubah orang lain"))
    if stale:
        raise Problem(
            412,
            "roster-changed",
            "Jadwal sudah diubah orang lain",
            "Muat ulang jadwal bulan ini, bandingkan dengan perubahan Anda, lalu simpan lagi.",
            stale,
        )


def month_tag(person: Person, first: date, last: date) -> str:
    return tag_of(one for one in person.roster if first <= one.day <= last)
