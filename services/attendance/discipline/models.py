"""What is sent and answered about standings and cases."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from kit.text import Reference, Title
from services.attendance.checkins.models import Sent
from services.attendance.corrections.models import Reason
from services.attendance.discipline.procedure import Team
from services.attendance.discipline.rules import LadderStep, Level
from services.attendance.schedules.sent import BookDate

Status = Literal["proposed", "examining", "decided", "dropped", "withdrawn", "superseded"]
CaseWhat = Literal[
    "proposed",
    "evidence_changed",
    "superseded",
    "reinstated",
    "withdrawn",
    "summoned",
    "summoned_again",
    "decided",
    "dropped",
    "delivered",
]


class Examination(Sent):
    """A summons and its hearing; again, when nobody came to the first. `team` are employee ids: needed for a heavy
    indication, none for a light one."""

    summoned_on: BookDate
    hearing_on: BookDate
    team: Annotated[list[Reference], Field(max_length=10)] = []


class CaseDecision(Sent):
    """What a person has decided, by which letter. The employee reads `words`."""

    sanction: Annotated[str, Field(min_length=1, max_length=60)]
    letter: Title
    decided_on: BookDate
    words: Reason


class CaseDrop(Sent):
    """Why a case is not pursued. The employee reads it."""

    words: Reason


class CaseDelivery(Sent):
    """When the decision was handed over or sent."""

    delivered_on: BookDate


class CountedDay(BaseModel):
    """A day that counts, in the version it has."""

    day: date
    state: Literal["absent", "attended"]
    minutes: int = Field(description="Late, early, and of a missed shift; 0 for a whole day of absence")
    version: int


class UnresolvedDay(BaseModel):
    """A day that does not count yet, and what is missing of it."""

    day: date
    missing: list[Literal["window_open", "review", "site", "schedule"]]


class Warned(BaseModel):
    """A warning before a step. `ended` says why it holds no longer: the step was reached, or the days are others."""

    key: str
    level: Level
    sanction: str
    article: str
    from_days: int
    days: int
    on: date
    raised_at: datetime
    ended_at: datetime | None
    ended: Literal["reached", "lifted"] | None


class CaseStep(BaseModel):
    """What happened to a case. `side` is "system" where its days did; `days` are the dates it is about."""

    at: datetime
    what: CaseWhat
    by: str | None = Field(description="Employee id of who did it; null for the system, or an account that is nobody's")
    side: Literal["system", "superior", "agency"]
    words: str = ""
    days: list[date]


class Decision(BaseModel):
    """A person's decision."""

    sanction: str
    letter: str
    decided_on: date


class CaseSummary(BaseModel):
    """A case in a list. It is an indication; only "decided" is more."""

    id: str
    employee_id: str
    year: int
    status: Status
    by_streak: bool
    from_days: int
    level: Level
    sanction: str
    interim: str | None = Field(description="What takes its place while PP 94/2021 Pasal 42 holds")
    article: str
    salary_stops: bool
    days: int = Field(description="With which it was reached; in a row where `by_streak`")
    minutes: int
    reached_on: date
    superseded_by: str | None = Field(description="The key of the step that took its place: days, or `streak`")
    contradicted: bool = Field(description="Its days changed after it was closed")
    proposed_at: datetime
    version: int


class CaseDeadline(BaseModel):
    """What comes next, in working days of the employee; `on` is null where no schedule says which those are."""

    what: Literal["hearing", "second_summons", "delivery", "sending", "effect"]
    on: date | None
    days: int
    article: str
    earliest: bool = Field(description="Not before that day, instead of by it")


class CaseView(CaseSummary):
    """A case with its evidence and all that became of it."""

    evidence: list[CountedDay]
    later: list[CountedDay] | None = Field(description="What its days are now, where they changed after it was closed")
    summoned_on: date | None
    second_summons_on: date | None
    hearing_on: date | None
    team: list[str]
    decision: Decision | None
    delivered_on: date | None
    steps: list[CaseStep]
    rule: str
    source: str
    examines: Team = Field(description="Whether a team examines: none, optional, needed")
    team_least: int
    team_article: str
    deadlines: list[CaseDeadline]
    sanctions: list[str] = Field(description="What may be decided by the rule of the case")
    may_act: bool = Field(description="Whether this account may examine and decide it")


class CaseList(BaseModel):
    """Longest waiting first."""

    items: list[CaseSummary]
    total: int


class Ladder(BaseModel):
    """Where somebody stands in a calendar year."""

    employee_id: str
    year: int
    days: int = Field(description="Absent days and days made of lost minutes")
    absent: int
    minutes: int = Field(description="Lost minutes of the year")
    remainder: int = Field(description="Minutes that do not make a day yet")
    minutes_per_absence_day: int | None = Field(description="Null where the agency makes no days of minutes")
    streak: int = Field(description="The longest run of absent days that ended in the year")
    running: int = Field(description="The run that nothing known has ended")
    streak_days: int | None
    streak_sanction: str | None
    step: str | None = Field(description="The key of the step that is indicated")
    level: Level | None
    next_at: int | None = Field(description="At so many days the next step begins; null: there is none")
    near: bool
    rule: str
    source: str
    steps: list[LadderStep]
    counted: list[CountedDay]
    unresolved: list[UnresolvedDay]
    warnings: list[Warned]
    cases: list[CaseSummary]


class NearStep(BaseModel):
    """Somebody close to a step."""

    employee_id: str
    days: int
    running: int
    level: Level | None
    step: str | None
    next_at: int | None
    warnings: list[Warned]


class NearList(BaseModel):
    """Most days first."""

    items: list[NearStep]
    total: int


class DisciplineCount(BaseModel):
    """Numbers only: people of one's own who are close to a step, cases one sees that are open, and whether a warning
    holds for oneself."""

    near: int
    cases: int
    warned: bool
