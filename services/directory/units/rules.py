"""What makes the tree of units sound on each date. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from services.directory.chains import Edge
from services.directory.units.models import Unit, UnitVersion
from services.directory.validity import Dated, holds, last_day, overlaps, reversed_periods, text, uncovered
from services.directory.violations import Violation


def violations(identity: str, unit: Unit, parents: Mapping[str, Sequence[Dated]]) -> list[Violation]:
    """Everything wrong with one unit; `parents` holds the versions of at least the units it names as parent."""
    found: list[Violation] = []
    if not unit.versions:
        found.append(Violation(("versions",), "paling sedikit satu masa berlaku"))
    for index in reversed_periods(unit.versions):
        path = ("versions", index, "valid_to")
        found.append(Violation(path, f"mendahului valid_from {unit.versions[index].valid_from}"))
    for earlier, later in overlaps(unit.versions):
        path = ("versions", later, "valid_from")
        found.append(Violation(path, f"bertumpuk dengan masa berlaku lain {text(unit.versions[earlier])}"))
    for index, version in enumerate(unit.versions):
        path = ("versions", index, "parent_id")
        if version.parent_id is None or last_day(version) < version.valid_from:
            continue
        if version.parent_id == identity:
            found.append(Violation(path, "unit tidak boleh menjadi induk dirinya sendiri"))
        elif version.parent_id not in parents:
            found.append(Violation(path, "unit induk ini tidak ada dalam direktori"))
        elif missing := uncovered(version, parents[version.parent_id]):
            found.append(Violation(path, f"unit induk ini tidak berlaku pada {text(missing)}"))
    return found


def parent_edges(versions: Iterable[UnitVersion]) -> list[Edge[str]]:
    """Under whom a unit stands and when."""
    return [Edge(v.parent_id, v.valid_from, last_day(v)) for v in versions if v.parent_id]


def version_on(unit: Unit, day: date) -> UnitVersion | None:
    """The name and place of a unit on `day`; None when it does not exist then."""
    return next((version for version in unit.versions if holds(version, day)), None)


def subtree(units: Mapping[str, Unit], root: str, day: date) -> set[str]:
    """`root` and every unit below it on `day`."""
    below: dict[str, list[str]] = {}
    for identity, unit in units.items():
        version = version_on(unit, day)
        if version and version.parent_id:
            below.setdefault(version.parent_id, []).append(identity)
    found, todo = set[str](), [root]
    while todo:
        identity = todo.pop()
        if identity not in found:
            found.add(identity)
            todo.extend(below.get(identity, ()))
    return found
