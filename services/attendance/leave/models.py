"""What is sent and answered about leave, duty and permits."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kit.evidence.models import Evidence
from kit.text import SEEN, Reference, ShortText, Title
from services.attendance.leave.law import Kind, LetterKind, Part
from services.attendance.leave.ledger import What
from services.attendance.schedules.models import Wall
from services.attendance.schedules.plans import PlanKind
from services.attendance.schedules.sent import BookDate

Status = Literal["waiting", "returned", "rejected", "withdrawn", "approved", "cancelling", "cancelled"]
Outcome = Literal["approved", "returned", "rejected"]
Words = Annotated[str, SEEN, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]
Reason = Annotated[str, SEEN, StringConstraints(strip_whitespace=True, max_length=1000)]
MOST_DAYS = 1_100
"""Longer than any leave the law knows (three years)."""


class Sent(BaseModel):
    """Unknown fields are refused: a misspelt one would silently count as absent."""

    model_config = ConfigDict(extra="forbid")


class NewLeave(Sent):
    """What is asked for. `since` and `until` are wall times of the workplace, for hours only: "late" says until when,
    "early" since when, the others both."""

    kind: Kind
    first: BookDate
    last: BookDate
    part: Part = "day"
    since: Wall | None = None
    until: Wall | None = None
    reason: Reason = ""
    letter: ShortText = Field(default="", description="Number of the letter")
    place: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), SEEN] = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.last < self.first:
            raise ValueError("hari terakhir tidak boleh sebelum hari pertama")
        if (self.last - self.first).days >= MOST_DAYS:
            raise ValueError(f"paling lama {MOST_DAYS} hari sekaligus")
        if self.part != "day" and self.first != self.last:
            raise ValueError("bagian hari hanya untuk satu tanggal")
        if self.part != "hours" and (self.since is not None or self.until is not None):
            raise ValueError("jam diisi hanya bila yang diminta beberapa jam")
        return self

    @property
    def days(self) -> int:
        """Calendar days."""
        return (self.last - self.first).days + 1


class PaperLeave(NewLeave):
    """What was decided on paper, as the personnel agency records it."""

    letter: Title = Field(description="Number of the decree or letter")


class LeaveDecision(Sent):
    """What is decided about requests, or about cancelling what has begun (then "approved" agrees to it). `words` are
    read by the employee; needed unless it approves."""

    requests: Annotated[list[Reference], Field(min_length=1, max_length=200)]
    outcome: Outcome
    words: Words | None = None

    @model_validator(mode="after")
    def _said_why(self) -> Self:
        if self.outcome != "approved" and self.words is None:
            raise ValueError("tuliskan alasannya; pegawai membacanya")
        return self


class LeaveCancellation(Sent):
    """Before it is decided it is taken back, before it begins it is cancelled, afterwards the superior must agree (and
    reads `words`). `since`: the first date that is given back; absent: all."""

    words: Words | None = None
    since: BookDate | None = None


class LeaveAdjustment(Sent):
    """Days more or less in somebody's balance of annual leave, counted from `day` on."""

    day: BookDate
    days: Decimal = Field(ge=-60, le=60, max_digits=4, decimal_places=1)
    words: Words

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.days == 0 or self.days * 2 % 1:
            raise ValueError("jumlah hari harus kelipatan setengah hari dan bukan nol")
        return self


class LeaveStep(BaseModel):
    """What happened to a request."""

    at: datetime
    what: Literal[
        "requested", "changed", "approved", "returned", "rejected", "withdrawn", "cancelled", "cancelling", "kept"
    ]
    by: str | None = Field(description="Employee id of who did it")
    words: str = ""
    since: date | None = Field(default=None, description="Of a cancellation: the first date given back")


class SkippedDay(BaseModel):
    """A date that costs nothing."""

    day: date
    kind: PlanKind


class WrongField(BaseModel):
    """What stands in the way. `field` is "" for the whole."""

    field: str
    detail: str


class LeavePreview(BaseModel):
    """What a request would cost as things stand, before it is sent."""

    working_days: Decimal
    skipped: list[SkippedDay] = Field(description="Dates that cost nothing, and why")
    unknown: list[date] = Field(description="Dates without a schedule")
    since: datetime | None
    until: datetime | None
    letter: LetterKind | None = Field(description="The letter that is needed")
    left_before: Decimal | None = Field(description="Annual leave left in the year, if it is drawn from")
    left_after: Decimal | None
    rule: str | None
    wrong: list[WrongField] = Field(description="Empty: it may be sent")


class WallHours(BaseModel):
    """`HH:MM` as they were asked for, by the clock of the workplace."""

    since: str | None
    until: str | None


class LeaveView(BaseModel):
    """A request. `working_days` is what it costs: as counted when it was asked for, then when it was decided."""

    id: str
    employee_id: str
    kind: Kind
    excuse: Literal["leave", "duty", "permit"]
    first: date
    last: date
    part: Part
    since: datetime | None
    until: datetime | None
    zone: str
    reason: str
    letter: str
    place: str
    status: Status
    decides: Literal["superior", "agency"]
    working_days: Decimal
    rule: str
    paper: bool = Field(description="Recorded by the personnel agency from paper")
    cancel_since: date | None
    walls: WallHours
    requested_at: datetime
    version: int = Field(description="Goes into If-Match")
    steps: list[LeaveStep]
    needs_letter: bool = Field(description="Whether the rule asks for a letter; its file may come later")
    letters: list[Evidence] = Field(description="Files of letters in the order added, at most five")


class LeaveList(BaseModel):
    """`total` may be more than there are items."""

    items: list[LeaveView]
    total: int


class WaitingLeave(BaseModel):
    """Numbers only."""

    decides: bool = Field(description="There is somebody whose leave this account decides")
    waiting: int


class DecidedLeave(BaseModel):
    """What became of one request of a decision. `refused` says why it was not taken."""

    id: str
    status: Status | None = None
    refused: str = ""


class DecidedLeaves(BaseModel):
    """In the order asked."""

    items: list[DecidedLeave]


class LeaveKind(BaseModel):
    """What somebody may ask for, and what holds for it."""

    kind: Kind
    excuse: Literal["leave", "duty", "permit"]
    parts: list[Part]
    balance: bool = Field(description="Drawn from the days of the year")
    reason: bool
    place: bool
    letter_over_days: int | None = Field(description="A letter is needed for more calendar days than these")
    most_months: int | None
    service_months: int
    back_days: int
    decides: Literal["superior", "agency"]
    rule: str
    source: str


class LeaveKinds(BaseModel):
    """In the order of the law's table; empty when the directory does not say as what somebody serves."""

    items: list[LeaveKind]


class LedgerEntry(BaseModel):
    """A line of the ledger. `by` is None where the law wrote it."""

    what: What
    day: date
    days: Decimal
    rule: str
    request_id: str | None
    words: str
    by: str | None
    at: datetime | None


class LeaveBalance(BaseModel):
    """Annual leave of a calendar year: carried + granted + adjusted - used - forfeited = left."""

    year: int
    first_year: int = Field(description="Before it leave was not kept here")
    carried: Decimal
    granted: Decimal
    adjusted: Decimal
    used: Decimal
    forfeited: Decimal
    left: Decimal
    entries: list[LedgerEntry]
