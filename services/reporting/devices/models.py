"""The fleet as answers show it."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from services.reporting.freshness.models import Freshness
from services.reporting.organisation.models import SiteRef

State = Literal["live", "silent", "pending", "never_seen"]


class Alert(BaseModel):
    """An open condition of a terminal."""

    kind: str = Field(examples=["clock_drift"])
    since: AwareDatetime
    detail: str


class DeviceItem(BaseModel):
    """One terminal. `held` less `stored` is what it may still owe; retired terminals are not listed."""

    device_id: str
    serial: str
    name: str
    status: Literal["pending", "active"]
    site: SiteRef | None
    state: State
    last_seen: AwareDatetime | None
    last_punch_at: AwareDatetime | None = Field(description="Newest punch stored of it, by its corrected clock")
    drift_seconds: int | None = Field(description="How far its clock is ahead of ours")
    held: int | None = Field(description="Records it says it holds; null until it has said")
    stored: int = Field(description="Distinct punches of it in this view")
    quarantined: int = Field(description="Lines of it that wait for a person")
    alerts: list[Alert]


class DeviceTotals(BaseModel):
    """`total` = `live` + `silent` are the approved terminals; `never_seen` is a part of `silent`."""

    total: int
    live: int
    silent: int
    pending: int = Field(description="Terminals that wait for approval; not in `total`")
    never_seen: int


class Completeness(BaseModel):
    """How many of the sources of punches are heard, and how many people's days lack a record that was refused."""

    devices_total: int
    devices_silent: int
    devices_pending: int
    incomplete_employees: int = Field(description="People with a record that could not be read (dead letters)")


class DevicesAnswer(BaseModel):
    """The whole fleet."""

    items: list[DeviceItem]
    totals: DeviceTotals
    freshness: Freshness
