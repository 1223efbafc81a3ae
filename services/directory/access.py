"""Who may use which routes of the directory, and how far each sees: worked out from the register itself."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Request

from kit.access import DirectoryCopy, Held, Reach, Requires, Role, Scope
from kit.access.principal import GIVEN
from kit.access.reads import Noting, noting
from services.directory.register.desk import on_day
from services.directory.register.kinds import EMPLOYEE, UNIT
from services.directory.register.store import Register
from services.directory.units.rules import subtree
from services.directory.validity import last_day

ALL = Scope.ALL
KEEPERS = {Role.BKPSDM: ALL, Role.INTEGRATION: ALL}

# Units, posts and sites say nothing about people.
ORGANISATION = Requires(dict.fromkeys(GIVEN, ALL), writes=KEEPERS)
EMPLOYEES = Requires(
    {
        Role.PEGAWAI: Scope.SELF,
        Role.ATASAN: Scope.SUBORDINATES,
        Role.PIMPINAN: Scope.SUBTREE,
        Role.BKPSDM: ALL,
        Role.OPERATOR: ALL,
        Role.AUDITOR: ALL,
        Role.INTEGRATION: ALL,
    },
    writes=KEEPERS,
    person="identity",
)
IMPORTS = Requires({**KEEPERS, Role.AUDITOR: ALL}, writes=KEEPERS)
EXPORTS = Requires({Role.BKPSDM: ALL, Role.AUDITOR: ALL})


class RegisterCopy(DirectoryCopy):
    """The directory is its own copy."""

    def __init__(self, register: Register) -> None:
        self._register = register

    async def held(self, employee: str, on: date) -> Sequence[Held]:
        """The posts somebody holds on a day, acting ones included."""
        async with self._register.view() as view:
            row = await view.one(EMPLOYEE, employee)
        return [
            Held(post.unit_id, post.post_id, post.kind != "primary")
            for post in (row.state.assignments if row else ())
            if post.valid_from <= on <= last_day(post)
        ]

    async def holders(self, posts: Collection[str], on: date) -> Collection[str]:
        """Who holds one of `posts` as the own post on a day."""
        return await self._with({"post_id": {"$in": sorted(posts)}}, on)

    async def subordinates(
        self, superiors: Collection[str], on: date, among: Collection[str] | None = None
    ) -> Collection[str]:
        """Whose superior in the own post is one of `superiors` on a day; with `among` only of these."""
        found = await self._with({"superior_id": {"$in": sorted(superiors)}}, on)
        return found if among is None else found.intersection(among)

    async def below(self, units: Collection[str], on: date) -> Collection[str]:
        """These units and all below them on a day."""
        async with self._register.view() as view:
            known = {row.id: row.state async for row in view.all(UNIT)}
        return set().union(*(subtree(known, unit, on) for unit in units))

    async def _with(self, held: Mapping[str, Any], on: date) -> set[str]:
        async with self._register.view() as view:
            rows = await view.documents(EMPLOYEE, on_day("assignments", on, {**held, "kind": "primary"}))
        return {row["id"] for row in rows}


async def note_one(identity: str, noted: Annotated[Noting, Depends(noting)]) -> None:
    """Dependency of routes that answer with one employee."""
    await noted([identity])


async def note_everybody(request: Request, noted: Annotated[Noting, Depends(noting)]) -> None:
    """Dependency of routes that answer with all employees."""
    register: Register = request.app.state.register
    async with register.view() as view:
        found = list(await view.codes(EMPLOYEE))
    await noted(found)


async def within(reach: Reach, copy: DirectoryCopy, on: date) -> list[Mapping[str, Any]]:
    """The clauses that keep a query of employees within a reach; none when it is everyone."""
    if reach.everyone:
        return []
    units = sorted(await copy.below(reach.units, on)) if reach.units else []
    below = on_day("assignments", on, {"unit_id": {"$in": units}, "kind": "primary"})
    return [{"$or": [{"id": {"$in": sorted(reach.people)}}, below]}]
