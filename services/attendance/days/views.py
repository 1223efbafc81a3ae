"""What is answered about assessed days."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import BaseModel, Field

from contracts.events.days import DayAssessed
from services.attendance.days.models import AssessedDay, Seen
from services.attendance.reconciliation.views import SiteComplete


class DayPage(BaseModel):
    """The days of a period that there are: a date nobody asked anything of, and nobody came on, has none."""

    items: Sequence[DayAssessed]
    known_until: datetime = Field(description="What happened before is known; absence is decided up to here")
    terminals: SiteComplete | None = Field(
        default=None, description="Of the site of the last of these days; null where no terminal hangs"
    )
    known_on: date | None = Field(default=None, description="As known when this date ended")


class ExplainedDay(BaseModel):
    """A day, each step that led to it as a stable code with values, rule and article, and the punches it was made of,
    used or not."""

    version: int
    known_until: datetime
    day: AssessedDay
    punches: Sequence[Seen]
    terminals: SiteComplete | None = Field(default=None, description="Of the site of the day")


class KnownDay(BaseModel):
    """What a date was known to be from a moment on, until the next of them."""

    known_from: datetime
    day: DayAssessed


class DayHistory(BaseModel):
    """Everything that was known of a date when a day ended, oldest first; the last is the current state."""

    items: Sequence[KnownDay]
