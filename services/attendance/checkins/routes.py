"""Routes of check-ins by phone: the employee's own, and the queue of those that a person decides about."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from kit.access import Principal, Reach, Role
from kit.access.reads import Noting, noting
from kit.buckets import Buckets
from kit.mongo import Document
from kit.period import check_period
from kit.problems import Problem, of_status
from services.attendance.access import COUNTED, PHONES, REVIEWS, within
from services.attendance.checkins.desk import Desk
from services.attendance.checkins.models import (
    CheckIn,
    CheckInPage,
    CheckInView,
    Decision,
    Explanation,
    Place,
    Point,
    Review,
    SiteName,
    WaitingCount,
)
from services.attendance.checkins.reviewing import Refused, decided, explained
from services.attendance.checkins.store import WAITING

API = "/api/attendance/v1"
# How many check-ins an account may send: enough for a queue of many days at once, far too few to do harm.
BURST = 40
PER_SECOND = 20 / 60
Noted = Annotated[Noting, Depends(noting)]
Shown = Literal["waiting", "decided"]
STATES: dict[Shown, tuple[Review, ...]] = {"waiting": WAITING, "decided": ("accepted", "rejected", "upheld")}


def own_router(desk: Desk, pace: Buckets) -> APIRouter:
    """The routes under /employees/{employee_id}/checkins."""
    routes = APIRouter(
        prefix=f"{API}/employees/{{employee_id}}/checkins", tags=["checkins"], dependencies=[Depends(PHONES)]
    )

    @routes.post("", status_code=201, summary="Presensi lewat ponsel")
    async def check_in(employee_id: str, body: CheckIn, request: Request, response: Response) -> CheckInView:
        """Record a check-in. Sent again with the same content it gives the same answer (200) and no second punch."""
        asking: Principal = request.scope["principal"]
        if wait := pace.wait(asking.subject):
            raise Problem(
                429,
                "too-many-checkins",
                "Terlalu banyak presensi sekaligus",
                f"Tunggu {wait} detik, lalu kirim lagi. Presensi yang sudah tersimpan di ponsel tidak hilang.",
                headers={"Retry-After": str(wait)},
            )
        row, new = await desk.record(employee_id, body)
        if not new:
            response.status_code = 200
        return _view(desk, row)

    @routes.get("", summary="Presensi lewat ponsel seorang pegawai, terbaru dahulu")
    async def list_checkins(
        employee_id: str,
        noted: Noted,
        first: Annotated[date, Query(alias="from", description="First local day, `YYYY-MM-DD`")],
        last: Annotated[date, Query(alias="to", description="Last local day, at most 366 days with the first")],
    ) -> CheckInPage:
        """Of a period, by the calendar of the place of each, with every doubt and what became of it."""
        check_period(first, last)
        await noted([employee_id])
        rows, total = await desk.checkins.own(employee_id, first, last, 1000)
        return CheckInPage(items=[_view(desk, row) for row in rows], total=total)

    @routes.post("/{checkin}/words", summary="Jelaskan atau sanggah")
    async def explain_checkin(employee_id: str, checkin: str, body: Explanation, request: Request) -> CheckInView:
        """Words to an open doubt, or an appeal against a rejection."""
        row = await desk.checkins.one(checkin)
        if row is None or row["employee_id"] != employee_id:
            raise of_status(404)
        try:
            review = explained(row["review"])
        except Refused as refused:
            raise _not_now(refused) from None
        asking: Principal = request.scope["principal"]
        what = "appealed" if review == "appealed" else "explained"
        return await _step(desk, row, review, what, asking, body.words)

    return routes


def queue_router(desk: Desk) -> APIRouter:
    """The routes under /checkins."""
    routes = APIRouter(prefix=f"{API}/checkins", tags=["checkins"])

    @routes.get("", summary="Presensi yang diragukan, terlama dahulu")
    async def list_doubted_checkins(
        reach: Annotated[Reach, Depends(REVIEWS)],
        noted: Noted,
        state: Shown = "waiting",
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> CheckInPage:
        """Those within one's reach that wait for a person, or that were decided."""
        rows, total = await desk.checkins.queue(STATES[state], within(reach), limit)
        await noted(row["employee_id"] for row in rows)
        return CheckInPage(items=[_view(desk, row) for row in rows], total=total)

    @routes.get("/waiting", summary="Berapa yang menunggu keputusan")
    async def count_waiting(reach: Annotated[Reach, Depends(COUNTED)], request: Request) -> WaitingCount:
        """Numbers only: nobody is looked at. One's own check-ins wait for somebody else."""
        me = request.scope["principal"].employee_id
        whose = within(reach, but=me)
        return WaitingCount(
            decides=reach.everyone or bool(reach.people - {me}),
            checkins=await desk.checkins.count(WAITING, whose),
            phones=await desk.phones.count(whose),
        )

    @routes.post("/{checkin}/decision", summary="Putuskan satu presensi yang diragukan")
    async def decide_checkin(
        checkin: str, body: Decision, reach: Annotated[Reach, Depends(REVIEWS)], request: Request
    ) -> CheckInView:
        """Accept the punch or reject it. The employee reads the reason and may appeal once, to the personnel agency."""
        asking: Principal = request.scope["principal"]
        row = await desk.checkins.one(checkin)
        if row is None or not (reach.everyone or row["employee_id"] in reach.people):
            raise of_status(404)
        try:
            review = decided(
                row["review"],
                body.outcome,
                row["steps"],
                by=asking.subject,
                own=row["employee_id"] == asking.employee_id,
                appeals=Role.BKPSDM in asking.roles,
            )
        except Refused as refused:
            raise _not_now(refused) from None
        return await _step(desk, row, review, review, asking, body.words)

    return routes


async def _step(desk: Desk, row: Document, review: Review, what: str, by: Principal, words: str) -> CheckInView:
    side = "agency" if Role.BKPSDM in by.roles else "superior"
    if row["employee_id"] == by.employee_id:
        side = "employee"
    step = {"at": desk.clock(), "what": what, "account": by.subject, "by": side, "words": words}
    found = await desk.checkins.step(row, review, step)
    if found is None:
        raise _not_now(Refused("Presensi ini baru saja diubah oleh orang lain. Muat ulang, lalu coba lagi."))
    return _view(desk, found)


def _not_now(refused: Refused) -> Problem:
    return Problem(409, "review-not-possible", "Langkah ini tidak dapat dilakukan", str(refused))


def _view(desk: Desk, row: Document) -> CheckInView:
    site = desk.registry.sites.get(row["site_id"])
    point = row.get("point")
    return CheckInView(
        id=row["_id"],
        client_event_id=row["client_event_id"],
        employee_id=row["employee_id"],
        kind=row["kind"],
        occurred_at=row["occurred_at"],
        local_date=row["local_date"],
        recorded_at=row["recorded_at"],
        site=SiteName(id=row["site_id"], name=site.name if site else row["site_id"], zone=row["zone"]),
        place=Place(**row["place"]),
        doubts=row["doubts"],
        review=row["review"],
        steps=row["steps"],
        point=Point(**point) if point else None,
    )
