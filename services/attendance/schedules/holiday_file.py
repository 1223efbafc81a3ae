"""A CSV of holidays as rows of the book, with everything wrong in it at once. Pure: bytes come in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pydantic import ValidationError

from kit.csv_reading import UnreadableFile, decode, rows
from kit.problems import field_errors
from services.attendance.schedules.models import Frozen, Holiday, HolidayKind
from services.attendance.schedules.sent import NewHoliday

ROWS_MOST = 2_000
COLUMNS = ("tanggal", "jenis", "nama", "sumber", "lokasi", "wilayah")
NEEDED = COLUMNS[:4]
KINDS: Mapping[str, HolidayKind] = {
    "nasional": "national",
    "libur nasional": "national",
    "cuti bersama": "joint_leave",
    "daerah": "local",
    "lokal": "local",
}
FIELDS = {
    "day": "tanggal",
    "kind": "jenis",
    "name": "nama",
    "source": "sumber",
    "sites": "lokasi",
    "regions": "wilayah",
}
DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
TEMPLATE = (
    "\ufefftanggal,jenis,nama,sumber,lokasi,wilayah\r\n"
    "2026-08-17,nasional,Proklamasi Kemerdekaan,SKB 3 Menteri (nomor dan tahun),,\r\n"
    "2026-05-31,daerah,Hari Jadi Kota,Peraturan Wali Kota (nomor dan tahun),,35.78\r\n"
)


class RowRemark(Frozen):
    """One remark. `row` counts as the spreadsheet does, 0 = the whole file; `column` "" = the whole row."""

    level: Literal["error", "warning"] = "error"
    row: int = 0
    column: str = ""
    detail: str


@dataclass(slots=True)
class Read:
    """What a file says: each holiday with its row, and all remarks."""

    holidays: list[tuple[int, NewHoliday]] = field(default_factory=list)
    remarks: list[RowRemark] = field(default_factory=list)

    def wrong(self, row: int, column: str, detail: str) -> None:
        self.remarks.append(RowRemark(row=row, column=column, detail=detail))


def read(data: bytes, sites: Mapping[str, str]) -> Read:
    """`sites` gives the id of each site by its code and by its name, casefolded."""
    found = Read()
    try:
        lines = [line for line in rows(decode(data)) if any(cell.strip() for cell in line[1])]
    except UnreadableFile as error:
        found.wrong(0, "", str(error))
        return found
    if len(lines) < 2:
        found.wrong(0, "", "berkas tidak berisi satu baris data pun")
        return found
    if len(lines) - 1 > ROWS_MOST:
        found.wrong(0, "", f"paling banyak {ROWS_MOST} baris; bagi berkasnya")
        return found
    at = _header(lines[0], found)
    if at is not None:
        for number, cells in lines[1:]:
            _line(number, {name: cells[n].strip() for name, n in at.items() if n < len(cells)}, sites, found)
        _twice(found)
    return found


def compared(
    given: Iterable[tuple[int, NewHoliday]], present: Sequence[Holiday]
) -> tuple[list[tuple[NewHoliday, Holiday | None]], int]:
    """What is new (None) or says another name or source than the holiday that is there, and how many are as there."""
    known = {_key(one): one for one in present}
    different: list[tuple[NewHoliday, Holiday | None]] = []
    same = 0
    for _, one in given:
        there = known.get(_key(one))
        if there is not None and (there.name, there.source) == (one.name, one.source):
            same += 1
        else:
            different.append((one, there))
    return different, same


def _header(line: tuple[int, list[str]], found: Read) -> dict[str, int] | None:
    number, cells = line
    given = ["_".join(cell.strip().casefold().split()) for cell in cells]
    before = len(found.remarks)
    for name in NEEDED:
        if name not in given:
            found.wrong(number, name, "kolom wajib ini tidak ada")
    for n, name in enumerate(given):
        if name and name not in COLUMNS:
            found.wrong(number, cells[n].strip()[:40], f"judul tidak dikenal; kolom yang dikenal: {', '.join(COLUMNS)}")
        elif name and name in given[:n]:
            found.wrong(number, name, "judul kolom ini muncul dua kali")
    return {name: given.index(name) for name in COLUMNS if name in given} if len(found.remarks) == before else None


def _line(number: int, cells: Mapping[str, str], sites: Mapping[str, str], found: Read) -> None:
    before = len(found.remarks)
    missing = [name for name in NEEDED if not cells.get(name)]
    for name in missing:
        found.wrong(number, name, "wajib diisi")
    kind = KINDS.get(" ".join(cells.get("jenis", "").casefold().split()))
    if kind is None and "jenis" not in missing:
        found.wrong(number, "jenis", f"{cells['jenis'][:40]!r} tidak dikenal; pilihan: {', '.join(KINDS)}")
    known = []
    for name in _several(cells.get("lokasi", "")):
        site = sites.get(name.casefold())
        if site is None:
            found.wrong(number, "lokasi", f"{name[:60]!r} bukan kode atau nama lokasi kerja yang dikenal")
        else:
            known.append(site)
    try:
        holiday = NewHoliday.model_validate(
            {
                "day": _day(cells.get("tanggal", "")),
                "kind": kind or "local",
                "name": cells.get("nama") or "-",
                "source": cells.get("sumber") or "-",
                "sites": known,
                "regions": _several(cells.get("wilayah", "")),
            }
        )
    except ValidationError as error:
        for item, told in zip(error.errors(), field_errors(error.errors()), strict=True):
            column = FIELDS[str(item["loc"][0])]
            if column not in missing:
                found.wrong(number, column, told.detail)
        return
    if len(found.remarks) == before:
        found.holidays.append((number, holiday))


def _twice(found: Read) -> None:
    seen: dict[object, int] = {}
    for number, one in found.holidays:
        first = seen.setdefault(_key(one), number)
        if first != number:
            found.wrong(number, "", f"baris ini mengulang baris {first}")


def _key(one: NewHoliday | Holiday) -> tuple[date, HolidayKind, frozenset[str], frozenset[str]]:
    return one.day, one.kind, one.sites, one.regions


def _day(text: str) -> str:
    match = DAY_FIRST.fullmatch(text)
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else text


def _several(text: str) -> list[str]:
    return [one.strip() for one in text.split(";") if one.strip()]
