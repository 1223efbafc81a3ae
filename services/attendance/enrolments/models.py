"""Enrolments as the API shows and takes them."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

SPACE = r"^[A-Za-z0-9._:-]{1,64}$"
PIN = r"^[\x21-\x7b\x7d\x7e]{1,32}$"  # printable, no space and no "|"
LOCAL_TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$"

Space = Annotated[str, StringConstraints(pattern=SPACE)]
Pin = Annotated[str, StringConstraints(pattern=PIN)]


class Former(BaseModel):
    """Who held the PIN before, up to local time `until`; nobody when `employee_id` is absent."""

    until: str
    employee_id: str | None


class EnrolmentView(BaseModel):
    """Who a PIN is."""

    space: str
    pin: str
    employee_id: str | None
    former: list[Former] = []
    changed_at: datetime | None = None


class EnrolmentPage(BaseModel):
    """One page of enrolments."""

    items: list[EnrolmentView]
    next_cursor: str | None


class EnrolmentPut(BaseModel):
    """`employee_id` null ends the enrolment. `since` (local time) keeps the former holder for the time before; absent:
    the PIN was this person's all along."""

    model_config = ConfigDict(extra="forbid")

    employee_id: str | None = Field(max_length=64)
    since: str | None = Field(default=None, pattern=LOCAL_TIME)


class Enrolled(BaseModel):
    """The enrolment, and how many held lines became punches through it."""

    enrolment: EnrolmentView
    punches: int


class BulkRow(BaseModel):
    """One row of a list: the person by id or by NIP / NI PPPK."""

    model_config = ConfigDict(extra="forbid")

    space: Space
    pin: Pin
    employee_id: str | None = Field(default=None, max_length=64)
    number: str | None = Field(default=None, max_length=18)


class RowError(BaseModel):
    """What is wrong in one row (the header is row 1)."""

    row: int
    column: str
    detail: str


class BulkReport(BaseModel):
    """What a list did, or would do. With any error nothing is done."""

    rows: int
    new: int
    changed: int
    same: int
    errors: list[RowError]
    dry_run: bool
    punches: int = 0
