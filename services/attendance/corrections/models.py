"""What is sent and answered about corrections."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, StringConstraints, model_validator

from kit.evidence.models import Evidence
from kit.text import SEEN, Reference
from services.attendance.checkins.models import Sent
from services.attendance.schedules.models import Wall
from services.attendance.schedules.sent import BookDate

What = Literal["punch", "on_duty", "outside_work", "system_fault"]
Direction = Literal["in", "out"]
Status = Literal["waiting", "returned", "approved", "rejected", "withdrawn", "revoked"]
Outcome = Literal["approved", "returned", "rejected"]
Side = Literal["employee", "superior", "agency"]
Reason = Annotated[str, SEEN, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]


class Claim(Sent):
    """What is claimed of a date. Times are of the site's clock.

    A punch has `direction` and `at`, with `next_day` of the date that follows (the end of a night shift), and the site
    where it was (`site_id`; absent: the own workplace). A status holds for the whole day, or from `since` to `until`;
    where `until` is not after `since` it is of the date that follows.
    """

    what: What
    direction: Direction | None = None
    at: Wall | None = None
    next_day: bool = False
    site_id: Reference | None = None
    since: Wall | None = None
    until: Wall | None = None
    reason: Reason


class NewCorrection(Claim):
    """A claim and its date: that of the shift's begin. The date stays: another date is another correction."""

    date: BookDate


class ChosenCorrection(Sent):
    """A correction in the version that was looked at."""

    id: Reference
    version: int = Field(ge=1)


class CorrectionDecision(Sent):
    """What is decided about corrections. The employee reads `words`; needed unless it approves."""

    corrections: Annotated[list[ChosenCorrection], Field(min_length=1, max_length=200)]
    outcome: Outcome
    words: Reason | None = None

    @model_validator(mode="after")
    def _said_why(self) -> Self:
        if self.outcome != "approved" and self.words is None:
            raise ValueError("tuliskan alasannya; pegawai membacanya")
        return self


class Revocation(Sent):
    """Why an approved correction does not count any more. The employee reads it."""

    words: Reason


class CorrectionStep(BaseModel):
    """What happened to a correction after it was asked for, and as what it was done."""

    at: datetime
    what: Literal["changed", "approved", "returned", "rejected", "withdrawn", "revoked"]
    by: str | None = Field(description="Employee id of who did it; null for an account that is nobody's")
    side: Side
    words: str = ""


class ClaimedSite(BaseModel):
    """Where a claimed punch was."""

    id: str
    name: str


class CorrectionView(BaseModel):
    """A correction with everything that became of it."""

    id: str = Field(description="Also the id of the punch or excuse it adds to the day")
    employee_id: str
    date: str
    what: What
    direction: Direction | None
    at: datetime | None
    since: datetime | None
    until: datetime | None
    site: ClaimedSite | None
    zone: str = Field(description="Whose clock the times were claimed by")
    reason: str
    status: Status
    needs_evidence: bool = Field(description="Whether it can be approved only with a file")
    superior_until: str = Field(description="The last day on which the superior decides; then the personnel agency")
    rule: str = Field(description="The dated rule it was asked by")
    version: int = Field(description="Goes into If-Match, and into a decision")
    asked_at: datetime
    steps: list[CorrectionStep]
    evidence: list[Evidence] = Field(description="In the order added, at most five")


class CorrectionPage(BaseModel):
    """Newest date first; in the queue, what waits longest first."""

    items: list[CorrectionView]
    total: int


class DecidedCorrection(BaseModel):
    """What became of one correction of a decision. `refused` says why it was not taken."""

    id: str
    status: Status | None = None
    refused: str = ""


class DecidedCorrections(BaseModel):
    """In the order asked."""

    items: list[DecidedCorrection]


class WaitingCorrections(BaseModel):
    """Numbers only."""

    waiting: int
