"""What the directory keeps of an employee. Rows of the wire, of the store and of the rules are these same values."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, StringConstraints
from pydantic.dataclasses import dataclass

from kit.text import Code, Reference, ShortText, Title
from services.directory.employees.numbers import NumberKind, Sex
from services.directory.validity import Period

Status = Literal["cpns", "pns", "pppk", "pppk_part_time"]
AssignmentKind = Literal["primary", "plt", "plh"]
STATUS_NUMBERS: dict[Status, NumberKind] = {"cpns": "pns", "pns": "pns", "pppk": "pppk", "pppk_part_time": "pppk"}

CLOSED = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Number(Period):
    """A NIP or NI PPPK while it was this person's; a new contract can bring another."""

    number: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[ -~]{0,40}$")]
    kind: NumberKind


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Rank(Period):
    """Golongan/ruang, e.g. `III/b` (PNS) or `IX` (PPPK)."""

    code: ShortText


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Assignment(Period):
    """A post held. Exactly one `primary` on each day of service; Plt/Plh are acting posts beside it."""

    kind: AssignmentKind = "primary"
    unit_id: Reference
    post_id: Reference
    site_id: Reference
    superior_id: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Employee:
    """One person in service. `code` is the agency's own stable key; numbers change, it does not."""

    code: Code
    name: Title
    title_before: ShortText = ""
    title_after: ShortText = ""
    sex: Sex
    status: Status
    numbers: tuple[Number, ...]
    ranks: tuple[Rank, ...] = ()
    assignments: tuple[Assignment, ...]


def display_name(employee: Employee) -> str:
    """The name with its academic titles: `dr. Siti Aminah, M.Kes.`."""
    name = f"{employee.title_before} {employee.name}".strip()
    return f"{name}, {employee.title_after}" if employee.title_after else name


def canonical(employee: Employee) -> Employee:
    """Periods in order of time: two records that say the same are equal."""
    numbers = tuple(sorted(employee.numbers, key=lambda n: (n.valid_from, n.number)))
    ranks = tuple(sorted(employee.ranks, key=lambda r: (r.valid_from, r.code)))
    assignments = tuple(sorted(employee.assignments, key=_order))
    if (numbers, ranks, assignments) == (employee.numbers, employee.ranks, employee.assignments):
        return employee
    return replace(employee, numbers=numbers, ranks=ranks, assignments=assignments)


def _order(held: Assignment) -> tuple[date, bool, str, str, str]:
    return held.valid_from, held.kind != "primary", held.kind, held.unit_id, held.post_id
