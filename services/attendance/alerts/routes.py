"""Alerts over HTTP."""

from typing import Annotated

from bson import ObjectId
from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from kit import paging
from kit.problems import Problem
from services.attendance.access import TERMINALS
from services.attendance.alerts.store import Alerts, Kind
from services.attendance.devices.models import SERIAL
from services.attendance.devices.registry import Clock
from services.attendance.devices.views import AlertView, alert_view


class AlertPage(BaseModel):
    """One page of alerts, newest first."""

    items: list[AlertView]
    next_cursor: str | None


class Closing(BaseModel):
    """What was done about it."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field(min_length=3, max_length=500)


def router(alerts: Alerts, clock: Clock) -> APIRouter:
    """The routes under /alerts."""
    routes = APIRouter(prefix="/api/attendance/v1/alerts", tags=["alerts"], dependencies=[Depends(TERMINALS)])

    @routes.get("")
    async def list_alerts(
        open: bool | None = True,  # noqa: A002 - the word of the API
        serial: Annotated[str, Query(pattern=SERIAL)] | None = None,
        kind: Kind | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> AlertPage:
        """Alerts, newest first: silence, clock, gaps, tampering. Open ones, unless `open` says otherwise."""
        after = paging.decode(cursor)
        rows = await alerts.page(open, serial, kind, ObjectId(after) if ObjectId.is_valid(after) else None, limit)
        following = paging.encode(str(rows[-1]["_id"])) if len(rows) == limit else None
        return AlertPage(items=[alert_view(row) for row in rows], next_cursor=following)

    @routes.post("/{alert_id}/close")
    async def close_alert(alert_id: Annotated[str, Path(pattern=r"^[0-9a-f]{24}$")], body: Closing) -> AlertView:
        """Close an alert with a note of what was done. Most close by themselves when their cause is gone."""
        row = await alerts.close_one(ObjectId(alert_id), clock(), body.note)
        if row is None:
            raise Problem(404, "alert-not-open", "Peringatan tidak ada", "Peringatan ini tidak ada atau sudah ditutup.")
        return alert_view(row)

    return routes
