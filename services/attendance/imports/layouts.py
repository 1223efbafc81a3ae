"""Which column means what in an attlog.dat file. Pure; devices.md section 2.

ZK:             PIN  time  device id  status  verify  workcode        (PIN right-justified)
Solution cloud: PIN  time  c1  c2  c3                                 (nobody says which is which)
Push:           PIN  time  status  verify  workcode  reserved  reserved
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.attendance.punches.lines import BLANK, Attlog, Malformed, PunchLine, code, decode, is_wall_time, pin_of

BOM = b"\xef\xbb\xbf"
SAMPLE_LINES = 200
FIELDS = ("pin", "time", "device", "status", "verify", "name", "workcode", "-")


@dataclass(frozen=True, slots=True)
class Layout:
    """Column numbers, 0-based. Without both `status` and `verify` a line's identity is PIN and time alone."""

    name: str
    label: str
    pin: int
    time: int
    device: int | None = None
    status: int | None = None
    verify: int | None = None

    @property
    def ambiguous(self) -> bool:
        """Whether status and verify cannot be told: the punch id then leaves them out."""
        return self.status is None or self.verify is None

    @property
    def columns_needed(self) -> int:
        """The least number of fields of a readable line."""
        return 1 + max(self.pin, self.time, self.status or 0, self.verify or 0)


PRESETS: dict[str, Layout] = {
    "zk6": Layout("zk6", "ZK 6 kolom", pin=0, time=1, device=2, status=3, verify=4),
    "solution5": Layout("solution5", "Solution Cloud 5 kolom", pin=0, time=1),
    "push7": Layout("push7", "ATTLOG 7 kolom (seperti kiriman langsung)", pin=0, time=1, status=2, verify=3),
    "name5": Layout("name5", "Kolom nama di urutan kedua", pin=0, time=2),
}


class BadColumns(ValueError):
    """A custom layout that cannot be; the message (Indonesian) says why."""


def custom(columns: Sequence[str]) -> Layout:
    """A layout from names in order, such as pin,name,time,status,verify; "-" for a column that is not wanted."""
    unknown = [name for name in columns if name not in FIELDS]
    if unknown:
        raise BadColumns(f"kolom {unknown[0]!r} tidak dikenal; pilih dari {', '.join(FIELDS)}")
    doubled = [name for name, count in Counter(columns).items() if count > 1 and name != "-"]
    if doubled:
        raise BadColumns(f"kolom {doubled[0]!r} disebut dua kali")
    place = {name: number for number, name in enumerate(columns)}
    if "pin" not in place or "time" not in place:
        raise BadColumns("kolom pin dan time harus ada")
    return Layout(
        "custom", "susunan sendiri", place["pin"], place["time"],
        place.get("device"), place.get("status"), place.get("verify"),
    )  # fmt: skip


def split_fields(line: str) -> list[str]:
    """The fields of one line, without its line end."""
    return line.rstrip("\r").split("\t")


def detect(lines: Sequence[str]) -> Layout | None:
    """The layout of most sample lines, when there can be no doubt which preset it is; else None: ask the operator."""
    shapes: Counter[tuple[int, int]] = Counter()
    for line in lines:
        fields = split_fields(line)
        while fields and not fields[-1].strip():
            fields.pop()
        at = next((number for number, field in enumerate(fields) if is_wall_time(field.strip())), None)
        if at is not None:
            shapes[len(fields), at] += 1
    if not shapes:
        return None
    (count, at), hits = shapes.most_common(1)[0]
    if hits * 2 <= sum(shapes.values()) or at != 1:
        return None
    return PRESETS["zk6"] if count == 6 else PRESETS["solution5"] if count == 5 else None


def read_lines(content: bytes, layout: Layout) -> tuple[Attlog, Counter[str]]:
    """Lines of a file by a layout, and how often each device id occurs. Never raises, never loses a line."""
    lines: list[PunchLine] = []
    malformed: list[Malformed] = []
    devices: Counter[str] = Counter()
    for raw in content.split(b"\n"):
        text = decode(raw.rstrip(b"\r"))
        if not text.strip(BLANK + "\ufeff"):
            continue
        fields = split_fields(text)
        problem = _problem(fields, layout)
        if problem:
            malformed.append(Malformed(raw.rstrip(b"\r"), problem))
            continue
        status, verify = (
            ("", "") if layout.ambiguous else (_field(fields, layout.status), _field(fields, layout.verify))
        )
        pin = pin_of(fields[layout.pin]) or ""
        lines.append(PunchLine(pin, fields[layout.time].strip(), code(status), code(verify), None, text))
        if layout.device is not None and layout.device < len(fields):
            devices[fields[layout.device].strip()] += 1
    return Attlog(lines, malformed), devices


def _problem(fields: Sequence[str], layout: Layout) -> str:
    if len(fields) < layout.columns_needed:
        return f"hanya {len(fields)} kolom, {layout.label} memerlukan {layout.columns_needed}"
    if pin_of(fields[layout.pin]) is None:
        return "PIN kosong atau tidak sah"
    if not is_wall_time(fields[layout.time].strip()):
        return "bukan tanggal dan jam yang ada di kalender"
    return ""


def _field(fields: Sequence[str], column: int | None) -> str:
    return fields[column] if column is not None and column < len(fields) else ""
