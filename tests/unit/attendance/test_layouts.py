"""Which column means what: devices.md section 2."""

from collections import Counter

import pytest

from services.attendance.imports.layouts import PRESETS, BadColumns, custom, detect, read_lines
from services.attendance.imports.views import warnings_of
from services.attendance.punches.lines import read_attlog
from tests.fixtures.iclock.write import FILES


def sample(name: str) -> list[str]:
    return FILES[name].decode("utf-8-sig").split("\n")


@pytest.mark.parametrize(
    ("name", "preset"),
    [
        ("A_zk6.dat", "zk6"),
        ("B_solution5.dat", "solution5"),
        ("C_night_shifts.dat", "zk6"),
        ("D_narrow.dat", "zk6"),
        ("E_name_column.dat", None),
        ("F_bom_crlf.dat", "zk6"),
    ],
)
def test_detection(name: str, preset: str | None) -> None:
    layout = detect(sample(name))
    assert (layout.name if layout else None) == preset


def test_rubbish_has_no_layout() -> None:
    assert detect(["a\tb\tc", "", "\0"]) is None
    assert detect([]) is None


def test_the_extra_device_id_column_stands_before_status() -> None:
    found, devices = read_lines(FILES["C_night_shifts.dat"], PRESETS["zk6"])
    assert [(line.pin, line.status, line.verify) for line in found.lines] == [
        ("3", "0", "1"),
        ("14", "4", "1"),
        ("3", "1", "1"),
        ("14", "5", "1"),
    ]
    assert devices == Counter({"1": 4})


def test_a_file_line_has_the_identity_of_the_pushed_line() -> None:
    pushed = read_attlog(b"14\t2025-11-30 22:58:40\t4\t1\t0\t0\t0").lines[0]
    from_file = read_lines(FILES["C_night_shifts.dat"], PRESETS["zk6"])[0].lines[1]
    assert pushed[:4] == from_file[:4]


def test_ambiguous_columns_are_not_read() -> None:
    assert PRESETS["solution5"].ambiguous
    found, _ = read_lines(FILES["B_solution5.dat"], PRESETS["solution5"])
    assert {(line.status, line.verify) for line in found.lines} == {("", "")}
    assert len(found.lines) == 60


def test_bom_and_crlf() -> None:
    found, _ = read_lines(FILES["F_bom_crlf.dat"], PRESETS["zk6"])
    assert [line.pin for line in found.lines] == ["5", "5"]
    assert found.malformed == []


def test_columns_by_name() -> None:
    layout = custom(["pin", "name", "time", "status", "verify"])
    found, _ = read_lines(FILES["E_name_column.dat"], layout)
    assert [(line.pin, line.local_time, line.status, line.verify) for line in found.lines] == [
        ("9", "2014-04-20 09:36:49", "1", "0"),
        ("10", "2014-04-20 09:37:10", "1", "0"),
    ]
    assert not layout.ambiguous


@pytest.mark.parametrize("columns", [["pin"], ["time", "status"], ["pin", "pin", "time"], ["pin", "waktu"]])
def test_columns_that_cannot_be(columns: list[str]) -> None:
    with pytest.raises(BadColumns):
        custom(columns)


def test_lines_that_do_not_fit_are_held() -> None:
    content = b"1\t2026-03-02 07:30:00\t1\n\n\tx\n1\tkemarin\t1\t0\t1\t0\n"
    found, _ = read_lines(content, PRESETS["zk6"])
    assert (len(found.lines), len(found.malformed)) == (0, 3)


def test_warnings() -> None:
    zk6 = PRESETS["zk6"]
    assert warnings_of("1_attlog.dat", "KNJ1", "1", {"1": 9}, zk6) == []
    assert any("7" in text for text in warnings_of("1_attlog.dat", "KNJ1", "1", {"7": 9}, zk6))
    assert any("SN9" in text for text in warnings_of("SN9_attlog.dat", "KNJ1", "", {}, zk6))
    assert any("2 nomor mesin" in text for text in warnings_of("x.dat", "KNJ1", "", {"1": 1, "2": 1}, zk6))
    assert warnings_of("x.dat", "KNJ1", "", {}, PRESETS["solution5"])
