"""What is answered about completeness."""

from datetime import date, datetime
from decimal import Decimal

from pydantic import BaseModel, Field

from services.attendance.commands.routes import CommandView


class SiteComplete(BaseModel):
    """Up to when all that the terminals of a site recorded is here: the earliest of them. `owing` are those that are
    silent or of which records are missing. Null: none of them was ever heard of."""

    site_id: str
    complete_to: datetime | None
    terminals: int
    owing: int


class GapView(BaseModel):
    """A period of which a terminal holds more records than we have, and what was asked of it for that."""

    start: str = Field(description="First second, by the terminal's clock")
    end: str
    detail: str
    since: datetime = Field(description="When it was found")
    open: bool
    closed_at: datetime | None = None
    asked: list[CommandView] = []


class TerminalDay(BaseModel):
    """A terminal's local date. `held` is what it said it holds of it, null where it has not said; `stored` null where
    it was not counted."""

    day: date
    held: int | None
    stored: int | None
    percent: Decimal | None
    counted_at: datetime | None
    silent_minutes: int = Field(description="In office hours")
    drift: bool = Field(description="Whether its clock was found to be off on this date")
    gaps: list[GapView]


class TerminalComplete(BaseModel):
    """A terminal and some of its dates."""

    serial: str
    name: str
    site_id: str | None
    site_name: str
    zone: str
    complete_to: datetime | None
    silent: bool
    drift_seconds: int | None
    countable: bool = Field(description="Whether it can count its records; one that cannot says so once")
    days: list[TerminalDay]


class CompletenessPage(BaseModel):
    """Terminals in order of serial number, and the sites they hang at."""

    day: date
    items: list[TerminalComplete]
    sites: list[SiteComplete]
    next_cursor: str | None
