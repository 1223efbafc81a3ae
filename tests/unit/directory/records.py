"""A small sound directory for tests: two units, two posts, two sites, three people in a chain."""

from datetime import date
from typing import Any

from services.directory.employees.models import Assignment, Employee, Number
from services.directory.ids import entity_id
from services.directory.posts.models import Post
from services.directory.sites.models import Site
from services.directory.units.models import Unit, UnitVersion

FOUNDED = date(2010, 1, 1)
ROOT, OFFICE = entity_id("unit", "U0"), entity_id("unit", "U1")
HALL, BRANCH = entity_id("site", "L1"), entity_id("site", "L2")
HEAD, STAFF = entity_id("post", "J1"), entity_id("post", "J2")


def person(ordinal: int) -> str:
    """The id of test person `ordinal`."""
    return entity_id("employee", f"P{ordinal}")


UNITS = {
    ROOT: Unit(code="U0", versions=(UnitVersion(valid_from=FOUNDED, name="Pemerintah Kota", short_name="Pemkot"),)),
    OFFICE: Unit(code="U1", versions=(UnitVersion(valid_from=FOUNDED, name="Dinas Kesehatan", parent_id=ROOT),)),
}
SITES = {
    HALL: Site(code="L1", name="Balai Kota", zone="Asia/Jakarta", valid_from=FOUNDED),
    BRANCH: Site(code="L2", name="Kantor Timur", zone="Asia/Jayapura", valid_from=FOUNDED),
}
POSTS = {
    HEAD: Post(code="J1", title="Kepala Dinas", kind="jpt_pratama", valid_from=FOUNDED),
    STAFF: Post(code="J2", title="Analis", kind="pelaksana", valid_from=FOUNDED),
}


def employee(ordinal: int, superior: int | None = None, **other: Any) -> Employee:
    """Sound test person `ordinal`, 1 to 999."""
    fields: dict[str, Any] = {
        "code": f"P{ordinal}",
        "name": f"Pegawai {ordinal}",
        "sex": "male",
        "status": "pns",
        "numbers": (Number(number=f"198609262015051{ordinal:03}", kind="pns", valid_from=date(2015, 5, 1)),),
        "assignments": (
            Assignment(
                unit_id=OFFICE,
                post_id=STAFF,
                site_id=HALL,
                superior_id=person(superior) if superior else None,
                valid_from=date(2015, 5, 1),
            ),
        ),
    }
    return Employee(**(fields | other))
