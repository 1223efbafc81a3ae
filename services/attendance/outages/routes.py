"""Outages over HTTP: what was found and told, whom it may concern, and what is decided."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from kit import paging
from kit.access import Principal
from kit.access.reads import Noting, noting
from kit.etags import IfMatch, tag, version_of
from kit.idempotency import Answer, Attempt, Idempotency, IdempotencyKey
from kit.mongo import Document
from services.attendance.access import OUTAGE_PEOPLE, OUTAGES
from services.attendance.days.documents import day_id
from services.attendance.outages.desk import Desk
from services.attendance.outages.models import (
    CasePage,
    CaseState,
    DecisionPage,
    DecisionView,
    NewOutage,
    OutageDecision,
    OutagePage,
    OutageView,
)
from services.attendance.outages.views import case_view, decision_view, outage_view

Noted = Annotated[Noting, Depends(noting)]
Kind = Literal["late", "early", "absent", "missing_scan"]
PREFIX = "/api/attendance/v1/outages"


class Told(BaseModel):
    """The id of what was told."""

    id: str


def router(desk: Desk, keys: Idempotency) -> APIRouter:
    """The routes under /outages."""
    routes = APIRouter(prefix=PREFIX, tags=["outages"])
    store = desk.outages

    async def seen(rows: Sequence[Document]) -> list[OutageView]:
        tallies = await store.tallies([row["_id"] for row in rows])
        return [outage_view(row, desk.registry, tallies[row["_id"]]) for row in rows]

    @routes.get("", summary="Gangguan mesin, lokasi, dan sistem", dependencies=[Depends(OUTAGES)])
    async def list_outages(
        state: Literal["open", "closed", "all"] = "open",
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 50,
    ) -> OutagePage:
        """Newest first. `open`: those that last, or on which days wait for a decision; numbers only."""
        skip = int(part) if (part := paging.decode(cursor)).isdecimal() else 0
        rows = await store.page(state, skip, limit)
        following = paging.encode(str(skip + limit)) if len(rows) == limit else None
        return OutagePage(items=await seen(rows), next_cursor=following)

    @routes.post(
        "",
        status_code=201,
        response_model=Told,
        summary="Catat gangguan",
        dependencies=[Depends(OUTAGES)],
    )
    async def tell_outage(body: NewOutage, key: IdempotencyKey, request: Request) -> Response:
        """An outage that was not found by the system, with its reason and what proves it."""
        asking: Principal = request.scope["principal"]

        async def work(attempt: Attempt) -> Answer:
            return await desk.tell(body, asking, attempt)

        return await keys.respond(request, key, work)

    @routes.get("/{outage}", summary="Satu gangguan", dependencies=[Depends(OUTAGES)])
    async def get_outage(outage: str, response: Response) -> OutageView:
        """With its version as entity tag."""
        row = await desk.found(outage)
        response.headers["ETag"] = tag(row["version"])
        return (await seen([row]))[0]

    @routes.get("/{outage}/cases", summary="Pegawai dan tanggal yang terdampak", dependencies=[Depends(OUTAGE_PEOPLE)])
    async def list_outage_cases(
        outage: str,
        noted: Noted,
        state: CaseState = "pending",
        kind: Kind | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> CasePage:
        """Whose dates are in doubt and wait for a decision, or what was decided of whom. `kind`: only what is held
        against them."""
        await desk.found(outage)
        decided = {(one["employee_id"], date.fromisoformat(one["day"])): one for one in await store.decided(outage)}
        if state == "pending":
            listed = await store.pending(outage)
        else:
            listed = [(*key, one["minutes"]) for key, one in sorted(decided.items()) if one["state"] == state]
        after = paging.decode(cursor)
        days = await store.days([(who, day) for who, day, _ in listed])
        views = [
            case_view(who, day, days.get(day_id(who, day), {}), minutes, decided.get((who, day)))
            for who, day, minutes in listed
        ]
        fitting = [one for one in views if kind is None or HELD[kind](one)]
        page = [one for one in fitting if f"{one.employee_id}|{one.day}" > after][: limit + 1]
        shown = page[:limit]
        await noted({one.employee_id for one in shown})
        last = f"{shown[-1].employee_id}|{shown[-1].day}" if len(page) > limit else None
        return CasePage(items=shown, total=len(fitting), next_cursor=paging.encode(last) if last else None)

    @routes.post(
        "/{outage}/decisions",
        status_code=202,
        response_model=DecisionView,
        summary="Bebaskan atau tolak",
        dependencies=[Depends(OUTAGE_PEOPLE)],
    )
    async def decide_outage(
        outage: str, body: OutageDecision, key: IdempotencyKey, request: Request, if_match: IfMatch = None
    ) -> Response:
        """About all that wait, or about some. It is carried out at once in pieces; how far it is, the list of decisions
        says. Cases of the account itself are left to another one."""
        asking: Principal = request.scope["principal"]
        version = version_of(if_match)

        async def work(attempt: Attempt) -> Answer:
            return await desk.decide(outage, body, version, asking, attempt)

        return await keys.respond(request, key, work)

    @routes.get("/{outage}/decisions", summary="Riwayat keputusan", dependencies=[Depends(OUTAGE_PEOPLE)])
    async def list_outage_decisions(outage: str, noted: Noted) -> DecisionPage:
        """Newest first, each with how far it has been carried out."""
        await desk.found(outage)
        items = [decision_view(row) for row in await store.history(outage)]
        await noted({one.employee_id for item in items for one in item.skipped})
        return DecisionPage(items=items)

    return routes


HELD = {
    "late": lambda one: one.late_minutes > 0,
    "early": lambda one: one.early_minutes > 0,
    "absent": lambda one: one.absent_minutes > 0,
    "missing_scan": lambda one: one.missing_scan,
}
