"""Presence as answers show it. Instants are UTC; a date is the local day on the clock where the punch was made."""

from datetime import date as calendar_date
from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from contracts.events.days import DayStatus
from services.reporting.devices.models import Completeness
from services.reporting.freshness.models import Freshness
from services.reporting.organisation.models import SiteRef, UnitDetail, UnitRef, UnitSummary
from services.reporting.presence.states import State

Wanted = Literal["all", "present", "not_yet", "away", "off"]


class Totals(BaseModel):
    """People of a unit and everything below it. `expected` = `present` + `away` + `off` + `not_yet`."""

    expected: int = Field(description="People whose primary post is there on the date")
    present: int = Field(description="Of these, people with at least one punch on the date")
    away: int = Field(description="Without one, on leave, on duty or permitted to be away the whole day")
    off: int = Field(description="Without one, and nothing is asked of them: a day off, a holiday, on call")
    not_yet: int = Field(description="Without one, and expected; also whoever's schedule is not known")
    last_at: AwareDatetime | None = Field(description="Newest punch seen")


class ChildTotals(BaseModel):
    """One unit directly below."""

    unit: UnitSummary
    totals: Totals


class PresenceAnswer(BaseModel):
    """A unit, what it consists of, and who is in."""

    date: calendar_date
    unit: UnitDetail
    totals: Totals
    children: list[ChildTotals]
    freshness: Freshness
    completeness: Completeness


class Person(BaseModel):
    """One person's day."""

    employee_id: str
    name: str
    post_title: str | None
    unit: UnitRef
    state: State
    first_at: AwareDatetime | None
    last_at: AwareDatetime | None
    first_site: SiteRef | None
    count: int = Field(description="Punches of the day")
    status: DayStatus | None = Field(
        default=None, description="What attendance has assessed the day as, so far (`DayAssessed`); null: not heard yet"
    )
    late_minutes: int = Field(default=0, description="Late by so many minutes, as far as is known")
    incomplete: bool = Field(default=False, description="A record of this person could not be read")


class PeoplePage(BaseModel):
    """People in the order of their names. A page may be short, even empty, while `next_cursor` says there is more."""

    items: list[Person]
    next_cursor: str | None
    total: int | None = Field(description="How many there are in all; null: not counted for this question")
    freshness: Freshness


class SiteTotals(BaseModel):
    """One work site. Whoever belongs there counts as present wherever the punch was made."""

    site: SiteRef
    totals: Totals
    arrived: int = Field(description="People whose first punch of the date was made there, wherever they belong")


class SitesAnswer(BaseModel):
    """All sites that have people on the date."""

    date: calendar_date
    items: list[SiteTotals]
    freshness: Freshness
    completeness: Completeness


class ArrivalBucket(BaseModel):
    """First punches in one stretch of local time."""

    at_local: str = Field(description="Start, on the clock of the place of the punch", examples=["07:25"])
    count: int


class ArrivalsAnswer(BaseModel):
    """The arrival curve: when people came, by the clock on the wall where they came."""

    date: calendar_date
    bucket_minutes: Literal[5]
    items: list[ArrivalBucket]
    freshness: Freshness


class Punch(BaseModel):
    """One punch as it was recorded. `direction` is what the terminal said: evidence, not verdict."""

    punch_id: str
    at: AwareDatetime
    device_id: str
    site: SiteRef | None
    zone: str
    source: str
    direction: str
    method: str
    flags: list[str]
    review: Literal["open", "accepted", "rejected"] | None = Field(
        default=None, description="Of a doubted punch: open until a person decides; a rejected one does not count"
    )


class EmployeeDay(BaseModel):
    """One person's day with its punches."""

    employee_id: str
    name: str | None = Field(description="null: the directory has not told of this person")
    date: calendar_date
    unit: UnitRef | None
    post_title: str | None
    site: SiteRef | None = Field(description="Where the post is, not where the punches were made")
    state: State
    first_at: AwareDatetime | None
    last_at: AwareDatetime | None
    count: int
    punches: list[Punch]
    incomplete: list[str] = Field(description="Ids of records of this person that could not be read (dead letters)")
    freshness: Freshness
