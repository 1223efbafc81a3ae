"""Employees of a file as drafts: their own lines, their ranks, their posts. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from services.directory.employees.models import STATUS_NUMBERS, Assignment, Employee, Number, Rank
from services.directory.ids import entity_id
from services.directory.transfer.drafts import Draft, Place, built, merged
from services.directory.transfer.findings import Finding
from services.directory.transfer.sheets import ASSIGNMENTS, EMPLOYEES, RANKS, Sheet
from services.directory.transfer.tables import Line, Tables
from services.directory.validity import Period

P = TypeVar("P", bound=Period)


@dataclass(slots=True)
class _Person:
    code: str
    home: Place
    lines: list[Line] = field(default_factory=list)
    ranks: list[Line] = field(default_factory=list)
    held: list[Line] = field(default_factory=list)

    @property
    def all(self) -> list[tuple[Sheet, Line]]:
        return [
            *((EMPLOYEES, line) for line in self.lines),
            *((RANKS, line) for line in self.ranks),
            *((ASSIGNMENTS, line) for line in self.held),
        ]


class People:
    """Who is meant by a code or number, in the file and in the directory."""

    def __init__(self, tables: Tables, stored: Mapping[str, Employee]) -> None:
        self._tables = tables
        self._stored = stored
        self._ids: dict[str, str] = {}
        self._numbers = {number.number: identity for identity, one in stored.items() for number in one.numbers}
        self._given: dict[str, tuple[str, int]] = {}  # number → (id, row) as this file has it
        self.found: dict[str, _Person] = {}
        for line in tables.of(EMPLOYEES):
            self._add(line)
        for sheet in (RANKS, ASSIGNMENTS):
            for line in tables.of(sheet):
                self._attach(sheet, line)

    def identity(self, text: str) -> str | None:
        """The id behind a code or number; None when nobody has it."""
        identity = self._ids.get(text)
        if identity is None:
            by_code = entity_id("employee", text)
            known = by_code in self.found or by_code in self._stored
            owner = self._given[text][0] if text in self._given else self._numbers.get(text)
            identity = self._ids[text] = by_code if known else owner or ""
        return identity or None

    def _add(self, line: Line) -> None:
        code, number = line.values[0], line.values[1]
        if number is None:
            return
        owner = self._numbers.get(str(number))
        if code is None:
            code = self._stored[owner].code if owner else number
        identity = entity_id("employee", str(code))
        if owner not in (None, identity):
            self._wrong(line, f"nomor ini sudah dipakai pegawai {self._stored[str(owner)].code}")
        elif str(number) in self._given:
            self._wrong(line, f"nomor ini sudah ada pada baris {self._given[str(number)][1]}")
        else:
            self._given[str(number)] = (identity, line.row)
            person = self.found.setdefault(identity, _Person(str(code), Place(EMPLOYEES, line.row)))
            person.lines.append(line)

    def _wrong(self, line: Line, detail: str) -> None:
        self._tables.findings.append(Finding(sheet=EMPLOYEES.name, row=line.row, column="nip", detail=detail))

    def _attach(self, sheet: Sheet, line: Line) -> None:
        if line.values[0] is None:
            return
        identity = self.identity(str(line.values[0]))
        if identity is None:
            detail = f"pegawai {line.values[0]!r} tidak ada dalam berkas maupun direktori"
            self._tables.findings.append(Finding(sheet=sheet.name, row=line.row, column="pegawai", detail=detail))
            return
        if identity not in self.found:
            self.found[identity] = _Person(self._stored[identity].code, Place(sheet, line.row))
        person = self.found[identity]
        (person.ranks if sheet is RANKS else person.held).append(line)


def people_drafts(
    tables: Tables, stored: Mapping[str, Employee], people: People
) -> Iterator[tuple[str, Draft[Employee]]]:
    """The employees of the file by id, each with everything the file says of it."""
    for identity, person in people.found.items():
        draft: Draft[Employee] = Draft(identity, person.home)
        draft.lines = person.all
        if all(line.sound for _, line in draft.lines):
            draft.state = _employee(draft, person, stored.get(identity), people, tables)
        yield identity, draft


def _employee(
    draft: Draft[Employee], person: _Person, old: Employee | None, people: People, tables: Tables
) -> Employee | None:
    before = len(tables.findings)
    own = _own(person, old, tables)
    numbers = merged(
        old.numbers if old else (),
        _entries(person.lines, EMPLOYEES, tables, lambda line: _number(line, old, tables)),
        lambda number: number.number,
        EMPLOYEES,
        tables.findings,
    )
    ranks = merged(
        old.ranks if old else (),
        _entries(person.ranks, RANKS, tables, lambda line: _rank(line, old, tables)),
        lambda rank: rank.valid_from,
        RANKS,
        tables.findings,
    )
    held = merged(
        old.assignments if old else (),
        _entries(person.held, ASSIGNMENTS, tables, lambda line: _assignment(line, old, people, tables)),
        _assignment_key,
        ASSIGNMENTS,
        tables.findings,
        succeeds=lambda ending, new: ending.kind == new.kind == "primary",
    )
    if len(tables.findings) > before:
        return None
    for name, entries in (("numbers", numbers), ("ranks", ranks), ("assignments", held)):
        draft.places |= {(name, index): place for index, (_, place) in enumerate(entries) if place}
    return built(
        lambda: Employee(
            code=person.code,
            **own,
            numbers=tuple(entry for entry, _ in numbers),
            ranks=tuple(entry for entry, _ in ranks),
            assignments=tuple(entry for entry, _ in held),
        ),
        person.home.sheet,
        person.home.row,
        tables.findings,
    )


def _own(person: _Person, old: Employee | None, tables: Tables) -> dict[str, Any]:
    """Name, titles, sex and status: the same on every line of one person."""
    fields = ("name", "title_before", "title_after", "sex", "status")
    own: dict[str, Any] = {name: getattr(old, name) for name in fields} if old else {}
    for position, line in enumerate(person.lines):
        given = dict(zip(fields, (value or "" for value in line.values[3:8]), strict=True))
        given |= {name: value for name, value in tables.untouched(EMPLOYEES, old).items() if name in fields}
        for name in fields if position else ():
            if given[name] != own[name]:
                detail = f"berbeda dari baris {person.lines[0].row} untuk pegawai yang sama"
                header = EMPLOYEES.header_of(name)
                tables.findings.append(Finding(sheet=EMPLOYEES.name, row=line.row, column=header, detail=detail))
        own = own if position else given
    return own


def _entries(
    lines: list[Line], sheet: Sheet, tables: Tables, values: Callable[[Line], tuple[type[P], dict[str, Any]]]
) -> Iterator[tuple[P, Line]]:
    for line in lines:
        model, given = values(line)
        entry = built(lambda: model(**given), sheet, line.row, tables.findings)  # noqa: B023 - called at once
        if entry is not None:
            yield entry, line


def _number(line: Line, old: Employee | None, tables: Tables) -> tuple[type[Number], dict[str, Any]]:
    number, kind, status, first, last = (line.values[at] for at in (1, 2, 7, 8, 9))
    before = next((one for one in old.numbers if one.number == number), None) if old else None
    kind = kind or (before.kind if before else STATUS_NUMBERS[status])  # type: ignore[index]
    first = first or (before.valid_from if before else _start(str(number), str(kind)))
    values = {"number": number, "kind": kind, "valid_from": first, "valid_to": last}
    return Number, values | tables.untouched(EMPLOYEES, before)


def _start(number: str, kind: str) -> date:
    """The first day a number says of itself: TMT of a NIP, the year of a NI PPPK; else a day the rules will refuse."""
    month = number[12:14] if kind == "pns" else "01"
    try:
        return date(int(number[8:12]), int(month), 1)
    except ValueError:
        return date.min


def _rank(line: Line, old: Employee | None, tables: Tables) -> tuple[type[Rank], dict[str, Any]]:
    _, code, first, last = line.values
    before = next((one for one in old.ranks if one.valid_from == first), None) if old else None
    values = {"code": code, "valid_from": first, "valid_to": last}
    return Rank, values | tables.untouched(RANKS, before)


def _assignment(
    line: Line, old: Employee | None, people: People, tables: Tables
) -> tuple[type[Assignment], dict[str, Any]]:
    _, kind, unit, post, site, superior, first, last = line.values
    values: dict[str, Any] = {
        "kind": kind,
        "unit_id": entity_id("unit", str(unit)),
        "post_id": entity_id("post", str(post)),
        "site_id": entity_id("site", str(site)),
        # An unknown superior becomes an id nobody has: the rule for superiors reports it at this cell.
        "superior_id": (people.identity(str(superior)) or entity_id("employee", str(superior))) if superior else None,
        "valid_from": first,
        "valid_to": last,
    }
    key = _assignment_key(Assignment(**values))
    before = next((one for one in old.assignments if _assignment_key(one) == key), None) if old else None
    return Assignment, values | tables.untouched(ASSIGNMENTS, before)


def _assignment_key(held: Assignment) -> tuple[str, ...]:
    """A primary post is known by its first day; acting posts may begin together, so unit and post count too."""
    if held.kind == "primary":
        return held.kind, held.valid_from.isoformat()
    return held.kind, held.valid_from.isoformat(), held.unit_id, held.post_id
