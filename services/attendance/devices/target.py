"""What a terminal asks for, read from the request line alone. Pure.

devices.md section 1.1: any base path before `/iclock/`, a token as `/d/<token>`, `.aspx` behind the name, a trailing
slash, parameter names in any case, duplicates (the first counts).
"""

import re
from functools import lru_cache
from ipaddress import ip_address, ip_network
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


class Proxies:
    """Our own edge: only what it says of where a terminal is counts. `networks`: where it speaks from, as CIDR,
    separated by commas. Raises ValueError for anything else."""

    def __init__(self, networks: str) -> None:
        self._networks = tuple(ip_network(one.strip()) for one in networks.split(","))
        self._ours = lru_cache(1_024)(self._within)

    def client(self, peer: str, forwarded: str) -> str:
        """The terminal's address. Of `X-Forwarded-For` only the last hop: what stands before it was written by the
        terminal (devices.md sections 1.1 and 1.8)."""
        if forwarded and self._ours(peer):
            return forwarded.rsplit(",", 1)[-1].strip() or peer
        return peer

    def _within(self, peer: str) -> bool:
        try:
            found = ip_address(peer)
        except ValueError:
            return False
        found = getattr(found, "ipv4_mapped", None) or found
        return any(found in network for network in self._networks)
