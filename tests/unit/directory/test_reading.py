"""Files as people send them: encodings, headers, cells, formulas; each fault with its place."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
import xlsxwriter

from services.directory.transfer.reading import read

SITES = "kode,nama,zona_waktu,berlaku_dari,berlaku_sampai\nL1,Balai Kota,Asia/Jakarta,2024-01-31,\n"


def places(data: bytes, name: str = "lokasi.csv", **options: Any) -> list[tuple[int, str]]:
    return [(one.row, one.column) for one in read(data, name, **options).findings]


def details(data: bytes, name: str = "lokasi.csv", **options: Any) -> str:
    return "\n".join(one.detail for one in read(data, name, **options).findings)


def book(cells: dict[str, dict[tuple[int, int], Any]]) -> bytes:
    """An XLSX with these cells; a text that begins with "=" is a formula with the cached result 1."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as out:
        for name, values in cells.items():
            page = out.add_worksheet(name)
            for (row, column), value in values.items():
                if isinstance(value, str) and value.startswith("="):
                    page.write_formula(row, column, value, None, 1)
                else:
                    page.write(row, column, value)
    return buffer.getvalue()


def archive(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name, text in files.items():
            out.writestr(f"{name}.csv", text)
    return buffer.getvalue()


HEADER = {(0, n): title for n, title in enumerate(("kode", "nama", "zona_waktu", "berlaku_dari"))}
GOOD = {(1, 0): "L1", (1, 1): "Balai Kota", (1, 2): "Asia/Jakarta", (1, 3): "2024-01-31"}


@pytest.mark.parametrize(
    "data",
    [
        SITES.encode(),
        SITES.encode("utf-8-sig"),
        b"\xff\xfe" + SITES.encode("utf-16-le"),
        b"\xfe\xff" + SITES.encode("utf-16-be"),
        SITES.replace(",", ";").encode(),
        SITES.replace(",", "\t").encode(),
        SITES.replace("\n", "\r\n").encode(),
        SITES.replace("kode,nama", "KODE , Nama").replace("zona_waktu", "Zona Waktu").encode(),
        SITES.replace("2024-01-31", "31/01/2024").encode(),
        SITES.replace("2024-01-31", "31-1-2024").encode(),
        SITES.replace("Balai Kota", '"Balai Kota"').encode() + b"\n , , ,,\n",
        b"\n\n" + SITES.encode(),
    ],
)
def test_the_same_line_in_many_dresses(data: bytes) -> None:
    tables = read(data, "lokasi.csv")
    assert tables.findings == []
    (line,) = tables.lines["lokasi"]
    assert [str(value) for value in line.values[:5]] == ["L1", "Balai Kota", "Asia/Jakarta", "2024-01-31", "None"]
    assert line.values[5:] == (None, None, None)
    assert line.sound


def test_names_that_are_not_ascii_survive_and_composed_forms_are_one() -> None:
    for name in ("Ñandú", "N\u0303andu\u0301", "  Ñandú "):
        tables = read(SITES.replace("Balai Kota", name).encode(), "lokasi.csv")
        assert tables.lines["lokasi"][0].values[1] == "Ñandú"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "kosong"),
        (b"  \n ", "kosong"),
        (SITES.replace("Balai", "Balé").encode("cp1252"), "0xE9 pada baris 2"),
        (SITES.replace("Balai", "Balé").encode("cp1252"), "Balé Kota"),
        (b"\xff\xfe" + SITES.encode("utf-16-le") + b"\x00", "UTF-16-LE"),
        (SITES.encode("utf-16-le"), "byte nol"),
        (b"\x89PNG\x00\x00", "byte nol"),
        (SITES.encode() + b'L2,"Balai,Asia/Jakarta,2024-01-31,\n', "susunan CSV rusak"),
        (b"PK\x03\x04 not really", "rusak atau terpotong"),
        (book({"lokasi": HEADER | GOOD})[:-500], "rusak atau terpotong"),
        (archive(), "tidak berisi satu baris"),
        (b"kode,nama,zona_waktu,berlaku_dari\n", "tidak berisi satu baris"),
    ],
)
def test_files_that_cannot_be_read_say_why(data: bytes, says: str) -> None:
    assert says in details(data)


