"""Commands as text, results as sent: devices.md section 1.5."""

from datetime import datetime

import pytest

from services.attendance.commands.results import read_results
from services.attendance.commands.rules import Kind, clean, encoded_time, meaning, text_of
from services.attendance.commands.store import new_id
from tests.fixtures.iclock.write import FILES

CLOCK = datetime(2026, 1, 5, 7, 30)  # noqa: DTZ001 - a terminal's wall time has no zone
PERIOD = {"start": "2026-01-05 00:00:00", "end": "2026-01-05 23:59:59"}


@pytest.mark.parametrize(
    ("kind", "parameters", "text"),
    [
        ("check", {}, "CHECK"),
        ("info", {}, "INFO"),
        ("reboot", {}, "REBOOT"),
        ("query_attlog", PERIOD, "DATA QUERY ATTLOG StartTime=2026-01-05 00:00:00\tEndTime=2026-01-05 23:59:59"),
        ("verify_attlog", PERIOD, "VERIFY SUM ATTLOG StartTime=2026-01-05 00:00:00\tEndTime=2026-01-05 23:59:59"),
        ("set_time", {}, "SET OPTION DateTime=836033400"),
        ("delete_user", {"pin": "1452"}, "DATA DELETE USERINFO PIN=1452"),
        (
            "update_user",
            {"pin": "1452", "name": "Budi Santoso"},
            "DATA UPDATE USERINFO PIN=1452\tName=Budi Santoso\tPri=0\tPasswd=\tCard=\tGrp=1\tTZ=0000000100000000"
            "\tVerify=0\tViceCard=",
        ),
    ],
)
def test_text_of_a_command(kind: Kind, parameters: dict[str, str], text: str) -> None:
    assert text_of(kind, parameters, CLOCK) == text


def test_a_name_cannot_start_a_second_command() -> None:
    text = text_of("update_user", {"pin": "1", "name": "Eva\nC:9:CLEAR LOG\tPri=14\r\0"}, CLOCK)
    assert "\n" not in text
    assert "\r" not in text
    assert "\0" not in text
    assert text.count("Pri=") == 2, "the name holds the words, but as text of one field"
    assert "\tPri=14" not in text
    assert clean("a\tb\r\nc") == "a b  c"


def test_time_as_an_integer() -> None:
    assert encoded_time(CLOCK) == 836_033_400


def test_ids_fit_firmware() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(one) <= 16 and one.isascii() and one.isalnum() for one in ids)


def test_a_batch_of_results() -> None:
    found = read_results(FILES["61_devicecmd_batch.body.txt"])
    assert [(one.command_id, one.returned, one.command) for one in found] == [
        ("2001", 0, "DATA"),
        ("2003", -1002, "DATA"),
        ("2004", -10, "DATA"),
        ("2006", 0, "CHECK"),
    ]
    assert "tidak didukung" in meaning(-1002)


def test_a_count_with_its_period() -> None:
    found = read_results(FILES["62_devicecmd_verifysum.body.txt"])[0]
    assert found.command == "VERIFY SUM"
    assert found.extra == {
        "StartTime": "2026-03-02 00:00:00",
        "EndTime": "2026-03-02 23:59:59",
        "AttlogSum": "64",
    }


def test_options_behind_an_info_result() -> None:
    found = read_results(FILES["63_devicecmd_info.body.txt"])
    assert len(found) == 1
    assert found[0].extra["TransactionCount"] == "311"
    assert found[0].extra["DeviceName"] == "Wajah 7"


def test_one_key_a_line() -> None:
    found = read_results(FILES["64_devicecmd_multiline.body.txt"])
    assert [(one.command_id, one.returned, one.command) for one in found] == [("69", 0, "Shell")]


@pytest.mark.parametrize("body", [b"", b"\0\0", b"Return=0&ID=1", b"\xff\xfe=\n", b"ID"])
def test_what_is_no_result_is_none(body: bytes) -> None:
    assert read_results(body) == []


def test_a_return_that_is_no_number() -> None:
    assert read_results(b"ID=1&Return=x&CMD=LOG")[0].returned is None
