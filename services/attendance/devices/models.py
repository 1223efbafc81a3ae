"""A terminal as registered: one document of `devices`, changed by people and by few events, never by heartbeats."""

from datetime import date, datetime
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

SERIAL = r"^[A-Za-z0-9._:-]{1,64}$"
TRANS_FLAG = "TransData AttLog\tOpLog"  # keeps templates and photos off the server (devices.md section 1.2)

Status = Literal["pending", "active", "retired"]


class Site(BaseModel):
    """This service's own copy of a directory site; `latitude`, `longitude`, `radius_m` all or none."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    site_id: str
    name: str = ""
    zone: str
    latitude: float | None = None
    longitude: float | None = None
    radius_m: int | None = None


class Device(BaseModel):
    """Registration and options of one terminal.

    `pin_space` names the set of PINs it uses: its own serial, or a name that terminals with the same enrolment share.
    `number` is the device id that its attlog.dat files carry. `token_hash` is the SHA-256 of its address token; with
    `token_required` an address without one is refused too. `delay` and `error_delay` are seconds between polls.
    `operlog_ack`: some models want the count, some a bare OK. `registry_ok` False answers 404 to registry and push.
    `recollect` asks once, at the next handshake, for everything the terminal holds. `addresses` are the source
    addresses it has used.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    serial: str = Field(pattern=SERIAL)
    status: Status = "pending"
    name: str = ""
    site_id: str | None = None
    pin_space: str = ""
    go_live: date | None = None
    number: str = ""
    token_hash: str | None = None
    token_required: bool = False
    delay: int = Field(default=10, ge=2, le=60)
    error_delay: int = Field(default=30, ge=30, le=300)
    trans_flag: str = TRANS_FLAG
    operlog_ack: Literal["count", "plain"] = "count"
    registry_ok: bool = True
    recollect: bool = False
    addresses: tuple[str, ...] = ()
    first_seen: datetime | None = None
    approved_at: datetime | None = None
    retired_at: datetime | None = None
    changed_at: datetime | None = None
    version: int = 1

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Self:
        """From MongoDB: `_id` is the serial, dates are kept as text."""
        return cls.model_validate({**document, "serial": document["_id"]})

    def to_document(self) -> dict[str, Any]:
        """For MongoDB."""
        document = self.model_dump(exclude={"serial"})
        document["go_live"] = self.go_live.isoformat() if self.go_live else None
        document["addresses"] = list(self.addresses)
        return {"_id": self.serial, **document}

    @property
    def space(self) -> str:
        """The PIN space in effect."""
        return self.pin_space or self.serial
