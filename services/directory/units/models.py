"""What the directory keeps of an organisational unit."""

from dataclasses import replace

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from kit.text import Code, Reference, ShortText, Title
from services.directory.validity import Period

CLOSED = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class UnitVersion(Period):
    """Name and place in the tree over a period; no parent = a root."""

    name: Title
    short_name: ShortText = ""
    parent_id: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Unit:
    """One unit with all its versions. Days between versions are days on which it did not exist."""

    code: Code
    versions: tuple[UnitVersion, ...]


def canonical(unit: Unit) -> Unit:
    """Versions in order of time: two records that say the same are equal."""
    return replace(unit, versions=tuple(sorted(unit.versions, key=lambda v: v.valid_from)))
