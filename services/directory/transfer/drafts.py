"""Entities as a file would make them: the stored state with the file's lines merged in, and where each part came from.

Merging is by key: a line with a known key changes that entry, one with a new key adds an entry, what the file does not
mention stays. A stored open period that begins before a new one is closed on the day before (a transfer to another
post needs one line, not two). The same file twice therefore changes nothing.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar

from pydantic import ValidationError

from services.directory.register.forms import form_errors
from services.directory.transfer.findings import Finding
from services.directory.transfer.sheets import Sheet
from services.directory.transfer.tables import Line
from services.directory.validity import DAY, Period
from services.directory.violations import Path, Violation

T = TypeVar("T")
P = TypeVar("P", bound=Period)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a sheet."""

    sheet: Sheet
    row: int


@dataclass(slots=True)
class Draft(Generic[T]):
    """One entity that the file mentions. `state` is None when its lines cannot be read; they are reported then.

    `places` says which line a part came from, by the first two steps of its path; `home` stands in for parts that
    were stored before. `lines` are all the file says of it.
    """

    identity: str
    home: Place
    state: T | None = None
    places: dict[Path, Place] = field(default_factory=dict)
    lines: list[tuple[Sheet, Line]] = field(default_factory=list)

    def finding(self, violation: Violation) -> Finding:
        """A broken rule, at the cell that broke it."""
        place = self.places.get(violation.path[:2])
        if place is None and len(violation.path) > 1:  # a part that was stored before: at what the file says beside it
            near = self._near(str(violation.path[0]))
            detail = f"data tersimpan {violation.pointer}: {violation.detail}"
            return Finding(sheet=near.sheet.name, row=near.row, detail=detail)
        place = place or self.home
        name = violation.path[-1] if violation.path else ""
        header = place.sheet.header_of(str(name))
        return Finding(sheet=place.sheet.name, row=place.row, column=header, detail=violation.detail)

    def _near(self, part: str) -> Place:
        beside = (place for path, place in self.places.items() if path[0] == part)
        return next(beside, self.home)


class Keyed(Protocol):
    """How an entry is recognised among its like."""

    def __call__(self, entry: Any, /) -> Hashable: ...


def merged(
    stored: Sequence[P],
    given: Iterable[tuple[P, Line]],
    key: Keyed,
    sheet: Sheet,
    findings: list[Finding],
    *,
    succeeds: Callable[[P, P], bool] = lambda old, new: True,
) -> list[tuple[P, Place | None]]:
    """`stored` with `given` merged in, each entry with the line it came from (None = stored).

    `succeeds(old, new)` says whether a new entry ends an open stored one that began before it.
    """
    entries: dict[Hashable, tuple[P, Place | None]] = {key(entry): (entry, None) for entry in stored}
    known = set(entries)
    fresh: list[P] = []
    for entry, line in given:
        name = key(entry)
        earlier = entries.get(name)
        if earlier and earlier[1]:
            detail = f"baris ini mengulang baris {earlier[1].row}"
            findings.append(Finding(sheet=sheet.name, row=line.row, detail=detail))
            continue
        entries[name] = (entry, Place(sheet, line.row))
        if name not in known:
            fresh.append(entry)
    for name, (entry, place) in entries.items():
        if place is None and entry.valid_to is None:
            after = [new.valid_from for new in fresh if succeeds(entry, new) and new.valid_from > entry.valid_from]
            if after:
                entries[name] = (replace(entry, valid_to=min(after) - DAY), None)
    return list(entries.values())


def built(make: Callable[[], T], sheet: Sheet, row: int, findings: list[Finding]) -> T | None:
    """The document `make` returns; None, with a finding per wrong field, when its values are not acceptable."""
    try:
        return make()
    except ValidationError as error:
        for item, told in zip(error.errors(), form_errors(error.errors()), strict=True):
            header = sheet.header_of(str(item["loc"][0])) if item["loc"] else ""
            findings.append(Finding(sheet=sheet.name, row=row, column=header, detail=told.detail))
        return None
