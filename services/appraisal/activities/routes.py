"""Routes of daily activities: the employee's own, and what waits for the superior."""

from collections.abc import Collection
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from kit.access import Principal
from kit.access.deciding import led_by, unled_for
from kit.access.reads import Noting, noting
from kit.etags import IfMatch, tag, version_of
from kit.idempotency import Answer, Command, Idempotency, IdempotencyKey
from kit.mongo import Document
from kit.period import check_period
from kit.problems import of_status
from services.appraisal.access import ACTIVITIES, COUNTED, DECISIONS
from services.appraisal.activities.desk import Desk, view
from services.appraisal.activities.models import (
    ActivityPage,
    ActivityQueue,
    ActivityView,
    ChangedActivity,
    Decision,
    DecisionAnswer,
    NewActivity,
    WaitingActivities,
)
from services.appraisal.activities.rules import summed

API = "/api/appraisal/v1"
Noted = Annotated[Noting, Depends(noting)]
ENTRIES_MOST = 5_000


def own_router(desk: Desk, keys: Idempotency) -> APIRouter:
    """The routes under /employees/{employee_id}/activities."""
    routes = APIRouter(
        prefix=f"{API}/employees/{{employee_id}}/activities", tags=["activities"], dependencies=[Depends(ACTIVITIES)]
    )

    @routes.post("", status_code=201, response_model=ActivityView, summary="Catat aktivitas")
    async def record_activity(employee_id: str, body: NewActivity, key: IdempotencyKey, request: Request) -> Response:
        """Record one activity of one day. It waits for the superior until the day in `due_on`."""

        async def work(command: Command) -> Answer:
            return await desk.record(employee_id, body, command)

        return await keys.respond_within(request, key, work)

    @routes.get("", summary="Aktivitas seorang pegawai, terbaru dahulu")
    async def list_activities(
        employee_id: str,
        noted: Noted,
        first: Annotated[date, Query(alias="from", description="First day, `YYYY-MM-DD`")],
        last: Annotated[date, Query(alias="to", description="Last day, at most 366 days with the first")],
    ) -> ActivityPage:
        """Of a period, with what it comes to in effective minutes."""
        check_period(first, last)
        await noted([employee_id])
        rule = desk.rule_of(last)
        rows = await desk.activities.of(employee_id, first, last, ENTRIES_MOST)
        return ActivityPage(
            items=[view(row) for row in rows],
            tally=summed(await desk.activities.days(employee_id, first, last)),
            month_norm_minutes=rule.month_norm_minutes,
            day_cap_minutes=rule.day_cap_minutes,
            rule=rule.id,
        )

    @routes.get("/{activity}", summary="Satu aktivitas")
    async def get_activity(employee_id: str, activity: str, noted: Noted, response: Response) -> ActivityView:
        """With everything that was said to it."""
        row = await desk.activities.one(activity)
        if row is None or row["employee_id"] != employee_id:
            raise of_status(404)
        await noted([employee_id])
        return tagged(row, response)

    @routes.put("/{activity}", summary="Ubah atau koreksi aktivitas")
    async def change_activity(
        employee_id: str, activity: str, body: ChangedActivity, response: Response, if_match: IfMatch = None
    ) -> ActivityView:
        """What it should be. It waits for the superior again; a validated one needs the reason of the correction."""
        return tagged(await desk.change(employee_id, activity, body, version_of(if_match)), response)

    @routes.delete("/{activity}", summary="Tarik aktivitas")
    async def withdraw_activity(
        employee_id: str, activity: str, response: Response, if_match: IfMatch = None
    ) -> ActivityView:
        """Before it is validated. It stays in the record as withdrawn."""
        return tagged(await desk.withdraw(employee_id, activity, version_of(if_match)), response)

    return routes


def queue_router(desk: Desk) -> APIRouter:
    """The routes under /activities."""
    routes = APIRouter(prefix=f"{API}/activities", tags=["activities"])

    @routes.get("", summary="Aktivitas yang menunggu pengesahan, terlama dahulu", dependencies=[Depends(DECISIONS)])
    async def list_waiting_activities(
        request: Request, noted: Noted, limit: Annotated[int, Query(ge=1, le=200)] = 50
    ) -> ActivityQueue:
        """Those this account decides about: of its subordinates today; the personnel agency of who has no superior."""
        rows, total = await desk.activities.waiting(_of(await _decided_by(request, desk)), limit)
        await noted(row["employee_id"] for row in rows)
        return ActivityQueue(items=[view(row) for row in rows], total=total)

    @routes.get("/waiting", summary="Berapa aktivitas yang menunggu", dependencies=[Depends(COUNTED)])
    async def count_waiting_activities(request: Request) -> WaitingActivities:
        """Numbers only: nobody is looked at."""
        whose = _of(await _decided_by(request, desk))
        return WaitingActivities(
            waiting=await desk.activities.count_waiting(whose),
            overdue=await desk.activities.count_waiting(whose, overdue_on=str(desk.today())),
        )

    @routes.post("/decisions", summary="Sahkan, kembalikan, atau tolak aktivitas", dependencies=[Depends(DECISIONS)])
    async def decide_activities(body: Decision, request: Request) -> DecisionAnswer:
        """One or many at once. Each is decided by itself: what cannot be is named with the reason."""
        asking: Principal = request.scope["principal"]

        async def led(people: Collection[str]) -> Collection[str]:
            return await _decided_by(request, desk, people)

        return DecisionAnswer(items=await desk.decide(body, asking.employee_id, led))

    return routes


async def _decided_by(request: Request, desk: Desk, among: Collection[str] | None = None) -> set[str]:
    """Whom (of `among`) this account decides about."""
    return await led_by(request, among) | await unled_for(request, desk.people, among)


def _of(people: Collection[str]) -> Document:
    return {"employee_id": {"$in": sorted(people)}}


def tagged(row: Document, response: Response) -> ActivityView:
    """An entry with its version as entity tag."""
    response.headers["ETag"] = tag(row["version"])
    return view(row)
