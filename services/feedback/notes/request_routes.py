"""Routes of requests for feedback: the employee's own, and what waits for the superior."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from kit.access import Reach
from kit.idempotency import Answer, Command, Idempotency, IdempotencyKey
from services.feedback.access import OWN_NOTES, SUBORDINATES, WAITING_REQUESTS
from services.feedback.notes.desk import Desk
from services.feedback.notes.models import NewRequest, RequestList, RequestView, Said, WaitingRequests
from services.feedback.notes.routes import API, Noted, asking

REQUESTS_MOST = 200


def own_router(desk: Desk, keys: Idempotency) -> APIRouter:
    """What somebody asks for."""
    routes = APIRouter(
        prefix=f"{API}/employees/{{employee_id}}/feedback-requests",
        tags=["feedback requests"],
        dependencies=[Depends(OWN_NOTES)],
    )

    @routes.post("", status_code=201, response_model=RequestView, summary="Minta umpan balik")
    async def ask_feedback(employee_id: str, body: NewRequest, key: IdempotencyKey, request: Request) -> Response:
        """Of one's superior of today, one at a time for the same thing."""

        async def work(command: Command) -> Answer:
            return await desk.ask(employee_id, body, command)

        return await keys.respond_within(request, key, work)

    @routes.get("", summary="Permintaan sendiri, terbaru dahulu")
    async def list_own_feedback_requests(employee_id: str) -> RequestList:
        """The last 200, with what became of them."""
        rows = await desk.notes.requests({"employee_id": employee_id}, -1, REQUESTS_MOST)
        return RequestList(items=await desk.request_views(rows))

    return routes


def queue_router(desk: Desk) -> APIRouter:
    """What waits for a superior."""
    routes = APIRouter(prefix=f"{API}/feedback-requests", tags=["feedback requests"])

    @routes.get("", summary="Permintaan yang menunggu, terlama dahulu")
    async def list_feedback_requests(
        request: Request, noted: Noted, reach: Annotated[Reach, Depends(WAITING_REQUESTS)]
    ) -> RequestList:
        """Those of whose superior one is today, or for whom one acts."""
        people = sorted(reach.people - {asking(request)})
        rows = await desk.notes.requests({"status": "open", "employee_id": {"$in": people}}, 1, REQUESTS_MOST)
        await noted(row["employee_id"] for row in rows)
        return RequestList(items=await desk.request_views(rows))

    @routes.get("/waiting", summary="Berapa permintaan yang menunggu")
    async def count_feedback_requests(
        request: Request, reach: Annotated[Reach, Depends(SUBORDINATES)]
    ) -> WaitingRequests:
        """A number only: nobody is looked at."""
        return WaitingRequests(waiting=await desk.notes.count_open(reach.people - {asking(request)}))

    @routes.post("/{feedback_request}/decline", summary="Tolak permintaan dengan alasan")
    async def decline_feedback_request(
        feedback_request: str, body: Said, request: Request, reach: Annotated[Reach, Depends(WAITING_REQUESTS)]
    ) -> RequestView:
        """The employee reads the reason."""
        return await desk.decline(feedback_request, body.words, asking(request), reach.people - {asking(request)})

    return routes
