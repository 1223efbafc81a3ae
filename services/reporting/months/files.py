"""The report written to a file, line by line: memory does not grow with the people."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Protocol

from kit.spreadsheets import BOM, csv_text, inert, workbook
from services.reporting.months.lines import SUMS, WHO, Cells

NARROW, NAMES = 6, 28


class Book(Protocol):
    """Takes what is above the lines, the lines, and what is below. The file is whole when it is closed."""

    def top(self, rows: Iterable[Cells], header: Cells) -> None: ...
    def lines(self, rows: Iterable[Cells]) -> None: ...
    def legend(self, rows: Iterable[Cells]) -> None: ...
    def close(self) -> None: ...


class CsvBook:
    """Everything in one file, the parameters first and the legend last."""

    def __init__(self, path: Path) -> None:
        self._file: IO[str] = path.open("w", encoding="utf-8", newline="")
        self._file.write(BOM)

    def close(self) -> None:
        """Nothing more comes."""
        self._file.close()

    def top(self, rows: Iterable[Cells], header: Cells) -> None:
        """Parameters, an empty line, the names of the columns."""
        self._file.write(csv_text([*rows, [], header]))

    def lines(self, rows: Iterable[Cells]) -> None:
        """Some employees."""
        self._file.write(csv_text(rows))

    def legend(self, rows: Iterable[Cells]) -> None:
        """What the codes mean."""
        self._file.write(csv_text([[], *rows]))


class XlsxBook:
    """A sheet of lines, and one of what they mean."""

    def __init__(self, path: Path) -> None:
        self._book = workbook(path)
        self._text = self._book.add_format({"num_format": "@"})
        self._head = self._book.add_format({"bold": True, "num_format": "@", "bottom": 1, "text_wrap": True})
        self._page = self._book.add_worksheet("Rekap")
        self._legend = self._book.add_worksheet("Keterangan")
        self._row = 0

    def close(self) -> None:
        """Pack it."""
        self._book.close()

    def top(self, rows: Iterable[Cells], header: Cells) -> None:
        """Parameters, an empty line, the names of the columns, which stay in sight."""
        self._page.set_column(0, len(WHO) - 1, NAMES)
        self._page.set_column(len(WHO), len(WHO) + len(SUMS), 11)
        self._page.set_column(len(WHO) + len(SUMS) + 1, len(header) - 1, NARROW)
        for row in rows:
            self._put(row, self._head if len(row) == 1 else self._text)
        self._row += 1
        self._put(header, self._head)
        self._page.freeze_panes(self._row, 2)

    def lines(self, rows: Iterable[Cells]) -> None:
        """Some employees."""
        for row in rows:
            self._put(row, self._text)

    def legend(self, rows: Iterable[Cells]) -> None:
        """What the codes mean, on a sheet of their own."""
        self._legend.set_column(0, 0, 10)
        self._legend.set_column(1, 1, 70)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                self._legend.write_string(number, column, inert(str(cell)), self._text)

    def _put(self, cells: Sequence[str | int], shape: object) -> None:
        page, row = self._page, self._row
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                page.write_number(row, column, cell)
            elif cell:
                page.write_string(row, column, inert(cell), shape)
        self._row += 1
