"""Routes of employees."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request
from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from kit.access import Reach
from kit.access.reads import Noting, noting
from services.directory.access import EMPLOYEES, note_one, within
from services.directory.employees.models import Employee
from services.directory.employees.profile import add_profile
from services.directory.employees.saving import salvage, save
from services.directory.register.desk import Rules, on_day
from services.directory.register.kinds import EMPLOYEE, UNIT
from services.directory.register.paging import BY_NAME, Order, Page
from services.directory.register.responses import refused
from services.directory.register.routes import AsOf, Cursor, Limit, Search, add_routes, desk_of, kind_router
from services.directory.register.store import Register
from services.directory.units.rules import subtree


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class EmployeeRecord(Employee):
    """An employee as answered: the state, id and version (the ETag)."""

    id: str
    version: int
    changed_at: datetime


RULES = Rules(save, salvage)
ORDERS = {"name": BY_NAME, "-name": Order("sort", -1), "number": Order("number"), "-number": Order("number", -1)}
router = kind_router("employees", EMPLOYEES)


@router.get("", response_model=Page[EmployeeRecord], summary="Pegawai, menurut nama atau nomor", responses=refused())
async def list_employees(
    request: Request,
    reach: Annotated[Reach, Depends(EMPLOYEES)],
    noted: Annotated[Noting, Depends(noting)],
    q: Search = None,
    as_of: AsOf = None,
    unit: Annotated[str | None, Query(description="id unit; pegawai di bawahnya ikut")] = None,
    below: Annotated[bool, Query(description="false: hanya unit itu sendiri, tanpa yang di bawahnya")] = True,
    site: Annotated[str | None, Query(description="id lokasi kerja")] = None,
    superior: Annotated[str | None, Query(description="id atasan")] = None,
    number: Annotated[str | None, Query(description="NIP atau NI PPPK, lengkap")] = None,
    id: Annotated[list[str] | None, Query(description="id pegawai, boleh beberapa", max_length=200)] = None,  # noqa: A002
    order: Annotated[
        Literal["name", "-name", "number", "-number"],
        Query(description="menurut nama atau nomor (NIP, NI PPPK); dengan `-` dari yang terakhir"),
    ] = "name",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    """Those you may see, page by page. Unit, site and superior are looked at on one day, `as_of`, by default today."""
    register: Register = request.app.state.register
    day = as_of or register.today()
    held: dict[str, Any] = {}
    if unit and not below:
        held["unit_id"] = unit
    elif unit:
        async with register.view() as view:
            units = {row.id: row.state async for row in view.all(UNIT)}
        held["unit_id"] = {"$in": sorted(subtree(units, unit, day))}
    held |= {"site_id": site} if site else {}
    held |= {"superior_id": superior} if superior else {}
    where: list[Mapping[str, Any]] = [{"state.numbers.number": number}] if number else []
    where += [{"id": {"$in": id}}] if id else []
    where += await within(reach, request.app.state.authority.copy, register.today())
    if as_of or held:
        where.append(on_day("assignments", day, held))
    page = await desk_of(request, EMPLOYEE, RULES, router).page(
        where, q=q, cursor=cursor, limit=limit, order=ORDERS[order]
    )
    await noted(one["id"] for one in page["items"])
    return page


add_profile(router)
add_routes(router, EMPLOYEE, RULES, Employee, EmployeeRecord, reading=[Depends(note_one)])
