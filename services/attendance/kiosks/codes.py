"""The code a kiosk shows: `site.kiosk.step.digits`, a time-based one-time password (RFC 6238). Pure.

The kiosk works the digits out from its key and its clock, so it goes on showing codes while the network is away.
"""

import hmac
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

STEP_SECONDS = 30  # RFC 6238 section 5.2
WINDOW = 1  # steps a code counts before and after its own
DIGITS = 8


class Code(NamedTuple):
    """A code as read from a screen."""

    site_id: str
    kiosk_id: str
    step: int
    digits: str


def step_of(at: datetime) -> int:
    """The half minute an instant lies in, counted from 1970."""
    return int(at.timestamp()) // STEP_SECONDS


def digits_of(key: bytes, step: int) -> str:
    """TOTP with SHA-256 and eight digits (RFC 6238 section 1.2, truncation by RFC 4226 section 5.3)."""
    digest = hmac.digest(key, step.to_bytes(8, "big"), sha256)
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def read(text: str) -> Code | None:
    """The parts of a code, None when it is none. Its address, as a phone's camera opens it, may stand before it."""
    _, _, text = text.rpartition("=")
    parts = text.split(".")
    if len(parts) != 4 or not (parts[2].isascii() and parts[2].isdecimal() and len(parts[2]) <= 12):
        return None
    site, kiosk, step, digits = parts
    return Code(site, kiosk, int(step), digits)


def holds(code: Code, key: bytes, at: datetime) -> bool:
    """Whether it is the kiosk's own and of this moment, one step before and after included; in constant time."""
    genuine = hmac.compare_digest(digits_of(key, code.step).encode(), code.digits.encode())
    return genuine and abs(code.step - step_of(at)) <= WINDOW
