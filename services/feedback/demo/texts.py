"""What the demo city's people say to each other, and which services its units give: made up, nobody is meant."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Given(NamedTuple):
    """A service of a unit: name, counters, ratings on a usual day."""

    name: str
    counters: Sequence[str]
    ratings: int


SERVICES: Mapping[str, Sequence[Given]] = {
    "Dinas Kependudukan": (
        Given("Perekaman dan pencetakan KTP-el", ("Loket 1", "Loket 2", "Loket 3"), 16),
        Given("Kartu keluarga", ("Loket 4", "Loket 5"), 10),
        Given("Akta kelahiran dan kematian", ("Loket 6",), 8),
    ),
    "Penanaman Modal": (
        Given("Perizinan berusaha", ("Loket A", "Loket B"), 8),
        Given("Pengaduan layanan", ("Meja pengaduan",), 3),
    ),
    "Puskesmas": (Given("Poli umum", ("Pendaftaran", "Poli"), 9), Given("Ibu, anak, dan imunisasi", ("KIA",), 5)),
    "Rumah Sakit": (
        Given("Rawat jalan", ("Pendaftaran", "Poliklinik"), 18),
        Given("Instalasi farmasi", ("Penyerahan obat",), 8),
        Given("Gawat darurat", ("Triase",), 5),
    ),
    "Kecamatan": (Given("Surat keterangan dan legalisasi", ("Loket PATEN",), 6),),
    "Badan Pendapatan": (Given("Pajak bumi dan bangunan", ("Loket 1", "Loket 2"), 7),),
    "Dinas Sosial": (Given("Rekomendasi bantuan sosial", ("Meja layanan",), 4),),
    "Dinas Tenaga Kerja": (Given("Kartu pencari kerja", ("Loket AK-1",), 5),),
    "Dinas Perhubungan": (Given("Uji berkala kendaraan", ("Lajur 1", "Lajur 2"), 8),),
    "Perpustakaan": (Given("Peminjaman buku", ("Meja sirkulasi",), 5),),
}
NOT_AT_COUNTERS = ("Kepala", "Sekretaris", "Camat", "Direktur", "Asisten", "Inspektur")

VALUES = ("berorientasi_pelayanan", "akuntabel", "kompeten", "harmonis", "loyal", "adaptif", "kolaboratif")
GOOD = (
    "Terima kasih, berkas selesai lebih cepat dari yang diminta.",
    "Penjelasan kepada warga runtut dan sabar. Pertahankan.",
    "Inisiatif memperbaiki formulir sangat membantu rekan lain.",
    "Data yang disampaikan rapi dan dapat dipertanggungjawabkan.",
    "Mau membantu bagian lain ketika antrean panjang.",
    "",
)
IMPROVE = (
    "Mohon laporan disampaikan sebelum hari Jumat agar dapat diperiksa bersama.",
    "Periksa kembali angka sebelum dikirim, minggu ini dua kali perlu diperbaiki.",
    "Sampaikan lebih awal bila ada kendala, supaya dapat dibantu.",
    "Nada bicara di loket perlu lebih ramah ketika warga mengulang pertanyaan.",
)
PRAISE = (
    "Terima kasih sudah menggantikan saya di loket.",
    "Bantuannya membuat rapat berjalan lancar.",
    "Selalu sabar mengajari rekan baru.",
    "Kerja sama yang baik saat data diminta mendadak.",
    "",
)
ANSWERS = (
    "Terima kasih, akan saya perbaiki mulai minggu ini.",
    "Siap, terima kasih atas masukannya.",
    "Baik, Pak/Bu. Saya usahakan lebih awal.",
)
