"""Punches from apps over HTTP: one, or a batch that was gathered offline."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kit.problems import FieldError, Problem
from services.attendance.access import APP_PUNCHES
from services.attendance.devices.registry import Clock, Registry
from services.attendance.enrolments.store import EnrolmentStore
from services.attendance.punches.apps import AppPunch, AppPunches, AppPunchReceipt, Wrong, check
from services.attendance.punches.refusals import key_reused

MOST_BATCH = 500
Batch = Annotated[list[AppPunch], Field(min_length=1, max_length=MOST_BATCH)]


class AppPunchReceipts(BaseModel):
    """Receipts in the order of the batch."""

    items: list[AppPunchReceipt]


def router(punches: AppPunches, registry: Registry, store: EnrolmentStore, clock: Clock) -> APIRouter:
    """The routes under /punches."""
    routes = APIRouter(prefix="/api/attendance/v1", tags=["punches"], dependencies=[Depends(APP_PUNCHES)])

    async def record(found: list[AppPunch], batch: bool) -> list[AppPunchReceipt]:
        now = clock()
        employees = await store.known_employees([punch.employee_id for punch in found])
        wrong = check(found, registry.sites, employees, now)
        if wrong:
            raise Problem(
                422,
                "validation",
                "Isian tidak sesuai",
                "Tidak ada presensi yang disimpan. Perbaiki semua isian yang disebut di errors, lalu kirim ulang.",
                _pointed(wrong, batch),
            )
        receipts, conflicts = await punches.record(found, registry.sites, now)
        if conflicts:
            used = [Wrong(index, "client_event_id", "kunci ini sudah dipakai dengan isi lain") for index in conflicts]
            raise key_reused(_pointed(used, batch))
        return receipts

    @routes.post("/punches", status_code=201)
    async def record_punch(body: AppPunch) -> AppPunchReceipt:
        """Record one punch of an app. The same `client_event_id` again gives the same receipt and no second punch."""
        return (await record([body], batch=False))[0]

    @routes.post("/punches/batch", status_code=201)
    async def record_punches(body: Batch) -> AppPunchReceipts:
        """Record up to 500 punches an app kept while offline: all, or none and every error at once."""
        return AppPunchReceipts(items=await record(body, batch=True))

    return routes


def _pointed(wrong: list[Wrong], batch: bool) -> list[FieldError]:
    return [
        FieldError(f"/body/{one.index}/{one.field}" if batch else f"/body/{one.field}", one.detail) for one in wrong
    ]
