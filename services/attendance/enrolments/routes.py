"""Enrolments over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from kit import paging
from kit.access.reads import Noting, noting
from kit.problems import FieldError, Problem
from services.attendance.access import PEOPLE_OF_TERMINALS
from services.attendance.devices.registry import Clock
from services.attendance.enrolments.bulk import BadList, import_list
from services.attendance.enrolments.cache import Enrolments
from services.attendance.enrolments.models import (
    PIN,
    SPACE,
    BulkReport,
    Enrolled,
    EnrolmentPage,
    EnrolmentPut,
    EnrolmentView,
)
from services.attendance.enrolments.rules import pin_key
from services.attendance.enrolments.store import EnrolmentStore
from services.attendance.punches.lines import is_wall_time
from services.attendance.quarantine.replay import Replay

MOST_LIST = 64 * 1024 * 1024

SpacePath = Annotated[str, Path(pattern=SPACE, description="Nomor seri, atau nama kelompok PIN")]
PinPath = Annotated[str, Path(pattern=PIN)]


def router(store: EnrolmentStore, enrolments: Enrolments, replay: Replay, clock: Clock) -> APIRouter:
    """The routes under /enrolments."""
    routes = APIRouter(prefix="/api/attendance/v1", tags=["enrolments"], dependencies=[Depends(PEOPLE_OF_TERMINALS)])

    @routes.get("/enrolments")
    async def list_enrolments(
        space: Annotated[str, Query(pattern=SPACE)] | None = None,
        employee_id: Annotated[str, Query(max_length=64)] = "",
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 200,
        *,
        noted: Annotated[Noting, Depends(noting)],
    ) -> EnrolmentPage:
        """Who has which PIN. A space is one terminal, or a group of terminals that share their PINs."""
        rows = await store.page(space or "", employee_id, paging.decode(cursor), limit)
        await noted(row["employee_id"] for row in rows if row.get("employee_id"))
        following = paging.encode(rows[-1]["_id"]) if len(rows) == limit else None
        return EnrolmentPage(items=[EnrolmentView.model_validate(row) for row in rows], next_cursor=following)

    @routes.put("/enrolments/{space}/{pin}")
    async def put_enrolment(space: SpacePath, pin: PinPath, body: EnrolmentPut) -> Enrolled:
        """Give a PIN to an employee, from `since` on if given (local time), or take it away (`employee_id` null).

        Lines that were held for want of it are let in and counted in the answer.
        """
        errors = []
        if body.employee_id is not None and not await store.known_employees([body.employee_id]):
            errors.append(FieldError("/body/employee_id", "pegawai tidak dikenal di direktori"))
        if body.since is not None and not is_wall_time(body.since):
            errors.append(FieldError("/body/since", "bukan tanggal dan jam yang ada di kalender"))
        if errors:
            raise Problem(422, "validation", "Isian tidak sesuai", "Perbaiki isian yang disebut.", errors)
        document = await store.put(space, pin, body.employee_id, body.since, clock())
        enrolments.forget(pin_key(space, pin))
        done = await replay.lines({"space": space, "pin": pin, "reason": "unknown_pin"})
        return Enrolled(enrolment=EnrolmentView.model_validate(document), punches=done.accepted)

    @routes.post("/enrolments/import", max_body_size=MOST_LIST)
    async def import_enrolments(request: Request, dry_run: bool = False) -> BulkReport:
        """A CSV (judul: space/serial, pin, nip atau employee_id) or a JSON array as the body."""
        try:
            report = await import_list(await request.body(), store, clock(), dry_run=dry_run)
        except BadList as error:
            raise Problem(422, "list-unreadable", "Daftar tidak dapat dibaca", str(error)) from error
        if report.errors and not dry_run:
            raise Problem(
                422,
                "list-errors",
                "Daftar memuat kesalahan",
                "Tidak ada yang disimpan. Perbaiki semua baris yang disebut, lalu kirim ulang.",
                [FieldError(f"/row/{error.row}/{error.column}", error.detail) for error in report.errors],
            )
        if not dry_run and report.new + report.changed:
            enrolments.forget_all()
            report.punches = await replay.newly_enrolled()
        return report

    return routes
