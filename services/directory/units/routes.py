"""Routes of organisational units and their tree."""

from datetime import date, datetime

from fastapi import Request
from pydantic import BaseModel, ConfigDict
from pydantic.dataclasses import dataclass

from services.directory.access import ORGANISATION
from services.directory.register.desk import Rules
from services.directory.register.kinds import UNIT
from services.directory.register.responses import refused
from services.directory.register.routes import AsOf, add_list, add_routes, kind_router
from services.directory.register.store import Register
from services.directory.units.models import Unit
from services.directory.units.rules import preorder, version_on
from services.directory.units.saving import salvage, save


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class UnitRecord(Unit):
    """A unit as answered: its state, its id and version (the ETag)."""

    id: str
    version: int
    changed_at: datetime


class UnitNode(BaseModel):
    """A unit under the name it bears on the day; `depth` 0 is a root."""

    id: str
    code: str
    name: str
    short_name: str
    parent_id: str | None
    depth: int


class UnitTree(BaseModel):
    """The tree of one day as a list: a parent stands before its children."""

    as_of: date
    items: list[UnitNode]


RULES = Rules(save, salvage)
router = kind_router("units", ORGANISATION)


@router.get("/tree", summary="Pohon unit pada satu hari (bawaan: hari ini)", responses=refused())
async def get_unit_tree(request: Request, as_of: AsOf = None) -> UnitTree:
    """All units of one day, each after its parent, siblings by code."""
    register: Register = request.app.state.register
    day = as_of or register.today()
    async with register.view() as view:
        units = {row.id: row.state async for row in view.all(UNIT)}
    return UnitTree(as_of=day, items=[_node(units[one], one, depth, day) for one, depth in preorder(units, day)])


def _node(unit: Unit, identity: str, depth: int, day: date) -> UnitNode:
    version = version_on(unit, day)
    assert version is not None  # noqa: S101 - preorder walks units that exist on the day
    return UnitNode(
        id=identity,
        code=unit.code,
        name=version.name,
        short_name=version.short_name or version.name,
        parent_id=version.parent_id,
        depth=depth,
    )


add_list(router, UNIT, RULES, UnitRecord, plural="units", periods="versions")
add_routes(router, UNIT, RULES, Unit, UnitRecord)
