"""Units, sites and posts of a file as drafts. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from services.directory.ids import Kind, entity_id
from services.directory.posts.models import Post
from services.directory.sites.models import Site
from services.directory.transfer.drafts import Draft, Place, built, merged
from services.directory.transfer.findings import Finding
from services.directory.transfer.sheets import POSTS, SITES, UNITS, Sheet
from services.directory.transfer.tables import Line, Tables
from services.directory.units.models import Unit, UnitVersion, canonical

T = TypeVar("T")


def unit_drafts(tables: Tables, stored: Mapping[str, Unit]) -> dict[str, Draft[Unit]]:
    """The units of the file. Several lines of one code are its versions."""
    by_code: dict[str, list[Line]] = {}
    for line in tables.of(UNITS):
        if line.values[0] is not None:
            by_code.setdefault(str(line.values[0]), []).append(line)
    drafts: dict[str, Draft[Unit]] = {}
    for code, lines in by_code.items():
        identity = entity_id("unit", code)
        draft = drafts[identity] = Draft(identity, Place(UNITS, lines[0].row))
        draft.lines = [(UNITS, line) for line in lines]
        old = stored.get(identity)
        versions = [(_version(line, old, tables), line) for line in lines if line.sound]
        given = [(version, line) for version, line in versions if version is not None]
        entries = merged(old.versions if old else (), given, lambda version: version.valid_from, UNITS, tables.findings)
        if len(given) < len(lines):
            continue
        entries.sort(key=lambda entry: entry[0].valid_from)
        draft.places = {("versions", index): place for index, (_, place) in enumerate(entries) if place}
        unit = built(
            lambda: Unit(code=code, versions=tuple(entry for entry, _ in entries)),  # noqa: B023 - called at once
            UNITS, lines[0].row, tables.findings,
        )  # fmt: skip
        draft.state = canonical(unit) if unit else None
    return drafts


def _version(line: Line, old: Unit | None, tables: Tables) -> UnitVersion | None:
    _, name, short_name, parent, first, last = line.values
    before = next((v for v in old.versions if v.valid_from == first), None) if old else None
    values: dict[str, Any] = {
        "name": name,
        "short_name": short_name or "",
        "parent_id": entity_id("unit", str(parent)) if parent else None,
        "valid_from": first,
        "valid_to": last,
    }
    values |= tables.untouched(UNITS, before)
    return built(lambda: UnitVersion(**values), UNITS, line.row, tables.findings)


def site_drafts(tables: Tables, stored: Mapping[str, Site]) -> dict[str, Draft[Site]]:
    """The sites of the file, one line each."""
    return _flat(tables, SITES, "site", stored, lambda **values: Site(**values))


def post_drafts(tables: Tables, stored: Mapping[str, Post]) -> dict[str, Draft[Post]]:
    """The posts of the file, one line each."""
    return _flat(tables, POSTS, "post", stored, lambda **values: Post(**values))


def _flat(
    tables: Tables, sheet: Sheet, kind: Kind, stored: Mapping[str, T], make: Callable[..., T]
) -> dict[str, Draft[T]]:
    drafts: dict[str, Draft[T]] = {}
    for line in tables.of(sheet):
        if line.values[0] is None:
            continue
        identity = entity_id(kind, str(line.values[0]))
        if identity in drafts:
            detail = f"kode ini sudah ada pada baris {drafts[identity].home.row}"
            tables.findings.append(Finding(sheet=sheet.name, row=line.row, column="kode", detail=detail))
            continue
        draft = drafts[identity] = Draft(identity, Place(sheet, line.row))
        if line.sound:
            values: dict[str, Any] = dict(zip((column.field for column in sheet.columns), line.values, strict=True))
            values |= tables.untouched(sheet, stored.get(identity))
            draft.state = built(lambda: make(**values), sheet, line.row, tables.findings)  # noqa: B023 - called at once
    return drafts
