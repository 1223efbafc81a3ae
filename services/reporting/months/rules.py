"""A month from its days: what is kept of one, what they come to in each unit, which code stands for one. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from services.reporting.presence.rules import FOR_EVER, Document

NOWHERE = ""
"""The unit of a date on which somebody holds no post, as far as the directory has told: part of the whole agency."""
COUNTED = (
    "required_days",
    "present_days",
    "absent_days",
    "excused_days",
    "late_days",
    "late_minutes",
    "early_days",
    "early_minutes",
    "required_minutes",
    "effective_minutes",
    "absent_minutes",
)
"""Numbers of `DayAssessed` that are added up."""
EXCUSES = {"leave": "leave_days", "duty": "duty_days", "permit": "permit_days"}
FIELDS = ("people", "days", *COUNTED, *EXCUSES.values(), "incomplete_days")
"""What is summed, of a person in a unit and of a unit; `people` is 1 for each person with a day there."""
OPEN = ("proposed", "examining")
"""Cases about which nothing is decided yet."""

CODES: Mapping[str, tuple[str, str]] = {
    "present": ("H", "Hadir"),
    "partly_absent": ("TS", "Tidak masuk pada sebagian sif tanpa keterangan"),
    "absent": ("TK", "Tidak masuk tanpa keterangan"),
    "leave": ("C", "Cuti"),
    "duty": ("DL", "Dinas luar"),
    "permit": ("I", "Izin"),
    "correction": ("KP", "Koreksi presensi yang disetujui"),
    "amnesty": ("PB", "Pembebasan karena gangguan presensi"),
    "on_call": ("S", "Siaga"),
    "off": ("L", "Tidak ada kewajiban kerja"),
    "holiday": ("LN", "Hari libur nasional atau cuti bersama"),
    "no_schedule": ("TJ", "Belum ada jadwal kerja"),
    "pending": ("…", "Belum selesai dinilai"),
}
OPEN_MARK = "?"
OTHER_UNIT = "·"

Part = dict[str, Any]
State = Literal["open", "partly", "closed"]


def kept(event: Mapping[str, Any]) -> Document:
    """What the month keeps of a day: numbers that are nothing are left out."""
    found: Document = {"version": event["version"], "status": event["status"]}
    found |= {field: event[field] for field in COUNTED if event[field]}
    for which in ("late", "early"):
        if band := _band(event.get("shifts") or (), which):
            found[f"{which}_band"] = band
    if rules := event.get("rules"):
        found["rules"] = list(rules)
    if missing := event.get("missing"):
        found["missing"] = sorted(missing)
    return found


def _band(shifts: Sequence[Mapping[str, Any]], which: str) -> str | None:
    """The band of the shift with the most minutes."""
    told = [
        (shift.get(f"{which}_minutes") or 0, shift[f"{which}_band"]) for shift in shifts if shift.get(f"{which}_band")
    ]
    return max(told)[1] if told else None


def unit_on(posts: Iterable[Mapping[str, Any]], on: str) -> str:
    """The unit of the primary post held on a date `YYYY-MM-DD`; acting posts do not move anybody."""
    for held in posts:
        if held["valid_from"] <= on <= (held.get("valid_to") or FOR_EVER):
            return str(held["unit_id"])
    return NOWHERE


def parts_of(days: Mapping[str, Mapping[str, Any]]) -> list[Part]:
    """What the days of a month come to, in each unit of them, in the order of the units' ids."""
    parts: dict[str, Part] = {}
    for day in days.values():
        part = parts.get(day["unit"])
        if part is None:
            part = parts[day["unit"]] = {"unit": day["unit"], **dict.fromkeys(FIELDS, 0), "people": 1}
        part["days"] += 1
        for field in COUNTED:
            part[field] += day.get(field, 0)
        if (excuse := EXCUSES.get(day["status"])) is not None:
            part[excuse] += 1
        if "missing" in day:
            part["incomplete_days"] += 1
    return [parts[unit] for unit in sorted(parts)]


def difference(before: Iterable[Part], after: Iterable[Part]) -> dict[str, dict[str, int]]:
    """By how much the sums of each unit move."""
    moved: dict[str, dict[str, int]] = {}
    for parts, sign in ((before, -1), (after, 1)):
        for part in parts:
            sums = moved.setdefault(part["unit"], dict.fromkeys(FIELDS, 0))
            for field in FIELDS:
                sums[field] += sign * part[field]
    return {unit: sums for unit, sums in moved.items() if any(sums.values())}


def added(parts: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Several parts taken together."""
    sums = dict.fromkeys(FIELDS, 0)
    for part in parts:
        for field in FIELDS:
            sums[field] += part.get(field, 0)
    return sums


def code(day: Mapping[str, Any]) -> str:
    """The short code of a day: its status, or the bands of who was there, with a mark while it may still change."""
    bands = [day[field] for field in ("late_band", "early_band") if field in day]
    known = CODES.get(day["status"], (day["status"], ""))[0]
    shown = " ".join(bands) if bands and day["status"] in ("present", "pending") else " ".join([known, *bands])
    return shown + OPEN_MARK if "missing" in day else shown


def open_cases(document: Mapping[str, Any]) -> int:
    """How many indications of somebody wait for a decision."""
    return sum(case["status"] in OPEN for case in document["cases"])
