"""Routes of assessed days: an employee's period, and one date explained."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from kit.access.reads import Noting, noting
from kit.period import check_period
from kit.problems import FieldError, Problem, of_status
from services.attendance.access import DAYS
from services.attendance.days.store import DayStore
from services.attendance.days.tables import LatenessRule
from services.attendance.days.telling import restored
from services.attendance.days.views import DayHistory, DayPage, ExplainedDay, KnownDay
from services.attendance.reconciliation.desk import Completeness

Noted = Annotated[Noting, Depends(noting)]


def router(
    store: DayStore, completeness: Completeness, explaining: Callable[[date], Awaitable[LatenessRule | None]]
) -> APIRouter:
    """The routes under /employees/{employee_id}/days. `explaining` gives the row a date is explained by (allowance)."""
    routes = APIRouter(
        prefix="/api/attendance/v1/employees/{employee_id}/days", tags=["days"], dependencies=[Depends(DAYS)]
    )

    @routes.get("", summary="Hari kerja seorang pegawai")
    async def list_assessed_days(
        employee_id: str,
        noted: Noted,
        first: Annotated[date, Query(alias="from", description="First local day, `YYYY-MM-DD`")],
        last: Annotated[date, Query(alias="to", description="Last local day, at most 366 days with the first")],
        known_on: Annotated[date | None, Query(description="As known when this date ended (agency's zone)")] = None,
    ) -> DayPage:
        """What each date comes to, in order of date. With `known_on`, as it was known when that date ended: the same
        answer for ever, whatever has arrived since."""
        check_period(first, last)
        if known_on is not None and not store.is_past(known_on):
            wrong = "pilih tanggal sebelum hari ini; yang diketahui hari ini masih dapat bertambah"
            raise of_status(422, errors=[FieldError("/query/known_on", wrong)])
        await noted([employee_id])
        known = await store.known_until(employee_id)
        if known_on is not None:
            items = await store.some_known(employee_id, first, last, known_on)
            return DayPage(items=items, known_until=known, known_on=known_on)
        items = await store.some(employee_id, first, last)
        terminals = await completeness.of_site(items[-1].site_id) if items else None
        return DayPage(items=items, known_until=known, terminals=terminals)

    @routes.get("/{day}", summary="Satu hari kerja, dijelaskan sampai presensi dan pasalnya")
    async def explain_assessed_day(employee_id: str, day: date, noted: Noted) -> ExplainedDay:
        """Why a date is what it is: schedule, punches used and not used, bands, rule and article, and what would have
        made it otherwise."""
        await noted([employee_id])
        found = await store.explained(employee_id, day, await explaining(day))
        if found is None:
            raise Problem(
                404,
                "no-assessed-day",
                "Belum ada penilaian untuk tanggal ini",
                "Tanggal ini belum tiba, atau tidak ada jadwal dan tidak ada presensi pada tanggal ini.",
            )
        assessed, punches, version = found
        known = await store.known_until(employee_id)
        terminals = await completeness.of_site(assessed.site_id)
        return ExplainedDay(version=version, known_until=known, day=assessed, punches=punches, terminals=terminals)

    @routes.get("/{day}/history", summary="Apa yang diketahui tentang satu hari kerja, dan sejak kapan")
    async def list_day_history(employee_id: str, day: date, noted: Noted) -> DayHistory:
        """Each state from the moment it was known; of several on one date the last."""
        await noted([employee_id])
        found = await store.history(employee_id, day)
        items = [KnownDay(known_from=one.at, day=restored(employee_id, day, one.version, one.said)) for one in found]
        return DayHistory(items=items)

    return routes
