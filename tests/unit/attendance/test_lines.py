"""devices.md section 1.3: what is a punch, what is held, and that no line is lost."""

import pytest

from services.attendance.punches.lines import code, is_wall_time, pin_of, read_attlog
from tests.fixtures.iclock.write import FILES


def body(name: str) -> bytes:
    content = next(content for file, content in FILES.items() if file.startswith(name))
    return content.partition(b"\r\n\r\n")[2] if b" HTTP/1.1\r\n" in content else content


@pytest.mark.parametrize(
    ("name", "punches", "malformed"),
    [
        ("10", 9, 0),
        ("11", 1, 0),
        ("12", 1, 0),
        ("13", 1, 0),
        ("14", 1, 0),
        ("15", 1, 0),
        ("16", 2, 5),
        ("17", 20, 0),
        ("18", 1, 0),
        ("20", 5, 0),
        ("21", 128, 0),
        ("22", 4, 0),
        ("23", 0, 0),
        ("24", 2, 0),
    ],
)
def test_counts_of_the_documented_shapes(name: str, punches: int, malformed: int) -> None:
    found = read_attlog(body(name))
    assert (len(found.lines), len(found.malformed)) == (punches, malformed)


def test_fields_by_position_with_an_empty_workcode_and_a_trailing_tab() -> None:
    line = read_attlog(b"1156\t2024-08-05 12:40:57\t1\t15\t\t0\t0\t\n").lines[0]
    assert (line.pin, line.local_time, line.status, line.verify, line.offset) == (
        "1156",
        "2024-08-05 12:40:57",
        "1",
        "15",
        None,
    )


def test_pins_stay_text() -> None:
    pins = [line.pin for line in read_attlog(body("24")).lines]
    assert pins == ["00047", "198803122014062003"]


def test_the_terminals_own_offset_is_read() -> None:
    assert read_attlog(body("18")).lines[0].offset == 25_200


@pytest.mark.parametrize("offset", ["25200", "+999999", "+90000", "", "+7:00"])
def test_an_offset_that_is_none_is_ignored(offset: str) -> None:
    line = f"1\t2026-03-02 07:30:00\t0\t1\t0\t0\t0\t0\t0\t0\t{offset}\t"
    assert read_attlog(line.encode()).lines[0].offset is None


def test_keyed_and_spaced_lines_are_the_same_punch_as_a_tab_line() -> None:
    tab = read_attlog(b"43\t2026-03-02 07:30:00\t0\t2").lines[0][:4]
    keyed = read_attlog(b"PIN=43\tTime=2026-03-02 07:30:00\tStatus=0\tVerifyMode=2").lines[0][:4]
    spaced = read_attlog(b"  43 2026-03-02 07:30:00 0 2 0 0").lines[0][:4]
    assert tab == keyed == spaced


@pytest.mark.parametrize(
    "line",
    [
        b"1\t2026-02-30 07:00:00\t0\t1",
        b"1\t2026-03-02 24:00:00\t0\t1",
        b"1\t2026-03-02 23:59:60\t0\t1",
        b"1\t2026-3-2 07:00:00\t0\t1",
        b"1\t2026-03-02T07:00:00\t0\t1",
        "1\t２０２６-03-02 07:00:00\t0\t1".encode(),
        b"\t2026-03-02 07:00:00\t0\t1",
        b"1\x002\t2026-03-02 07:00:00\t0\t1",
        b"1\t1772436600\t0\t1",
        b"1\t2026-03-02 07:00:00",
        b"1" * 33 + b"\t2026-03-02 07:00:00\t0\t1",
        b"\x00",
    ],
)
def test_anything_doubtful_is_held_as_its_own_bytes(line: bytes) -> None:
    found = read_attlog(line + b"\n\n")
    assert found.lines == []
    assert [bad.line for bad in found.malformed] == [line]


def test_lines_that_are_not_utf8_are_read_all_the_same() -> None:
    found = read_attlog(b"1\t2026-03-02 07:00:00\t0\t1\n" + "李四\n".encode("gbk") + b"\xff\xfe\n")
    assert [line.pin for line in found.lines] == ["1"]
    assert [bad.line for bad in found.malformed] == ["李四".encode("gbk"), b"\xff\xfe"]


def test_codes_have_one_spelling() -> None:
    assert [code(text) for text in ("01", " 1 ", "255", "", "x", "²")] == ["1", "1", "255", "", "x", "²"]


def test_a_padded_pin_of_a_file_is_the_pin_of_the_push() -> None:
    assert pin_of("        5") == "5"
    assert pin_of("\ufeff        5") == "5"
    assert pin_of("   ") is None


def test_leap_days() -> None:
    assert is_wall_time("2024-02-29 00:00:00")
    assert not is_wall_time("2026-02-29 00:00:00")
