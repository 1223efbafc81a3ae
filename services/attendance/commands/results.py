"""Reads what a terminal posts to `devicecmd`: single, batched, with options appended, or one key a line. Pure.

Shapes: devices.md section 1.5. `ID=..&Return=..&CMD=..` per line; INFO appends key=value lines; Shell results are
one key=value per line.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from services.attendance.punches.lines import decode

_START = re.compile(r"(?i)^id=")


@dataclass(slots=True)
class Result:
    """One command's result. `returned` is None when the terminal sent no number; `extra` are other key=value pairs."""

    command_id: str
    returned: int | None = None
    command: str = ""
    extra: dict[str, str] = field(default_factory=dict)


def read_results(body: bytes) -> list[Result]:
    """All results in a body. Never raises; lines before the first `ID=` are ignored (the raw body is kept)."""
    results: list[Result] = []
    for raw in body.split(b"\n"):
        line = decode(raw).strip("\r\0 \t")
        if _START.match(line):
            results.append(Result(""))
        if not line or not results:
            continue
        for pair in line.split("&") if _START.match(line) else [line]:
            _take(results[-1], pair)
    return results


def _take(result: Result, pair: str) -> None:
    name, _, value = pair.partition("=")
    match name.strip().lower():
        case "id":
            result.command_id = value.strip()[:64]
        case "return":
            result.returned = int(value) if re.fullmatch(r"\s*-?[0-9]{1,9}\s*", value) else None
        case "cmd":
            result.command = value.strip()[:200]
        case "":
            return
        case _:
            result.extra[name.strip().lstrip("~")[:64]] = unquote(value)[:1000]
