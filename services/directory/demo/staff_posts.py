"""Functional and general posts of the demo city, and which offices have which."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from services.directory.demo.offices import Office
from services.directory.posts.models import PostKind

PRIMARY, YOUNG, MIDDLE = "Ahli Pertama", "Ahli Muda", "Ahli Madya"
SKILLED, ADEPT = "Terampil", "Mahir"


@dataclass(frozen=True, slots=True)
class StaffPost:
    """A post many people hold. `schooling` decides titles and rank; `senior` takes years in service as a PNS."""

    code: str
    title: str
    kind: PostKind
    grade: int
    schooling: str
    share: int
    senior: bool = False


# code: (title, schooling, levels with their share)
FUNCTIONAL: Mapping[str, tuple[str, str, Mapping[str, int]]] = {
    "GUR": ("Guru", "guru", {PRIMARY: 50, YOUNG: 30, MIDDLE: 15}),
    "PRT": ("Perawat", "perawat", {SKILLED: 35, ADEPT: 20, PRIMARY: 30, YOUNG: 10}),
    "BID": ("Bidan", "bidan", {SKILLED: 40, ADEPT: 20, PRIMARY: 20}),
    "DOK": ("Dokter", "dokter", {PRIMARY: 12, YOUNG: 8, MIDDLE: 3}),
    "DGI": ("Dokter Gigi", "dokter gigi", {PRIMARY: 4, YOUNG: 2}),
    "APT": ("Apoteker", "apoteker", {PRIMARY: 6, YOUNG: 2}),
    "SAN": ("Tenaga Sanitasi Lingkungan", "diploma", {SKILLED: 6}),
    "GIZ": ("Nutrisionis", "sarjana", {PRIMARY: 5}),
    "LAB": ("Pranata Laboratorium Kesehatan", "diploma", {SKILLED: 8, ADEPT: 4}),
    "AKB": ("Analis Kebijakan", "sarjana", {PRIMARY: 20, YOUNG: 15, MIDDLE: 2}),
    "PCN": ("Perencana", "sarjana", {PRIMARY: 8, YOUNG: 6, MIDDLE: 1}),
    "AUD": ("Auditor", "sarjana", {PRIMARY: 20, YOUNG: 15, MIDDLE: 5}),
    "PPU": ("Pengawas Penyelenggaraan Urusan Pemerintahan Daerah", "sarjana", {PRIMARY: 10, YOUNG: 10, MIDDLE: 5}),
    "SDM": ("Analis Sumber Daya Manusia Aparatur", "sarjana", {PRIMARY: 15, YOUNG: 12, MIDDLE: 2}),
    "KOM": ("Pranata Komputer", "komputer", {SKILLED: 8, PRIMARY: 12, YOUNG: 5}),
    "ARS": ("Arsiparis", "sarjana", {SKILLED: 6, PRIMARY: 8, YOUNG: 3}),
    "PUS": ("Pustakawan", "sarjana", {SKILLED: 4, PRIMARY: 8, YOUNG: 4}),
    "TAN": ("Penyuluh Pertanian", "sarjana", {SKILLED: 10, PRIMARY: 25, YOUNG: 10}),
    "VET": ("Medik Veteriner", "sarjana", {PRIMARY: 6, YOUNG: 2}),
    "PKB": ("Penyuluh Keluarga Berencana", "sarjana", {SKILLED: 8, PRIMARY: 20}),
    "LHK": ("Pengendali Dampak Lingkungan", "sarjana", {PRIMARY: 15, YOUNG: 5}),
    "PKD": ("Penguji Kendaraan Bermotor", "diploma", {SKILLED: 15, ADEPT: 8}),
    "IKN": ("Pengawas Perikanan", "sarjana", {PRIMARY: 18, YOUNG: 6}),
    "SOS": ("Pekerja Sosial", "sarjana", {PRIMARY: 18, YOUNG: 6}),
    "MHI": ("Mediator Hubungan Industrial", "sarjana", {PRIMARY: 8, YOUNG: 5}),
    "SPP": ("Polisi Pamong Praja", "diploma", {SKILLED: 60, ADEPT: 30, PRIMARY: 15}),
    "DMK": ("Pemadam Kebakaran", "diploma", {SKILLED: 40, ADEPT: 15}),
    "JLN": ("Penata Kelola Jalan dan Jembatan", "sarjana", {PRIMARY: 20, YOUNG: 8}),
    "PBJ": ("Pengelola Pengadaan Barang/Jasa", "sarjana", {PRIMARY: 10, YOUNG: 4}),
    "KEU": ("Analis Keuangan Pusat dan Daerah", "sarjana", {PRIMARY: 20, YOUNG: 8}),
    "DUK": ("Administrator Database Kependudukan", "komputer", {PRIMARY: 12, YOUNG: 4}),
}
GRADES = {SKILLED: 6, ADEPT: 7, PRIMARY: 8, YOUNG: 9, MIDDLE: 11}
LEVEL_CODES = {SKILLED: "1", ADEPT: "2", PRIMARY: "5", YOUNG: "6", MIDDLE: "7"}
GENERAL = (
    StaffPost("PL-1", "Penelaah Teknis Kebijakan", "pelaksana", 7, "sarjana", 40),
    StaffPost("PL-2", "Penata Layanan Operasional", "pelaksana", 7, "sarjana", 25),
    StaffPost("PL-3", "Pengolah Data dan Informasi", "pelaksana", 6, "diploma", 35),
    StaffPost("PL-4", "Pengelola Layanan Operasional", "pelaksana", 6, "diploma", 20),
    StaffPost("PL-5", "Pengadministrasi Perkantoran", "pelaksana", 5, "sma", 40),
    StaffPost("PL-6", "Operator Layanan Operasional", "pelaksana", 5, "sma", 25),
)
HEALTH = "PRT BID DOK DGI APT SAN GIZ LAB"
BY_OFFICE = {
    **{"U04": "AKB", "U05": "PBJ PCN", "U06": "AKB SDM", "U09": "AUD PPU", "U10": "SDM KOM", "U11": "PCN AKB"},
    **{"U12": "KEU", "U13": "KEU", "U16": "GUR GUR GUR GUR GUR GUR", "U17": f"{HEALTH} AKB", "U18": "JLN PBJ"},
    **{"U20": "SOS", "U21": "MHI", "U22": "PKB", "U23": "TAN VET", "U24": "LHK", "U25": "DUK KOM", "U26": "PKD"},
    **{"U27": "KOM", "U31": "ARS PUS", "U32": "IKN", "U33": "SPP DMK"},
}
BY_KIND = {"puskesmas": HEALTH, "rsud": f"{HEALTH} PRT PRT DOK"}


@cache
def functional(code: str) -> tuple[StaffPost, ...]:
    """The levels of one functional post."""
    title, schooling, levels = FUNCTIONAL[code]
    return tuple(
        StaffPost(
            f"JF-{code}-{LEVEL_CODES[level]}",
            f"{title} {level}",
            "fungsional",
            GRADES[level],
            schooling,
            share,
            senior=level in (ADEPT, YOUNG, MIDDLE),
        )
        for level, share in levels.items()
    )


@cache
def posts_of(office: Office, *, seniors: bool) -> tuple[tuple[StaffPost, int], ...]:
    """The posts the staff of one office hold, with their shares; senior ones on request."""
    codes = BY_OFFICE.get(office.code) or BY_KIND.get(office.kind, "")
    own = [post for code in codes.split() for post in functional(code)]
    return tuple((post, post.share) for post in (*own, *GENERAL) if seniors or not post.senior)


def all_posts() -> tuple[StaffPost, ...]:
    """Every post of this kind."""
    return (*GENERAL, *(post for code in FUNCTIONAL for post in functional(code)))
