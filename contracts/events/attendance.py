"""What the attendance service says: punches as facts, terminals as full states."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.base import EventData

Direction = Literal["in", "out", "break_out", "break_in", "overtime_in", "overtime_out", "unknown"]
Method = Literal["finger", "face", "palm", "vein", "card", "pin", "password", "combined", "app", "unknown"]
Source = Literal["terminal", "file", "app"]
Flag = Literal["tz_mismatch", "clock_drift", "late_arrival", "ambiguous_columns", "under_review"]


class PunchRecorded(EventData):
    """One accepted punch. The same punch sent again, by push or by file, carries the same `punch_id`.

    `direction` is what the device said: evidence, not verdict (face terminals send "unknown"; devices.md section 0).
    `local_date` is the calendar day of `occurred_at` in `zone`. `under_review` says that a person will decide about it
    (`PunchReviewed`); it counts until then. No name, NIP or coordinates.
    """

    TYPE: ClassVar[str] = "id.go.kinerja.attendance.punch.recorded.v1"

    punch_id: str
    employee_id: str
    occurred_at: AwareDatetime
    local_date: date
    zone: str
    site_id: str
    device_id: str
    source: Source
    direction: Direction = "unknown"
    method: Method = "unknown"
    flags: tuple[Flag, ...] = ()


class PunchReviewed(EventData):
    """A person has decided about a punch that was under review. The latest decision counts: an appeal may change it."""

    TYPE: ClassVar[str] = "id.go.kinerja.attendance.punch.reviewed.v1"

    punch_id: str
    employee_id: str
    local_date: date
    outcome: Literal["accepted", "rejected"]
    reviewed_at: AwareDatetime


class DeviceAlert(EventData):
    """An open condition of a terminal; it leaves the state when it ends."""

    kind: Literal[
        "silent", "clock_drift", "tamper", "gap", "wrong_token", "new_address", "unknown_table", "tz_mismatch"
    ]
    since: AwareDatetime
    detail: str = ""


class DeviceChanged(EventData):
    """The full state of one terminal: registration, heartbeat, what it says it holds.

    `held` is the number of attendance records the terminal reports to hold (absent until it has said);
    `quarantined` counts its lines that wait for a person. What is stored of it is counted by the reader.
    """

    TYPE: ClassVar[str] = "id.go.kinerja.attendance.device.changed.v1"

    device_id: str
    serial: str
    name: str
    status: Literal["pending", "active", "retired"]
    site_id: str | None = None
    model: str = ""
    firmware: str = ""
    last_seen: AwareDatetime | None = None
    last_punch_at: AwareDatetime | None = None
    drift_seconds: int | None = None
    held: int | None = None
    quarantined: int = 0
    alerts: tuple[DeviceAlert, ...] = ()
    changed_at: AwareDatetime
