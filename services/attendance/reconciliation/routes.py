"""Completeness over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from kit import paging
from kit.period import check_period
from kit.problems import of_status
from services.attendance.access import TERMINALS
from services.attendance.devices.models import SERIAL
from services.attendance.reconciliation.desk import Completeness
from services.attendance.reconciliation.views import CompletenessPage, TerminalComplete

MOST_DAYS = 31


def router(completeness: Completeness) -> APIRouter:
    """The routes under /reconciliation."""
    routes = APIRouter(
        prefix="/api/attendance/v1/reconciliation", tags=["reconciliation"], dependencies=[Depends(TERMINALS)]
    )

    @routes.get("", summary="Kelengkapan data semua mesin")
    async def list_completeness(
        day: Annotated[date, Query(alias="date", description="Local date, `YYYY-MM-DD`")],
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 200,
    ) -> CompletenessPage:
        """Of a date: what each active terminal said it held, what of it is here, gaps and what was asked for them,
        silence in office hours; and up to when each terminal and its site are complete."""
        items, sites = await completeness.fleet(day, paging.decode(cursor), limit)
        following = paging.encode(items[-1].serial) if len(items) == limit else None
        return CompletenessPage(day=day, items=items, sites=sites, next_cursor=following)

    @routes.get("/{serial}", summary="Kelengkapan data satu mesin")
    async def get_completeness(
        serial: Annotated[str, Path(pattern=SERIAL)],
        first: Annotated[date, Query(alias="from", description="First local date, `YYYY-MM-DD`")],
        last: Annotated[date, Query(alias="to", description="Last local date, at most 31 days with the first")],
    ) -> TerminalComplete:
        """Date by date, with what is stored counted now."""
        check_period(first, last, MOST_DAYS)
        found = await completeness.terminal(serial, first, last)
        if found is None:
            raise of_status(404)
        return found

    return routes
