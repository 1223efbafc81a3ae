"""A file of holidays: everything wrong at once, by row and column; what is there already is not new."""

from datetime import date

import pytest

from services.attendance.schedules.holiday_file import TEMPLATE, compared, read

SITES = {"l01": "site-1", "balai kota": "site-1"}
HEADER = "tanggal;jenis;nama;sumber;lokasi;wilayah\n"


def told(text: str) -> dict[tuple[int, str], str]:
    return {(one.row, one.column): one.detail for one in read(text.encode(), SITES).remarks}


def test_the_template_is_a_file_that_can_be_read() -> None:
    found = read(TEMPLATE.encode(), SITES)
    assert found.remarks == []
    assert [(one.day, one.kind, one.regions) for _, one in found.holidays] == [
        (date(2026, 8, 17), "national", frozenset()),
        (date(2026, 5, 31), "local", frozenset({"35.78"})),
    ]


def test_rows_are_read_as_people_write_them() -> None:
    text = 'Tanggal,JENIS,Nama,Sumber,Lokasi\n17/8/2026, Cuti  Bersama ,"Cuti, bersama",SKB,L01; Balai Kota\n\n'
    ((row, one),) = read(text.encode("utf-16"), SITES).holidays
    assert (row, one.day, one.kind, one.name) == (2, date(2026, 8, 17), "joint_leave", "Cuti, bersama")
    assert one.sites == {"site-1"}


def test_everything_wrong_is_told_at_once() -> None:
    text = (
        HEADER + "2026-02-30;nasional;A;SKB;;\n;kota;;;;\n17-8-2026;nasional;=1+1;SKB;Atlantis;3578\n"
        "2026-01-01;nasional;Tahun Baru;SKB;;\n1/1/2026;nasional;Tahun baru;SKB;;\n"
    )
    assert told(text) == {
        (2, "tanggal"): "harus tanggal, contoh 2026-11-22",
        (3, "tanggal"): "wajib diisi",
        (3, "jenis"): "'kota' tidak dikenal; pilihan: nasional, libur nasional, cuti bersama, daerah, lokal",
        (3, "nama"): "wajib diisi",
        (3, "sumber"): "wajib diisi",
        (4, "nama"): "tidak boleh diawali '=' karena dibaca sebagai rumus oleh aplikasi lembar kerja",
        (4, "lokasi"): "'Atlantis' bukan kode atau nama lokasi kerja yang dikenal",
        (4, "wilayah"): "bentuknya tidak sesuai",
        (6, ""): "baris ini mengulang baris 5",
    }


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "kosong"),
        (b"tanggal,jenis,nama,sumber\n", "satu baris data pun"),
        (b"PK\x03\x04\x00\x00", "bukan teks CSV"),
        (b"tanggal,jenis,nama,sumber\n2026-01-01,nasional,Caf\xe9,SKB\n", "bukan UTF-8"),
        (b"tanggal,jenis,nama,sumber\n" + b"2026-01-01,nasional,A,SKB\n" * 2_001, "paling banyak 2000 baris"),
        (b'tanggal,jenis,nama,sumber\n2026-01-01,nasional,"A"B,SKB\n', "susunan CSV rusak"),
    ],
)
def test_a_file_that_cannot_be_read(data: bytes, says: str) -> None:
    found = read(data, SITES)
    assert (len(found.remarks), found.holidays) == (1, [])
    assert says in found.remarks[0].detail


def test_titles_that_are_missing_or_unknown() -> None:
    assert told("tanggal,jenis,nama,nama,catatan\n2026-01-01,nasional,A,B,C\n").keys() == {
        (1, "sumber"),
        (1, "nama"),
        (1, "catatan"),
    }


def test_what_is_there_is_not_new() -> None:
    text = HEADER + "2026-01-01;nasional;Tahun Baru;SKB;;\n2026-05-01;nasional;Buruh;SKB;;\n2026-06-01;daerah;X;P;;\n"
    given = read(text.encode(), SITES).holidays
    present = [given[0][1].row("a"), given[1][1].model_copy(update={"name": "Hari Buruh"}).row("b")]
    different, same = compared(given, present)
    assert same == 1
    assert [(new.name, old and old.id) for new, old in different] == [("Buruh", "b"), ("X", None)]
