"""Files out: CSV, ZIP of CSVs, XLSX. Every cell is text; nothing in them is ever evaluated."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Protocol, Self

from kit import spreadsheets
from kit.spreadsheets import BOM, workbook
from services.directory.sites.models import DECIMALS
from services.directory.transfer.sheets import SHEETS, Sheet
from services.directory.transfer.tables import NOTES

Raised = type[BaseException] | None

Cells = Sequence[str | float]
"""A line: texts, and degrees as numbers, which no program evaluates to anything else."""


def inert(cell: str | float) -> str:
    """`cell` as text that no spreadsheet takes for a formula."""
    return f"{cell:.{DECIMALS}f}" if isinstance(cell, float) else spreadsheets.inert(cell)


def csv_lines(rows: Iterable[Cells]) -> str:
    """Rows as CSV text (RFC 4180)."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([inert(cell) for cell in row] for row in rows)
    return buffer.getvalue()


class Writer(Protocol):
    """Takes lines of any sheet in any order; the file is whole when the block ends."""

    def line(self, sheet: Sheet, cells: Cells) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, kind: Raised, error: BaseException | None, at: TracebackType | None) -> None: ...


class ZipWriter:
    """One CSV file per sheet, in a ZIP."""

    def __init__(self, path: Path, sheets: Sequence[Sheet] = SHEETS) -> None:
        self._path = path
        self._sheets = sheets
        self._folder = TemporaryDirectory(prefix="directory-export-")
        self._files: dict[str, IO[str]] = {}

    def __enter__(self) -> Self:
        for sheet in self._sheets:
            file = (Path(self._folder.name) / f"{sheet.name}.csv").open("w", encoding="utf-8", newline="")
            file.write(BOM + csv_lines([sheet.headers]))
            self._files[sheet.name] = file
        return self

    def line(self, sheet: Sheet, cells: Cells) -> None:
        """Add one line."""
        self._files[sheet.name].write(csv_lines([cells]))

    def __exit__(self, kind: Raised, error: BaseException | None, at: TracebackType | None) -> None:
        for file in self._files.values():
            file.close()
        if kind is None:
            with zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, file in self._files.items():
                    archive.write(file.name, f"{name}.csv")
        self._folder.cleanup()


class XlsxWriter:
    """One sheet per list. Rows go to disk as they come: memory does not grow with them."""

    def __init__(self, path: Path, *, notes: bool = False) -> None:
        self._book = workbook(path)
        self._text = self._book.add_format({"num_format": "@"})
        self._head = self._book.add_format({"bold": True, "num_format": "@", "bottom": 1})
        self._notes = notes
        self._rows: dict[str, int] = {}

    def __enter__(self) -> Self:
        for sheet in SHEETS:
            page = self._book.add_worksheet(sheet.name)
            page.set_column(0, len(sheet.columns) - 1, 22, self._text)
            page.freeze_panes(1, 0)
            for column, header in enumerate(sheet.headers):
                page.write_string(0, column, header, self._head)
            self._rows[sheet.name] = 0
        if self._notes:
            self._write_notes()
        return self

    def line(self, sheet: Sheet, cells: Cells) -> None:
        """Add one line."""
        self._rows[sheet.name] += 1
        page = self._book.get_worksheet_by_name(sheet.name)
        for column, cell in enumerate(cells):
            if cell != "":
                page.write_string(self._rows[sheet.name], column, inert(cell), self._text)

    def __exit__(self, kind: Raised, error: BaseException | None, at: TracebackType | None) -> None:
        self._book.close()

    def _write_notes(self) -> None:
        page = self._book.add_worksheet(NOTES)
        page.set_column(0, 3, 40)
        row = 0
        for sheet in SHEETS:
            page.write_string(row, 0, f"{sheet.name}: {sheet.about}", self._head)
            for column in sheet.columns:
                row += 1
                wanted = "wajib" if column.required else "boleh kosong"
                choices = ", ".join(column.choices or {}) or column.help
                for place, cell in enumerate((column.header, wanted, choices, column.example)):
                    page.write_string(row, place, cell)
            row += 2


def template_line(sheet: Sheet) -> tuple[str, ...]:
    """The example line of a sheet."""
    return tuple(column.example for column in sheet.columns)
