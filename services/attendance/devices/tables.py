"""What terminals send beside attendance lines: operation log, options, INFO. Pure; devices.md sections 1.4 and 1.5."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from services.attendance.punches.lines import decode

COUNTED = frozenset({"ATTLOG", "OPERLOG", "BIODATA"})
KNOWN = COUNTED | {"ATTPHOTO", "OPTIONS", "ERRORLOG", "USERPIC", "BIOPHOTO", "IDCARD"}
PHOTOS = frozenset({"ATTPHOTO"})

# Set time, delete attendance records, clear administrators, clear data, delete after a USB download, and everything
# that repoints the terminal or its network.
TAMPERING: Mapping[int, str] = {
    13: "data mesin dihapus",
    21: "jam mesin diubah",
    23: "catatan presensi di mesin dihapus",
    24: "administrator mesin dihapus",
    43: "catatan dihapus setelah unduh USB",
    **dict.fromkeys(range(76, 84), "pengaturan jaringan atau server diubah"),
    82: "alamat server diubah",
    83: "port server diubah",
}

_OPLOG = re.compile(r"OPLOG[ \t]+([0-9]{1,4})\t([^\t]*)\t([^\t]*)")
_MOST_OPTIONS = 200


class Operation(NamedTuple):
    """One OPLOG line: what was done at the terminal, by which of its users, at which wall time of the terminal."""

    code: int
    operator: str
    local_time: str


def count_lines(body: bytes) -> int:
    """Non-blank lines: the number a terminal is told."""
    return sum(1 for line in body.split(b"\n") if line.strip())


def operations(body: bytes) -> list[Operation]:
    """All OPLOG lines of a body."""
    found = []
    for line in body.split(b"\n"):
        if line.startswith(b"OPLOG") and (match := _OPLOG.match(decode(line))):
            found.append(Operation(int(match[1]), match[2].strip(), match[3].strip()))
    return found


def read_options(body: bytes) -> dict[str, str]:
    """`key=value` pairs separated by commas or lines; the `~` some keys carry is dropped."""
    found: dict[str, str] = {}
    for part in re.split(r"[,\r\n]", decode(body)):
        name, separator, value = part.partition("=")
        name = name.strip().lstrip("~")
        if separator and name and len(found) < _MOST_OPTIONS:
            found[name[:64]] = value.strip()[:200]
    return found


def state_of_options(options: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a terminal's state that options speak of; counts that are no numbers are left out."""
    state: dict[str, Any] = {}
    for name, key in (("DeviceName", "model"), ("FWVersion", "firmware"), ("MAC", "mac"), ("PushVersion", "push")):
        if options.get(name):
            state[key] = options[name]
    for name, key in (
        ("TransactionCount", "held"),
        ("UserCount", "users"),
        ("FPCount", "fingers"),
        ("FaceCount", "faces"),
    ):
        if options.get(name, "").isascii() and options.get(name, "").isdigit():
            state[key] = int(options[name])
    return state


def state_of_info(info: str) -> dict[str, Any]:
    """`INFO=fw,users,fps,attlogs,ip,…` of a poll, as far as it is understood."""
    parts = [part.strip() for part in info.split(",")]
    state: dict[str, Any] = {}
    if parts and parts[0]:
        state["firmware"] = parts[0][:64]
    for index, key in ((1, "users"), (2, "fingers"), (3, "held")):
        if len(parts) > index and parts[index].isascii() and parts[index].isdigit():
            state[key] = int(parts[index][:9])
    return state
