"""Saving one employee: the rules that need the rest of the directory, then the write."""

from collections.abc import Sequence
from datetime import date

from pydantic import TypeAdapter

from services.directory.chains import Cycle, cycles
from services.directory.employees.models import Assignment, Employee, Number, canonical
from services.directory.employees.numbers import Sex
from services.directory.employees.rules import number_violations, reference_violations, superior_edges, violations
from services.directory.places import Places
from services.directory.register.kinds import EMPLOYEE, POST, SITE, UNIT
from services.directory.register.rows import Row
from services.directory.register.salvage import identity_of, readable
from services.directory.register.view import View
from services.directory.register.writing import Writing
from services.directory.violations import Violation, Violations

NUMBERS, ASSIGNMENTS = TypeAdapter(Number), TypeAdapter(Assignment)


async def save(writing: Writing, identity: str, employee: Employee, version: int) -> Row[Employee]:
    """Check and put. Raises Violations with everything wrong at once, Conflict for a stale version."""
    view = writing.view
    found = violations(identity, employee, await _places(view, employee.assignments), today=writing.today)
    found += await _taken(view, identity, employee)
    if not found:
        found += await _circles(view, identity, employee)
    if found:
        raise Violations(found)
    return await writing.put(EMPLOYEE, identity, canonical(employee), version=version)


async def salvage(view: View, body: object, today: date) -> list[Violation]:
    """What the rules say of those parts of an unreadable record that can be read: told together with the rest."""
    if not isinstance(body, dict):
        return []
    numbers = readable(NUMBERS, body.get("numbers"))
    held = readable(ASSIGNMENTS, body.get("assignments"))
    sex: Sex | None = body["sex"] if body.get("sex") in ("male", "female") else None
    identity = identity_of("employee", body)
    places = await _places(view, [one for _, one in held])
    return [
        *number_violations(numbers, sex, today=today),
        *reference_violations(identity, held, places),
    ]


async def _places(view: View, held: Sequence[Assignment]) -> Places:
    units = await view.many(UNIT, [one.unit_id for one in held])
    sites = await view.many(SITE, [one.site_id for one in held])
    posts = await view.many(POST, [one.post_id for one in held])
    superiors = await view.many(EMPLOYEE, [one.superior_id for one in held if one.superior_id])
    return Places(
        units={identity: row.state.versions for identity, row in units.items()},
        sites={identity: row.state for identity, row in sites.items()},
        posts={identity: row.state for identity, row in posts.items()},
        employees=superiors.keys(),
    )


async def _taken(view: View, identity: str, employee: Employee) -> list[Violation]:
    """Numbers that belong, or once belonged, to somebody else: a NIP is never used again."""
    wanted = {number.number: index for index, number in enumerate(employee.numbers)}
    found: list[Violation] = []
    seen: set[str] = set()
    for index, number in enumerate(employee.numbers):
        if number.number in seen:
            found.append(Violation(("numbers", index, "number"), "nomor ini tercantum dua kali pada pegawai ini"))
        seen.add(number.number)
    where = {"state.numbers.number": {"$in": list(wanted)}, "id": {"$ne": identity}}
    async for other in view.all(EMPLOYEE, where):
        for number in other.state.numbers:
            if number.number in wanted:
                detail = f"nomor ini sudah dipakai pegawai {other.state.code} ({other.state.name})"
                found.append(Violation(("numbers", wanted[number.number], "number"), detail))
    return found


async def _circles(view: View, identity: str, employee: Employee) -> list[Violation]:
    """Cycles of superiors that this record would close: its whole chain upwards is loaded, level by level."""
    edges = {identity: superior_edges(employee)}
    codes = {identity: employee.code}
    todo = {edge.target for edge in edges[identity]}
    while todo:
        above = await view.many(EMPLOYEE, todo)
        edges |= {one.id: superior_edges(one.state) for one in above.values()}
        codes |= {one.id: one.state.code for one in above.values()}
        todo = {edge.target for one in above for edge in edges[one] if edge.target not in edges}
    return [_circle(identity, employee, cycle, codes) for cycle in cycles(edges) if identity in cycle.nodes]


def _circle(identity: str, employee: Employee, cycle: Cycle[str], codes: dict[str, str]) -> Violation:
    at = cycle.nodes.index(identity)
    around = [*cycle.nodes[at:], *cycle.nodes[: at + 1]]
    index = next(
        index
        for index, held in enumerate(employee.assignments)
        if held.superior_id == around[1] and held.valid_from <= cycle.day <= (held.valid_to or date.max)
    )
    chain = " → ".join(codes[node] for node in around)
    return Violation(("assignments", index, "superior_id"), f"rantai atasan berputar pada {cycle.day}: {chain}")
