"""Master data, published by the directory as full states on compacted topics.

Every dated thing is valid from `valid_from` (first day) to `valid_to` (last day, inclusive; absent = open), so that
last March is reported under last March's organisation (PRODUCT D1).
"""

from datetime import date
from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.base import EventData


class Dated(EventData):
    """A period of validity in local calendar days, both ends inclusive."""

    valid_from: date
    valid_to: date | None = None


class EmployeeNumber(Dated):
    """A NIP (PNS) or NI PPPK, 18 digits. It can change with a new contract, so it is a dated attribute, not the id."""

    number: str
    kind: Literal["pns", "pppk"]


class Assignment(Dated):
    """One post held. Exactly one `primary` per date; `plt` and `plh` are acting posts beside it."""

    kind: Literal["primary", "plt", "plh"] = "primary"
    unit_id: str
    post_id: str
    post_title: str
    site_id: str
    superior_id: str | None = None


class EmployeeChanged(EventData):
    """The full state of one employee. Personal data: name and numbers live on directory topics only."""

    TYPE: ClassVar[str] = "id.go.kinerja.directory.employee.changed.v1"

    employee_id: str
    name: str
    sex: Literal["male", "female"]
    status: Literal["cpns", "pns", "pppk", "pppk_part_time"]
    numbers: tuple[EmployeeNumber, ...]
    assignments: tuple[Assignment, ...]
    changed_at: AwareDatetime


class UnitVersion(Dated):
    """Name and place in the tree over a period."""

    name: str
    short_name: str
    parent_id: str | None = None


class UnitChanged(EventData):
    """The full state of one organisational unit, all its versions."""

    TYPE: ClassVar[str] = "id.go.kinerja.directory.unit.changed.v1"

    unit_id: str
    code: str
    versions: tuple[UnitVersion, ...]
    changed_at: AwareDatetime


class SiteChanged(EventData):
    """A work site. `zone` is its IANA time zone: every local date in the product is a date of some site's zone.

    `latitude`, `longitude` (decimal degrees, WGS 84) and `radius_m` (metres) say where its grounds are; a site that
    was never measured has none of the three.
    """

    TYPE: ClassVar[str] = "id.go.kinerja.directory.site.changed.v1"

    site_id: str
    code: str
    name: str
    zone: str
    valid_from: date
    valid_to: date | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_m: int | None = None
    changed_at: AwareDatetime
