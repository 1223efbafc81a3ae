"""Routes of what waits for a decision: for superiors up to a correction's day, then for the personnel agency."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from kit.access import Principal, Role
from kit.access.deciding import led_by, unled_for
from kit.access.people import People
from kit.etags import IfMatch, version_of
from kit.mongo import Document
from kit.period import check_period
from services.attendance.access import CORRECTION_COUNT, CORRECTION_DECISIONS, REVOCATIONS
from services.attendance.corrections.desk import Deciding, Desk
from services.attendance.corrections.models import (
    CorrectionDecision,
    CorrectionPage,
    CorrectionView,
    DecidedCorrections,
    Revocation,
    WaitingCorrections,
)
from services.attendance.corrections.routes import API, Noted
from services.attendance.corrections.rules import Decider, decider
from services.attendance.corrections.views import tagged, view

DAY = timedelta(days=1)


def queue_router(desk: Desk, people: People) -> APIRouter:
    """The routes under /corrections."""
    routes = APIRouter(prefix=f"{API}/corrections", tags=["corrections"])

    @routes.get("", summary="Koreksi yang menunggu keputusan", dependencies=[Depends(CORRECTION_DECISIONS)])
    async def list_waiting_corrections(
        request: Request, noted: Noted, limit: Annotated[int, Query(ge=1, le=200)] = 50
    ) -> CorrectionPage:
        """Those this account decides about: a superior's within its days, the personnel agency's after them and of who
        has no superior. What was asked first comes first."""
        rows, total = await desk.corrections.waiting(await _mine(request, desk, people), limit)
        await noted(row["employee_id"] for row in rows)
        return CorrectionPage(items=[view(row, desk.registry) for row in rows], total=total)

    @routes.get("/decided", summary="Koreksi yang sudah diputuskan", dependencies=[Depends(CORRECTION_DECISIONS)])
    async def list_decided_corrections(
        request: Request,
        noted: Noted,
        first: Annotated[date, Query(alias="from", description="First date, `YYYY-MM-DD`")],
        last: Annotated[date, Query(alias="to", description="Last date, at most 366 days with the first")],
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> CorrectionPage:
        """Approved, rejected or revoked, of the dates of a period, newest first: a superior sees those of who it leads
        today, the personnel agency all but its own."""
        check_period(first, last)
        asking: Principal = request.scope["principal"]
        agency = Role.BKPSDM in asking.roles
        whose: Document = {"$ne": asking.employee_id} if agency else {"$in": sorted(await led_by(request))}
        rows, total = await desk.corrections.decided({"employee_id": whose}, first, last, limit)
        await noted(row["employee_id"] for row in rows)
        return CorrectionPage(items=[view(row, desk.registry) for row in rows], total=total)

    @routes.get("/waiting", summary="Berapa koreksi yang menunggu", dependencies=[Depends(CORRECTION_COUNT)])
    async def count_waiting_corrections(request: Request) -> WaitingCorrections:
        """Numbers only: nobody is looked at."""
        return WaitingCorrections(waiting=await desk.corrections.count_waiting(await _mine(request, desk, people)))

    @routes.post(
        "/decisions", summary="Setujui, kembalikan, atau tolak koreksi", dependencies=[Depends(CORRECTION_DECISIONS)]
    )
    async def decide_corrections(body: CorrectionDecision, request: Request) -> DecidedCorrections:
        """One or many at once. Each is decided by itself: what cannot be is named with the reason. An approved one
        counts on its date at once."""
        asking: Principal = request.scope["principal"]

        async def authority(about: set[str]) -> Deciding:
            led, unled = await led_by(request, about), await unled_for(request, people, about)
            agency, today, closed = Role.BKPSDM in asking.roles, desk.today(), await desk.closings.closed()

            def deciding(row: Document) -> Decider | None:
                who, until = row["employee_id"], date.fromisoformat(row["superior_until"])
                if (since := closed.since(date.fromisoformat(row["date"]))) is not None:
                    until = min(until, since - DAY)
                return decider(until, today, led=who in led, unled=who in unled, agency=agency)

            return deciding

        return DecidedCorrections(items=await desk.decide(body, asking.employee_id, authority))

    @routes.post("/{correction}/revocation", summary="Cabut koreksi", dependencies=[Depends(REVOCATIONS)])
    async def revoke_correction(
        correction: str, body: Revocation, request: Request, response: Response, if_match: IfMatch = None
    ) -> CorrectionView:
        """Of an approved correction: what it added to the day counts no longer. The employee reads the reason."""
        asking: Principal = request.scope["principal"]
        row = await desk.revoke(correction, version_of(if_match), body.words, asking.employee_id)
        return tagged(row, desk.registry, response)

    return routes


async def _mine(request: Request, desk: Desk, people: People) -> Document:
    """What this account decides about, as a query: never its own."""
    asking: Principal = request.scope["principal"]
    about, today = await desk.corrections.askers() - {asking.employee_id or ""}, str(desk.today())
    led = await led_by(request, about)
    closed = [
        {"date": {"$gte": str(one.first), "$lte": str(one.last)}} for one in (await desk.closings.closed()).stretches
    ]
    theirs: Document = {"employee_id": {"$in": sorted(led)}, "superior_until": {"$gte": today}}
    ways: list[Document] = [theirs | ({"$nor": closed} if closed else {})]
    if Role.BKPSDM in asking.roles:
        unled = await unled_for(request, people, about)
        ways.append({"employee_id": {"$in": sorted(unled)}})
        over: list[Document] = [{"superior_until": {"$lt": today}}, *closed]
        ways.append({"employee_id": {"$ne": asking.employee_id}, "$or": over})
    return {"$or": ways}
