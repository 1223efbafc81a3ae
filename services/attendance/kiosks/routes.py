"""Routes of kiosks: the operator sets one up at a site; the screen then works by itself."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kit.access.principal import Principal
from kit.mongo import Document
from kit.problems import FieldError, of_status
from services.attendance.access import TERMINALS
from services.attendance.devices.registry import Clock, Registry
from services.attendance.kiosks.codes import DIGITS, STEP_SECONDS
from services.attendance.kiosks.store import Kiosks


class NewKiosk(BaseModel):
    """A kiosk to set up."""

    model_config = ConfigDict(extra="forbid")

    site_id: str = Field(min_length=1, max_length=64)
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class KioskView(BaseModel):
    """A kiosk; without its key."""

    id: str
    site_id: str
    site_name: str
    name: str
    active: bool
    made_at: datetime


class KioskKey(KioskView):
    """What the screen needs to work by itself, answered once: `key` in hexadecimal, for HMAC-SHA-256."""

    key: str
    step_seconds: int = STEP_SECONDS
    digits: int = DIGITS


def router(kiosks: Kiosks, registry: Registry, clock: Clock) -> APIRouter:
    """The routes under /kiosks."""
    routes = APIRouter(prefix="/api/attendance/v1/kiosks", tags=["kiosks"], dependencies=[Depends(TERMINALS)])

    def shown(row: Document) -> dict[str, object]:
        site = registry.sites.get(row["site_id"])
        names = {name: row[name] for name in ("site_id", "name", "active", "made_at")}
        return {"id": row["_id"], "site_name": site.name if site else row["site_id"], **names}

    @routes.get("", summary="Semua kios")
    async def list_kiosks() -> list[KioskView]:
        """Withdrawn ones too."""
        return [KioskView.model_validate(shown(row)) for row in await kiosks.all()]

    @routes.post("", status_code=201, summary="Pasang kios di satu lokasi")
    async def add_kiosk(body: NewKiosk, request: Request) -> KioskKey:
        """Make a kiosk. Its key is in this answer and never again."""
        if body.site_id not in registry.sites:
            raise of_status(422, errors=[FieldError("/body/site_id", "lokasi ini tidak dikenal")])
        asking: Principal = request.scope["principal"]
        row = await kiosks.add(body.site_id, body.name, asking.subject, clock())
        return KioskKey.model_validate({**shown(row), "key": row["key"].hex()})

    @routes.post("/{kiosk}/withdraw", summary="Cabut kios")
    async def withdraw_kiosk(kiosk: str, request: Request) -> KioskView:
        """Its codes count no more, from this moment on."""
        asking: Principal = request.scope["principal"]
        row = await kiosks.withdraw(kiosk, asking.subject, clock())
        if row is None:
            raise of_status(404)
        return KioskView.model_validate(shown(row))

    return routes
