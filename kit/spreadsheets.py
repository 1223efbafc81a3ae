"""Files that spreadsheet programs open, in which nothing is ever evaluated."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

from kit.text import FORMULA_STARTS

BOM = "\ufeff"  # tells spreadsheet programs that a CSV file is UTF-8
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def inert(text: str) -> str:
    """`text` as text that no spreadsheet takes for a formula.

    Services refuse such text at every door, so nothing stored should need this: it is the second lock.
    """
    return f"'{text}" if text.startswith((*FORMULA_STARTS, "\t", "\r")) else text


def csv_text(rows: Iterable[Sequence[str | int]]) -> str:
    """Rows as CSV text (RFC 4180): whole numbers as they are, texts inert."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([inert(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return buffer.getvalue()


def workbook(path: Path) -> xlsxwriter.Workbook:
    """An empty workbook whose rows go to disk as they come: memory does not grow with them. Text stays text."""
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(str(path), {"constant_memory": True, **plain})
