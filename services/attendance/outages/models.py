"""What is sent and answered about outages."""

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, NaiveDatetime, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kit.text import SEEN, Reference
from services.attendance.checkins.models import Sent
from services.attendance.devices.models import SERIAL

Scope = Literal["terminal", "site", "system"]
Nature = Literal["down", "slow"]
Signal = Literal["silence", "port", "gap", "told"]
Outcome = Literal["excused", "refused"]
CaseState = Literal["pending", "excused", "refused"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000), SEEN]
MOST_DAYS = 31


class NewOutage(Sent):
    """An outage the personnel agency knows of. `down`: no scan was possible; `slow`: scans came late or only after many
    attempts. Times are of the site's clock, of the agency's for the whole system. `evidence` names what proves it: the
    minutes of an inspection, a letter of the power company."""

    scope: Scope
    site_id: Reference | None = None
    serial: Annotated[str, StringConstraints(pattern=SERIAL)] | None = None
    nature: Nature = "down"
    since: NaiveDatetime
    until: NaiveDatetime
    reason: Words
    evidence: Words

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not all(1900 <= one.year <= 9998 for one in (self.since, self.until)):  # beyond, zones fail
            raise PydanticCustomError("no_such_year", "tahunnya keliru")
        if self.until <= self.since:
            raise PydanticCustomError("ends_before_it_begins", "selesainya harus sesudah mulainya")
        if (self.until - self.since).days >= MOST_DAYS:
            raise PydanticCustomError("too_long", "paling lama 31 hari; bagi menjadi beberapa gangguan")
        if (self.scope == "site") != (self.site_id is not None) or (self.scope == "terminal") != (
            self.serial is not None
        ):
            raise PydanticCustomError(
                "scope_needs_place",
                "sebut lokasi untuk gangguan lokasi, nomor seri untuk gangguan mesin, dan hanya itu",
            )
        return self


class Case(Sent):
    """One employee's date."""

    employee_id: Reference
    day: date


class OutageDecision(Sent):
    """What is decided about cases of an outage; without `cases` about all that wait."""

    outcome: Outcome
    note: Words
    cases: list[Case] | None = Field(default=None, min_length=1, max_length=5_000)


class OutageStep(BaseModel):
    """What happened to an outage, and who did it."""

    at: datetime
    what: Literal["found", "told", "ended", "healed"]
    by: str | None = Field(description="Employee id of who did it; null for the system and for accounts of nobody")


class OutageView(BaseModel):
    """An outage, its evidence, and how many days it may have spoiled. `until` is null while it lasts; `healed`: what
    was missing has arrived, so nothing is in doubt for its sake."""

    id: str
    scope: Scope
    nature: Nature
    signal: Signal
    site_id: str | None
    site_name: str
    serial: str | None
    terminal_name: str
    zone: str
    since: datetime
    until: datetime | None
    healed: bool
    detail: str = Field(description="The signal in words: what was seen, or what was told")
    reason: str
    evidence: str
    rule: str
    version: int = Field(description="Goes into If-Match of a decision")
    marking: bool = Field(description="Whether the days of its people are still being looked through")
    marked: int = Field(description="Days of people whose working time it touches")
    pending_days: int = Field(description="Days it is in doubt on, and nobody has decided")
    pending_people: int
    pending_minutes: int
    excused: int
    refused: int
    steps: list[OutageStep]


class OutagePage(BaseModel):
    """Newest first."""

    items: list[OutageView]
    next_cursor: str | None


class OutageCaseView(BaseModel):
    """One employee's date under an outage: what is held against it now, and what an amnesty would take away."""

    employee_id: str
    day: date
    state: CaseState
    status: str
    late_minutes: int
    early_minutes: int
    absent_minutes: int
    missing_scan: bool
    minutes: int = Field(description="Late, early or absent minutes an amnesty takes away")
    decided_at: datetime | None = None
    note: str = ""


class CasePage(BaseModel):
    """In order of employee and date."""

    items: list[OutageCaseView]
    total: int
    next_cursor: str | None


class Skipped(BaseModel):
    """A case that was left as it was."""

    employee_id: str
    day: date
    why: str


class DecisionView(BaseModel):
    """A decision about many cases, and how far it has been carried out."""

    id: str
    outage_id: str
    outcome: Outcome
    note: str
    by: str | None
    at: datetime
    total: int
    done: int
    applied: int
    running: bool
    skipped: list[Skipped] = Field(description="At most a hundred")


class DecisionPage(BaseModel):
    """Newest first."""

    items: list[DecisionView]