def test_an_encoding_that_is_named_is_believed() -> None:
    tables = read(SITES.replace("Balai", "Balé").encode("cp1252"), "lokasi.csv", encoding="cp1252")
    assert tables.findings == []
    assert tables.lines["lokasi"][0].values[1] == "Balé Kota"


@pytest.mark.parametrize(
    ("header", "column", "says"),
    [
        ("kode,nama,zona waktu,berlaku_dri", "berlaku_dri", "maksud Anda 'berlaku_dari'"),
        ("kode,nama,zona waktu,berlaku_dri", "berlaku_dari", "yang terdekat dalam berkas: 'berlaku_dri'"),
        ("kode,nama,zona_waktu,berlaku_dari,nama", "nama", "dua kali"),
        ("kode,nama,berlaku_dari", "zona_waktu", "kolom wajib ini tidak ada"),
        ("kode,nama,zona_waktu,berlaku_dari,warna", "warna", "kolom yang dikenal: kode, nama"),
    ],
)
def test_headers(header: str, column: str, says: str) -> None:
    found = [one for one in read(f"{header}\nL1,B,C,D,E\n".encode(), "lokasi.csv").findings if one.column == column]
    assert [(one.row, one.sheet) for one in found] == [(1, "lokasi")]
    assert says in found[0].detail


def test_a_list_is_known_by_its_name_or_else_by_its_headers() -> None:
    assert read(SITES.encode(), "Data Kantor 2026.csv").lines.keys() == {"lokasi"}
    assert "tidak dikenali" in details(b"a,b,c\n1,2,3\n", "Data.csv")
    assert "dua kali" in details(archive(lokasi=SITES, kantor=SITES), "x.zip")


@pytest.mark.parametrize(
    ("sheet", "line", "wrong"),
    [
        ("lokasi", "L1,=1+1,Asia/Jakarta,2024-01-01", ["nama"]),
        ("lokasi", "@L1,-B,+C,2024-01-01", ["kode", "nama", "zona_waktu"]),
        ("lokasi", '"L\t1",B,Asia/Jakarta,2024-01-01', ["kode"]),
        ("lokasi", '"L1","B\nC",Asia/Jakarta,2024-01-01', ["nama"]),
        ("lokasi", "L1,B,Asia/Djakarta,2024-02-30", ["zona_waktu", "berlaku_dari"]),
        ("lokasi", ",,,", []),
        ("lokasi", ",B,,", ["kode", "zona_waktu", "berlaku_dari"]),
        ("lokasi", f"{'L' * 41},{'B' * 201},Asia/Jakarta,1/1/24", ["kode", "nama", "berlaku_dari"]),
        ("lokasi", "L1,B,Asia/Jakarta,2024-01-01,lebih", [""]),
        ("lokasi", "L1,B,Asia/Jakarta,2024-01-01, ,", []),
        ("tempat", "L1,B,Asia/Jakarta,2024-01-01,-5.147665,119.43,150", []),
        ("tempat", 'L1,B,Asia/Jakarta,2024-01-01,"-5,147665",-119,10', []),
        ("tempat", "L1,B,Asia/Jakarta,2024-01-01,=1+1,nan,1.5", ["lintang", "bujur", "radius_m"]),
        ("jabatan", "J1,B,Kepala,18,2024-01-01", ["jenis", "kelas"]),
        ("jabatan", "J1,B,jpt PRATAMA,17,2024-01-01", []),
        ("jabatan", "J1,B,Pelaksana,1.5,2024-01-01", ["kelas"]),
    ],
)
def test_cells(sheet: str, line: str, wrong: list[str]) -> None:
    site = "kode,nama,zona_waktu,berlaku_dari"
    header = {
        "lokasi": site,
        "tempat": f"{site},lintang,bujur,radius_m",
        "jabatan": "kode,nama,jenis,kelas,berlaku_dari",
    }
    good = {
        "lokasi": "X1,Y,Asia/Jakarta,2024-01-01",
        "tempat": "X1,Y,Asia/Jakarta,2024-01-01,,,",
        "jabatan": "X1,Y,Pelaksana,1,2024-01-01",
    }
    found = places(f"{header[sheet]}\n{line}\n{good[sheet]}\n".encode(), f"{sheet}.csv")
    assert [column for _, column in found] == wrong
    assert {row for row, _ in found} <= {2, 3}


