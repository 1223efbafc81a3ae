"""What people of the demo city do all day, by the title of their post: made up, no real work is meant."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple


class Work(NamedTuple):
    """A kind of activity: what, in how many of which unit it results, and how many minutes one takes about."""

    what: str
    unit: str
    most: int
    minutes: int


OFFICE: Sequence[Work] = (
    Work("Menyusun konsep surat dinas", "surat", 4, 35),
    Work("Mengagendakan surat masuk dan surat keluar", "surat", 20, 5),
    Work("Memeriksa kelengkapan berkas permohonan", "berkas", 9, 15),
    Work("Memutakhirkan data dalam aplikasi", "data", 30, 4),
    Work("Menyiapkan bahan rapat koordinasi", "bahan", 2, 60),
    Work("Mengikuti rapat koordinasi dan membuat notula", "notula", 1, 110),
    Work("Menata arsip dinamis bidang", "berkas", 25, 4),
    Work("Menyusun laporan mingguan kegiatan", "laporan", 1, 100),
    Work("Memverifikasi dokumen pertanggungjawaban belanja", "dokumen", 6, 25),
    Work("Melayani konsultasi lewat telepon dan loket", "orang", 10, 12),
)
BY_TITLE: Mapping[str, Sequence[Work]] = {
    "Guru": (
        Work("Mengajar di kelas sesuai jadwal", "jam pelajaran", 5, 40),
        Work("Memeriksa tugas dan ulangan siswa", "lembar", 32, 3),
        Work("Menyusun perangkat pembelajaran", "dokumen", 2, 60),
        Work("Membimbing siswa dalam kegiatan ekstrakurikuler", "kelompok", 1, 80),
        Work("Berkomunikasi dengan orang tua siswa", "orang", 4, 20),
    ),
    "Perawat|Bidan": (
        Work("Melakukan asuhan kepada pasien rawat jalan", "pasien", 12, 15),
        Work("Mencatat perkembangan pasien dalam rekam medis", "berkas", 14, 6),
        Work("Memberi penyuluhan kesehatan kepada keluarga", "orang", 8, 10),
        Work("Melayani imunisasi dan pemeriksaan di posyandu", "anak", 15, 9),
        Work("Memeriksa persediaan alat dan obat ruangan", "daftar", 1, 40),
    ),
    "Dokter": (
        Work("Memeriksa pasien di poliklinik", "pasien", 16, 13),
        Work("Melakukan kunjungan pasien rawat inap", "pasien", 9, 15),
        Work("Menyusun surat keterangan medis", "surat", 6, 12),
        Work("Membahas kasus bersama tim medis", "kasus", 2, 40),
    ),
    "Apoteker|Laboratorium|Nutrisionis|Sanitasi": (
        Work("Menelaah dan menyiapkan resep", "resep", 18, 7),
        Work("Memeriksa sampel", "sampel", 14, 12),
        Work("Mencatat persediaan bahan", "daftar", 1, 55),
        Work("Memberi edukasi kepada pasien", "orang", 7, 14),
    ),
    "Polisi Pamong Praja|Pemadam": (
        Work("Melaksanakan patroli wilayah", "rute", 2, 100),
        Work("Menjaga ketertiban di kawasan pasar", "lokasi", 1, 150),
        Work("Memeriksa kesiapan peralatan dan kendaraan", "unit", 4, 20),
        Work("Menindaklanjuti pengaduan warga", "pengaduan", 3, 40),
    ),
    "Penyuluh": (
        Work("Mendampingi kelompok binaan di lapangan", "kelompok", 2, 90),
        Work("Menyusun materi penyuluhan", "materi", 1, 100),
        Work("Memutakhirkan data kelompok binaan", "data", 12, 8),
    ),
    "Komputer|Database": (
        Work("Menangani gangguan perangkat dan jaringan", "laporan", 4, 30),
        Work("Mencadangkan dan memeriksa basis data", "basis data", 2, 40),
        Work("Mengembangkan fitur aplikasi layanan", "fitur", 1, 150),
        Work("Mendampingi pengguna aplikasi", "orang", 6, 18),
    ),
    "Auditor|Pengawas": (
        Work("Menelaah dokumen objek pengawasan", "dokumen", 6, 30),
        Work("Melakukan pemeriksaan lapangan", "lokasi", 1, 170),
        Work("Menyusun kertas kerja pemeriksaan", "kertas kerja", 2, 80),
    ),
    "Kepala|Sekretaris|Camat|Direktur|Asisten|Inspektur|Lurah": (
        Work("Memimpin rapat pembahasan program", "rapat", 1, 100),
        Work("Menelaah dan menandatangani naskah dinas", "naskah", 18, 4),
        Work("Mengarahkan dan mengevaluasi pelaksanaan tugas bawahan", "orang", 5, 20),
        Work("Menghadiri rapat lintas perangkat daerah", "rapat", 1, 120),
        Work("Memeriksa capaian kinerja dan anggaran", "laporan", 2, 40),
    ),
}
RETURNED = (
    "Mohon lengkapi hasil dan jumlahnya.",
    "Lamanya belum sesuai dengan hasilnya, mohon diperiksa kembali.",
    "Uraian terlalu umum, tuliskan berkas yang dikerjakan.",
)
REJECTED = ("Bukan bagian dari tugas jabatan.", "Sudah dicatat pada aktivitas lain hari itu.")
CORRECTED = "Hasil dan jumlah sudah dilengkapi."


@lru_cache(maxsize=1_024)
def works_of(title: str) -> Sequence[Work]:
    """What somebody of this post does; part of it is what every office does."""
    for words, works in BY_TITLE.items():
        if any(word in title for word in words.split("|")):
            return (*works, *works, *OFFICE[:3])
    return OFFICE
