"""CSV: which encoding, which delimiter, then rows. Pure: bytes come in."""

import codecs
import csv
import io
from collections.abc import Iterator

DELIMITERS = ",;\t|"
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
ENCODINGS = ("utf-8", "cp1252")
"""What a caller may name; without a name UTF-8 (with or without BOM) and UTF-16 with BOM are read."""


class UnreadableFile(ValueError):
    """The file cannot be read at all; the message says why and what to do, in Indonesian."""


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text of a CSV file. A guess would corrupt names, so anything else than Unicode must be named by the caller.

    Raises UnreadableFile.
    """
    if not data.strip():
        raise UnreadableFile("berkas kosong")
    for bom, name in BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], name)
    if b"\x00" in data[:65_536]:
        raise UnreadableFile("berkas ini bukan teks CSV (berisi byte nol); kirim .csv, .xlsx, atau .zip berisi .csv")
    return _strict(data, encoding or "utf-8")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        begin = max(data.rfind(b"\n", 0, error.start) + 1, error.start - 20)
        near = data[begin : error.start + 20].splitlines()[0].decode("cp1252", "replace")
        raise UnreadableFile(
            f"berkas bukan {encoding.upper()}: byte 0x{data[error.start]:02X} pada baris {line}. Bila dibaca sebagai "
            f"Windows-1252 tertulis {near!r}: simpan ulang sebagai 'CSV UTF-8', atau kirim dengan encoding=cp1252"
        ) from error


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of each row. Raises UnreadableFile where quoting is broken."""
    first = text[: text.find("\n") + 1 or len(text)]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise UnreadableFile(f"susunan CSV rusak di sekitar baris {reader.line_num}: {error}") from error
