"""XLSX: rows by calamine, and the places of formulas, which calamine hides behind their last result.

A formula's cached result may be stale or made up by whoever wrote the file, so a cell with one is an error: the
sender pastes values instead. Formulas are found in the sheet's XML itself (ECMA-376 part 1, section 18.3.1.40 `f`).
"""

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from kit.csv_reading import UnreadableFile
from services.directory.transfer.cells import Raw

CHUNK = 1 << 20
NEAR = 1_000  # bytes within which a formula's own cell begins: its tag stands directly before
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]+)([0-9]+)"')
SHEET = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
RELATION = re.compile(r"<Relationship\b[^>]*>")


class Workbook:
    """An opened XLSX file. Raises UnreadableFile when it is not one, is locked, or unpacks to over `most` bytes."""

    def __init__(self, data: bytes, *, most: int) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            unpacked = sum(part.file_size for part in self._zip.infolist())
            if unpacked > most:
                raise UnreadableFile(f"isi berkas terurai menjadi {unpacked >> 20} MiB, paling banyak {most >> 20} MiB")
            self._book = CalamineWorkbook.from_object(io.BytesIO(data))
        except PasswordError as error:
            raise UnreadableFile("berkas XLSX terkunci kata sandi; simpan tanpa kata sandi") from error
        except (zipfile.BadZipFile, CalamineError) as error:
            raise UnreadableFile("berkas ini bukan XLSX yang utuh; simpan ulang dari aplikasi lembar kerja") from error
        self.names: list[str] = self._book.sheet_names

    def rows(self, name: str) -> Iterator[tuple[int, list[Raw]]]:
        """(row number, cells) of one sheet, from its first column on. Raises UnreadableFile."""
        try:
            sheet = self._book.get_sheet_by_name(name)
            pad: list[Raw] = [None] * (sheet.start[1] if sheet.start else 0)
            for number, cells in enumerate(sheet.iter_rows(), 1):
                yield number, [*pad, *cells]
        except CalamineError as error:
            raise UnreadableFile(f"lembar {name!r} rusak: {error}") from error

    def formulas(self, name: str) -> Iterator[tuple[int, int]]:
        """(row number, column index from 0) of each cell of one sheet that holds a formula."""
        part = self._parts().get(name)
        if part is None or part not in self._zip.namelist():
            return
        with self._zip.open(part) as stream:
            tail = b""
            while block := stream.read(CHUNK):
                # A cell and its formula may be cut by the block: the last started cells are looked at again.
                text = tail + block
                started = [cell.start() for cell in CELL.finditer(text, max(0, len(text) - NEAR))]
                cut = started[-1] if started else max(0, len(text) - NEAR)
                yield from _formula_cells(text[:cut])
                tail = text[cut:]
            yield from _formula_cells(tail)

    def _parts(self) -> dict[str, str]:
        """The part of the package that holds each sheet, by the sheet's name."""
        try:
            book = self._zip.read("xl/workbook.xml").decode("utf-8", "replace")
            relations = self._zip.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        except KeyError as error:
            raise UnreadableFile("berkas XLSX tidak lengkap; simpan ulang dari aplikasi lembar kerja") from error
        targets = {}
        for relation in RELATION.findall(relations):
            identity, target = re.search(r'\bId="([^"]*)"', relation), re.search(r'\bTarget="([^"]*)"', relation)
            if identity and target:
                path = target[1]
                targets[identity[1]] = path[1:] if path.startswith("/") else f"xl/{path}"
        return {unescape(name): targets[identity] for name, identity in SHEET.findall(book) if identity in targets}


def _formula_cells(text: bytes) -> Iterator[tuple[int, int]]:
    for formula in FORMULA.finditer(text):
        cells = list(CELL.finditer(text, max(0, formula.start() - NEAR), formula.start()))
        if cells:
            yield int(cells[-1][2]), _column(cells[-1][1])


def _column(letters: bytes) -> int:
    """`A` is 0, `AA` is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
