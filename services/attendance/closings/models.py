"""What is closed, sent and answered. Minutes are whole; days of `figures` count assessed dates."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.events.days import DayStatus, Missing
from kit.text import Title
from services.attendance.schedules.models import Frozen

ClosingState = Literal["open", "closing", "closed"]
Cause = Literal["punches", "excuse", "schedule", "rules", "completed", "other"]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class ClosedSums(Frozen):
    """Counts and minutes, of a day or of several."""

    required_days: int
    present_days: int
    absent_days: int
    excused_days: int
    late_days: int
    early_days: int
    required_minutes: int
    effective_minutes: int
    absent_minutes: int
    late_minutes: int
    early_minutes: int
    bands: Mapping[str, int] = Field(description="How often each band of lateness or leaving early was reached")


class ClosedValue(ClosedSums):
    """What one day came to. `version` is that of the assessed day, `rules` what decided, `missing` what was unknown."""

    version: int
    status: DayStatus
    first_in: str | None = None
    last_out: str | None = None
    rules: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()


class ClosedDay(Frozen):
    """One date of a closed period."""

    day: date
    value: ClosedValue


class ClosedFigures(ClosedSums):
    """The sums over `days` assessed dates, of which `incomplete` were not known completely."""

    days: int
    incomplete: int


class Adjustment(Frozen):
    """A closed day that comes to something else since. `period` is the one it was closed in (its first day);
    `difference` has the figures that changed, after less before; `before` is empty where there was no day."""

    day: date
    period: date
    before: ClosedValue | None
    after: ClosedValue
    difference: Mapping[str, int]
    bands: Mapping[str, int]
    causes: tuple[Cause, ...]


class PersonClosed(Frozen):
    """What is signed of one employee in a period. `salt` hides neighbours' figures behind their hashes; `unit_id` is
    that of the own post on the last day."""

    period: date
    employee_id: str
    unit_id: str | None
    salt: str
    figures: ClosedFigures
    days: tuple[ClosedDay, ...]
    adjustments: tuple[Adjustment, ...]


class ClosingHead(Frozen):
    """What is signed of a period: all of it. `root` is the root over employees in the order of their ids, `previous`
    the hash of the head before it (zeros for the first): no closing can be left out or put in later."""

    format: Literal["kinerja-closing-1"] = "kinerja-closing-1"
    number: int
    first: date
    last: date
    people: int
    adjusted_days: int
    totals: ClosedFigures
    root: Hash
    previous: Hash
    closed_at: str
    key_id: Hash


class OpenCounts(Frozen):
    """How much of a period is still open."""

    pending_days: int = Field(ge=0)
    leave: int = Field(ge=0)
    corrections: int = Field(ge=0)
    without_schedule: int = Field(ge=0)

    @property
    def total(self) -> int:
        return self.pending_days + self.leave + self.corrections + self.without_schedule


class ClosingSent(BaseModel):
    """Nothing but what is asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NewClosing(ClosingSent):
    """Close the period that begins on `first`. `seen` is what the preview said is open; where anything is, `words` say
    why it is closed all the same."""

    first: date
    seen: OpenCounts
    words: Annotated[Title | None, Field(description="Needed when something is open")] = None


class SentPeriodRule(ClosingSent):
    """From `valid_from` on periods begin on day `start_day` of a month. `source`: the agency's decision."""

    valid_from: date = Field(ge=date(2000, 1, 2), le=date(2100, 12, 31))
    start_day: int = Field(ge=1, le=28)
    source: Title


class SentPeriodCalendar(ClosingSent):
    """All rows of the agency; none: calendar months."""

    rows: tuple[SentPeriodRule, ...] = Field(max_length=100)


class PeriodRuleView(Frozen):
    """A row; `shipped` is the one that holds where the agency says nothing."""

    valid_from: date
    start_day: int
    source: str
    shipped: bool


class PeriodCalendarView(Frozen):
    """How periods are cut. `closed_until`: up to here nothing of it can be changed."""

    rows: tuple[PeriodRuleView, ...]
    version: int
    closed_until: date | None


class ClosingView(Frozen):
    """A closing. `done` of `people` employees are through while it is `closing`; `waits_for_key`: it has everything but
    a key to sign with. `digest` is the hash of the signed head."""

    asked_at: datetime
    asked_by: str
    words: str | None
    open: OpenCounts
    people: int
    done: int
    waits_for_key: bool
    head: ClosingHead | None
    digest: str | None
    signature: str | None


class PeriodView(Frozen):
    """A period. `obstacle`: why it cannot be closed now."""

    first: date
    last: date
    state: ClosingState
    obstacle: str | None
    closing: ClosingView | None


class PeriodList(Frozen):
    """Periods in order, newest first."""

    items: tuple[PeriodView, ...]


class PendingDay(Frozen):
    """An assessed day that may still change."""

    employee_id: str
    day: date
    missing: tuple[Missing, ...]


class UndecidedLeave(Frozen):
    """A request of leave, duty or permit without a decision."""

    id: str
    employee_id: str
    kind: str
    first: date
    last: date


class UndecidedCorrection(Frozen):
    """A correction without a decision."""

    id: str
    employee_id: str
    day: date
    what: str


class ClosingPreview(Frozen):
    """What is still open in a period: how much, and at most 200 of each. `ready`: the assessor has reached its end."""

    first: date
    last: date
    obstacle: str | None
    ready: bool
    people: int
    counts: OpenCounts
    pending_days: tuple[PendingDay, ...]
    leave: tuple[UndecidedLeave, ...]
    corrections: tuple[UndecidedCorrection, ...]
    without_schedule: tuple[str, ...]


class PersonAdjustments(Frozen):
    """What has changed of one employee's closed days."""

    employee_id: str
    adjustments: tuple[Adjustment, ...]


class AdjustmentPage(Frozen):
    """By employee. `total` is how many employees have any day that was said anew."""

    items: tuple[PersonAdjustments, ...]
    total: int
    next_cursor: str | None


class PersonFigures(Frozen):
    """One employee's closed figures."""

    employee_id: str
    unit_id: str | None
    figures: ClosedFigures
    adjusted_days: int


class FigurePage(Frozen):
    """By employee id."""

    items: tuple[PersonFigures, ...]
    total: int
    next_cursor: str | None


class ClosingVerification(Frozen):
    """Whether what is stored is what was signed. `wrong` says what is not, in Indonesian; none: everything fits."""

    people: int
    digest: str | None
    key_id: str | None
    wrong: tuple[str, ...]


class OwnAdjustment(Adjustment):
    """`signed_in` is the period whose closing has it; empty while it belongs to the next one."""

    signed_in: date | None


class OwnPeriod(Frozen):
    """A closed period as it concerns one employee."""

    first: date
    last: date
    state: ClosingState
    closed_at: datetime
    figures: ClosedFigures | None
    digest: str | None


class OwnClosings(Frozen):
    """Closed periods that have one of the days asked for, and what has changed of these days since."""

    items: tuple[OwnPeriod, ...]
    adjustments: tuple[OwnAdjustment, ...]
