"""The directory as an import finds it: everything, in memory, so that one file is judged against all of it at once."""

from dataclasses import dataclass, field

from services.directory.employees.models import Employee
from services.directory.posts.models import Post
from services.directory.sites.models import Site
from services.directory.units.models import Unit


@dataclass(slots=True)
class Base:
    """States by entity id; `versions` by id too (ids are unique across kinds)."""

    units: dict[str, Unit] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    employees: dict[str, Employee] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
