"""The 60 units of Nusa Harapan: which they are, how big, where their people work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Office:
    """A unit of the demo city. `kind` decides its posts, `weight` its share of the staff, `sites` where they work.

    `fields` are its divisions (bidang); `formerly` = (name, last day under it).
    """

    code: str
    name: str
    short_name: str
    parent: str | None
    kind: str
    weight: int
    sites: Sequence[str]
    fields: Sequence[str] = ()
    formerly: tuple[str, date] | None = None


CENTRE_JOINT, EAST_JOINT = "L22", "L35"  # the shared offices on the islands of the other two zones
SPREAD = ("L01", "L02", "L03", "L03", CENTRE_JOINT, CENTRE_JOINT, EAST_JOINT, EAST_JOINT)  # an agency on all islands
SCHOOLS = ("L18", "L19", "L20", "L21", "L31", "L32", "L33", "L44", "L45", "L46")
DISTRICTS = (
    *(("Harapan Barat", "L11"), ("Teluk Bayu", "L12"), ("Sungai Manis", "L13")),
    *(("Harapan Tengah", "L23"), ("Bukit Sagu", "L24"), ("Tanjung Mutiara", "L25")),
    *(("Harapan Timur", "L36"), ("Pulau Cendrawasih", "L37"), ("Lembah Nirwana", "L38")),
)
HEALTH_CENTRES = (
    *(("Harapan Barat", "L14"), ("Teluk Bayu", "L15"), ("Sungai Manis", "L16"), ("Kampung Baru", "L17")),
    *(("Harapan Tengah", "L26"), ("Bukit Sagu", "L27"), ("Tanjung Mutiara", "L28"), ("Pasar Lama", "L29")),
    *(("Harapan Timur", "L39"), ("Pulau Cendrawasih", "L40"), ("Lembah Nirwana", "L41"), ("Pelabuhan Timur", "L42")),
)


def _bureau(number: int, name: str, short: str) -> Office:
    return Office(f"U{number:02}", f"Bagian {name}", short, "U01", "bagian", 14, ("L01", "L02"))


def _agency(
    number: int,
    name: str,
    short: str,
    fields: str,
    weight: int = 45,
    sites: Sequence[str] = SPREAD,
    formerly: tuple[str, date] | None = None,
) -> Office:
    return Office(f"U{number:02}", name, short, "U00", "dinas", weight, sites, tuple(fields.split("; ")), formerly)


AGENCIES: tuple[Office, ...] = (
    _agency(
        8,
        "Sekretariat Dewan Perwakilan Rakyat Daerah",
        "Setwan",
        "Persidangan dan Perundang-undangan; Fasilitasi Penganggaran dan Pengawasan; Umum dan Keuangan",
        30,
        ("L04",),
    ),
    _agency(9, "Inspektorat Daerah", "Inspektorat", "Pengawasan Wilayah I; Pengawasan Wilayah II; Investigasi", 35),
    _agency(
        10,
        "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        "BKPSDM",
        "Mutasi, Promosi, dan Penilaian Kinerja; Pengembangan Kompetensi; Pengadaan dan Informasi Kepegawaian",
        32,
        ("L02", "L02", CENTRE_JOINT),
    ),
    _agency(
        11,
        "Badan Perencanaan Pembangunan, Riset, dan Inovasi Daerah",
        "Bapperida",
        "Perencanaan, Pengendalian, dan Evaluasi; Ekonomi dan Infrastruktur; Riset dan Inovasi",
        30,
        ("L03",),
        ("Badan Perencanaan Pembangunan Daerah", date(2023, 12, 31)),
    ),
    _agency(12, "Badan Pengelolaan Keuangan dan Aset Daerah", "BPKAD", "Anggaran; Perbendaharaan; Aset Daerah", 40),
    _agency(13, "Badan Pendapatan Daerah", "Bapenda", "Pendataan dan Penetapan; Penagihan; Pengendalian", 45),
    _agency(
        14,
        "Badan Penanggulangan Bencana Daerah",
        "BPBD",
        "Pencegahan dan Kesiapsiagaan; Kedaruratan dan Logistik; Rehabilitasi dan Rekonstruksi",
    ),
    _agency(
        15,
        "Badan Kesatuan Bangsa dan Politik",
        "Kesbangpol",
        "Ideologi dan Wawasan Kebangsaan; Politik Dalam Negeri; Kewaspadaan Nasional",
        22,
        formerly=("Kantor Kesatuan Bangsa dan Politik", date(2021, 12, 31)),
    ),
    _agency(
        16,
        "Dinas Pendidikan dan Kebudayaan",
        "Disdikbud",
        "Pembinaan Sekolah Dasar; Pembinaan Sekolah Menengah Pertama; Kebudayaan",
        1200,
        ("L07", *SCHOOLS, *SCHOOLS),
    ),
    _agency(
        17,
        "Dinas Kesehatan",
        "Dinkes",
        "Kesehatan Masyarakat; Pencegahan dan Pengendalian Penyakit; Pelayanan dan Sumber Daya Kesehatan",
        90,
        ("L06", "L06", CENTRE_JOINT, EAST_JOINT),
    ),
    _agency(
        18,
        "Dinas Pekerjaan Umum dan Penataan Ruang",
        "DPUPR",
        "Bina Marga; Sumber Daya Air; Penataan Ruang",
        110,
        ("L08", "L08", CENTRE_JOINT, EAST_JOINT),
    ),
    _agency(19, "Dinas Perumahan dan Kawasan Permukiman", "Disperkim", "Perumahan; Kawasan Permukiman; Pertanahan", 40),
    _agency(
        20,
        "Dinas Sosial",
        "Dinsos",
        "Rehabilitasi Sosial; Perlindungan dan Jaminan Sosial; Pemberdayaan Sosial",
        45,
    ),
    _agency(
        21,
        "Dinas Tenaga Kerja dan Perindustrian",
        "Disnakerin",
        "Pelatihan dan Penempatan Kerja; Hubungan Industrial; Perindustrian",
        40,
        formerly=("Dinas Tenaga Kerja", date(2022, 12, 31)),
    ),
    _agency(
        22,
        "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk, dan Keluarga Berencana",
        "DP3AP2KB",
        "Pemberdayaan Perempuan; Perlindungan Anak; Pengendalian Penduduk dan Keluarga Berencana",
    ),
    _agency(
        23,
        "Dinas Ketahanan Pangan dan Pertanian",
        "DKPP",
        "Ketahanan Pangan; Tanaman Pangan dan Hortikultura; Peternakan dan Kesehatan Hewan",
        65,
    ),
    _agency(
        24,
        "Dinas Lingkungan Hidup",
        "DLH",
        "Penataan Lingkungan; Pengelolaan Sampah dan Limbah; Pengendalian Pencemaran",
        110,
    ),
    _agency(
        25,
        "Dinas Kependudukan dan Pencatatan Sipil",
        "Disdukcapil",
        "Pelayanan Pendaftaran Penduduk; Pelayanan Pencatatan Sipil; Pengelolaan Informasi Kependudukan",
        60,
        ("L05", "L05", CENTRE_JOINT, EAST_JOINT),
    ),
    _agency(26, "Dinas Perhubungan", "Dishub", "Lalu Lintas; Angkutan; Keselamatan", 90, ("L10", "L10", *SPREAD)),
    _agency(
        27,
        "Dinas Komunikasi dan Informatika",
        "Diskominfo",
        "Informasi dan Komunikasi Publik; Layanan Aplikasi Pemerintahan; Persandian dan Statistik",
        45,
        ("L03", "L03", CENTRE_JOINT, EAST_JOINT),
    ),
    _agency(
        28,
        "Dinas Koperasi, Usaha Kecil dan Menengah, dan Perdagangan",
        "Diskopdag",
        "Koperasi; Usaha Kecil dan Menengah; Perdagangan",
        50,
    ),
    _agency(
        29,
        "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
        "DPMPTSP",
        "Penanaman Modal; Pelayanan Perizinan; Pengaduan dan Pelaporan Layanan",
        40,
        ("L05", "L05", CENTRE_JOINT, EAST_JOINT),
    ),
    _agency(
        30, "Dinas Kepemudaan, Olahraga, dan Pariwisata", "Disporapar", "Kepemudaan; Olahraga; Destinasi Pariwisata", 38
    ),
    _agency(
        31,
        "Dinas Kearsipan dan Perpustakaan",
        "Disarpus",
        "Pengelolaan Arsip; Pembinaan Kearsipan; Layanan Perpustakaan",
        32,
        formerly=("Dinas Perpustakaan dan Kearsipan", date(2024, 6, 30)),
    ),
    _agency(
        32,
        "Dinas Perikanan dan Kelautan",
        "Diskanla",
        "Perikanan Tangkap; Perikanan Budidaya; Pengawasan Sumber Daya Kelautan",
        50,
        ("L03", CENTRE_JOINT, EAST_JOINT),
    ),
    _agency(
        33,
        "Satuan Polisi Pamong Praja dan Pemadam Kebakaran",
        "Satpol PP",
        "Ketertiban Umum; Penegakan Perundang-undangan Daerah; Pemadam Kebakaran dan Penyelamatan",
        170,
        ("L09", "L09", CENTRE_JOINT, EAST_JOINT),
    ),
)

OFFICES: tuple[Office, ...] = (
    Office("U00", "Pemerintah Kota Nusa Harapan", "Pemkot Nusa Harapan", None, "kota", 0, ("L01",)),
    Office("U01", "Sekretariat Daerah", "Setda", "U00", "setda", 10, ("L01",)),
    _bureau(2, "Tata Pemerintahan", "Bag. Tapem"),
    _bureau(3, "Kesejahteraan Rakyat", "Bag. Kesra"),
    _bureau(4, "Hukum", "Bag. Hukum"),
    _bureau(5, "Perekonomian dan Administrasi Pembangunan", "Bag. Ekbang"),
    _bureau(6, "Organisasi", "Bag. Organisasi"),
    _bureau(7, "Umum dan Protokol", "Bag. Umum"),
    *AGENCIES,
    *(
        Office(f"U{34 + index:02}", f"Kecamatan {name}", f"Kec. {name}", "U00", "kecamatan", 42, (site,))
        for index, (name, site) in enumerate(DISTRICTS)
    ),
    *(
        Office(f"U{43 + index:02}", f"Puskesmas {name}", f"PKM {name}", "U17", "puskesmas", 55, (site,))
        for index, (name, site) in enumerate(HEALTH_CENTRES)
    ),
    Office("U55", "Rumah Sakit Umum Daerah Harapan Sehat", "RSUD Harapan Sehat", "U17", "rsud", 330, ("L30",)),
    Office("U56", "Rumah Sakit Umum Daerah Mutiara Timur", "RSUD Mutiara Timur", "U17", "rsud", 330, ("L43",)),
    Office("U57", "Kantor Penghubung Jakarta", "Penghubung Jakarta", "U00", "penghubung", 12, ("L48",)),
    Office("U58", "Kantor Penghubung Makassar", "Penghubung Makassar", "U00", "penghubung", 12, ("L34",)),
    Office("U59", "Kantor Penghubung Jayapura", "Penghubung Jayapura", "U00", "penghubung", 12, ("L47",)),
)
