"""What is answered about a period of days."""

from datetime import date as calendar_date
from decimal import Decimal

from pydantic import AwareDatetime, BaseModel, Field

from services.reporting.devices.models import Completeness
from services.reporting.freshness.models import Freshness
from services.reporting.organisation.models import SiteRef, UnitDetail, UnitRef, UnitSummary
from services.reporting.presence.attention import Reason


class Work(BaseModel):
    """Daily activities. `minutes` is what is claimed, `effective_minutes` what is validated up to each day's cap."""

    entries: int = 0
    waiting: int = 0
    validated: int = 0
    returned: int = 0
    rejected: int = 0
    minutes: int = 0
    validated_minutes: int = 0
    effective_minutes: int = 0


class Validating(BaseModel):
    """What a superior did about others' activities. `late` and `became_overdue` are past the day they were due."""

    decided: int = 0
    late: int = 0
    became_overdue: int = 0


class Notes(BaseModel):
    """Notes of feedback: `given` to subordinates, `received` from superiors, praise from and to colleagues."""

    given: int = 0
    praise_given: int = 0
    received: int = 0
    praise_received: int = 0
    requested: int = 0
    answered: int = 0


class Mean(BaseModel):
    """What the released ratings come to, on the scale of 1 to 5 stars (ratings.py says how)."""

    ratings: int = Field(description="Released in the period, in groups that are large enough to hide each one")
    mean: Decimal | None = None
    low: Decimal | None = Field(default=None, description="With `high` the interval that holds the true mean, 95 %")
    high: Decimal | None = None
    distribution: list[int] = Field(description="How many gave 1, 2, 3, 4, 5 stars")


class Rated(Mean):
    """Citizens' ratings of a person."""

    expected: Decimal | None = Field(default=None, description="The mean of the services rated, whoever served")
    fair: Decimal | None = Field(
        default=None, description="The mean drawn toward `expected` as if 10 more had given it"
    )


class Served(Mean):
    """Citizens' ratings of services, whoever served."""

    given: int = Field(description="Given in the period; what they said follows when there are enough of them")


class Figures(BaseModel):
    """One period. Of a unit, sums over people and days."""

    days_present: int = Field(description="Days with a punch that counts")
    days_with_activity: int
    work: Work
    validating: Validating
    notes: Notes
    rated: Rated = Field(description="Of the people; of a unit, all its officers together")
    more: dict[str, dict[str, int]] = Field(
        description="What else services say of days, by the name of the strand: its numbers, added up"
    )
    served: Served | None = Field(default=None, description="Of the unit's services; null: of a person")


class CardDay(BaseModel):
    """One day of a card, by which each number opens: its punches under `/employees/{id}/days/{date}`, its activities at
    the appraisal service."""

    date: calendar_date
    present: bool
    first_at: AwareDatetime | None
    last_at: AwareDatetime | None
    first_site: SiteRef | None
    work: Work | None = Field(description="null: no activities")
    notes: Notes | None = Field(description="null: none")
    ratings_released: int
    attention: list[Reason] = Field(description="Why somebody may ask about the day; never a verdict")


class Card(BaseModel):
    """One person's period beside the period of the same length before it."""

    employee_id: str
    name: str | None
    unit: UnitRef | None = Field(description="Where the own post is on the last day")
    post_title: str | None
    first: calendar_date
    last: calendar_date
    figures: Figures
    before: Figures
    month_norm_minutes: int | None = Field(description="The norm of effective minutes of a month; null: not told yet")
    days: list[CardDay] = Field(description="Oldest first; days without any fact are absent")
    incomplete: list[str] = Field(description="Dead letters that leave something of this person out")
    freshness: Freshness


class UnitPoint(BaseModel):
    """A unit's day."""

    date: calendar_date
    present: int
    people_with_activity: int
    work: Work
    ratings: int = Field(description="Given by citizens for the services of the unit")


class UnitFigures(BaseModel):
    """A unit directly below, with everything below it."""

    unit: UnitSummary
    people: int = Field(description="Who belongs there on the last day")
    figures: Figures


class ServiceFigures(BaseModel):
    """A service of the unit or of one below it; its name is in the feedback service's catalogue."""

    service_id: str
    unit_id: str
    served: Served


class UnitCard(BaseModel):
    """A unit with everything below it."""

    unit: UnitDetail
    first: calendar_date
    last: calendar_date
    people: int = Field(description="Who belongs there on the last day")
    figures: Figures
    before: Figures
    children: list[UnitFigures]
    services: list[ServiceFigures] = Field(description="Those with ratings, most first")
    days: list[UnitPoint] = Field(description="Oldest first; days without any fact are absent")
    freshness: Freshness
    completeness: Completeness
