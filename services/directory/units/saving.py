"""Saving one unit: the tree and the posts held in it must still stand, then the write."""

from datetime import date

from pydantic import TypeAdapter

from services.directory.chains import cycles
from services.directory.employees.usage import left_out
from services.directory.register.kinds import UNIT
from services.directory.register.rows import Row
from services.directory.register.salvage import identity_of, readable
from services.directory.register.view import View
from services.directory.register.writing import Writing
from services.directory.units.models import Unit, UnitVersion, canonical
from services.directory.units.rules import parent_edges, parent_violations, violations
from services.directory.validity import last_day, uncovered
from services.directory.violations import Violation, Violations

VERSIONS = TypeAdapter(UnitVersion)


async def save(writing: Writing, identity: str, unit: Unit, version: int) -> Row[Unit]:
    """Check and put. Raises Violations with everything wrong at once, Conflict for a stale version."""
    units = {row.id: row.state async for row in writing.view.all(UNIT)}
    before = units.get(identity)
    units[identity] = unit
    found = violations(identity, unit, {one: state.versions for one, state in units.items()})
    if not found:
        found += _circles(identity, units)
    if not found and before:
        found += _orphans(identity, unit, units)
        found += await left_out(writing.view, "unit_id", identity, before.versions, unit.versions, ("versions",))
    if found:
        raise Violations(found)
    return await writing.put(UNIT, identity, canonical(unit), version=version)


async def salvage(view: View, body: object, today: date) -> list[Violation]:
    """What the rules say of the readable versions of a unit that as a whole cannot be read."""
    if not isinstance(body, dict):
        return []
    versions = readable(VERSIONS, body.get("versions"))
    parents = await view.many(UNIT, [one.parent_id for _, one in versions if one.parent_id])
    identity = identity_of("unit", body)
    known = {one: row.state.versions for one, row in parents.items()} | {identity: ()}
    return list(parent_violations(identity, versions, known))


def _circles(identity: str, units: dict[str, Unit]) -> list[Violation]:
    found: list[Violation] = []
    for cycle in cycles({one: parent_edges(state.versions) for one, state in units.items()}):
        if identity not in cycle.nodes:
            continue
        at = cycle.nodes.index(identity)
        around = [*cycle.nodes[at:], *cycle.nodes[: at + 1]]
        index = next(
            index
            for index, version in enumerate(units[identity].versions)
            if version.parent_id == around[1] and version.valid_from <= cycle.day <= last_day(version)
        )
        chain = " → ".join(units[node].code for node in around)
        found.append(Violation(("versions", index, "parent_id"), f"pohon unit berputar pada {cycle.day}: {chain}"))
    return found


def _orphans(identity: str, unit: Unit, units: dict[str, Unit]) -> list[Violation]:
    children = sorted(
        child.code
        for child in units.values()
        for version in child.versions
        if version.parent_id == identity and uncovered(version, unit.versions)
    )
    if not children:
        return []
    shown = ", ".join(children[:5])
    return [Violation(("versions",), f"unit di bawahnya masih berlaku di luar masa ini: {shown}. Pindahkan dahulu.")]
