"""An upload, whatever it is (CSV, XLSX, ZIP of CSVs), as tables with every finding. Pure: bytes come in."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from kit.csv_reading import UnreadableFile, decode
from kit.csv_reading import rows as csv_rows
from services.directory.transfer.cells import Raw, Reader
from services.directory.transfer.findings import Finding, unreadable
from services.directory.transfer.tables import Tables, add_table
from services.directory.transfer.xlsx_reading import Workbook

UNPACKED_LIMIT = 1 << 30
"""Bytes an XLSX or ZIP may unpack to: 100,000 rows of every sheet need a tenth of it."""


def read(data: bytes, filename: str, *, encoding: str | None = None) -> Tables:
    """All lines and findings of the upload `data`; `filename` names the list when it is a single CSV.

    `encoding` is the one the sender named for CSV (None = Unicode).
    """
    tables, reader = Tables(), Reader()
    try:
        if not data.startswith(b"PK"):
            _read_csv(tables, data, filename, reader, encoding)
        elif _is_workbook(data):
            _read_workbook(tables, data, reader)
        else:
            for name, content in _members(data):
                _read_csv(tables, content, name, reader, encoding)
    except UnreadableFile as error:
        tables.findings.append(unreadable(filename, error))
    if not tables.findings and not any(tables.lines.values()):
        tables.findings.append(Finding(sheet=filename, detail="berkas tidak berisi satu baris data pun"))
    return tables


def _is_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except zipfile.BadZipFile as error:
        raise UnreadableFile("berkas XLSX atau ZIP ini rusak atau terpotong; kirim ulang") from error


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [part for part in archive.infolist() if not part.is_dir()]
        if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
            raise UnreadableFile(f"isi ZIP terurai melebihi {UNPACKED_LIMIT >> 20} MiB")
        for part in parts:
            if part.flag_bits & 0x1:
                raise UnreadableFile("berkas ZIP terkunci kata sandi; kirim tanpa kata sandi")
            yield part.filename, archive.read(part)


def _read_csv(tables: Tables, data: bytes, name: str, reader: Reader, encoding: str | None) -> None:
    try:
        add_table(tables, PurePosixPath(name).stem, csv_rows(decode(data, encoding)), reader)
    except UnreadableFile as error:
        tables.findings.append(unreadable(name, error))


def _read_workbook(tables: Tables, data: bytes, reader: Reader) -> None:
    book = Workbook(data, most=UNPACKED_LIMIT)
    for name in book.names:
        headers: list[Raw] = []

        def watched(name: str = name, headers: list[Raw] = headers) -> Iterator[tuple[int, list[Raw]]]:
            for row, cells in book.rows(name):
                if not headers and any(cell not in (None, "") for cell in cells):
                    headers.extend(cells)
                yield row, cells

        sheet = add_table(tables, name, watched(), reader)
        for row, column in book.formulas(name) if sheet else ():
            header = headers[column] if column < len(headers) else ""
            tables.findings.append(
                Finding(
                    sheet=sheet.name if sheet else name,
                    row=row,
                    column=header if isinstance(header, str) else "",
                    detail="sel berisi rumus; salin lalu tempel sebagai nilai",
                )
            )
