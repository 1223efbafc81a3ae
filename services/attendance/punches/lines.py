"""Reads an ATTLOG body: lenient, pure, never loses a line.

Grammar: devices.md section 1.3. Every non-blank line comes out either as a `PunchLine` or as `Malformed`, so that
`len(lines) + len(malformed)` is the number that the terminal is told (`OK: n`).
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

MAX_PIN = 32
BLANK = " \t\r\n\v\f"  # what bytes.strip() removes, so that every count of non-blank lines is the same
_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]")
_SPACED = re.compile(
    r"\s*(?P<pin>\S{1,32}) +(?P<time>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2})"
    r" +(?P<status>[0-9]{1,3}) +(?P<verify>[0-9]{1,3})(?: .*)?"
)
_OFFSET = re.compile(r"[+-][0-9]{1,5}")
_OFFSET_FIELD = 10
_MAX_OFFSET = 14 * 3600
_KEYED = {
    "pin": "pin",
    "time": "time",
    "datetime": "time",
    "status": "status",
    "verify": "verify",
    "verifymode": "verify",
    "verifytype": "verify",
}


class PunchLine(NamedTuple):
    """One attendance line understood. Texts as sent, trimmed; a PIN is text and never a number.

    `local_time` is naive wall time of the terminal, "YYYY-MM-DD HH:MM:SS". `status` and `verify` are normalised
    codes ("1", not "01"). `offset` is the terminal's own UTC offset in seconds when it sends one. `line` is the whole
    line without its line end.
    """

    pin: str
    local_time: str
    status: str
    verify: str
    offset: int | None
    line: str


class Malformed(NamedTuple):
    """A line that is no punch: kept as bytes for a person, with what is wrong with it (Indonesian)."""

    line: bytes
    problem: str


class Attlog(NamedTuple):
    """What a body holds."""

    lines: list[PunchLine]
    malformed: list[Malformed]

    @property
    def total(self) -> int:
        """The number of non-blank lines."""
        return len(self.lines) + len(self.malformed)


def is_wall_time(text: str) -> bool:
    """Whether `text` is a real calendar time in the exact form of the protocol, YYYY-MM-DD HH:MM:SS."""
    match = _TIME.fullmatch(text)
    return match is not None and _is_date(match[1])


@lru_cache(maxsize=4_096)
def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1_024)
def code(text: str) -> str:
    """A status or verify code in one spelling: " 01" and "1" are the same code. Other text stays, cut to 16."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) <= 16:
        return str(int(text))
    return text[:16]


def decode(line: bytes) -> str:
    """Text of one line: UTF-8, else GBK (Chinese builds), else Latin-1, which never fails."""
    for encoding in ("utf-8", "gbk"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")


def read_attlog(body: bytes) -> Attlog:
    """Split a body into punches and malformed lines. Never raises, whatever the bytes."""
    try:
        texts = body.decode().split("\n")
        originals = None
    except UnicodeDecodeError:
        originals = body.split(b"\n")
        texts = [decode(line) for line in originals]
    lines: list[PunchLine] = []
    malformed: list[Malformed] = []
    for number, text in enumerate(texts):
        line = text.rstrip("\r")
        fields = line.split("\t")
        if len(fields) > 3 and is_wall_time(fields[1]) and (pin := pin_of(fields[0])):
            offset = _offset(fields) if len(fields) > _OFFSET_FIELD else None
            lines.append(PunchLine(pin, fields[1], code(fields[2]), code(fields[3]), offset, line))
        elif line.strip(BLANK):
            found = _unusual(line, fields)
            if isinstance(found, PunchLine):
                lines.append(found)
            else:
                original = line.encode() if originals is None else originals[number].rstrip(b"\r")
                malformed.append(Malformed(original, found))
    return Attlog(lines, malformed)


def pin_of(text: str) -> str | None:
    """A PIN as text without padding (files right-justify it, leading zeros matter), or None when it cannot be one."""
    pin = text.strip(" \ufeff")
    return pin if 0 < len(pin) <= MAX_PIN and pin.isprintable() else None


def _offset(fields: list[str]) -> int | None:
    text = fields[_OFFSET_FIELD]
    if not text or _OFFSET.fullmatch(text) is None:
        return None
    offset = int(text)
    return offset if abs(offset) <= _MAX_OFFSET else None


def _unusual(line: str, fields: list[str]) -> PunchLine | str:
    """The keyed and the space-separated variant; otherwise what is wrong with the line."""
    if "=" in fields[0]:
        return _keyed(line, fields)
    if len(fields) == 1:
        match = _SPACED.fullmatch(line)
        if match is None:
            return "bukan baris presensi"
        fields = [match["pin"], match["time"], match["status"], match["verify"]]
    if len(fields) < 4:
        return f"hanya {len(fields)} kolom, paling sedikit 4"
    pin = pin_of(fields[0])
    if pin is None:
        return "PIN kosong atau tidak sah"
    if not is_wall_time(fields[1]):
        return "bukan tanggal dan jam yang ada di kalender"
    return PunchLine(pin, fields[1], code(fields[2]), code(fields[3]), None, line)


def _keyed(line: str, fields: list[str]) -> PunchLine | str:
    found: dict[str, str] = {}
    for field in fields:
        key, separator, value = field.partition("=")
        name = _KEYED.get(key.strip().lower())
        if separator and name:
            found.setdefault(name, value.strip())
    pin = pin_of(found.get("pin", ""))
    if pin is None:
        return "PIN kosong atau tidak sah"
    if not is_wall_time(found.get("time", "")):
        return "bukan tanggal dan jam yang ada di kalender"
    return PunchLine(pin, found["time"], code(found.get("status", "")), code(found.get("verify", "")), None, line)
