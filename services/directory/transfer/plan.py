"""One file against the whole directory: every finding, and the changes that applying it would make. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from services.directory.chains import Cycle, Edge, cycles
from services.directory.employees.models import Employee, canonical
from services.directory.employees.rules import superior_edges
from services.directory.employees.rules import violations as employee_violations
from services.directory.employees.usage import PlaceField, narrowed, stranded
from services.directory.employees.usage import violation as in_use
from services.directory.ids import Kind
from services.directory.places import Places
from services.directory.posts.rules import violations as post_violations
from services.directory.sites.rules import violations as site_violations
from services.directory.transfer.base import Base
from services.directory.transfer.drafts import Draft
from services.directory.transfer.findings import Counts, Finding
from services.directory.transfer.people_drafts import People, people_drafts
from services.directory.transfer.place_drafts import post_drafts, site_drafts, unit_drafts
from services.directory.transfer.salvaging import salvaged
from services.directory.transfer.sheets import SHEETS
from services.directory.transfer.tables import Tables
from services.directory.units.rules import parent_edges
from services.directory.units.rules import violations as unit_violations
from services.directory.validity import Dated, uncovered
from services.directory.violations import Path, Violation

T = TypeVar("T")
SHEET_ORDER = {sheet.name: index for index, sheet in enumerate(SHEETS)}


@dataclass(frozen=True, slots=True)
class Change:
    """One entity to write: its new state, and the version it follows (0 = new)."""

    kind: Kind
    identity: str
    state: Any
    version: int


@dataclass(slots=True)
class Plan:
    """What an import found and would do. It may be applied only without errors."""

    findings: list[Finding]
    counts: dict[Kind, Counts] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    @property
    def errors(self) -> int:
        """How many findings forbid applying."""
        return sum(finding.level == "error" for finding in self.findings)


def plan(tables: Tables, base: Base, *, today: date) -> Plan:
    """Judge `tables` against `base`; all findings at once, in the order of the file."""
    units, sites = unit_drafts(tables, base.units), site_drafts(tables, base.sites)
    posts = post_drafts(tables, base.posts)
    who = People(tables, base.employees)
    people = dict(people_drafts(tables, base.employees, who))
    found = tables.findings
    all_units, all_sites = _after(base.units, units), _after(base.sites, sites)
    all_posts, all_people = _after(base.posts, posts), _after(base.employees, people)

    places = Places(
        units={identity: unit.versions for identity, unit in all_units.items()} | dict.fromkeys(_unread(units), EVER),
        sites=all_sites | dict.fromkeys(_unread(sites), EVER[0]),
        posts=all_posts | dict.fromkeys(_unread(posts), EVER[0]),
        employees=all_people.keys() | people.keys(),
    )
    found += _judged(units, lambda identity, unit: unit_violations(identity, unit, places.units))
    found += _judged(sites, lambda _, site: site_violations(site))
    found += _judged(posts, lambda _, post: post_violations(post))
    found += _judged(people, lambda one, state: employee_violations(one, state, places, today=today))
    found += salvaged(who, list(people.values()), list(units.values()), places, today=today)
    others = [one for identity, one in base.employees.items() if identity not in people]
    found += _narrowings(base, units, sites, posts, others, places)
    codes = {identity: unit.code for identity, unit in all_units.items()}
    found += _circles({one: parent_edges(unit.versions) for one, unit in all_units.items()}, units, codes, TREE)
    codes = {identity: one.code for identity, one in all_people.items()}
    found += _circles({one: superior_edges(state) for one, state in all_people.items()}, people, codes, CHAIN)
    found.sort(key=lambda one: (SHEET_ORDER.get(one.sheet, -1), one.row))

    result = Plan(found)
    for kind, drafts, stored in (
        ("site", sites, base.sites),
        ("unit", units, base.units),
        ("post", posts, base.posts),
        ("employee", people, base.employees),
    ):
        _compare(result, kind, drafts.values(), stored, base.versions)  # type: ignore[arg-type]
    return result


@dataclass(frozen=True, slots=True)
class _Always:
    """Stands in for a place whose own line cannot be read: that is reported there, not at everybody who works there."""

    valid_from: date = date.min
    valid_to: date | None = None


EVER: tuple[Dated, ...] = (_Always(),)
TREE, CHAIN = ("versions", "parent_id", "pohon unit"), ("assignments", "superior_id", "rantai atasan")


def _after(stored: Mapping[str, T], drafts: Mapping[str, Draft[T]]) -> dict[str, T]:
    return {**stored, **{identity: draft.state for identity, draft in drafts.items() if draft.state is not None}}


def _unread(drafts: Mapping[str, Draft[Any]]) -> Iterator[str]:
    return (identity for identity, draft in drafts.items() if draft.state is None)


def _judged(drafts: Mapping[str, Draft[T]], judge: Callable[[str, T], list[Violation]]) -> list[Finding]:
    return [
        draft.finding(violation)
        for identity, draft in drafts.items()
        if draft.state is not None
        for violation in judge(identity, draft.state)
    ]


def _narrowings(
    base: Base,
    units: Mapping[str, Draft[Any]],
    sites: Mapping[str, Draft[Any]],
    posts: Mapping[str, Draft[Any]],
    others: Sequence[Employee],
    places: Places,
) -> Iterator[Finding]:
    """Places that the file ends earlier than posts held there, or units under it, that the file does not touch."""
    kinds: tuple[tuple[PlaceField, Path, Mapping[str, Draft[Any]], Mapping[str, Any]], ...] = (
        ("unit_id", ("versions",), units, base.units),
        ("site_id", ("valid_to",), sites, base.sites),
        ("post_id", ("valid_to",), posts, base.posts),
    )
    for name, path, drafts, stored in kinds:
        for identity, draft in drafts.items():
            if draft.state is None or identity not in stored:
                continue
            before, after = _cover(stored[identity]), _cover(draft.state)
            if not narrowed(before, after):
                continue
            if left := stranded(others, name, identity, after):
                yield draft.finding(in_use(path, left, after))
            if name == "unit_id":
                yield from _orphans(base, units, draft, places)


def _cover(state: Any) -> tuple[Dated, ...]:
    return tuple(getattr(state, "versions", (state,)))


def _orphans(base: Base, units: Mapping[str, Draft[Any]], parent: Draft[Any], places: Places) -> Iterator[Finding]:
    for identity, unit in base.units.items():
        for version in () if identity in units else unit.versions:
            if version.parent_id == parent.identity and uncovered(version, places.units[parent.identity]):
                detail = f"unit {unit.code} di bawahnya masih berlaku di luar masa ini"
                yield parent.finding(Violation(("versions",), detail))


def _circles(
    edges: Mapping[str, list[Edge[str]]],
    drafts: Mapping[str, Draft[Any]],
    codes: Mapping[str, str],
    words: tuple[str, str, str],
) -> Iterator[Finding]:
    """Each cycle at every line of this file that is part of it; the directory itself holds none."""
    many, one, label = words
    for cycle in cycles(edges):
        for position, node in enumerate(cycle.nodes):
            if node in drafts and len(cycle.nodes) > 1:  # somebody above himself is a broken rule already
                above = cycle.nodes[(position + 1) % len(cycle.nodes)]
                index = _holding(getattr(drafts[node].state, many), one, above, cycle)
                chain = " → ".join(codes[member] for member in _around(cycle, position))
                path: Path = (many, index, one)
                yield drafts[node].finding(Violation(path, f"{label} berputar pada {cycle.day}: {chain}"))


def _holding(entries: Iterable[Any], name: str, above: str, cycle: Cycle[str]) -> int:
    return next(
        index
        for index, entry in enumerate(entries)
        if getattr(entry, name) == above and entry.valid_from <= cycle.day <= (entry.valid_to or date.max)
    )


def _around(cycle: Cycle[str], position: int) -> list[str]:
    """The nodes from `position` round to itself; a very long circle is cut in the middle."""
    nodes = [*cycle.nodes[position:], *cycle.nodes[: position + 1]]
    return nodes if len(nodes) <= 8 else [*nodes[:4], *nodes[-3:]]


def _compare(
    result: Plan, kind: Kind, drafts: Iterable[Draft[Any]], stored: Mapping[str, Any], versions: Mapping[str, int]
) -> None:
    counts = result.counts[kind] = Counts()
    for draft in drafts:
        if draft.state is None:
            continue
        state = canonical(draft.state) if isinstance(draft.state, Employee) else draft.state
        before = stored.get(draft.identity)
        if before == state:
            counts.unchanged += 1
            continue
        counts.new += before is None
        counts.changed += before is not None
        result.changes.append(Change(kind, draft.identity, state, versions.get(draft.identity, 0)))
