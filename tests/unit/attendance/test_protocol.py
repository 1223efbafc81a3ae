"""The texts of the protocol: request lines, handshake, tables, results."""

import json
from datetime import UTC, datetime

import pytest

from kit.proxies import Proxies
from services.attendance.devices.answers import counted, handshake, zone_option
from services.attendance.devices.models import Device
from services.attendance.devices.tables import (
    count_lines,
    operations,
    read_options,
    state_of_info,
    state_of_options,
)
from services.attendance.devices.target import read_target
from services.attendance.settings import AttendanceSettings

NOW = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "path",
    ["/iclock/cdata", "/iclock/cdata/", "/iclock/cdata.aspx", "/ICLOCK/../iclock/cdata", "/basis/apa/iclock/cdata"],
)
def test_the_endpoint_is_found_behind_any_base_path(path: str) -> None:
    target = read_target(path, b"sn=KNJ1&Table=attlog&table=OPERLOG&Stamp=9999")
    assert (target.endpoint, target.serial, target.table, target.token) == ("cdata", "KNJ1", "ATTLOG", "")


def test_a_token_in_the_path() -> None:
    assert read_target("/d/abcDEF_123-45/iclock/getrequest", b"SN=KNJ1").token == "abcDEF_123-45"
    assert read_target("/iclock/getrequest", b"SN=KNJ1").token == ""


@pytest.mark.parametrize("query", [b"", b"SN=", b"SN=a%20b", b"SN=%00%01", b"SN=" + b"9" * 65, b"&&=&", b"\xff\xfe"])
def test_no_usable_serial(query: bytes) -> None:
    assert read_target("/iclock/cdata", query).serial == ""


@pytest.mark.parametrize("path", ["/", "/favicon.ico", "/cdata", "/iclockcdata"])
def test_a_path_that_is_no_terminals(path: str) -> None:
    assert read_target(path, b"SN=KNJ1").endpoint == ""


def test_only_our_own_edge_may_say_where_a_terminal_is() -> None:
    here = Proxies(AttendanceSettings.model_fields["trusted_proxies"].default)
    for peer in ("127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"):
        assert here.client(peer, "203.0.113.77, 10.1.2.3") == "10.1.2.3"
        assert here.client(peer, "") == peer
    for peer in ("10.9.9.9", "2001:db8::1", "", "unknown"):
        assert here.client(peer, "203.0.113.77") == peer


def test_in_a_network_of_its_own_the_edge_speaks_from_anywhere_there() -> None:
    cluster = Proxies("10.42.0.0/16, fd00::/8")
    assert cluster.client("10.42.7.3", "203.0.113.77") == "203.0.113.77"
    assert cluster.client("fd00::7", "203.0.113.77") == "203.0.113.77"
    assert cluster.client("10.43.7.3", "203.0.113.77") == "10.43.7.3"
    with pytest.raises(ValueError, match="anywhere"):
        Proxies("anywhere")


def test_the_handshake_never_asks_for_everything_by_accident() -> None:
    lines = handshake("KNJ1", Device(serial="KNJ1"), "Asia/Makassar", NOW).decode().split("\n")
    assert lines[0] == "GET OPTION FROM: KNJ1"
    assert {"Realtime=1", "Encrypt=None", "TimeZone=8"} <= set(lines)
    stamps = [line for line in lines if "stamp=" in line.lower()]
    assert stamps
    assert all(line.endswith("=9999") for line in stamps)


def test_a_recollection_asks_for_attendance_only() -> None:
    lines = handshake("KNJ1", Device(serial="KNJ1"), "Asia/Jakarta", NOW, recollect=True).decode().split("\n")
    assert {"ATTLOGStamp=0", "Stamp=0", "OPERLOGStamp=9999", "ATTPHOTOStamp=9999"} <= set(lines)


@pytest.mark.parametrize(
    ("zone", "option"),
    [
        ("Asia/Jakarta", 7),
        ("Asia/Makassar", 8),
        ("Asia/Jayapura", 9),
        ("Asia/Kolkata", 330),
        ("America/St_Johns", -210),
    ],
)
def test_the_zone_is_an_integer(zone: str, option: int) -> None:
    assert zone_option(zone, NOW) == option


def test_counted() -> None:
    assert counted(9) == b"OK: 9"


@pytest.mark.parametrize(("body", "count"), [(b"", 0), (b"a", 1), (b"a\r\n\r\nb\n", 2), (b"\n \t\n", 0), (b"\0\n", 1)])
def test_lines_are_counted_without_blank_ones(body: bytes, count: int) -> None:
    assert count_lines(body) == count


def test_operations() -> None:
    found = operations(b"OPLOG 21\t14\t2026-03-02 07:00:10\t0\t0\t0\t0\nUSER PIN=1\nOPLOG x\t1\t2\nOPLOG 4\t\t\t")
    assert [(operation.code, operation.operator, operation.local_time) for operation in found] == [
        (21, "14", "2026-03-02 07:00:10"),
        (4, "", ""),
    ]


def test_options_and_info() -> None:
    options = read_options(b"~DeviceName=Wajah 7,TransactionCount=311,UserCount=6x,FWVersion=V1\r\nFaceCount=60")
    assert state_of_options(options) == {"model": "Wajah 7", "firmware": "V1", "held": 311, "faces": 60}
    assert state_of_info("Ver8.0.4,64,70,4021,192.0.2.62") == {
        "firmware": "Ver8.0.4",
        "users": 64,
        "fingers": 70,
        "held": 4021,
    }
    assert state_of_info("") == {}
    assert json.dumps(state_of_info("a,²,3")) == '{"firmware": "a", "fingers": 3}'
