"""Held lines and requests as the API shows and takes them."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.attendance.devices.models import SERIAL
from services.attendance.enrolments.models import LOCAL_TIME, PIN, SPACE
from services.attendance.punches.lines import decode
from services.attendance.punches.rules import Reason

State = Literal["open", "accepted", "dismissed", "superseded"]
MOST_IDS = 1_000


class HeldView(BaseModel):
    """A line that waits for a person, or what became of it. `count`: how often the terminal sent it."""

    id: str
    serial: str
    space: str
    reason: Reason
    problem: str
    line: str
    pin: str
    local_time: str
    received: datetime
    last_received: datetime
    source: str
    count: int
    state: State
    note: str = ""
    settled_at: datetime | None = None


class HeldPage(BaseModel):
    """One page of held lines."""

    items: list[HeldView]
    next_cursor: str | None


class HeldGroup(BaseModel):
    """Open lines of one terminal and reason."""

    serial: str
    reason: Reason
    count: int
    pins: int
    oldest: datetime
    newest: datetime


class HeldSummary(BaseModel):
    """The operator's worklist at a glance."""

    groups: list[HeldGroup]
    total: int


class WaitingRequest(BaseModel):
    """A request of a terminal that is not approved. `raw` is base64; `text` is its beginning, readable."""

    id: str
    serial: str
    received: datetime
    endpoint: str
    table: str
    query: str
    address: str
    size: int
    raw: str
    text: str


class WaitingPage(BaseModel):
    """One page of waiting requests."""

    items: list[WaitingRequest]
    next_cursor: str | None


class Choice(BaseModel):
    """Which lines: by id, or all open ones of a terminal, of a PIN, of a reason."""

    model_config = ConfigDict(extra="forbid")

    ids: list[str] = Field(default=[], max_length=MOST_IDS)
    serial: str | None = Field(default=None, pattern=SERIAL)
    space: str | None = Field(default=None, pattern=SPACE)
    pin: str | None = Field(default=None, pattern=PIN)
    reason: Reason | None = None

    def query(self) -> dict[str, Any]:
        """For the store; {} when nothing was chosen."""
        query: dict[str, Any] = {
            name: value
            for name, value in (
                ("serial", self.serial), ("space", self.space), ("pin", self.pin), ("reason", self.reason),
            )
            if value is not None
        }  # fmt: skip
        if self.ids:
            query["_id"] = {"$in": self.ids}
        return query


class Mending(Choice):
    """What a person says of the chosen lines. `local_time` only together with one id; `any_date` says the dates are
    right although the rules doubt them."""

    correct_pin: str | None = Field(default=None, pattern=PIN)
    correct_local_time: str | None = Field(default=None, pattern=LOCAL_TIME)
    any_date: bool = False


class Dismissal(Choice):
    """Lines that will never be punches, and why."""

    note: str = Field(min_length=3, max_length=500)


class Mapped(BaseModel):
    """A PIN and the person it is; from local time `since`, or all along."""

    model_config = ConfigDict(extra="forbid")

    space: str = Field(pattern=SPACE)
    pin: str = Field(pattern=PIN)
    employee_id: str = Field(min_length=1, max_length=64)
    since: str | None = Field(default=None, pattern=LOCAL_TIME)


class Outcome(BaseModel):
    """What was done: lines that became punches, lines that still wait."""

    accepted: int
    held: int


class Dismissed(BaseModel):
    """How many lines were put aside."""

    dismissed: int


class Preview(BaseModel):
    """What one line would become."""

    id: str
    accepted: bool
    problem: str
    employee_id: str | None
    occurred_at: datetime | None
    suggested_local_time: str | None


def held_view(row: Mapping[str, Any]) -> HeldView:
    """From MongoDB."""
    known = {name: row[name] for name in HeldView.model_fields if name in row and name != "line"}
    return HeldView(id=row["_id"], line=decode(row["line"]), **known)


def waiting_view(row: Mapping[str, Any]) -> WaitingRequest:
    """From MongoDB."""
    raw: bytes = row["raw"]
    return WaitingRequest(
        id=str(row["_id"]),
        size=row.get("size", len(raw)),
        raw=b64encode(raw).decode(),
        text=decode(raw[:4096]).replace("\0", "␀"),
        **{name: row[name] for name in ("serial", "received", "endpoint", "table", "query", "address")},
    )
