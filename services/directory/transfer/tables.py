"""Rows of any origin as lines of known sheets, with every bad cell reported. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.directory.transfer.cells import BadCell, Raw, Reader, Value
from services.directory.transfer.findings import Finding
from services.directory.transfer.headers import positions, recognise
from services.directory.transfer.sheets import BY_NAME, Sheet

# The sheet of explanations in our own template.
NOTES = "petunjuk"


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `values` stand in the order of the sheet's columns; a bad cell is None and the line not `sound`."""

    row: int
    values: tuple[Value, ...]
    sound: bool


@dataclass(slots=True)
class Tables:
    """Everything read from an upload, and everything wrong with it so far."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    absent: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Fields whose column a sheet of this upload does not have, by sheet name."""

    def of(self, sheet: Sheet) -> list[Line]:
        """The lines of one sheet, empty when the upload has none."""
        return self.lines.get(sheet.name, [])

    def untouched(self, sheet: Sheet, stored: object) -> dict[str, Any]:
        """The stored values of fields that the upload has no column for: no column means no opinion, not empty."""
        if stored is None:
            return {}
        return {name: getattr(stored, name) for name in self.absent.get(sheet.name, ()) if hasattr(stored, name)}


def add_table(tables: Tables, name: str, rows: Iterable[tuple[int, Sequence[Raw]]], reader: Reader) -> Sheet | None:
    """Read one sheet or CSV file `name` into `tables`; the first row that is not blank is the header.

    The sheet is known by its name, else by its headers. Returns it, or None when nothing was taken.
    """
    remaining = iter(rows)
    header = next(((row, cells) for row, cells in remaining if not all(map(_blank, cells))), None)
    if header is None:
        return None
    titles = [cell if isinstance(cell, str) else "" for cell in header[1]]
    sheet = BY_NAME.get(name.strip().casefold()) or recognise(titles)
    if sheet is None:
        if name.strip().casefold() != NOTES:
            known = ", ".join(BY_NAME)
            detail = f"isi {name!r} tidak dikenali dari nama maupun judul kolomnya; nama yang dikenal: {known}"
            tables.findings.append(Finding(sheet=name, row=header[0], detail=detail))
        return None
    if sheet.name in tables.lines:
        tables.findings.append(Finding(sheet=sheet.name, detail=f"{sheet.name!r} terdapat dua kali dalam kiriman ini"))
        return None
    where, wrong = positions(sheet, titles, header[0])
    tables.findings.extend(wrong)
    tables.absent[sheet.name] = tuple(c.field for c, at in zip(sheet.columns, where, strict=True) if at is None)
    tables.lines[sheet.name] = [] if wrong else _lines(sheet, where, remaining, reader, tables.findings)
    return sheet


def _lines(
    sheet: Sheet,
    where: Sequence[int | None],
    rows: Iterable[tuple[int, Sequence[Raw]]],
    reader: Reader,
    findings: list[Finding],
) -> list[Line]:
    lines: list[Line] = []
    columns = list(zip(sheet.columns, where, strict=True))
    titled = {at for at in where if at is not None}
    for row, cells in rows:
        if all(map(_blank, cells)):
            continue
        values: list[Value] = []
        sound = True
        for column, at in columns:
            try:
                values.append(reader.value(column, cells[at] if at is not None and at < len(cells) else None))
            except BadCell as bad:
                findings.append(Finding(sheet=sheet.name, row=row, column=column.header, detail=str(bad)))
                values.append(None)
                sound = False
        if len(cells) > len(titled) and not all(_blank(cell) for at, cell in enumerate(cells) if at not in titled):
            detail = "baris ini memiliki isi di kolom yang tidak berjudul"
            findings.append(Finding(sheet=sheet.name, row=row, detail=detail))
            sound = False
        lines.append(Line(row, tuple(values), sound))
    return lines


def _blank(cell: Raw) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
