"""States as lines of the sheets, so that what is exported comes back as what it was. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from services.directory.employees.models import Employee
from services.directory.posts.models import Post
from services.directory.sites.models import Site
from services.directory.transfer.sheets import ASSIGNMENTS, EMPLOYEES, POSTS, RANKS, SITES, UNITS, Sheet
from services.directory.units.models import Unit
from services.directory.validity import Dated

Cells = tuple[str | float, ...]
KIND, NUMBER_KIND, SEX, STATUS, ACTING = (
    POSTS.columns[2],
    EMPLOYEES.columns[2],
    EMPLOYEES.columns[6],
    EMPLOYEES.columns[7],
    ASSIGNMENTS.columns[1],
)


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of everything that lines refer to, by entity id."""

    units: Mapping[str, str]
    sites: Mapping[str, str]
    posts: Mapping[str, str]
    employees: Mapping[str, str]


def unit_lines(unit: Unit, codes: Codes) -> Iterator[tuple[Sheet, Cells]]:
    """One line per version."""
    for version in unit.versions:
        parent = codes.units[version.parent_id] if version.parent_id else ""
        yield UNITS, (unit.code, version.name, version.short_name, parent, *_period(version))


def site_line(site: Site) -> tuple[Sheet, Cells]:
    """The line of a site."""
    place = ("" if degrees is None else degrees for degrees in (site.latitude, site.longitude))
    return SITES, (site.code, site.name, site.zone, *_period(site), *place, str(site.radius_m or ""))


def post_line(post: Post) -> tuple[Sheet, Cells]:
    """The line of a post."""
    return POSTS, (post.code, post.title, KIND.word(post.kind), str(post.grade or ""), *_period(post))


def employee_lines(employee: Employee, codes: Codes) -> Iterator[tuple[Sheet, Cells]]:
    """One line per number, rank and post held."""
    own = (
        employee.name,
        employee.title_before,
        employee.title_after,
        SEX.word(employee.sex),
        STATUS.word(employee.status),
    )
    for number in employee.numbers:
        kind = NUMBER_KIND.word(number.kind)
        yield EMPLOYEES, (employee.code, number.number, kind, *own, *_period(number))
    for rank in employee.ranks:
        yield RANKS, (employee.code, rank.code, *_period(rank))
    for held in employee.assignments:
        yield (
            ASSIGNMENTS,
            (
                employee.code,
                ACTING.word(held.kind),
                codes.units[held.unit_id],
                codes.posts[held.post_id],
                codes.sites[held.site_id],
                codes.employees[held.superior_id] if held.superior_id else "",
                *_period(held),
            ),
        )


def _period(period: Dated) -> tuple[str, str]:
    return _day(period.valid_from), _day(period.valid_to)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
