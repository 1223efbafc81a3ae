"""CloudEvents headers: what is written is read back, and what is wrong is named."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.envelope import EnvelopeError, attribute, event_type, headers, parse, rfc3339

WHEN = datetime(2026, 11, 23, 0, 28, 41, tzinfo=UTC)


def _headers(**changed: str) -> list[tuple[str, bytes]]:
    given_ = {
        "event_id": "p1",
        "event_type": "id.go.kinerja.attendance.punch.recorded.v1",
        "source": "/kinerja/attendance",
        "subject": "e1",
        "time": rfc3339(WHEN),
        "recorded": rfc3339(WHEN + timedelta(seconds=1)),
    }
    return headers(**{**given_, **changed})


def _without(name: str) -> list[tuple[str, bytes]]:
    return [(key, value) for key, value in _headers() if key != name]


def _with(name: str, value: bytes | None) -> list[tuple[str, bytes | None]]:
    return [(key, value if key == name else old) for key, old in _headers()]


text = st.text(min_size=1).filter(lambda found: "\x00" not in found)


@settings(deadline=None)  # the machine may be busy
@given(event_id=text, subject=text, source=text)
def test_written_attributes_are_read_back(event_id: str, subject: str, source: str) -> None:
    read = parse(_headers(event_id=event_id, subject=subject, source=source))
    assert (read.id, read.subject, read.source) == (event_id, subject, source)
    assert (read.time, read.recorded, read.traceparent) == (WHEN, WHEN + timedelta(seconds=1), "")


def test_a_traceparent_is_carried_only_when_there_is_one() -> None:
    trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    assert parse(_headers(traceparent=trace)).traceparent == trace
    assert "traceparent" not in dict(_headers())


@pytest.mark.parametrize("name", ["ce_type", "ce_id", "ce_time", "ce_recordedtime", "ce_source", "ce_subject"])
@pytest.mark.parametrize("how", ["absent", "empty", "null"])
def test_a_missing_attribute_is_named(name: str, how: str) -> None:
    broken = _without(name) if how == "absent" else _with(name, b"" if how == "empty" else None)
    with pytest.raises(EnvelopeError, match=f"header {name} is missing"):
        parse(broken)


@pytest.mark.parametrize(("value", "said"), [(b"0.3", "'0.3'"), (None, "''")])
def test_another_version_of_the_specification_is_refused(value: bytes | None, said: str) -> None:
    with pytest.raises(EnvelopeError, match=f"ce_specversion is {said}, expected '1.0'"):
        parse(_with("ce_specversion", value))


@pytest.mark.parametrize("name", ["ce_time", "ce_recordedtime"])
@pytest.mark.parametrize(
    ("value", "problem"), [(b"yesterday", "is not RFC 3339"), (b"2026-11-23T07:28:41", "has no offset")]
)
def test_a_malformed_instant_is_named(name: str, value: bytes, problem: str) -> None:
    with pytest.raises(EnvelopeError, match=f"header {name} {problem}"):
        parse(_with(name, value))


def test_bytes_that_are_not_text_do_not_crash_a_reader() -> None:
    assert parse(_with("ce_source", b"\xff\xfe")).source == "\ufffd\ufffd"
    assert event_type([("ce_type", b"\xff")]) == "\ufffd"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], ""),
        ([("ce_type", b"t")], "t"),
        ([("other", b"x"), ("ce_type", b"t")], "t"),
        ([("ce_type", None)], ""),
        ([("other", b"x")], ""),
    ],
)
def test_the_type_of_a_record_is_found_wherever_it_stands(found: list[tuple[str, bytes | None]], expected: str) -> None:
    assert event_type(found) == expected


def test_an_attribute_that_is_absent_or_null_is_empty() -> None:
    assert attribute([("a", None)], "a") == attribute([], "a") == ""


def test_ce_type_is_written_first() -> None:
    assert _headers()[0][0] == "ce_type"


@pytest.mark.parametrize(
    ("instant", "written"),
    [
        (WHEN, "2026-11-23T00:28:41Z"),
        (WHEN.replace(microsecond=120), "2026-11-23T00:28:41.000120Z"),
        (WHEN.astimezone(timezone(timedelta(hours=9))), "2026-11-23T00:28:41Z"),
    ],
)
def test_instants_are_written_in_utc(instant: datetime, written: str) -> None:
    assert rfc3339(instant) == written
