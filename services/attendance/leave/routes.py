"""Routes of leave, duty and permits under /employees/{employee_id}: the employee's own, and what the personnel agency
records."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from kit.access import Principal, Role
from kit.access.reads import Noting, noting
from kit.etags import IfMatch, tag, version_of
from kit.idempotency import Answer, Command, Idempotency, IdempotencyKey
from kit.period import check_period
from services.attendance.access import LEAVE, LEAVE_PREVIEW, LEAVE_RECORDS
from services.attendance.leave.desk import Desk
from services.attendance.leave.models import (
    LeaveAdjustment,
    LeaveBalance,
    LeaveCancellation,
    LeaveKinds,
    LeaveList,
    LeavePreview,
    LeaveView,
    NewLeave,
    PaperLeave,
)
from services.attendance.leave.views import view

API = "/api/attendance/v1"
Noted = Annotated[Noting, Depends(noting)]
MOST = 500


def asking_of(request: Request) -> Principal:
    """Who asks."""
    found: Principal = request.scope["principal"]
    return found


def own_router(desk: Desk, keys: Idempotency) -> APIRouter:
    """The routes of one employee."""
    routes = APIRouter(prefix=f"{API}/employees/{{employee_id}}", tags=["leave"])
    own = [Depends(LEAVE)]

    @routes.post(
        "/leave", status_code=201, response_model=LeaveView, summary="Ajukan cuti, dinas, atau izin", dependencies=own
    )
    async def ask_leave(employee_id: str, body: NewLeave, key: IdempotencyKey, request: Request) -> Response:
        """It waits for the superior of today. Refused with everything that is wrong at once."""

        async def work(command: Command) -> Answer:
            return await desk.ask(employee_id, body, asking_of(request), command)

        return await keys.respond_within(request, key, work)

    @routes.get("/leave", summary="Cuti, dinas, dan izin seorang pegawai, terbaru dahulu", dependencies=own)
    async def list_leave(
        employee_id: str,
        noted: Noted,
        first: Annotated[date, Query(alias="from", description="First local day, `YYYY-MM-DD`")],
        last: Annotated[date, Query(alias="to", description="Last local day, at most 366 days with the first")],
    ) -> LeaveList:
        """Whatever touches the period, with its course."""
        check_period(first, last)
        await noted([employee_id])
        rows, total = await desk.leaves.of(employee_id, first, last, MOST)
        return LeaveList(items=[view(row) for row in rows], total=total)

    @routes.get("/leave/{leave}", summary="Satu permintaan", dependencies=own)
    async def get_leave(employee_id: str, leave: str, noted: Noted, response: Response) -> LeaveView:
        """With its course."""
        row = await desk.own(employee_id, leave)
        await noted([employee_id])
        return tagged(view(row), response)

    @routes.put("/leave/{leave}", summary="Ubah permintaan", dependencies=own)
    async def change_leave(
        employee_id: str, leave: str, body: NewLeave, request: Request, response: Response, if_match: IfMatch = None
    ) -> LeaveView:
        """Before it is decided, or when it was returned. It waits again."""
        seen = version_of(if_match)
        return tagged(await desk.change(employee_id, leave, body, asking_of(request), seen), response)

    @routes.post("/leave/{leave}/cancellation", summary="Tarik atau batalkan", dependencies=own)
    async def cancel_leave(
        employee_id: str,
        leave: str,
        body: LeaveCancellation,
        request: Request,
        response: Response,
        if_match: IfMatch = None,
    ) -> LeaveView:
        """Taken back while it waits, cancelled before it begins; afterwards the superior must agree."""
        seen = version_of(if_match)
        return tagged(await desk.cancel(employee_id, leave, body, asking_of(request), seen), response)

    @routes.post("/leave-preview", summary="Periksa permintaan sebelum dikirim", dependencies=[Depends(LEAVE_PREVIEW)])
    async def preview_leave(
        employee_id: str,
        body: NewLeave,
        request: Request,
        leave: Annotated[str, Query(max_length=64, description="The request that is being changed")] = "",
    ) -> LeavePreview:
        """The working days it would cost by the schedule of now, what would be left, and all that is in the way."""
        asking = asking_of(request)
        paper = Role.BKPSDM in asking.roles and asking.employee_id != employee_id
        return await desk.preview(employee_id, body, agency=paper, identity=leave)

    @routes.get("/leave-kinds", summary="Jenis yang dapat diajukan", dependencies=own)
    async def list_leave_kinds(employee_id: str, on: Annotated[date, Query(alias="date")]) -> LeaveKinds:
        """By employment (PNS, PPPK) and the rules of a day, with what each asks for and its source in law."""
        return LeaveKinds(items=await desk.kinds(employee_id, on))

    @routes.get("/leave-balance", summary="Saldo cuti tahunan", dependencies=own)
    async def get_leave_balance(
        employee_id: str, noted: Noted, year: Annotated[int, Query(ge=1900, le=9998)]
    ) -> LeaveBalance:
        """Of a calendar year, with every line of the ledger it is the sum of."""
        await noted([employee_id])
        return await desk.balance(employee_id, year)

    @routes.post(
        "/paper-leave",
        status_code=201,
        response_model=LeaveView,
        summary="Catat keputusan di atas kertas",
        dependencies=[Depends(LEAVE_RECORDS)],
    )
    async def record_leave(employee_id: str, body: PaperLeave, key: IdempotencyKey, request: Request) -> Response:
        """Approved as it comes, by the letter it names; also for dates for which nobody may ask any more."""

        async def work(command: Command) -> Answer:
            return await desk.record(employee_id, body, asking_of(request), command)

        return await keys.respond_within(request, key, work)

    @routes.post(
        "/leave-adjustments",
        status_code=201,
        response_model=LeaveBalance,
        summary="Sesuaikan saldo cuti tahunan",
        dependencies=[Depends(LEAVE_RECORDS)],
    )
    async def adjust_leave(employee_id: str, body: LeaveAdjustment, key: IdempotencyKey, request: Request) -> Response:
        """Days more or less with the reason: what was left before leave was kept here, a deferral, a mistake."""

        async def work(command: Command) -> Answer:
            return await desk.adjust(employee_id, body, asking_of(request), command)

        return await keys.respond_within(request, key, work)

    return routes


def tagged(shown: LeaveView, response: Response) -> LeaveView:
    """With its version as entity tag."""
    response.headers["ETag"] = tag(shown.version)
    return shown
