"""The columns of the import and export files: one sheet (XLSX) or one file (CSV) per list.

Lists are keyed, never positional: what a file does not mention stays as it is, nothing is ever deleted by an import.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Reading = Literal["text", "code", "date", "grade", "choice", "zone", "degrees", "metres"]


@dataclass(frozen=True, slots=True)
class Column:
    """`header` is what stands in row 1, `field` the field of the document that it fills.

    `choices` maps accepted words (in any case) to the stored value; the first word for a value is the one written.
    """

    header: str
    field: str
    help: str
    example: str
    reading: Reading = "text"
    required: bool = False
    choices: Mapping[str, str] | None = None

    def word(self, value: str) -> str:
        """The word that a stored choice is written as."""
        return next(word for word, stored in (self.choices or {}).items() if stored == value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list; `name` is the sheet's name and the stem of the CSV file."""

    name: str
    about: str
    columns: tuple[Column, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """Row 1, in order."""
        return tuple(column.header for column in self.columns)

    def header_of(self, field: str) -> str:
        """The header of the column that fills `field`, "" when none does."""
        return next((column.header for column in self.columns if column.field == field), "")


FIRST = Column("berlaku_dari", "valid_from", "Hari pertama berlaku", "2024-01-01", "date", required=True)
LAST = Column("berlaku_sampai", "valid_to", "Hari terakhir berlaku; kosong = seterusnya", "", "date")
WHO = Column("pegawai", "person", "Kode pegawai, NIP, atau NI PPPK", "P00001", "code", required=True)

SEXES = {"L": "male", "P": "female", "Laki-laki": "male", "Perempuan": "female"}
STATUSES = {"CPNS": "cpns", "PNS": "pns", "PPPK": "pppk", "PPPK Paruh Waktu": "pppk_part_time"}
NUMBER_KINDS = {"NIP": "pns", "NI PPPK": "pppk"}
ASSIGNMENT_KINDS = {"Definitif": "primary", "Plt": "plt", "Plh": "plh"}
POST_KINDS = {
    "JPT Utama": "jpt_utama",
    "JPT Madya": "jpt_madya",
    "JPT Pratama": "jpt_pratama",
    "Administrator": "administrator",
    "Pengawas": "pengawas",
    "Fungsional": "fungsional",
    "Pelaksana": "pelaksana",
}

UNITS = Sheet(
    "unit",
    "Unit kerja; satu baris per masa berlaku (nama atau induk berubah = baris baru dengan kode yang sama)",
    (
        Column("kode", "code", "Kode unit, tidak pernah berubah", "U10", "code", required=True),
        Column("nama", "name", "Nama lengkap", "Dinas Kesehatan", required=True),
        Column("nama_singkat", "short_name", "Nama pendek untuk layar", "Dinkes"),
        Column("kode_induk", "parent_id", "Kode unit di atasnya; kosong = puncak", "U00", "code"),
        FIRST,
        LAST,
    ),
)
SITES = Sheet(
    "lokasi",
    "Lokasi kerja; zona waktunya menentukan tanggal setempat setiap presensi",
    (
        Column("kode", "code", "Kode lokasi, tidak pernah berubah", "L01", "code", required=True),
        Column("nama", "name", "Nama lokasi", "Balai Kota Gedung A", required=True),
        Column("zona_waktu", "zone", "Nama IANA, mis. Asia/Makassar", "Asia/Jakarta", "zone", required=True),
        FIRST,
        LAST,
        Column("lintang", "latitude", "Derajat desimal, selatan negatif; untuk presensi lewat ponsel", "", "degrees"),
        Column("bujur", "longitude", "Derajat desimal, barat negatif", "", "degrees"),
        Column("radius_m", "radius_m", "Jangkauan lokasi dari titik itu, 10-5000 meter", "", "metres"),
    ),
)
POSTS = Sheet(
    "jabatan",
    "Jabatan yang dapat dipegang pegawai",
    (
        Column("kode", "code", "Kode jabatan, tidak pernah berubah", "J010", "code", required=True),
        Column("nama", "title", "Nama jabatan", "Kepala Dinas Kesehatan", required=True),
        Column("jenis", "kind", " / ".join(POST_KINDS), "JPT Pratama", "choice", required=True, choices=POST_KINDS),
        Column("kelas", "grade", "Kelas jabatan 1-17; boleh kosong", "14", "grade"),
        FIRST,
        LAST,
    ),
)
EMPLOYEES = Sheet(
    "pegawai",
    "Pegawai; nomor kedua (misalnya dari NI PPPK ke NIP) = baris baru dengan kode yang sama",
    (
        Column("kode", "code", "Kode pegawai, tidak pernah berubah; kosong = dikenali dari NIP", "P00001", "code"),
        Column("nip", "number", "NIP atau NI PPPK, kolom berformat Teks", "198609262015051001", "code", required=True),
        Column("jenis_nomor", "kind", "NIP / NI PPPK; kosong = menurut status", "NIP", "choice", choices=NUMBER_KINDS),
        Column("nama", "name", "Nama tanpa gelar", "Ratna Wulandari", required=True),
        Column("gelar_depan", "title_before", "Misalnya Dr., dr., Ir.", ""),
        Column("gelar_belakang", "title_after", "Misalnya S.Sos., M.Si.", "S.Sos."),
        Column("jenis_kelamin", "sex", "L / P", "P", "choice", required=True, choices=SEXES),
        Column("status", "status", " / ".join(STATUSES), "PNS", "choice", required=True, choices=STATUSES),
        Column("nip_dari", "valid_from", "Hari pertama nomor ini; kosong = TMT dalam nomor", "2015-05-01", "date"),
        Column("nip_sampai", "valid_to", "Hari terakhir nomor ini; kosong = seterusnya", "", "date"),
    ),
)
RANKS = Sheet(
    "pangkat",
    "Golongan/ruang pegawai dari waktu ke waktu",
    (WHO, Column("golongan", "code", "I/a-IV/e untuk PNS, I-XVII untuk PPPK", "III/b", required=True), FIRST, LAST),
)
ASSIGNMENTS = Sheet(
    "penugasan",
    "Jabatan yang dipegang; jabatan definitif lama yang masih terbuka ditutup otomatis sehari sebelum yang baru",
    (
        WHO,
        Column("jenis", "kind", "Lihat pilihan", "Definitif", "choice", required=True, choices=ASSIGNMENT_KINDS),
        Column("kode_unit", "unit_id", "Kode unit kerja", "U10", "code", required=True),
        Column("kode_jabatan", "post_id", "Kode jabatan", "J010", "code", required=True),
        Column("kode_lokasi", "site_id", "Kode lokasi kerja", "L01", "code", required=True),
        Column("atasan", "superior_id", "Kode, NIP, atau NI PPPK atasan; kosong = puncak", "P00001", "code"),
        FIRST,
        LAST,
    ),
)
SHEETS: tuple[Sheet, ...] = (UNITS, SITES, POSTS, EMPLOYEES, RANKS, ASSIGNMENTS)
BY_NAME: dict[str, Sheet] = {sheet.name: sheet for sheet in SHEETS}


def hint(sheet: str, header: str) -> str:
    """What a column wants, for whoever mends a file: its help and an example; "" for what is no column of ours."""
    columns = BY_NAME[sheet].columns if sheet in BY_NAME else ()
    found = next((column for column in columns if column.header == header), None)
    if found is None:
        return ""
    given = not found.example or "mis" in found.help.casefold()
    return found.help if given else f"{found.help}, misalnya {found.example}"
