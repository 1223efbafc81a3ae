"""The kinds of rows of the book: what is sent of each, how it is kept, how it is answered, and where a finding is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kit.mongo import Document
from services.attendance.schedules.checks import Finding
from services.attendance.schedules.models import Frozen
from services.attendance.schedules.sent import (
    AssignmentRecord,
    BeginningRecord,
    HolidayRecord,
    Kept,
    NewAssignment,
    NewBeginning,
    NewHoliday,
    NewPattern,
    NewRamadan,
    PatternRecord,
    RamadanRecord,
)
from services.attendance.schedules.store import ASSIGNED, BEGINNINGS, HOLIDAYS, PATTERNS, RAMADANS

Sent = NewPattern | NewHoliday | NewRamadan | NewAssignment | NewBeginning


@dataclass(frozen=True, slots=True)
class Kind:
    """`collection` is also the field of `Book`, `plural` the path, `order` the field lists are in the order of.
    `pointer` says where in what was sent a finding is."""

    collection: str
    plural: str
    label: str
    sent: type[Any]
    record: type[Kept]
    order: str
    pointer: Callable[[Any, Finding], str]

    def answered(self, row: Document) -> Kept:
        """A stored row as it is answered."""
        fields = {name: row[name] for name in self.record.model_fields if name in row}
        if "owner_id" in row:
            fields["unit_id"] = row["owner_id"]
        return self.record.model_validate({**fields, "id": row["_id"], **_kept(row)})


def _kept(row: Document) -> Document:
    return {"version": row.get("version", 1), "changed_at": row.get("changed_at", EPOCH)}


EPOCH = "1970-01-01T00:00:00Z"


def _in_pattern(sent: NewPattern, found: Finding) -> str:
    first = found.where.partition("@")[2] or found.at
    at = next((n for n, one in enumerate(sent.versions) if str(one.valid_from) == first), None)
    if at is None:
        return "/versions"
    day = f"/days/{int(found.at) - 1}" if found.code == "shifts_overlap" else ""
    return f"/versions/{at}{day}"


def _in_assignment(_sent: NewAssignment, found: Finding) -> str:
    return {"unknown_pattern": "/pattern_id", "unknown_unit": "/unit_id"}.get(found.code, "/valid_from")


def _in_holiday(_sent: NewHoliday, found: Finding) -> str:
    return "/sites" if found.code == "unknown_site" else "/day"


PATTERN = Kind(PATTERNS, "patterns", "Pola kerja", NewPattern, PatternRecord, "name", _in_pattern)
HOLIDAY = Kind(HOLIDAYS, "holidays", "Hari libur", NewHoliday, HolidayRecord, "day", _in_holiday)
RAMADAN = Kind(
    RAMADANS, "ramadans", "Bulan Ramadan", NewRamadan, RamadanRecord, "first", lambda _sent, _found: "/first"
)
ASSIGNMENT = Kind(ASSIGNED, "assignments", "Pola unit", NewAssignment, AssignmentRecord, "valid_from", _in_assignment)
BEGINNING = Kind(
    BEGINNINGS, "beginnings", "Awal penilaian", NewBeginning, BeginningRecord, "day", lambda _sent, _found: "/day"
)
ALL_KINDS: tuple[Kind, ...] = (PATTERN, HOLIDAY, RAMADAN, ASSIGNMENT, BEGINNING)
BY_PLURAL: Mapping[str, Kind] = {kind.plural: kind for kind in ALL_KINDS}


def about_it(found: Finding, row: Frozen) -> bool:
    """Whether a finding is about a row itself, so that its place in what was sent can be told."""
    identity: str = row.id  # type: ignore[attr-defined]
    owner = getattr(row, "owner_id", None)
    return found.where.partition("@")[0] in (identity, f"unit:{owner}")
