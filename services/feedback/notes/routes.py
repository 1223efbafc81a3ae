"""Routes of notes: what one gives, gets and answers."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import StringConstraints

from kit.access import Principal, Reach
from kit.access.reads import Noting, noting
from kit.idempotency import Answer, Command, Idempotency, IdempotencyKey
from kit.period import check_period
from kit.text import SEEN
from services.feedback.access import FEEDBACK, NOTES, OWN_NOTES, PRAISE, SUBORDINATES
from services.feedback.notes.desk import Desk
from services.feedback.notes.models import (
    ColleagueList,
    NewFeedback,
    NewPraise,
    NoteList,
    NotePage,
    NoteView,
    Said,
    SubordinateList,
)
from services.feedback.notes.rules import summed

API = "/api/feedback/v1"
Noted = Annotated[Noting, Depends(noting)]
First = Annotated[date, Query(alias="from", description="First day given, `YYYY-MM-DD`")]
Last = Annotated[date, Query(alias="to", description="Last day, at most 366 days with the first")]
PartOfName = Annotated[str, SEEN, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]
NOTES_MOST = 2_000
UNIT_PRAISE_MOST = 50


def asking(request: Request) -> str:
    """The employee who asks: the scopes of these routes let in nobody else."""
    principal: Principal = request.scope["principal"]
    return principal.employee_id or ""


def giving_router(desk: Desk, keys: Idempotency) -> APIRouter:
    """What is said to somebody, and by whom it may be."""
    routes = APIRouter(prefix=API, tags=["notes"])

    @routes.post(
        "/employees/{employee_id}/feedback",
        status_code=201,
        response_model=NoteView,
        summary="Beri umpan balik kepada bawahan",
        dependencies=[Depends(FEEDBACK)],
    )
    async def give_feedback(employee_id: str, body: NewFeedback, key: IdempotencyKey, request: Request) -> Response:
        """By the superior of today. Words are needed when something should become better."""

        async def work(command: Command) -> Answer:
            return await desk.feedback(asking(request), employee_id, body, command)

        return await keys.respond_within(request, key, work)

    @routes.post(
        "/employees/{employee_id}/praise",
        status_code=201,
        response_model=NoteView,
        summary="Puji rekan sekantor",
        dependencies=[Depends(PRAISE)],
    )
    async def give_praise(employee_id: str, body: NewPraise, key: IdempotencyKey, request: Request) -> Response:
        """By anybody of the same office but the one praised."""

        async def work(command: Command) -> Answer:
            return await desk.praise(asking(request), employee_id, body, command)

        return await keys.respond_within(request, key, work)

    @routes.get("/subordinates", summary="Bawahan hari ini dan kapan terakhir diberi umpan balik")
    async def list_subordinates(request: Request, reach: Annotated[Reach, Depends(SUBORDINATES)]) -> SubordinateList:
        """Whom this account may give feedback today; nobody for who leads nobody. The days are those of one's own
        feedback only."""
        mine = asking(request)
        return SubordinateList(items=await desk.subordinates(mine, reach.people - {mine}))

    return routes


def own_router(desk: Desk) -> APIRouter:
    """What somebody got and gave."""
    routes = APIRouter(prefix=f"{API}/employees/{{employee_id}}", tags=["notes"])

    @routes.get("/notes", summary="Catatan yang diterima, terbaru dahulu", dependencies=[Depends(NOTES)])
    async def list_notes(employee_id: str, request: Request, noted: Noted, first: First, last: Last) -> NotePage:
        """Of a period, with what it comes to. Superiors get feedback and what the unit is shown, not what was meant for
        the one praised alone."""
        check_period(first, last)
        await noted([employee_id])
        query: dict[str, Any] = {"employee_id": employee_id, "given_on": {"$gte": str(first), "$lte": str(last)}}
        if asking(request) != employee_id:
            query["$or"] = [{"kind": "feedback"}, {"shown": "unit"}, {"author_id": asking(request)}]
        days = await desk.notes.days(employee_id, first, last)
        return NotePage(items=await desk.views(await desk.notes.find(query, NOTES_MOST)), tally=summed(days))

    @routes.put("/notes/{note}/answer", summary="Tanggapi catatan", dependencies=[Depends(OWN_NOTES)])
    async def answer_note(employee_id: str, note: str, body: Said) -> NoteView:
        """Once; the words can be changed for a day."""
        return await desk.answer(employee_id, note, body.words)

    @routes.get("/notes/given", summary="Catatan yang diberikan, terbaru dahulu", dependencies=[Depends(OWN_NOTES)])
    async def list_given_notes(employee_id: str, first: First, last: Last) -> NotePage:
        """Of a period, with the answers, and with what one's days come to."""
        check_period(first, last)
        query = {"author_id": employee_id, "given_on": {"$gte": str(first), "$lte": str(last)}}
        rows = await desk.notes.find(query, NOTES_MOST)
        days = await desk.notes.days(employee_id, first, last)
        return NotePage(items=await desk.views(rows, author=True), tally=summed(days))

    @routes.delete("/notes/given/{note}", summary="Batalkan catatan", dependencies=[Depends(OWN_NOTES)])
    async def withdraw_note(employee_id: str, note: str) -> NoteView:
        """Within 15 minutes, before it is answered. Nobody sees it any more and it counts nowhere."""
        return await desk.withdraw(employee_id, note)

    @routes.get("/unit-praise", summary="Pujian di unit sendiri, terbaru dahulu", dependencies=[Depends(OWN_NOTES)])
    async def list_unit_praise(employee_id: str, noted: Noted) -> NoteList:
        """The last 50 that were shown to a unit in which one holds a post."""
        units = await desk.people.units(employee_id, desk.today())
        rows = await desk.notes.find({"shown": "unit", "units": {"$in": units}}, UNIT_PRAISE_MOST)
        await noted(row["employee_id"] for row in rows)
        return NoteList(items=await desk.views(rows))

    @routes.get("/colleagues", summary="Cari rekan sekantor", dependencies=[Depends(OWN_NOTES)])
    async def list_colleagues(
        employee_id: str, q: Annotated[PartOfName, Query(description="Part of the name, from two letters on")]
    ) -> ColleagueList:
        """Others of the same office by a part of the name, at most 20."""
        return ColleagueList(items=await desk.colleagues.of_office(employee_id, q, desk.today()))

    return routes
