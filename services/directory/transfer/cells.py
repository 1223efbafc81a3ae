"""One cell of an import file: what a person typed, as a value, or why not. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from math import isfinite, nan

from kit.text import unsafe
from services.directory.sites.zones import known_zone
from services.directory.transfer.sheets import Column

Raw = str | int | float | bool | date | datetime | time | timedelta | None
Value = str | date | int | float | None

# The largest whole number a spreadsheet keeps exactly; an 18-digit NIP typed as a number is already another number.
EXACT = 10**15
MOST_CODE, MOST_TEXT = 40, 200
DATES = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"), (3, 2, 1)),
)


class BadCell(ValueError):
    """The cell cannot be taken; the message says why, in Indonesian."""


class Reader:
    """Reads cells. Remembers equal texts and dates, so that 100,000 rows share their few different values."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._dates: dict[str, date] = {}
        self._words: dict[int, Mapping[str, str]] = {}

    def value(self, column: Column, raw: Raw) -> Value:
        """The value of `raw` in `column`, None when empty. Raises BadCell."""
        if column.reading == "date" and isinstance(raw, date):
            return raw.date() if isinstance(raw, datetime) else raw
        if column.reading in ("degrees", "metres"):
            return _measure(column.reading, raw)
        text = self._text(raw)
        if not text:
            if column.required:
                raise BadCell("wajib diisi")
            return None
        match column.reading:
            case "date":
                return self._date(text)
            case "choice":
                return self._choice(column, text)
            case "grade":
                return _grade(text)
            case "zone":
                return _zone(text)
            case "code" if len(text) > MOST_CODE:
                raise BadCell(f"paling banyak {MOST_CODE} karakter")
            case "text" if len(text) > MOST_TEXT:
                raise BadCell(f"paling banyak {MOST_TEXT} karakter")
        return text

    def _text(self, raw: Raw) -> str:
        if isinstance(raw, str):
            known = self._texts.get(raw)
            if known is not None:
                return known
            text = unicodedata.normalize("NFC", raw.strip())
            if reason := unsafe(text):
                raise BadCell(reason)
            self._texts[raw] = text
            return text
        if raw is None:
            return ""
        if isinstance(raw, bool | datetime | date | time | timedelta):
            raise BadCell("berisi tanggal, jam, atau nilai benar/salah; seharusnya teks")
        if abs(raw) >= EXACT:
            raise BadCell("tersimpan sebagai angka sehingga digit terakhirnya hilang; ubah format kolom menjadi Teks")
        if isinstance(raw, float) and not raw.is_integer():
            return repr(raw)
        return str(int(raw))

    def _date(self, text: str) -> date:
        known = self._dates.get(text)
        if known is None:
            known = self._dates[text] = _parse_date(text)
        return known

    def _choice(self, column: Column, text: str) -> str:
        words = self._words.get(id(column))
        if words is None:
            words = self._words[id(column)] = {word.casefold(): value for word, value in (column.choices or {}).items()}
        try:
            return words[text.casefold()]
        except KeyError:
            raise BadCell(f"{text!r} tidak dikenal; pilihan: {', '.join(column.choices or {})}") from None


def _parse_date(text: str) -> date:
    for pattern, (year, month, day) in DATES:
        if match := pattern.fullmatch(text):
            try:
                return date(int(match[year]), int(match[month]), int(match[day]))
            except ValueError:
                raise BadCell(f"{text!r} bukan tanggal yang nyata") from None
    raise BadCell(f"{text!r} bukan tanggal; tulis tttt-bb-hh, misalnya 2026-01-31")


def _measure(reading: str, raw: Raw) -> float | int | None:
    """A signed number, which as text would look like a formula: it is never kept as text."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    text = raw.strip().replace(",", ".") if isinstance(raw, str) else raw
    if isinstance(text, str | int | float) and not isinstance(text, bool):
        try:
            number = float(text)
        except ValueError:
            number = nan
        if isfinite(number) and (reading == "degrees" or number.is_integer()):
            return number if reading == "degrees" else int(number)
    wanted = "derajat desimal, misalnya -5.147665" if reading == "degrees" else "meter dalam bilangan bulat"
    raise BadCell(f"{raw!r} bukan {wanted}")


def _zone(text: str) -> str:
    try:
        return known_zone(text)
    except ValueError as error:
        raise BadCell(str(error)) from None


def _grade(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or not 1 <= int(text) <= 17:
        raise BadCell(f"{text!r} bukan kelas jabatan; isi 1 sampai 17")
    return int(text)
