"""The structural posts of the demo city: who stands under whom, one holder each, a few of them vacant."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from services.directory.demo.offices import OFFICES, Office
from services.directory.posts.models import PostKind


@dataclass(frozen=True, slots=True)
class Slot:
    """One structural post. `superior` and `deputy` are the codes of the slots above it and standing in for it."""

    code: str
    office: Office
    title: str
    kind: PostKind
    grade: int
    superior: str | None
    deputy: str | None = None
    vacant: bool = False


REPORTS = "Perencanaan, Evaluasi, dan Pelaporan"
BUREAU_PARTS = ("Kepala Subbagian Tata Laksana dan Pelayanan", f"Kepala Subbagian {REPORTS}")
SECRETARIAT = ("Umum dan Kepegawaian", "Keuangan", REPORTS)
SECTIONS = ("Tata Pemerintahan", "Ketenteraman dan Ketertiban Umum", "Pemberdayaan Masyarakat dan Kelurahan")
ASSISTANTS = ("Pemerintahan dan Kesejahteraan Rakyat", "Perekonomian dan Pembangunan", "Administrasi Umum")
ADVISERS = ("Pemerintahan, Hukum, dan Politik", "Ekonomi dan Keuangan", "Kemasyarakatan dan Sumber Daya Manusia")

# Vacant posts, led by a Plt meanwhile: heads of agencies by their secretary, others by a neighbour.
VACANT = frozenset(
    {"U21-01", "U28-01", "U31-01", "U14-05", "U18-06", "U24-04", "U27-08", "U16-03", "U33-05", "U36-01", "U41-01"}
    | {"U46-01", "U55-03", "U05-02", "U12-04"}
)


@cache
def slots() -> dict[str, Slot]:
    """All structural posts by code, in order of rank: the head of the civil service (Sekretaris Daerah) is first."""
    found = [slot for office in OFFICES for slot in _of(office)]
    order = {"jpt_pratama": 0, "administrator": 1, "pengawas": 2}
    found.sort(key=lambda slot: (slot.superior is not None, order[slot.kind]))
    return {slot.code: slot for slot in found}


def _of(office: Office) -> Iterator[Slot]:
    match office.kind:
        case "kota":
            for number, area in enumerate(ADVISERS, 1):
                yield _slot(office, number, f"Staf Ahli Wali Kota Bidang {area}", "jpt_pratama", 13, "U01-01")
        case "setda":
            yield _slot(office, 1, "Sekretaris Daerah", "jpt_pratama", 15, None)
            for number, area in enumerate(ASSISTANTS, 2):
                yield _slot(office, number, f"Asisten {area}", "jpt_pratama", 14, "U01-01")
        case "bagian":
            assistant = f"U01-{2 + int(office.code[1:]) % 3:02}"
            yield _slot(office, 1, f"Kepala {office.name}", "administrator", 12, assistant, 2)
            for number, title in enumerate(BUREAU_PARTS, 2):
                yield _slot(office, number, title, "pengawas", 9, 1, 5 - number)
        case "dinas":
            yield from _agency(office)
        case "kecamatan":
            yield _slot(office, 1, f"Camat {office.name.removeprefix('Kecamatan ')}", "administrator", 12, "U01-02", 2)
            yield _slot(office, 2, "Sekretaris Camat", "administrator", 11, 1, 3)
            for number, section in enumerate(SECTIONS, 3):
                yield _slot(office, number, f"Kepala Seksi {section}", "pengawas", 9, 1, 6)
            yield _slot(office, 6, f"Kepala Subbagian {REPORTS}", "pengawas", 9, 2, 3)
        case "puskesmas":
            yield _slot(office, 1, f"Kepala {office.name}", "pengawas", 10, "U17-01", 2)
            yield _slot(office, 2, "Kepala Subbagian Tata Usaha", "pengawas", 9, 1, 1)
        case "rsud":
            yield _slot(office, 1, "Direktur", "administrator", 13, "U17-01", 2)
            yield _slot(office, 2, "Kepala Bagian Tata Usaha", "administrator", 11, 1, 3)
            yield _slot(office, 3, "Kepala Bidang Pelayanan Medis", "administrator", 11, 1, 4)
            yield _slot(office, 4, "Kepala Bidang Keperawatan dan Penunjang", "administrator", 11, 1, 3)
        case "penghubung":
            yield _slot(office, 1, f"Kepala {office.name}", "administrator", 11, "U01-04", 2)
            yield _slot(office, 2, f"Kepala Subbagian {REPORTS}", "pengawas", 9, 1, 1)


def _agency(office: Office) -> Iterator[Slot]:
    head = {"Inspektorat Daerah": "Inspektur", "Sekretariat Dewan Perwakilan Rakyat Daerah": "Sekretaris DPRD"}
    yield _slot(office, 1, head.get(office.name, f"Kepala {office.name}"), "jpt_pratama", 14, "U01-01", 2)
    yield _slot(office, 2, f"Sekretaris {office.short_name}", "administrator", 12, 1, 3)
    for number, area in enumerate(SECRETARIAT, 3):
        yield _slot(office, number, f"Kepala Subbagian {area}", "pengawas", 9, 2, 3 + (number - 2) % 3)
    for number, area in enumerate(office.fields, 6):
        yield _slot(office, number, f"Kepala Bidang {area}", "administrator", 11, 1, 6 + (number - 5) % 3)


def _slot(
    office: Office, number: int, title: str, kind: PostKind, grade: int, superior: int | str | None, deputy: int = 0
) -> Slot:
    code = f"{office.code}-{number:02}"
    above = f"{office.code}-{superior:02}" if isinstance(superior, int) else superior
    return Slot(
        code=code,
        office=office,
        title=title,
        kind=kind,
        grade=grade,
        superior=above,
        deputy=f"{office.code}-{deputy:02}" if deputy else None,
        vacant=code in VACANT,
    )
