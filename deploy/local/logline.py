"""One line of any child's log as a person reads it: time, level, what happened, and the rest as name=value."""

import json
from datetime import UTC, datetime
from typing import Any

# Written by kit/log.py on every line and of no use to the eye.
UNSEEN = {"time", "level", "event", "service", "trace_id", "span_id", "logger", "exception", "timestamp"}


def readable(raw: bytes) -> str | None:
    """The line to show, or None when it is of no use in the common view. What is not JSON stays as it is."""
    text = raw.decode(errors="replace").rstrip()
    if not text.startswith("{"):
        return text or None
    try:
        line = json.loads(text)
    except ValueError:
        return text
    if "event" in line:
        return _service(line)
    if "msg" in line and "s" in line:
        return _mongod(line)
    if "msg" in line and "level" in line:
        return _caddy(line)
    return text


def _service(line: dict[str, Any]) -> str | None:
    level = str(line.get("level", "info"))
    if level == "debug":
        return None
    parts = [_clock(str(line.get("time", ""))), _mark(level), str(line["event"])]
    parts += [f"{name}={value}" for name, value in line.items() if name not in UNSEEN]
    if exception := line.get("exception"):
        parts.append(_raised(exception))
    return " ".join(part for part in parts if part)


def _raised(exception: Any) -> str:
    if isinstance(exception, list) and exception and isinstance(exception[0], dict):
        return f"[{exception[0].get('exc_type')}: {exception[0].get('exc_value')}]"
    return f"[{exception}]"


def _mongod(line: dict[str, Any]) -> str | None:
    """Severities are F(atal), E(rror), W(arning), I(nfo), D1-5; the advice it gives at each start is not shown."""
    if line["s"] not in {"F", "E", "W"} or "startupWarnings" in line.get("tags", []):
        return None
    level = {"F": "critical", "E": "error", "W": "warning"}[line["s"]]
    return (
        f"{_clock(line.get('t', {}).get('$date', ''))} {_mark(level)}{line['msg']} {json.dumps(line.get('attr', {}))}"
    )


def _caddy(line: dict[str, Any]) -> str | None:
    if line["level"] in {"debug", "info"}:
        return None
    clock = datetime.fromtimestamp(float(line.get("ts", 0)), UTC).astimezone().strftime("%H:%M:%S")
    return f"{clock} {_mark(line['level'])}{line['msg']} {line.get('error', '')}".rstrip()


def _mark(level: str) -> str:
    return "" if level == "info" else f"{level.upper()} "


def _clock(iso: str) -> str:
    try:
        return datetime.fromisoformat(iso).astimezone().strftime("%H:%M:%S")
    except ValueError:
        return ""
