"""What a terminal asks for, read from the request line alone. Pure.

devices.md section 1.1: any base path before `/iclock/`, a token as `/d/<token>`, `.aspx` behind the name, a trailing
slash, parameter names in any case, duplicates (the first counts).
"""

import re
from typing import NamedTuple
from urllib.parse import unquote, unquote_plus

from services.attendance.devices.models import SERIAL

_SERIAL = re.compile(SERIAL)
_TOKEN = re.compile(r"/d/([A-Za-z0-9_-]{8,128})(?:/|$)")
MOST_PARAMETER = 4_096
MOST_SHOWN = 1_000


class Target(NamedTuple):
    """`endpoint` is the lower-case name after `/iclock/`, "" when the path is not a terminal's.

    `serial` is "" when absent or not a serial number. `table` is upper case. `shown` is the request line as it is kept
    beside the raw bytes, without the token.
    """

    endpoint: str
    serial: str
    table: str
    token: str
    parameters: dict[str, str]
    shown: str = ""


def read_target(path: str, query: bytes) -> Target:
    """Read a path (already percent-decoded or not) and a raw query string. Never raises."""
    parameters = _parameters(query)
    before, found, rest = unquote(path).partition("/iclock/")
    endpoint = ""
    if found:
        endpoint = rest.rstrip("/").lower().removesuffix(".aspx").rstrip("/")
    serial = parameters.get("sn", "").strip()
    token = _TOKEN.search(before + "/")
    return Target(
        endpoint,
        serial if _SERIAL.fullmatch(serial) else "",
        parameters.get("table", "").strip().upper()[:64],
        token[1] if token else "",
        parameters,
        f"{endpoint}?{'&'.join(f'{name}={value}' for name, value in parameters.items())}"[:MOST_SHOWN],
    )


def _parameters(query: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in query.decode("latin-1").split("&"):
        name, _, value = part.partition("=")
        if name:
            found.setdefault(unquote_plus(name).strip().lower()[:64], unquote_plus(value)[:MOST_PARAMETER])
    return found
