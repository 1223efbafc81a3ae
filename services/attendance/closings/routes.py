"""Routes of periods: how they are cut, what is open, closing, what was closed, and what has changed since."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from kit.access import Principal
from kit.access.reads import Noting, noting
from kit.etags import IfMatch, tag, version_of
from kit.idempotency import Idempotency, IdempotencyKey
from kit.period import check_period
from services.attendance.access import CLOSINGS, DAYS
from services.attendance.closings.desk import ClosingDesk
from services.attendance.closings.models import (
    AdjustmentPage,
    ClosingPreview,
    ClosingVerification,
    FigurePage,
    NewClosing,
    OwnClosings,
    PeriodCalendarView,
    PeriodList,
    PeriodView,
    SentPeriodCalendar,
)
from services.attendance.closings.reading import ClosingReader

API = "/api/attendance/v1"
Noted = Annotated[Noting, Depends(noting)]
Limit = Annotated[int, Query(ge=1, le=200)]


def router(desk: ClosingDesk, reader: ClosingReader, keys: Idempotency) -> APIRouter:
    """The routes under /closings."""
    routes = APIRouter(prefix=f"{API}/closings", tags=["closings"], dependencies=[Depends(CLOSINGS)])

    @routes.get("", summary="Masa-masa yang berakhir dalam satu tahun, terbaru dahulu")
    async def list_periods(year: Annotated[int, Query(ge=2000, le=2100)]) -> PeriodList:
        """Open, being closed, or closed with its signature; and why one cannot be closed now."""
        return await desk.periods(year)

    @routes.post("", status_code=202, response_model=PeriodView, summary="Tutup satu masa")
    async def close_period(body: NewClosing, key: IdempotencyKey, request: Request) -> Response:
        """For the whole agency, after the preview, whose counts are sent back. It is closed at once; its figures are
        stored and signed by the worker: `closing.done` of `closing.people` says how far it is."""
        asking: Principal = request.scope["principal"]
        return await keys.respond(request, key, lambda attempt: desk.close(body, asking, attempt))

    @routes.get("/calendar", summary="Bagaimana masa dibagi")
    async def get_period_calendar(response: Response) -> PeriodCalendarView:
        """The dated definition: calendar months, or from another day of the month on."""
        found = await desk.calendar()
        response.headers["ETag"] = tag(found.version)
        return found

    @routes.put("/calendar", summary="Ganti pembagian masa; If-Match wajib")
    async def replace_period_calendar(
        body: SentPeriodCalendar, request: Request, response: Response, if_match: IfMatch = None
    ) -> PeriodCalendarView:
        """All rows of the agency. Nothing that is closed may change, and each row begins where a period does."""
        found = await desk.replace_calendar(body, version_of(if_match), request.scope["principal"])
        response.headers["ETag"] = tag(found.version)
        return found

    @routes.get("/adjustments", summary="Penyesuaian yang belum ditandatangani")
    async def list_open_adjustments(noted: Noted, cursor: str | None = None, limit: Limit = 50) -> AdjustmentPage:
        """Closed days that come to something else since: the next closing signs them with its own figures."""
        return await _noted(await reader.open_adjustments(cursor, limit), noted)

    @routes.get("/{period}/preview", summary="Apa yang masih terbuka dalam satu masa")
    async def preview_closing(period: date, noted: Noted) -> ClosingPreview:
        """By the first day of the period: days that may still change, requests without a decision, people without a
        schedule."""
        found = await desk.preview(period)
        people = [one.employee_id for one in found.pending_days]
        people += [one.employee_id for one in found.leave]
        people += [one.employee_id for one in found.corrections]
        await noted([*people, *found.without_schedule])
        return found

    @routes.get("/{period}/figures", summary="Angka yang ditutup, per pegawai")
    async def list_closed_figures(
        period: date, noted: Noted, cursor: str | None = None, limit: Limit = 100
    ) -> FigurePage:
        """By employee id, as signed: they never change."""
        found = await reader.figures(period, cursor, limit)
        await noted(one.employee_id for one in found.items)
        return found

    @routes.get("/{period}/adjustments", summary="Penyesuaian yang ditandatangani bersama satu masa")
    async def list_signed_adjustments(
        period: date, noted: Noted, cursor: str | None = None, limit: Limit = 50
    ) -> AdjustmentPage:
        """Of days that earlier periods have closed."""
        return await _noted(await reader.signed_adjustments(period, cursor, limit), noted)

    @routes.get("/{period}/verification", summary="Periksa tanda tangan satu penutupan")
    async def verify_closing(period: date) -> ClosingVerification:
        """Hashes all stored figures again: against the signed head, its signature, and the head before."""
        return await reader.verify(period)

    return routes


def own_router(reader: ClosingReader) -> APIRouter:
    """The route under /employees/{employee_id}/closings."""
    routes = APIRouter(
        prefix=f"{API}/employees/{{employee_id}}/closings", tags=["closings"], dependencies=[Depends(DAYS)]
    )

    @routes.get("", summary="Masa yang ditutup dan penyesuaian seorang pegawai")
    async def list_own_closings(
        employee_id: str,
        noted: Noted,
        first: Annotated[date, Query(alias="from", description="First local day, `YYYY-MM-DD`")],
        last: Annotated[date, Query(alias="to", description="Last local day, at most 366 days with the first")],
    ) -> OwnClosings:
        """Closed periods that have one of these days, with this employee's figures; and which of these days come to
        something else since."""
        check_period(first, last)
        await noted([employee_id])
        return await reader.own(employee_id, first, last)

    return routes


async def _noted(page: AdjustmentPage, noted: Noting) -> AdjustmentPage:
    await noted(one.employee_id for one in page.items)
    return page
