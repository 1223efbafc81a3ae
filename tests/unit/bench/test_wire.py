"""The bytes are those of devices.md section 1, and answers are read however the network cuts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.terminals.wire import (
    Answer,
    BadAnswer,
    Requests,
    command_results,
    face_line,
    finger_line,
    read_answer,
    read_options,
)
from services.attendance.punches.lines import read_attlog

OK = b"HTTP/1.1 200 OK\r\nDate: x\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nConnection: close\r\n\r\nOK: 1"


def test_a_push_is_byte_for_byte_what_a_terminal_sends() -> None:
    body = finger_line("1156", "2026-11-22 07:30:01", 1)
    assert body == b"1156\t2026-11-22 07:30:01\t1\t1\t\t0\t0\t\n"
    assert Requests("SN1", "10.0.0.1:8081").attlog(body) == (
        b"POST /iclock/cdata?SN=SN1&table=ATTLOG&Stamp=9999 HTTP/1.1\r\n"
        b"Host: 10.0.0.1:8081\r\n"
        b"User-Agent: iClock Proxy/1.09\r\n"
        b"Connection: close\r\n"
        b"Accept: */*\r\n"
        b"Content-Length: 35\r\n"
        b"\r\n" + body
    )


def test_a_kept_connection_and_a_token_in_the_path() -> None:
    requests = Requests("SN1", "h", keep_alive=True, path="/d/geheim00")
    assert requests.poll.startswith(b"GET /d/geheim00/iclock/getrequest?SN=SN1 HTTP/1.1\r\n")
    assert b"\r\nConnection: keep-alive\r\n" in requests.poll
    assert requests.handshake.startswith(b"GET /d/geheim00/iclock/cdata?SN=SN1&options=all&")


@pytest.mark.parametrize(("make", "status"), [(finger_line, "0"), (face_line, "255")])
def test_the_service_reads_each_line_as_one_punch(make: object, status: str) -> None:
    assert callable(make)
    found = read_attlog(make("00123", "2026-11-22 07:30:01"))
    assert [(line.pin, line.local_time, line.status) for line in found.lines] == [
        ("00123", "2026-11-22 07:30:01", status)
    ]
    assert not found.malformed


@given(st.integers(0, len(OK) * 2))
def test_answers_are_found_whole_wherever_the_stream_is_cut(cut: int) -> None:
    stream = OK + OK.replace(b"OK: 1", b"OK: 2")
    received, answers = b"", []
    for part in (stream[:cut], stream[cut:]):
        received += part
        while (found := read_answer(received)) is not None:
            answers.append(found[0])
            received = received[found[1] :]
    assert [answer.acknowledged for answer in answers] == [1, 2]
    assert received == b""


@pytest.mark.parametrize(
    ("status", "body", "count"),
    [
        (200, b"OK: 9", 9),
        (200, b"OK:9\n", 9),
        (200, b"OK", None),
        (200, b"OK: x", None),
        (503, b"OK: 9", None),
        (200, b"<html>", None),
    ],
)
def test_only_a_count_makes_a_terminal_forget(status: int, body: bytes, count: int | None) -> None:
    assert Answer(status, body, closes=True).acknowledged == count


@pytest.mark.parametrize("received", [b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n", b"nonsense\r\n\r\n", b"x" * 70_000])
def test_what_is_no_answer_is_refused(received: bytes) -> None:
    with pytest.raises(BadAnswer):
        read_answer(received)


def test_whether_the_server_closes_is_read_in_any_case() -> None:
    found = read_answer(OK)
    assert found is not None
    assert found[0].closes
    kept = read_answer(OK.replace(b"Connection: close\r\n", b""))
    assert kept is not None
    assert not kept[0].closes


def test_options_of_a_handshake() -> None:
    found = read_options(b"GET OPTION FROM: SN1\r\nDelay=10\r\nErrorDelay=30\nTransFlag=TransData AttLog\tOpLog\n")
    assert found == {"Delay": "10", "ErrorDelay": "30", "TransFlag": "TransData AttLog\tOpLog"}


def test_commands_are_answered_by_their_ids() -> None:
    body = b"C:12:CHECK\nC:13:DATA QUERY ATTLOG StartTime=2026-11-22 00:00:00\tEndTime=2026-11-22 23:59:59\n"
    assert command_results(body) == b"ID=12&Return=0&CMD=CHECK\nID=13&Return=-1002&CMD=DATA\n"
    assert command_results(b"OK") == b""
