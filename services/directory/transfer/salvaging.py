"""What can be said of lines whose entity cannot be built: all errors of a file in one pass. Pure."""

from collections.abc import Container, Iterator
from datetime import date
from typing import Any, cast

from services.directory.employees.models import STATUS_NUMBERS, Employee
from services.directory.employees.numbers import NumberKind, Sex, faults
from services.directory.ids import Kind, entity_id
from services.directory.places import Places
from services.directory.transfer.drafts import Draft
from services.directory.transfer.findings import Finding
from services.directory.transfer.people_drafts import People
from services.directory.transfer.sheets import ASSIGNMENTS, EMPLOYEES, Sheet
from services.directory.transfer.tables import Line
from services.directory.units.models import Unit


def salvaged(
    people: People, persons: list[Draft[Employee]], units: list[Draft[Unit]], places: Places, *, today: date
) -> Iterator[Finding]:
    """Numbers that cannot be and references to nothing, for drafts that have no state (the others are judged whole)."""
    for unit in units:
        for sheet, line in unit.lines if unit.state is None else ():
            yield from _missing(sheet, line, 3, "unit", places.units, "unit induk")
    for person in persons:
        for sheet, line in person.lines if person.state is None else ():
            if sheet is EMPLOYEES:
                yield from _number(line, today)
            elif sheet is ASSIGNMENTS:
                yield from _missing(sheet, line, 2, "unit", places.units, "unit kerja")
                yield from _missing(sheet, line, 3, "post", places.posts, "jabatan")
                yield from _missing(sheet, line, 4, "site", places.sites, "lokasi kerja")
                if line.values[5] is not None and people.identity(str(line.values[5])) is None:
                    yield _finding(sheet, line, 5, "atasan ini tidak ada dalam direktori")


def _number(line: Line, today: date) -> Iterator[Finding]:
    number, kind, sex, status, last = (line.values[at] for at in (1, 2, 6, 7, 9))
    kind = kind or STATUS_NUMBERS.get(cast(Any, status))
    if number is None or kind is None:
        return
    judged = min(today, last) if isinstance(last, date) else today
    for fault in faults(str(number), cast(NumberKind, kind), cast(Sex | None, sex), on=judged):
        yield _finding(EMPLOYEES, line, 1, fault)


def _missing(sheet: Sheet, line: Line, at: int, kind: Kind, known: Container[str], label: str) -> Iterator[Finding]:
    code = line.values[at]
    if code is not None and entity_id(kind, str(code)) not in known:
        yield _finding(sheet, line, at, f"{label} ini tidak ada dalam direktori")


def _finding(sheet: Sheet, line: Line, at: int, detail: str) -> Finding:
    return Finding(sheet=sheet.name, row=line.row, column=sheet.columns[at].header, detail=detail)
