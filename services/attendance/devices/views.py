"""Terminals as the API shows and takes them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.attendance.devices.models import SERIAL, TRANS_FLAG, Device, Status
from services.attendance.devices.registry import Registry


class SiteView(BaseModel):
    """Where a terminal hangs."""

    id: str
    name: str
    zone: str


class AlertView(BaseModel):
    """A condition a person should know of."""

    id: str
    serial: str
    kind: str
    subject: str
    detail: str
    since: datetime
    last_at: datetime
    count: int
    open: bool
    closed_at: datetime | None = None
    note: str = ""


class StateView(BaseModel):
    """What was seen of a terminal and what it says of itself. `drift` in seconds; `held`: records it says it holds."""

    last_seen: datetime | None = None
    last_poll: datetime | None = None
    last_punch: datetime | None = None
    address: str = ""
    drift: int | None = None
    model: str = ""
    firmware: str = ""
    held: int | None = None
    users: int | None = None
    options: dict[str, str] = {}


class DeviceView(BaseModel):
    """A terminal with its state."""

    serial: str
    status: Status
    name: str
    site: SiteView | None
    pin_space: str
    go_live: date | None
    number: str
    token_set: bool
    token_required: bool
    delay: int
    error_delay: int
    trans_flag: str
    operlog_ack: Literal["count", "plain"]
    registry_ok: bool
    recollect: bool
    addresses: list[str]
    first_seen: datetime | None
    approved_at: datetime | None
    changed_at: datetime | None
    version: int
    state: StateView
    quarantined: int
    waiting_requests: int
    alerts: list[AlertView]


class DevicePage(BaseModel):
    """One page of terminals."""

    items: list[DeviceView]
    next_cursor: str | None
    total: int


class _Options(BaseModel):
    model_config = ConfigDict(extra="forbid")

    pin_space: str | None = Field(default=None, pattern=r"^[A-Za-z0-9._:-]{0,64}$", description="'' = nomor seri")
    number: str | None = Field(default=None, max_length=16, description="nomor mesin di attlog.dat")
    token_required: bool | None = None
    delay: int | None = Field(default=None, ge=2, le=60)
    error_delay: int | None = Field(default=None, ge=30, le=300)
    trans_flag: str | None = Field(default=None, pattern=r"^[A-Za-z0-9 \t]{1,200}$", description=TRANS_FLAG)
    operlog_ack: Literal["count", "plain"] | None = None
    registry_ok: bool | None = None
    go_live: date | None = None


class Approval(_Options):
    """What a person says when a terminal is taken into service."""

    name: str = Field(min_length=1, max_length=120)
    site_id: str = Field(min_length=1, max_length=64)


class Registration(Approval):
    """A terminal registered before it was ever seen."""

    serial: str = Field(pattern=SERIAL)


class DeviceEdit(_Options):
    """What changes; absent fields stay."""

    name: str | None = Field(default=None, min_length=1, max_length=120)
    site_id: str | None = Field(default=None, min_length=1, max_length=64)


class Approved(BaseModel):
    """The terminal, and what became of what it had sent before."""

    device: DeviceView
    replayed_requests: int
    punches: int
    held: int


class TokenView(BaseModel):
    """A new address token: shown once. `path` goes before /iclock in the terminal's server address."""

    token: str
    path: str


def alert_view(row: Mapping[str, Any]) -> AlertView:
    """From MongoDB."""
    return AlertView(id=str(row["_id"]), **{name: row[name] for name in AlertView.model_fields if name in row})


def device_view(
    device: Device,
    registry: Registry,
    state: Mapping[str, Any],
    alerts: list[AlertView],
    quarantined: int,
    waiting: int,
) -> DeviceView:
    """Put together from its parts."""
    site = registry.sites.get(device.site_id) if device.site_id else None
    return DeviceView(
        **device.model_dump(include=set(DeviceView.model_fields) - {"pin_space"}),
        pin_space=device.space,
        site=SiteView(id=site.site_id, name=site.name, zone=site.zone) if site else None,
        token_set=device.token_hash is not None,
        state=StateView.model_validate(dict(state)),
        quarantined=quarantined,
        waiting_requests=waiting,
        alerts=alerts,
    )
