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
    """`total` = `live` + `silent` + `never_seen` are the approved terminals."""

    total: int
    live: int
    silent: int = Field(description="Heard of once, and not for too long now")
    pending: int = Field(description="Terminals that wait for approval; not in `total`")
    never_seen: int = Field(description="Never heard of yet; not a part of `silent`")


class Completeness(BaseModel):
    """How many of the sources of punches are heard, and how many people's days lack a record that was refused."""

    devices_total: int = Field(description="Approved terminals")
    devices_silent: int = Field(description="Of these, heard of once and not for too long now: punches may be missing")
    devices_never_seen: int = Field(description="Of these, never heard of yet; not counted as silent")
    devices_pending: int = Field(description="Terminals that wait for approval; not in the total")
    incomplete_employees: int = Field(description="People with a record that could not be read (dead letters)")


class DevicesAnswer(BaseModel):
    """The whole fleet."""

    items: list[DeviceItem]
    totals: DeviceTotals
    freshness: Freshness
