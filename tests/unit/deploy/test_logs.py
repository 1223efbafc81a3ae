"""The files get everything, the common view what a person reads."""

import io
import json
from pathlib import Path

import pytest

from deploy.local.logline import readable
from deploy.local.logs import LogFile, View


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode()


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"plain words\r", "plain words"),
        (b"", None),
        (b'{"half', '{"half'),
        (b"\xff\xfe", "\ufffd\ufffd"),
        (line(event="stored", level="info", service="attendance", trace_id="x", punches=9), "stored punches=9"),
        (line(event="retry", level="warning"), "WARNING  retry"),
        (line(event="chatter", level="debug"), None),
        (line(event="broke", level="error", exception=[{"exc_type": "OSError", "exc_value": "disk"}]), "OSError: disk"),
        (line(s="I", msg="Waiting for connections", t={"$date": "2026-11-22T07:30:00+07:00"}), None),
        (line(s="W", msg="Access control is not enabled", tags=["startupWarnings"]), None),
        (line(s="E", msg="WiredTiger error", attr={"error": 28}), 'WiredTiger error {"error": 28}'),
        (line(level="info", msg="serving", ts=1.0), None),
        (line(level="error", msg="no upstreams", ts=1.0, error="refused"), "no upstreams refused"),
        (line(other="shape"), '{"other": "shape"}'),
    ],
)
def test_a_line_as_it_is_shown(raw: bytes, shown: str | None) -> None:
    got = readable(raw)
    assert (got is None) if shown is None else (got is not None and shown in got)


def test_a_file_is_rotated_and_the_oldest_goes(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "kafka.log", limit=20, files=2)
    for number in range(12):
        log.write(f"line {number:04}".encode())
    log.close()
    kept = {path.name: path.read_text().split("\n")[0] for path in tmp_path.iterdir()}
    assert kept == {"kafka.log": "", "kafka.log.1": "line 0009", "kafka.log.2": "line 0006"}


def test_the_view_is_prefixed_and_not_coloured_unless_asked() -> None:
    out = io.StringIO()
    view = View(["kafka", "attendance"], out)
    view.say("two\nlines")
    view.line("kafka", b"started")
    view.line("kafka", b"")
    assert out.getvalue() == "kinerja    │ two\nkinerja    │ lines\nkafka      │ started\n"
    View(["kafka"], out, colour=True).line("kafka", b"red")
    assert "\x1b[36mkafka" in out.getvalue()


def test_a_terminal_that_has_gone_does_not_stop_the_stack(capsys: pytest.CaptureFixture[str]) -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    view = View(["kafka"], Gone())
    view.say("unheard")
    view.say("heard")
    assert "heard" in capsys.readouterr().err
