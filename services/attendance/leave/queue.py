"""Routes under /leave: what waits for somebody's decision."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from kit.access import Role
from kit.access.deciding import led_by, unled_for
from kit.access.people import People
from kit.mongo import Document
from services.attendance.access import LEAVE_COUNTED, LEAVE_DECISIONS
from services.attendance.leave.desk import Desk
from services.attendance.leave.models import DecidedLeaves, LeaveDecision, LeaveList, WaitingLeave
from services.attendance.leave.routes import API, Noted, asking_of
from services.attendance.leave.views import view


@dataclass(frozen=True, slots=True)
class Whose:
    """About whom an account decides: those it leads, and as personnel agency who has no superior, and all of whom only
    the agency may decide. Never about its own."""

    led: frozenset[str]
    unled: frozenset[str]
    agency: bool
    me: str | None

    @property
    def query(self) -> Document:
        some: list[Document] = [{"employee_id": {"$in": sorted(self.led)}, "decides": "superior"}]
        if self.agency:
            some += [{"employee_id": {"$in": sorted(self.unled)}}, {"decides": "agency"}]
        return {"$or": some, "employee_id": {"$ne": self.me}}

    def may(self, row: Document) -> bool:
        who = row["employee_id"]
        by_agency = self.agency and (who in self.unled or row["decides"] == "agency")
        return who != self.me and (by_agency or (who in self.led and row["decides"] == "superior"))


def queue_router(desk: Desk, people: People) -> APIRouter:
    """What superiors and the personnel agency work through."""
    routes = APIRouter(prefix=f"{API}/leave", tags=["leave"])

    async def whose(request: Request, among: Collection[str] | None = None) -> Whose:
        asking = asking_of(request)
        led, unled = await led_by(request, among), await unled_for(request, people, among)
        return Whose(frozenset(led), frozenset(unled), Role.BKPSDM in asking.roles, asking.employee_id)

    @routes.get("", summary="Yang menunggu keputusan, terlama dahulu", dependencies=[Depends(LEAVE_DECISIONS)])
    async def list_waiting_leave(
        request: Request, noted: Noted, limit: Annotated[int, Query(ge=1, le=200)] = 50
    ) -> LeaveList:
        """Requests and cancellations this account decides about."""
        rows, total = await desk.leaves.waiting((await whose(request)).query, limit)
        await noted(row["employee_id"] for row in rows)
        return LeaveList(items=[view(row) for row in rows], total=total)

    @routes.get("/waiting", summary="Berapa yang menunggu keputusan", dependencies=[Depends(LEAVE_COUNTED)])
    async def count_waiting_leave(request: Request) -> WaitingLeave:
        """Numbers only: nobody is looked at."""
        found = await whose(request)
        return WaitingLeave(decides=found.agency or bool(found.led), waiting=await desk.leaves.count(found.query))

    @routes.post("/decisions", summary="Setujui, kembalikan, atau tolak", dependencies=[Depends(LEAVE_DECISIONS)])
    async def decide_leave(body: LeaveDecision, request: Request) -> DecidedLeaves:
        """One or many at once. Each is decided by itself: what cannot be is named with the reason. An approval puts the
        excuse on the days at once."""
        known = await desk.leaves.some(body.requests)
        found = await whose(request, {row["employee_id"] for row in known.values()})
        return DecidedLeaves(items=await desk.decide(body, asking_of(request), found.may))

    return routes
