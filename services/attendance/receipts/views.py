"""What routes answer about receipts."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from kit.mongo import Document
from services.attendance.receipts.findings import Finding, Kind


class ReceiptEntry(BaseModel):
    """One punch that has its receipt. `day` and `number` are the link of the chain it is sealed in."""

    punch_id: str
    occurred_at: datetime
    local_date: date
    recorded_at: datetime
    day: date
    number: int


class ReceiptList(BaseModel):
    """Receipts of a period, oldest first, at most 1,000; `total` is how many there are."""

    items: list[ReceiptEntry]
    total: int


class PublicKeyView(BaseModel):
    """A public key. `key_id`: SHA-256 of its 32 bytes, as heads name it; `pem`: the key itself. `until` is empty while
    it signs; receipts signed before that stay valid for ever."""

    key_id: str
    pem: str
    since: datetime
    until: datetime | None


class PublicKeys(BaseModel):
    """All keys that have ever signed, oldest first."""

    items: list[PublicKeyView]


class DayOfChain(BaseModel):
    """One day of the chain. `closed`: its last link is signed. `head`: the hash of its last link; written down
    elsewhere, it proves the whole day and all before it."""

    day: date
    links: int
    punches: int
    closed: bool
    head: str
    sealed_at: datetime


class DaysOfChain(BaseModel):
    """Days, newest first."""

    items: list[DayOfChain]


class FindingView(BaseModel):
    """Something in which the journal and the receipts contradict each other. `place` is a link (day/number), `entry`
    the journal's entry, which for a terminal's punch is the request it came in."""

    id: str
    kind: Kind
    where: Literal["journal", "receipt", "chain"]
    place: str
    punch_id: str | None
    employee_id: str | None
    entry: str | None
    detail: str
    found_at: datetime | None = None
    open: bool = True
    closed_at: datetime | None = None
    closed_by: str | None = None
    note: str | None = None


class FindingList(BaseModel):
    """Findings, newest first; `total` is how many there are."""

    items: list[FindingView]
    total: int


class OpenFindings(BaseModel):
    """How many wait for an auditor."""

    open: int


class DayChecked(BaseModel):
    """What a check of a part of a day came to. `next_cursor` continues it; empty when the day has been looked at."""

    punches: int
    links: int
    findings: list[FindingView]
    next_cursor: str | None


class FindingClosing(BaseModel):
    """What was found out about it."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field(min_length=3, max_length=500)


def entry_view(row: Document) -> ReceiptEntry:
    """A receipt's row in a list."""
    day, number = row["link"].split("/")
    names = ("occurred_at", "local_date", "recorded_at")
    return ReceiptEntry(punch_id=row["_id"], day=day, number=int(number), **{name: row[name] for name in names})


def finding_view(found: Finding | Document) -> FindingView:
    """A finding as stored, or as just made."""
    if isinstance(found, Finding):
        names = ("kind", "where", "place", "punch_id", "employee_id", "entry", "detail")
        return FindingView(id=found.id, **{name: getattr(found, name) for name in names})
    return FindingView(id=found["_id"], **{name: one for name, one in found.items() if name != "_id"})
