"""States as the events other services read (contracts/events/directory.py)."""

from collections.abc import Mapping
from datetime import datetime

from contracts.events.directory import (
    Assignment,
    EmployeeChanged,
    EmployeeNumber,
    SiteChanged,
    UnitChanged,
    UnitVersion,
)
from kit.journal import Fact
from services.directory.employees.models import Employee, display_name
from services.directory.sites.models import Site
from services.directory.units.models import Unit


def unit_changed(identity: str, unit: Unit, at: datetime) -> UnitChanged:
    """A unit with all its versions; without a short name the name stands in."""
    return UnitChanged(
        unit_id=identity,
        code=unit.code,
        versions=tuple(
            UnitVersion(
                valid_from=version.valid_from,
                valid_to=version.valid_to,
                name=version.name,
                short_name=version.short_name or version.name,
                parent_id=version.parent_id,
            )
            for version in unit.versions
        ),
        changed_at=at,
    )


def site_changed(identity: str, site: Site, at: datetime) -> SiteChanged:
    """A work site."""
    return SiteChanged(
        site_id=identity,
        code=site.code,
        name=site.name,
        zone=site.zone,
        valid_from=site.valid_from,
        valid_to=site.valid_to,
        latitude=site.latitude,
        longitude=site.longitude,
        radius_m=site.radius_m,
        changed_at=at,
    )


def employee_changed(identity: str, employee: Employee, titles: Mapping[str, str], at: datetime) -> EmployeeChanged:
    """An employee; `titles` gives the title of each post held. The name carries its academic titles."""
    return EmployeeChanged(
        employee_id=identity,
        name=display_name(employee),
        sex=employee.sex,
        status=employee.status,
        numbers=tuple(
            EmployeeNumber(valid_from=n.valid_from, valid_to=n.valid_to, number=n.number, kind=n.kind)
            for n in employee.numbers
        ),
        assignments=tuple(
            Assignment(
                valid_from=held.valid_from,
                valid_to=held.valid_to,
                kind=held.kind,
                unit_id=held.unit_id,
                post_id=held.post_id,
                post_title=titles[held.post_id],
                site_id=held.site_id,
                superior_id=held.superior_id,
            )
            for held in employee.assignments
        ),
        changed_at=at,
    )


def fact(event: UnitChanged | SiteChanged | EmployeeChanged, *, revision: int) -> Fact:
    """The fact of one state. Its id is unique per entity and commit, so a repeated publication is recognised."""
    match event:
        case UnitChanged():
            key = event.unit_id
        case SiteChanged():
            key = event.site_id
        case EmployeeChanged():
            key = event.employee_id
    return Fact.of(event, event_id=f"{key}:{revision}", key=key, time=event.changed_at)
