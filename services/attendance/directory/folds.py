"""Directory states to this service's copies. Pure; personal data beyond the numbers PINs are mapped by stays out."""

from collections.abc import Mapping
from typing import Any

from contracts.base import EventData
from contracts.events.directory import EmployeeChanged, SiteChanged

SITES = "sites"
EMPLOYEES = "employees"


def site_document(site: SiteChanged) -> dict[str, Any]:
    """A row of `sites`."""
    return {
        "_id": site.site_id,
        "code": site.code,
        "name": site.name,
        "zone": site.zone,
        "valid_from": site.valid_from.isoformat(),
        "valid_to": site.valid_to.isoformat() if site.valid_to else None,
        "changed_at": site.changed_at,
    }


def employee_document(employee: EmployeeChanged) -> dict[str, Any]:
    """A row of `employees`: every number the person has or had, and the present site."""
    primary = [held for held in employee.assignments if held.kind == "primary"]
    latest = max(primary, key=lambda held: held.valid_from, default=None)
    return {
        "_id": employee.employee_id,
        "numbers": [number.number for number in employee.numbers],
        "site_id": latest.site_id if latest else None,
        "changed_at": employee.changed_at,
    }


COPIES: Mapping[str, tuple[str, type[EventData]]] = {
    SiteChanged.TYPE: (SITES, SiteChanged),
    EmployeeChanged.TYPE: (EMPLOYEES, EmployeeChanged),
}


def row_of(event: EventData) -> dict[str, Any]:
    """The row of whichever state this is. Raises TypeError for any other event."""
    if isinstance(event, SiteChanged):
        return site_document(event)
    if isinstance(event, EmployeeChanged):
        return employee_document(event)
    raise TypeError(f"{type(event).__name__} is no directory state that attendance copies")
