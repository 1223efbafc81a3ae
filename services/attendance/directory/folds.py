"""Directory states to this service's copies, and what is looked up in them. Pure.

Of a person only what attendance works with: the numbers PINs are mapped by, and where and under whom somebody works.
Names stay in the directory.
"""

from typing import Any

from contracts.events.directory import EmployeeChanged, SiteChanged
from kit.access.mongo_copy import EMPLOYEES, employee_row
from kit.copying import Copied

SITES = "sites"
EDITION = 2


def site_document(site: SiteChanged) -> dict[str, Any]:
    """A row of `sites`."""
    return {
        "_id": site.site_id,
        "code": site.code,
        "name": site.name,
        "zone": site.zone,
        "latitude": site.latitude,
        "longitude": site.longitude,
        "radius_m": site.radius_m,
        "valid_from": site.valid_from.isoformat(),
        "valid_to": site.valid_to.isoformat() if site.valid_to else None,
        "changed_at": site.changed_at,
    }


def employee_document(employee: EmployeeChanged) -> dict[str, Any]:
    """A row of `employees`: every number the person has or had beside the posts held."""
    return {**employee_row(employee), "numbers": [number.number for number in employee.numbers]}


COPIES = (Copied(SiteChanged, SITES, site_document), Copied(EmployeeChanged, EMPLOYEES, employee_document))
