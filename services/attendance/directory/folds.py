"""Directory states to this service's copies, and what is looked up in them. Pure.

Of a person only what attendance works with: the numbers PINs are mapped by, and where and under whom somebody works.
Names stay in the directory.
"""

from datetime import date
from typing import Any

from contracts.events.directory import EmployeeChanged, EmployeeNumber, SiteChanged, UnitChanged
from kit.access.mongo_copy import EMPLOYEES, employee_row
from kit.copying import Copied

SITES, UNITS = "sites", "units"
EDITION = 4


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
    """A row of `employees`: every number the person has or had beside the posts held, and what each says of service."""
    return {
        **employee_row(employee),
        "numbers": [number.number for number in employee.numbers],
        "serving": [
            {**number.model_dump(mode="json", exclude={"number"}), "since": str(_since(number))}
            for number in employee.numbers
        ],
    }


def _since(number: EmployeeNumber) -> date:
    """When the service under a number began: a NIP has the month of it as digits 9 to 14 (regulations.md section
    10.1), a NI PPPK the year only, so there it is the day from which it holds."""
    if number.kind == "pns" and number.number[8:14].isdecimal():
        year, month = int(number.number[8:12]), int(number.number[12:14])
        if 1 <= month <= 12 and 1900 <= year <= number.valid_from.year:
            return min(date(year, month, 1), number.valid_from)
    return number.valid_from


def unit_document(unit: UnitChanged) -> dict[str, Any]:
    """A row of `units`: where it stands in the tree, dated. Names stay in the directory."""
    placed = [
        version.model_dump(mode="json", include={"valid_from", "valid_to", "parent_id"}) for version in unit.versions
    ]
    return {"_id": unit.unit_id, "versions": placed, "changed_at": unit.changed_at}


COPIES = (
    Copied(SiteChanged, SITES, site_document),
    Copied(UnitChanged, UNITS, unit_document),
    Copied(EmployeeChanged, EMPLOYEES, employee_document),
)
