"""Routes of rosters: of a unit's month, of one employee, and the patterns given to one employee."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from kit.access import Reach
from kit.access.reads import Noting, noting
from kit.etags import IfMatch, tag, version_of
from kit.idempotency import IdempotencyKey
from kit.period import check_period
from services.attendance.access import OWN_PATTERNS, ROSTERS
from services.attendance.schedules.sent import BookDate, Checked
from services.attendance.sheets.desk import Asking, RosterDesk
from services.attendance.sheets.own import OwnDesk
from services.attendance.sheets.sent import (
    Cycle,
    Month,
    MonthRoster,
    OwnAssignments,
    OwnRecord,
    Plans,
    RosterChange,
    Saved,
)

API = "/api/attendance/v1"
Noted = Annotated[Noting, Depends(noting)]
Within = Annotated[Reach, Depends(ROSTERS)]


def rosters_router(desk: RosterDesk) -> APIRouter:
    """The routes under /rosters."""
    routes = APIRouter(prefix=f"{API}/rosters", tags=["rosters"])

    @routes.get("", summary="Jadwal dinas satu unit dalam sebulan")
    async def list_rosters(
        request: Request,
        reach: Within,
        noted: Noted,
        month: Month,
        unit_id: Annotated[str | None, Query(max_length=64, description="absent: all within one's reach")] = None,
        cursor: Annotated[str | None, Query(max_length=200)] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 50,
    ) -> MonthRoster:
        """People by dates, with what is planned: patterns, holidays and the roster all seen."""
        found = await desk.month(_asking(request, reach), unit_id, month, cursor, limit)
        await noted(one.employee_id for one in found.items)
        return found

    @routes.post("/check", summary="Periksa perubahan jadwal dinas; tidak ada yang disimpan")
    async def check_roster(body: RosterChange, request: Request, reach: Within) -> Checked:
        """Every finding at once."""
        return await desk.check(body, _asking(request, reach))

    @routes.put("", summary="Simpan perubahan jadwal dinas")
    async def save_roster(body: RosterChange, request: Request, reach: Within) -> Saved:
        """All cells or none. A month that was changed meanwhile is answered 412."""
        return await desk.save(body, _asking(request, reach))

    @routes.post("/cycles/check", summary="Periksa pola putar untuk beberapa pegawai; tidak ada yang disimpan")
    async def check_cycle(body: Cycle, request: Request, reach: Within) -> Checked:
        """Every finding at once."""
        return await desk.check(body, _asking(request, reach))

    @routes.post("/cycles", response_model=Saved, summary="Terapkan pola putar kepada beberapa pegawai")
    async def apply_cycle(body: Cycle, key: IdempotencyKey, request: Request, reach: Within) -> Response:
        """Laid out date by date over the period, each person beginning at a day of the cycle of their own."""
        asking = _asking(request, reach)
        return await desk.book.keys.respond(request, key, lambda attempt: desk.lay_out(body, asking, attempt))

    return routes


def own_router(desk: RosterDesk, own: OwnDesk) -> APIRouter:
    """The routes under /employees/{employee_id}."""
    routes = APIRouter(prefix=f"{API}/employees/{{employee_id}}", tags=["rosters"])

    @routes.get("/plans", summary="Jadwal kerja seorang pegawai", dependencies=[Depends(ROSTERS)])
    async def list_plans(
        employee_id: str,
        noted: Noted,
        first: Annotated[BookDate, Query(alias="from", description="First day, `YYYY-MM-DD`")],
        last: Annotated[BookDate, Query(alias="to", description="Last day, at most 366 days with the first")],
    ) -> Plans:
        """What is required on each date, with the reasons."""
        check_period(first, last)
        await noted([employee_id])
        return Plans(employee_id=employee_id, items=tuple(await desk.planned(employee_id, first, last)))

    @routes.get("/assignments", summary="Pola kerja seorang pegawai", dependencies=[Depends(OWN_PATTERNS)])
    async def get_own_assignments(employee_id: str, noted: Noted, response: Response) -> OwnRecord:
        """Those given to the person; where there is none the unit's holds."""
        found = await own.one(employee_id)
        await noted([employee_id])
        response.headers["ETag"] = tag(found.version)
        return found

    @routes.post(
        "/assignments/check", summary="Periksa pola kerja seorang pegawai", dependencies=[Depends(OWN_PATTERNS)]
    )
    async def check_own_assignments(employee_id: str, body: OwnAssignments) -> Checked:
        """Saves nothing."""
        return await own.check(employee_id, body)

    @routes.put("/assignments", summary="Ganti pola kerja seorang pegawai", dependencies=[Depends(OWN_PATTERNS)])
    async def replace_own_assignments(
        employee_id: str, body: OwnAssignments, request: Request, response: Response, if_match: IfMatch = None
    ) -> OwnRecord:
        """All of them; If-Match is needed."""
        found = await own.replace(employee_id, body, version_of(if_match), request.scope["principal"])
        response.headers["ETag"] = tag(found.version)
        return found

    return routes


def _asking(request: Request, reach: Reach) -> Asking:
    return Asking(request.scope["principal"], reach, request.app.state.authority)
