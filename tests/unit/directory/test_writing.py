"""Files out: text stays text, whatever it looks like."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from services.directory.transfer.sheets import SHEETS, SITES
from services.directory.transfer.writing import XlsxWriter, ZipWriter, csv_lines, inert

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")']


@pytest.mark.parametrize("text", DANGEROUS)
def test_nothing_is_left_that_a_spreadsheet_would_evaluate(text: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_lines([(text,)]), newline=""))
    assert row == [f"'{text}"]


def test_degrees_are_numbers_and_come_back_as_they_went() -> None:
    assert inert(-5.147665) == "-5.147665"
    assert inert(0.000001) == "0.000001"


def test_usual_text_is_left_alone() -> None:
    for text in ("", "Dinas", "a=b", "3-4", "'", "198609262015051001"):
        assert inert(text) == text


def test_xlsx_holds_texts_only(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    cells = ("L1", "=1+1", "198609262015051001", "2024-01-01", "https://example.invalid")
    with XlsxWriter(path) as writer:
        writer.line(SITES, cells)
    with zipfile.ZipFile(path) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    (row,) = list(CalamineWorkbook.from_path(str(path)).get_sheet_by_name("lokasi").iter_rows())[1:]
    assert row[: len(cells)] == ["L1", "'=1+1", *cells[2:]]


def test_a_zip_holds_every_list_with_its_header(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with ZipWriter(path):
        pass
    with zipfile.ZipFile(path) as package:
        for sheet in SHEETS:
            assert package.read(f"{sheet.name}.csv").decode("utf-8-sig").strip().split(",") == list(sheet.headers)
