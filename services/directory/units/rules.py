"""What makes the tree of units sound on each date. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    found += parent_violations(identity, enumerate(unit.versions), parents)
    return found


def parent_violations(
    identity: str, versions: Iterable[tuple[int, UnitVersion]], parents: Mapping[str, Sequence[Dated]]
) -> Iterator[Violation]:
    """What each version's place in the tree refers to that does not exist then; positions come in."""
    for index, version in versions:
        path = ("versions", index, "parent_id")
        if version.parent_id is None or last_day(version) < version.valid_from:
            continue
        if version.parent_id == identity:
            yield Violation(path, "unit tidak boleh menjadi induk dirinya sendiri")
        elif version.parent_id not in parents:
            yield Violation(path, "unit induk ini tidak ada dalam direktori")
        elif missing := uncovered(version, parents[version.parent_id]):
            yield Violation(path, f"unit induk ini tidak berlaku pada {text(missing)}")


def parent_edges(versions: Iterable[UnitVersion]) -> list[Edge[str]]:
    """Under whom a unit stands and when."""
    return [Edge(v.parent_id, v.valid_from, last_day(v)) for v in versions if v.parent_id]


def version_on(unit: Unit, day: date) -> UnitVersion | None:
    """The name and place of a unit on `day`; None when it does not exist then."""
    return next((version for version in unit.versions if holds(version, day)), None)


def preorder(units: Mapping[str, Unit], day: date) -> Iterator[tuple[str, int]]:
    """(id, depth) of every unit that exists on `day`: parents before children, siblings by code."""
    below = _children(units, day)
    todo = [(root, 0) for root in reversed(below.get(None, []))]
    while todo:
        identity, depth = todo.pop()
        yield identity, depth
        todo.extend((child, depth + 1) for child in reversed(below.get(identity, [])))


def subtree(units: Mapping[str, Unit], root: str, day: date) -> set[str]:
    """`root` and every unit below it on `day`."""
    below = _children(units, day)
    found, todo = set[str](), [root]
    while todo:
        identity = todo.pop()
        found.add(identity)
        todo.extend(below.get(identity, ()))
    return found


def _children(units: Mapping[str, Unit], day: date) -> dict[str | None, list[str]]:
    below: dict[str | None, list[str]] = {}
    for identity, unit in sorted(units.items(), key=lambda item: item[1].code):
        if version := version_on(unit, day):
            below.setdefault(version.parent_id, []).append(identity)
    return below
