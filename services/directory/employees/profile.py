"""One employee as people ask about one another: where, as what, under whom, with names instead of ids."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from kit.access.reads import Noting, noting
from kit.problems import of_status
from services.directory.employees.models import Assignment, Employee, display_name
from services.directory.register.kinds import EMPLOYEE, POST, SITE, UNIT
from services.directory.register.responses import refused
from services.directory.register.store import Register
from services.directory.register.view import View
from services.directory.units.rules import version_on
from services.directory.validity import holds


class Somebody(BaseModel):
    """A person by id and the name the directory has today."""

    id: str
    name: str


class Place(BaseModel):
    """A post held today. `kind`: primary, or acting (plt, plh)."""

    kind: str
    post: str
    unit: str
    site: str
    superior: Somebody | None
    since: date
    until: date | None


class Profile(BaseModel):
    """Who somebody is today."""

    id: str
    name: str
    number: str | None = Field(description="NIP or NI PPPK; null: none today")
    status: str
    places: list[Place] = Field(description="The own post first")


def add_profile(router: APIRouter) -> None:
    """The route, on the router of employees."""

    @router.get("/{identity}/profile", summary="Profil: jabatan, unit, atasan hari ini", responses=refused(404))
    async def get_employee_profile(
        identity: str, request: Request, noted: Annotated[Noting, Depends(noting)]
    ) -> Profile:
        """Names are those of today; the whole dated record is the employee itself."""
        register: Register = request.app.state.register
        today = register.today()
        async with register.view() as view:
            row = await view.one(EMPLOYEE, identity)
            if row is None:
                raise of_status(404)
            places = await _places(view, row.state, today)
        await noted([identity])
        number = next((one.number for one in row.state.numbers if holds(one, today)), None)
        return Profile(id=identity, name=display_name(row.state), number=number, status=row.state.status, places=places)


async def _places(view: View, employee: Employee, today: date) -> list[Place]:
    held = sorted((one for one in employee.assignments if holds(one, today)), key=lambda one: one.kind != "primary")
    units = await view.many(UNIT, [one.unit_id for one in held])
    posts = await view.many(POST, [one.post_id for one in held])
    sites = await view.many(SITE, [one.site_id for one in held])
    people = await view.many(EMPLOYEE, [one.superior_id for one in held if one.superior_id])

    def place(one: Assignment) -> Place:
        unit = version_on(units[one.unit_id].state, today) if one.unit_id in units else None
        superior = people.get(one.superior_id) if one.superior_id else None
        return Place(
            kind=one.kind,
            post=posts[one.post_id].state.title if one.post_id in posts else one.post_id,
            unit=unit.name if unit else one.unit_id,
            site=sites[one.site_id].state.name if one.site_id in sites else one.site_id,
            superior=Somebody(id=superior.id, name=display_name(superior.state)) if superior else None,
            since=one.valid_from,
            until=one.valid_to,
        )

    return [place(one) for one in held]
