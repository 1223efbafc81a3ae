"""One JSON object a line, with the trace, without secrets, from our code and from libraries alike."""

import json
import logging
from typing import Any

import pytest
import structlog

from kit import log
from kit.telemetry import entry


class Lines:
    """Logs to what the test captures (made in the test itself: set-up writes elsewhere); tells what is new."""

    def __init__(self, capsys: pytest.CaptureFixture[str], level: str = "info") -> None:
        log.configure("things", level)
        self._capsys = capsys

    def __call__(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._capsys.readouterr().out.splitlines()]


def test_a_line_says_when_what_how_bad_and_who(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(capsys)
    structlog.get_logger().info("stored", count=3, name="Siti é")
    [line] = lines()
    assert line.pop("time").endswith("Z")
    assert line == {"event": "stored", "level": "info", "service": "things", "count": 3, "name": "Siti é"}


def test_a_line_inside_a_trace_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(capsys)
    trace, span = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
    with entry("GET", traceparent=f"00-{trace}-{span}-00"):
        structlog.get_logger().info("inside")
        logging.getLogger("some.library").warning("inside too")
    structlog.get_logger().info("outside")
    assert [(line.get("trace_id"), line.get("span_id")) for line in lines()] == [
        (trace, span),
        (trace, span),
        (None, None),
    ]


def test_libraries_log_in_the_same_form(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(capsys)
    logging.getLogger("some.library").warning("half of %s", "it")
    [line] = lines()
    assert (line["event"], line["level"], line["logger"]) == ("half of it", "warning", "some.library")


def test_what_is_below_the_level_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(capsys, "warning")
    structlog.get_logger().info("no")
    logging.getLogger("some.library").info("no")
    structlog.get_logger().warning("yes")
    assert [line["event"] for line in lines()] == ["yes"]


@pytest.mark.parametrize("name", log.QUIET)
def test_talkative_libraries_are_heard_from_warning_on(capsys: pytest.CaptureFixture[str], name: str) -> None:
    lines = Lines(capsys)
    logging.getLogger(f"{name}.part").info("no")
    logging.getLogger(f"{name}.part").warning("yes")
    assert [line["event"] for line in lines()] == ["yes"]


@pytest.mark.parametrize("field", sorted(log.SECRET_FIELDS))
def test_secrets_are_not_written(capsys: pytest.CaptureFixture[str], field: str) -> None:
    lines = Lines(capsys)
    structlog.get_logger().info("connecting", **{field: "hunter2"})
    [line] = lines()
    assert line[field] == log.REDACTED


def test_an_exception_is_written_without_local_variables(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(capsys)

    def fails(secret: str) -> None:
        raise ValueError("no")

    try:
        fails("hunter2")
    except ValueError:
        structlog.get_logger().exception("failed")
    try:
        fails("hunter2")
    except ValueError:
        logging.getLogger("some.library").exception("failed")
    found = lines()
    assert [line["exception"][0]["exc_type"] for line in found] == ["ValueError", "ValueError"]
    assert "hunter2" not in json.dumps(found)


def test_a_level_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        log.configure("things", "chatty")
