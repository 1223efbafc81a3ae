"""The made-up city of Nusa Harapan: 60 units over 48 sites, its islands strewn over three time zones."""

from collections.abc import Mapping, Sequence
from datetime import date

from services.directory.demo.offices import OFFICES, Office
from services.directory.ids import entity_id
from services.directory.sites.models import Site
from services.directory.units.models import Unit, UnitVersion
from services.directory.validity import DAY

FOUNDED = date(2009, 1, 1)  # organisations of regional government by PP 41/2007 were in place
WEST, CENTRE, EAST = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"
MIDDLES = {WEST: (-5.6, 107.2), CENTRE: (-5.4, 118.6), EAST: (-2.2, 140.3)}
GROUNDS = 150  # metres

SITE_NAMES: tuple[tuple[str, Sequence[str]], ...] = (
    (
        WEST,
        (
            "Balai Kota Gedung A",
            "Balai Kota Gedung B",
            "Kompleks Perkantoran Jalan Merdeka",
            "Gedung DPRD Kota Nusa Harapan",
            "Mal Pelayanan Publik",
            "Kantor Dinas Kesehatan",
            "Kantor Dinas Pendidikan dan Kebudayaan",
            "Kantor Dinas Pekerjaan Umum dan Penataan Ruang",
            "Markas Satpol PP dan Pemadam Kebakaran",
            "Terminal Terpadu Barat",
            "Kantor Kecamatan Harapan Barat",
            "Kantor Kecamatan Teluk Bayu",
            "Kantor Kecamatan Sungai Manis",
            "Puskesmas Harapan Barat",
            "Puskesmas Teluk Bayu",
            "Puskesmas Sungai Manis",
            "Puskesmas Kampung Baru",
            "SMP Negeri 1 Nusa Harapan",
            "SMP Negeri 4 Teluk Bayu",
            "SD Negeri 12 Sungai Manis",
            "SD Negeri 3 Kampung Baru",
        ),
    ),
    (
        CENTRE,
        (
            "Kantor Bersama Wilayah Tengah",
            "Kantor Kecamatan Harapan Tengah",
            "Kantor Kecamatan Bukit Sagu",
            "Kantor Kecamatan Tanjung Mutiara",
            "Puskesmas Harapan Tengah",
            "Puskesmas Bukit Sagu",
            "Puskesmas Tanjung Mutiara",
            "Puskesmas Pasar Lama",
            "RSUD Harapan Sehat",
            "SMP Negeri 7 Harapan Tengah",
            "SD Negeri 5 Bukit Sagu",
            "SD Negeri 9 Tanjung Mutiara",
            "Kantor Penghubung Makassar",
        ),
    ),
    (
        EAST,
        (
            "Kantor Bersama Wilayah Timur",
            "Kantor Kecamatan Harapan Timur",
            "Kantor Kecamatan Pulau Cendrawasih",
            "Kantor Kecamatan Lembah Nirwana",
            "Puskesmas Harapan Timur",
            "Puskesmas Pulau Cendrawasih",
            "Puskesmas Lembah Nirwana",
            "Puskesmas Pelabuhan Timur",
            "RSUD Mutiara Timur",
            "SMP Negeri 11 Harapan Timur",
            "SD Negeri 2 Pulau Cendrawasih",
            "SD Negeri 6 Lembah Nirwana",
            "Kantor Penghubung Jayapura",
        ),
    ),
    (WEST, ("Kantor Penghubung Jakarta",)),
)


def sites() -> Mapping[str, Site]:
    """The 48 sites by id."""
    named = [(zone, name) for zone, names in SITE_NAMES for name in names]
    return {entity_id("site", f"L{number:02}"): _site(number, *place) for number, place in enumerate(named, 1)}


def _site(number: int, zone: str, name: str) -> Site:
    """Sites lie about two kilometres from one another, in the sea off the middle of their zone."""
    south, east = MIDDLES[zone]
    latitude, longitude = south + 0.02 * (number % 7), east + 0.02 * (number // 7)
    return Site(
        code=f"L{number:02}",
        name=name,
        zone=zone,
        valid_from=FOUNDED,
        latitude=latitude,
        longitude=longitude,
        radius_m=GROUNDS,
    )


def units() -> Mapping[str, Unit]:
    """The 60 units by id; a few bore another name once."""
    return {entity_id("unit", office.code): _unit(office) for office in OFFICES}


def _unit(office: Office) -> Unit:
    parent = entity_id("unit", office.parent) if office.parent else None
    first, versions = FOUNDED, []
    if office.formerly:
        name, last = office.formerly
        versions.append(
            UnitVersion(name=name, short_name=office.short_name, parent_id=parent, valid_from=first, valid_to=last)
        )
        first = last + DAY
    versions.append(UnitVersion(name=office.name, short_name=office.short_name, parent_id=parent, valid_from=first))
    return Unit(code=office.code, versions=tuple(versions))