def test_xlsx_cells_as_spreadsheets_keep_them() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"remove_timezone": True}) as out:
        page = out.add_worksheet("Lokasi")
        for (row, column), value in HEADER.items():
            page.write(row + 2, column + 1, value)  # a table that does not begin in A1
        page.write_number(3, 1, 12)
        page.write(3, 2, "B")
        page.write(3, 3, "Asia/Jakarta")
        page.write_datetime(3, 4, datetime(2024, 1, 31, tzinfo=UTC), out.add_format({"num_format": "d mmm yyyy"}))
    tables = read(buffer.getvalue(), "x.xlsx")
    assert tables.findings == []
    (line,) = tables.lines["lokasi"]
    assert [str(value) for value in line.values[:5]] == ["12", "B", "Asia/Jakarta", "2024-01-31", "None"]


def test_a_formula_is_refused_whatever_it_shows() -> None:
    data = book({"lokasi": HEADER | GOOD | {(1, 1): '="Balai"&" Kota"', (2, 0): "=A2", (2, 1): "B"}})
    tables = read(data, "x.xlsx")
    formulas = [(one.row, one.column) for one in tables.findings if "rumus" in one.detail]
    assert formulas == [(2, "nama"), (3, "kode")]


def test_formulas_are_found_across_the_blocks_a_large_sheet_is_read_in() -> None:
    rows = 12_000
    cells: dict[tuple[int, int], Any] = dict(HEADER)
    for row in range(1, rows):
        cells |= {(row, 0): f"L{row}", (row, 1): "Balai Kota", (row, 2): "Asia/Jakarta", (row, 3): "2024-01-31"}
    wanted = list(range(7, rows, 101))
    cells |= {(row, 1): '="x"' for row in wanted}
    found = [one.row for one in read(book({"lokasi": cells}), "x.xlsx").findings if "rumus" in one.detail]
    assert found == [row + 1 for row in wanted]


def test_a_number_typed_as_a_number_is_refused_because_its_last_digits_are_gone() -> None:
    header = ("nip", "nama", "jenis_kelamin", "status")
    cells: dict[tuple[int, int], Any] = {(0, n): title for n, title in enumerate(header)}
    cells |= {(1, 0): 198609262015051001, (1, 1): "Budi", (1, 2): "L", (1, 3): "PNS"}
    (found,) = read(book({"pegawai": cells}), "x.xlsx").findings
    assert (found.row, found.column) == (2, "nip")
    assert "format kolom menjadi Teks" in found.detail


def test_other_sheets() -> None:
    noted = book({"lokasi": HEADER | GOOD, "petunjuk": {(0, 0): "apa saja"}, "kosong": {}})
    assert read(noted, "x.xlsx").findings == []
    assert "tidak dikenali" in details(book({"lokasi": HEADER | GOOD, "Catatan": {(0, 0): "x"}}), "x.xlsx")


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.directory.transfer.reading.UNPACKED_LIMIT", 1 << 20)
    assert "terurai melebihi" in details(archive(lokasi=SITES + "x" * (2 << 20)), "x.zip")
    big = {(row, 0): "x" * 100 + str(row) for row in range(20_000)}
    assert "terurai menjadi" in details(book({"lokasi": big}), "x.xlsx")
