"""The lines of the report as a file: what is printed on it, one line an employee, what its codes mean. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kit.days import each_day
from kit.unit_tree import Tree
from services.reporting.freshness.models import Freshness
from services.reporting.months.models import Closing
from services.reporting.months.rules import CODES, OPEN_MARK, OTHER_UNIT, added, code
from services.reporting.months.store import parts_in
from services.reporting.presence.people import Whose, held_on
from services.reporting.presence.rules import FOR_EVER

Cells = list[str | int]
SUMS: Sequence[tuple[str, str]] = (
    ("required_days", "Hari kerja"),
    ("present_days", "Hadir"),
    ("late_days", "Terlambat (kali)"),
    ("late_minutes", "Terlambat (menit)"),
    ("early_days", "Pulang cepat (kali)"),
    ("early_minutes", "Pulang cepat (menit)"),
    ("leave_days", "Cuti"),
    ("duty_days", "Dinas luar"),
    ("permit_days", "Izin"),
    ("absent_days", "Tanpa keterangan"),
    ("absent_minutes", "Tidak hadir (menit)"),
    ("required_minutes", "Menit wajib"),
    ("effective_minutes", "Menit efektif"),
    ("incomplete_days", "Belum lengkap"),
)
WHO = ("NIP", "Nama", "Unit kerja", "Jabatan")
CASES = "Indikasi disiplin terbuka"
STATES = {"open": "belum ditutup", "partly": "ditutup sebagian", "closed": "ditutup dan ditandatangani"}
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file is of: a unit with everything below it, as far as `whose` reaches, from `first` to `last`."""

    tree: Tree
    unit: str
    first: date
    last: date
    whose: Whose
    partial: bool

    @property
    def month(self) -> str:
        """`YYYY-MM`."""
        return str(self.first)[:7]


def header(asked: Asked) -> Cells:
    """The names of the columns."""
    return [*WHO, *(name for _, name in SUMS), CASES, *(str(day.day) for day in each_day(asked.first, asked.last))]


def line(asked: Asked, month: Mapping[str, Any], person: Mapping[str, Any] | None, cases: int) -> Cells:
    """One employee: sums and days are those in the units asked for."""
    parts = parts_in(asked.whose, month)
    here = {part["unit"] for part in parts}
    sums, days = added(parts), month["days"]
    last = max(number for number, day in days.items() if day["unit"] in here)
    on = f"{month['month']}-{last}"
    node = asked.tree.get(days[last]["unit"])
    held = held_on(person["assignments"], on) if person else None
    shown = []
    for number in range(1, asked.last.day + 1):
        day = days.get(f"{number:02d}")
        shown.append("" if day is None else code(day) if day["unit"] in here else OTHER_UNIT)
    return [
        number_on(person, on),
        month["name"] or month["employee"],
        node.name if node else days[last]["unit"],
        held["post_title"] if held else "",
        *(sums[field] for field, _ in SUMS),
        cases,
        *shown,
    ]


def number_on(person: Mapping[str, Any] | None, on: str) -> str:
    """NIP or NI PPPK on a date; empty where the directory has told of none."""
    for one in person["numbers"] if person else ():
        if one["valid_from"] <= on <= (one.get("valid_to") or FOR_EVER):
            return str(one["number"])
    return ""


def parameters(asked: Asked, closing: Closing, freshness: Freshness, zone: str) -> list[Cells]:
    """What is printed above the lines: of what, of when, how fresh, signed or not."""
    node = asked.tree.get(asked.unit)
    known = freshness.complete_to
    state = STATES[closing.state]
    if closing.periods:
        newest = closing.periods[-1]
        state += f" {_local(newest.closed_at, zone)}, sidik {newest.digest}"
    rows: list[Cells] = [
        ["Rekapitulasi kehadiran"],
        ["Unit", (node.name if node else asked.unit) + " dan seluruh unit di bawahnya"],
        ["Masa", f"{MONTHS[asked.first.month - 1]} {asked.first.year} ({asked.first} sampai {asked.last})"],
        ["Dibuat", _local(freshness.as_of, zone)],
        ["Data lengkap sampai", _local(known, zone) if known else "belum diketahui"],
        ["Penutupan", state],
    ]
    if closing.state != "open":
        rows.append(["", "Angka adalah keadaan saat dibuat; perubahan setelah penutupan ditandatangani tersendiri."])
    if asked.partial:
        rows.append(["Cakupan", "Hanya pegawai yang boleh Anda lihat"])
    return rows


def legend(rules: Iterable[str]) -> list[Cells]:
    """What the codes mean, and which rows of the rules decided the days."""
    rows: list[Cells] = [["Kode", "Arti"]]
    rows += [[short, meaning] for short, meaning in CODES.values()]
    rows += [
        ["TL…", "Terlambat, tingkat menurut tabel instansi; menggantikan H"],
        ["PSW…", "Pulang sebelum waktu, tingkat menurut tabel instansi; menggantikan H"],
        [OPEN_MARK, "Di belakang kode: hari itu masih dapat berubah"],
        [OTHER_UNIT, "Pada tanggal itu pegawai berada di unit lain"],
        [],
        ["Aturan", "Baris aturan yang menentukan hari-hari dalam rekap ini"],
    ]
    return rows + [["", rule] for rule in sorted(rules)]


def _local(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S} ({zone})"
