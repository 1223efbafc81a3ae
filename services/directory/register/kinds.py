"""The four kinds of master data, and what the store must know of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from services.directory import ids
from services.directory.employees.models import Employee, display_name
from services.directory.posts.models import Post
from services.directory.sites.models import Site
from services.directory.units.models import Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """`sort` orders lists, `search` is what a query is looked for in; both already casefolded. `number` is the number
    a list may be ordered by instead, "" where there is none."""

    name: ids.Kind
    label: str
    collection: str
    adapter: TypeAdapter[T]
    code: Callable[[T], str]
    sort: Callable[[T], str]
    search: Callable[[T], str]
    number: Callable[[T], str] = lambda _: ""

    def identity(self, state: T) -> str:
        """The entity id, from its code."""
        return ids.entity_id(self.name, self.code(state))

    def document(self, state: T) -> dict[str, Any]:
        """The state as it lies in the store and goes over the wire: JSON types only, dates as YYYY-MM-DD."""
        document: dict[str, Any] = self.adapter.dump_python(state, mode="json")
        return document

    def state(self, document: dict[str, Any]) -> T:
        """The state again."""
        return self.adapter.validate_python(document)


def _unit_names(unit: Unit) -> str:
    return " ".join(f"{version.name} {version.short_name}" for version in unit.versions)


UNIT: Kind[Unit] = Kind(
    name="unit",
    label="Unit kerja",
    collection="units",
    adapter=TypeAdapter(Unit),
    code=lambda unit: unit.code,
    sort=lambda unit: unit.code.casefold(),
    search=lambda unit: f"{unit.code} {_unit_names(unit)}".casefold(),
)
SITE: Kind[Site] = Kind(
    name="site",
    label="Lokasi kerja",
    collection="sites",
    adapter=TypeAdapter(Site),
    code=lambda site: site.code,
    sort=lambda site: site.code.casefold(),
    search=lambda site: f"{site.code} {site.name}".casefold(),
)
POST: Kind[Post] = Kind(
    name="post",
    label="Jabatan",
    collection="posts",
    adapter=TypeAdapter(Post),
    code=lambda post: post.code,
    sort=lambda post: post.title.casefold(),
    search=lambda post: f"{post.code} {post.title}".casefold(),
)
EMPLOYEE: Kind[Employee] = Kind(
    name="employee",
    label="Pegawai",
    collection="employees",
    adapter=TypeAdapter(Employee),
    code=lambda employee: employee.code,
    sort=lambda employee: employee.name.casefold(),
    search=lambda employee: " ".join(
        [display_name(employee), employee.code, *(number.number for number in employee.numbers)]
    ).casefold(),
    number=lambda employee: max(employee.numbers, key=lambda one: one.valid_from).number if employee.numbers else "",
)
KINDS: tuple[Kind[Any], ...] = (SITE, UNIT, POST, EMPLOYEE)
BY_NAME: dict[str, Kind[Any]] = {kind.name: kind for kind in KINDS}
