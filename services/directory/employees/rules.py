"""What makes an employee's record sound (PRODUCT D1, regulations.md section 10). Pure: the day is an argument."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from services.directory.chains import Edge
from services.directory.employees.models import STATUS_NUMBERS, Assignment, Employee, Number
from services.directory.employees.numbers import Sex, faults
from services.directory.employees.ranks import SCALES
from services.directory.places import Places
from services.directory.validity import (
    Dated,
    gaps,
    last_day,
    overlaps,
    reversed_periods,
    text,
    uncovered,
)
from services.directory.violations import Path, Violation


def violations(identity: str, employee: Employee, places: Places, *, today: date) -> list[Violation]:
    """Everything wrong with the record of the employee `identity`, in the order of its fields.

    Cycles among superiors and numbers held by two people are seen only from outside: see `superior_edges`.
    """
    return [
        *number_violations(enumerate(employee.numbers), employee.sex, today=today),
        *_numbers(employee),
        *_ranks(employee),
        *_periods(employee.assignments, "assignments"),
        *_primary(employee),
        *reference_violations(identity, enumerate(employee.assignments), places),
    ]


def superior_edges(employee: Employee) -> list[Edge[str]]:
    """Who stands above this employee and when, acting posts included."""
    return [
        Edge(held.superior_id, held.valid_from, last_day(held)) for held in employee.assignments if held.superior_id
    ]


def number_violations(numbers: Iterable[tuple[int, Number]], sex: Sex | None, *, today: date) -> Iterator[Violation]:
    """What each number says that cannot be; positions come in, so that it serves a record read in part."""
    for index, number in numbers:
        for fault in faults(number.number, number.kind, sex, on=min(today, last_day(number))):
            yield Violation(("numbers", index, "number"), fault)


def reference_violations(
    identity: str, assignments: Iterable[tuple[int, Assignment]], places: Places
) -> Iterator[Violation]:
    """What each post held refers to that does not exist then; positions come in, as for numbers."""
    for index, held in assignments:
        path: Path = ("assignments", index)
        if last_day(held) < held.valid_from:
            continue  # a broken period is reported as such; its coverage means nothing
        yield from _active(held, (*path, "unit_id"), "unit kerja", places.units.get(held.unit_id))
        post, site = places.posts.get(held.post_id), places.sites.get(held.site_id)
        yield from _active(held, (*path, "post_id"), "jabatan", None if post is None else (post,))
        yield from _active(held, (*path, "site_id"), "lokasi kerja", None if site is None else (site,))
        if held.superior_id == identity:
            yield Violation((*path, "superior_id"), "pegawai tidak boleh menjadi atasan dirinya sendiri")
        elif held.superior_id is not None and held.superior_id not in places.employees:
            yield Violation((*path, "superior_id"), "atasan ini tidak ada dalam direktori")


def _numbers(employee: Employee) -> Iterator[Violation]:
    if not employee.numbers:
        yield Violation(("numbers",), "paling sedikit satu NIP atau NI PPPK")
        return
    yield from _periods(employee.numbers, "numbers")
    for earlier, later in overlaps(employee.numbers):
        yield _overlap(("numbers", later, "valid_from"), employee.numbers[earlier], "nomor")
    latest = max(range(len(employee.numbers)), key=lambda i: employee.numbers[i].valid_from)
    expected = STATUS_NUMBERS[employee.status]
    if employee.numbers[latest].kind != expected:
        wanted = "NIP (pns)" if expected == "pns" else "NI PPPK (pppk)"
        detail = f"status {employee.status} memerlukan {wanted} sebagai nomor terakhir"
        yield Violation(("numbers", latest, "kind"), detail)


def _ranks(employee: Employee) -> Iterator[Violation]:
    yield from _periods(employee.ranks, "ranks")
    for earlier, later in overlaps(employee.ranks):
        yield _overlap(("ranks", later, "valid_from"), employee.ranks[earlier], "golongan")
    known = frozenset().union(*(SCALES[number.kind] for number in employee.numbers))
    for index, rank in enumerate(employee.ranks):
        if employee.numbers and rank.code not in known:
            yield Violation(("ranks", index, "code"), f"golongan {rank.code!r} tidak dikenal untuk pegawai ini")


def _primary(employee: Employee) -> Iterator[Violation]:
    """Exactly one primary post on each day from the first to the last day of service."""
    positions = [index for index, held in enumerate(employee.assignments) if held.kind == "primary"]
    primary = [employee.assignments[index] for index in positions]
    if not primary:
        yield Violation(("assignments",), "paling sedikit satu jabatan definitif (primary)")
        return
    for earlier, later in overlaps(primary):
        yield _overlap(("assignments", positions[later], "valid_from"), primary[earlier], "jabatan definitif")
    for gap in gaps(primary):
        yield Violation(("assignments",), f"tidak ada jabatan definitif pada {text(gap)}")
    for index, held in enumerate(employee.assignments):
        missing = uncovered(held, primary) if held.kind != "primary" and last_day(held) >= held.valid_from else None
        if missing:
            yield Violation(
                ("assignments", index, "valid_from"),
                f"{held.kind.capitalize()} memerlukan jabatan definitif; tidak ada pada {text(missing)}",
            )


def _active(held: Assignment, path: Path, label: str, cover: Sequence[Dated] | None) -> Iterator[Violation]:
    if cover is None:
        yield Violation(path, f"{label} ini tidak ada dalam direktori")
    elif missing := uncovered(held, cover):
        yield Violation(path, f"{label} ini tidak berlaku pada {text(missing)}")


def _periods(periods: Sequence[Dated], field: str) -> Iterator[Violation]:
    for index in reversed_periods(periods):
        yield Violation((field, index, "valid_to"), f"mendahului valid_from {periods[index].valid_from}")


def _overlap(path: Path, earlier: Dated, label: str) -> Violation:
    return Violation(path, f"bertumpuk dengan {label} lain yang berlaku {text(earlier)}")
