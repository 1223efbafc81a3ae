"""Routes of discipline: where somebody stands, who is close to a step, and cases."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from kit.access import Authority, Principal, Reach, Role
from kit.access.deciding import led_by
from kit.access.reach import covers
from kit.access.reads import Noting, noting
from kit.etags import IfMatch, tag, version_of
from kit.mongo import Document
from kit.problems import of_status
from services.attendance.access import CASE_STEPS, DISCIPLINE, DISCIPLINE_COUNT, LADDER, everybody_within
from services.attendance.discipline.cases import CLOSED, OPEN, By
from services.attendance.discipline.desk import Desk
from services.attendance.discipline.models import (
    CaseDecision,
    CaseDelivery,
    CaseDrop,
    CaseList,
    CaseView,
    DisciplineCount,
    Examination,
    Ladder,
    NearList,
)
from services.attendance.discipline.store import year_id
from services.attendance.discipline.views import near, summary

API = "/api/attendance/v1"
LIGHT = "ringan"
STATES = {"open": OPEN, "closed": CLOSED, "gone": ("withdrawn", "superseded")}
Noted = Annotated[Noting, Depends(noting)]
Limit = Annotated[int, Query(ge=1, le=200)]
Year = Annotated[int | None, Query(ge=1900, le=9998, description="Calendar year; absent: the running one")]


def own_router(desk: Desk) -> APIRouter:
    """Of one employee."""
    routes = APIRouter(prefix=f"{API}/employees/{{employee_id}}", tags=["discipline"])

    @routes.get("/ladder", summary="Jenjang disiplin seorang pegawai", dependencies=[Depends(LADDER)])
    async def get_ladder(employee_id: str, noted: Noted, year: Year = None) -> Ladder:
        """Where somebody stands in a calendar year: which days count, what the next step is, warnings and cases. What
        comes out is an indication and never a sanction."""
        await noted([employee_id])
        return await desk.ladder(employee_id, year or desk.today().year)

    return routes


def router(desk: Desk) -> APIRouter:
    """Of those within one's reach."""
    routes = APIRouter(prefix=f"{API}/discipline", tags=["discipline"])

    @routes.get("/people", summary="Pegawai yang mendekati jenjang berikutnya")
    async def list_near_steps(
        reach: Annotated[Reach, Depends(DISCIPLINE)], request: Request, noted: Noted, limit: Limit = 50
    ) -> NearList:
        """Those within one's reach a warning holds for this year, most days first. Nobody sees themselves here."""
        whose = await everybody_within(reach, request, but=_me(request))
        rows, total = await desk.store.near(whose, desk.today().year, limit)
        await noted(row["employee_id"] for row in rows)
        return NearList(items=[near(row) for row in rows], total=total)

    @routes.get("/attention", summary="Berapa yang perlu perhatian", dependencies=[Depends(DISCIPLINE_COUNT)])
    async def count_discipline(reach: Annotated[Reach, Depends(DISCIPLINE_COUNT)], request: Request) -> DisciplineCount:
        """Numbers only: nobody is looked at."""
        me, year = _me(request), desk.today().year
        whose = await everybody_within(reach, request, but=me)
        own = (await desk.store.years([year_id(me, year)])) if me else {}
        return DisciplineCount(
            near=await desk.store.count_near(whose, year),
            cases=await desk.store.count_cases(whose, OPEN),
            warned=any(row["near"] for row in own.values()),
        )

    @routes.get("/cases", summary="Perkara disiplin, yang terlama dahulu")
    async def list_cases(
        reach: Annotated[Reach, Depends(DISCIPLINE)],
        request: Request,
        noted: Noted,
        state: Literal["open", "closed", "gone"] = "open",
        limit: Limit = 50,
    ) -> CaseList:
        """Those within one's reach: open, closed by a person, or gone (withdrawn when days changed, superseded)."""
        rows, total = await desk.store.listed(await everybody_within(reach, request), STATES[state], limit)
        await noted(row["employee_id"] for row in rows)
        return CaseList(items=[summary(row) for row in rows], total=total)

    @routes.get("/cases/{case}", summary="Satu perkara dengan bukti dan tenggatnya")
    async def get_case(
        case: str,
        reach: Annotated[Reach, Depends(DISCIPLINE_COUNT)],
        request: Request,
        noted: Noted,
        response: Response,
    ) -> CaseView:
        """Also one's own."""
        row = await _found(case, reach, request)
        await noted([row["employee_id"]])
        return await _answered(row, request, response)

    @routes.post("/cases/{case}/examination", summary="Catat panggilan pemeriksaan")
    async def examine_case(
        case: str,
        body: Examination,
        reach: Annotated[Reach, Depends(CASE_STEPS)],
        request: Request,
        response: Response,
        if_match: IfMatch = None,
    ) -> CaseView:
        """Not earlier than the law's working days after the summons. Sent again it is the second summons."""
        row, by = await _acting(case, reach, request)
        return await _answered(await desk.examine(row, body, version_of(if_match), by), request, response)

    @routes.post("/cases/{case}/decision", summary="Catat keputusan")
    async def decide_case(
        case: str,
        body: CaseDecision,
        reach: Annotated[Reach, Depends(CASE_STEPS)],
        request: Request,
        response: Response,
        if_match: IfMatch = None,
    ) -> CaseView:
        """A person decides, after the hearing, with reason and letter."""
        row, by = await _acting(case, reach, request)
        return await _answered(await desk.decide(row, body, version_of(if_match), by), request, response)

    @routes.post("/cases/{case}/drop", summary="Hentikan perkara")
    async def drop_case(
        case: str,
        body: CaseDrop,
        reach: Annotated[Reach, Depends(CASE_STEPS)],
        request: Request,
        response: Response,
        if_match: IfMatch = None,
    ) -> CaseView:
        """Not pursued, with the reason."""
        row, by = await _acting(case, reach, request)
        return await _answered(await desk.drop(row, body, version_of(if_match), by), request, response)

    @routes.post("/cases/{case}/delivery", summary="Catat penyerahan keputusan")
    async def deliver_case(
        case: str,
        body: CaseDelivery,
        reach: Annotated[Reach, Depends(CASE_STEPS)],
        request: Request,
        response: Response,
        if_match: IfMatch = None,
    ) -> CaseView:
        """From then on it is known when the decision has effect."""
        row, by = await _acting(case, reach, request)
        return await _answered(await desk.deliver(row, body, version_of(if_match), by), request, response)

    async def _found(case: str, reach: Reach, request: Request) -> Document:
        row = await desk.store.case(case)
        authority: Authority = request.app.state.authority
        if row is None or not await covers(reach, row["employee_id"], authority.copy, authority.today()):
            raise of_status(404)
        return row

    async def _acting(case: str, reach: Reach, request: Request) -> tuple[Document, By]:
        """The case, and as what this account acts. Raises Problem 403 for one's own and for others' work."""
        row = await _found(case, reach, request)
        side = await _side(row, request)
        if side is None:
            raise of_status(403)
        return row, By(_me(request), side, desk.now())

    async def _answered(row: Document, request: Request, response: Response) -> CaseView:
        response.headers["ETag"] = tag(row["version"])
        return await desk.view(row, may_act=await _side(row, request) is not None)

    return routes


async def _side(row: Document, request: Request) -> str | None:
    """As what an account acts in a case: a light one is the superior's, or the personnel agency's; others are the
    agency's. Nobody acts in the own."""
    asking: Principal = request.scope["principal"]
    if row["employee_id"] == asking.employee_id:
        return None
    if row["level"] == LIGHT and await led_by(request, {row["employee_id"]}):
        return "superior"
    return "agency" if Role.BKPSDM in asking.roles else None


def _me(request: Request) -> str | None:
    asking: Principal = request.scope["principal"]
    return asking.employee_id
