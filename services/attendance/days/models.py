"""What a day is assessed from, and what it comes to. Instants are UTC, lengths whole minutes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, Self

from pydantic import AwareDatetime, Field, model_validator
from pydantic_core import PydanticCustomError

from contracts.events.attendance import Direction, Flag, Source
from contracts.events.days import DayStatus, Missing
from services.attendance.schedules.models import Frozen

ExcuseKind = Literal["leave", "duty", "permit", "correction", "amnesty"]
ShiftStatus = Literal["present", "absent", "pending", "on_call", "leave", "duty", "permit", "correction", "amnesty"]
Role = Literal["in", "out", "break_out", "break_in"]
Unused = Literal["rejected", "double_read", "too_close", "between", "outside_window", "other_day", "no_shift"]


class Seen(Frozen):
    """A punch as the day keeps it. `direction` is what the device said; `outcome` what a person decided of a punch
    that was under review: it counts until it is rejected. A "correction" was claimed, and granted: its direction is
    what was claimed."""

    id: str
    at: AwareDatetime
    direction: Direction = "unknown"
    source: Source | Literal["correction"] = "terminal"
    flags: tuple[Flag, ...] = ()
    outcome: Literal["accepted", "rejected"] | None = None


class Excuse(Frozen):
    """Time for which nobody is late, early or absent: the whole day, or `since` to `until` (both or neither). Minutes
    it touches are excused whole. `label` and `source` say what and by which letter."""

    id: str
    kind: ExcuseKind
    label: str
    source: str
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.since is None) != (self.until is None):
            raise PydanticCustomError("half_an_interval", "isi awal dan akhir, atau kosongkan keduanya")
        if self.interval is not None and self.interval[1] <= self.interval[0]:
            raise PydanticCustomError("ends_before_it_begins", "berakhir sebelum mulai")
        return self

    @property
    def interval(self) -> tuple[datetime, datetime] | None:
        """`since` and `until`; None: the whole day."""
        return None if self.since is None or self.until is None else (self.since, self.until)


class Fault(Frozen):
    """Time in which terminals could not take scans as they should, about which nobody has decided yet.

    "down": no scan was possible, so a scan within it proves that it was; "slow": scans came late. `until` is None while
    it lasts. Whoever could not scan is given `recovery_minutes` after it, and a scan that is missing altogether may be
    its fault up to `around_minutes` before or after the shift. `source` says how it is known.
    """

    id: str
    nature: Literal["down", "slow"]
    source: str
    since: AwareDatetime
    until: AwareDatetime | None = None
    recovery_minutes: int = Field(default=0, ge=0)
    around_minutes: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.until is not None and self.until <= self.since:
            raise PydanticCustomError("ends_before_it_begins", "berakhir sebelum mulai")
        return self


class Pending(Frozen):
    """A fault that may be why a shift is held against somebody: the time an amnesty would excuse, and the `minutes`
    late, early or absent it would take away."""

    fault_id: str
    shift_id: str
    since: datetime
    until: datetime
    minutes: int


class Side(Frozen):
    """Coming late, or leaving early. `minutes` is None where it is not known: not decided yet, or the scan is
    `missing` (then the band is the highest). `to_none`: how many minutes earlier (later, for leaving) there would
    have been no band; 0 when there is none, or no such number."""

    minutes: int | None = 0
    band: str | None = None
    missing: bool = False
    to_none: int = 0


class Pause(Frozen):
    """Away between two punches."""

    left: datetime
    back: datetime
    minutes: int


class AssessedShift(Frozen):
    """`due_in` and `due_out` are when the shift had to begin and end, a flexible start taken into account.

    `effective_minutes` is net of breaks, and 0 without both scans; `absent_minutes` is what was required and not
    excused, when nobody came; `excused_minutes` what of the shift, breaks included, an excuse covers.
    """

    id: str
    kind: Literal["fixed", "on_call"]
    status: ShiftStatus
    due_in: datetime
    due_out: datetime
    first_in: datetime | None = None
    last_out: datetime | None = None
    late: Side = Side()
    early: Side = Side()
    pauses: tuple[Pause, ...] = ()
    required_minutes: int = 0
    effective_minutes: int = 0
    absent_minutes: int = 0
    excused_minutes: int = 0


class Used(Frozen):
    """A punch and what it was taken as."""

    punch_id: str
    shift_id: str
    role: Role


class NotUsed(Frozen):
    """A punch and why it was not used."""

    punch_id: str
    reason: Unused


class Step(Frozen):
    """One step of the explanation: a stable code and its values (minutes, instants as ISO, ids); the words are the
    screen's. `rule` and `article` name the row that decided."""

    code: str
    values: Mapping[str, int | str] = Field(default_factory=dict)
    rule: str = ""
    article: str = ""


class AssessedDay(Frozen):
    """What one date comes to. `first_in` and `last_out` are of the whole day; on a day without duty they are its first
    and last punch, and mean nothing. It is `complete` when nothing is `missing`."""

    employee_id: str
    day: date
    zone: str
    site_id: str | None
    status: DayStatus
    shifts: tuple[AssessedShift, ...]
    first_in: datetime | None
    last_out: datetime | None
    required_minutes: int
    effective_minutes: int
    absent_minutes: int
    used: tuple[Used, ...]
    not_used: tuple[NotUsed, ...]
    rules: tuple[str, ...]
    missing: tuple[Missing, ...]
    pending: tuple[Pending, ...]
    steps: tuple[Step, ...]

    @property
    def complete(self) -> bool:
        return not self.missing
