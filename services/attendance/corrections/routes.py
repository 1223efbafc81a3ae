"""Routes of corrections: the employee's own."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from kit.access.reads import Noting, noting
from kit.etags import IfMatch, version_of
from kit.evidence.routes import BODY_MOST, HANDED_OUT, SENT, TOO_LARGE, Filename, body_of, download
from kit.idempotency import Answer, Command, Idempotency, IdempotencyKey
from kit.period import check_period
from services.attendance.access import CORRECTIONS
from services.attendance.corrections.desk import Desk
from services.attendance.corrections.evidence import EvidenceDesk, listed
from services.attendance.corrections.models import Claim, CorrectionPage, CorrectionView, NewCorrection
from services.attendance.corrections.views import tagged, view

API = "/api/attendance/v1"
Noted = Annotated[Noting, Depends(noting)]


def own_router(desk: Desk, keys: Idempotency) -> APIRouter:
    """The routes under /employees/{employee_id}/corrections."""
    routes = APIRouter(
        prefix=f"{API}/employees/{{employee_id}}/corrections", tags=["corrections"], dependencies=[Depends(CORRECTIONS)]
    )

    @routes.post("", status_code=201, response_model=CorrectionView, summary="Ajukan koreksi")
    async def ask_correction(employee_id: str, body: NewCorrection, key: IdempotencyKey, request: Request) -> Response:
        """Claim a punch or a status of one date. It waits for the superior up to the day in `superior_until`, then for
        the personnel agency. Files are added to it; what was recorded of the date stays as it is."""

        async def work(command: Command) -> Answer:
            return await desk.ask(employee_id, body, command)

        return await keys.respond_within(request, key, work)

    @routes.get("", summary="Koreksi seorang pegawai, tanggal terbaru dahulu")
    async def list_corrections(
        employee_id: str,
        noted: Noted,
        first: Annotated[date, Query(alias="from", description="First date, `YYYY-MM-DD`")],
        last: Annotated[date, Query(alias="to", description="Last date, at most 366 days with the first")],
    ) -> CorrectionPage:
        """Of the dates of a period, with every step of each."""
        check_period(first, last)
        await noted([employee_id])
        rows, total = await desk.corrections.of(employee_id, first, last)
        return CorrectionPage(items=[view(row, desk.registry) for row in rows], total=total)

    @routes.get("/{correction}", summary="Satu koreksi")
    async def get_correction(employee_id: str, correction: str, noted: Noted, response: Response) -> CorrectionView:
        """With its version as entity tag."""
        row = await desk.own(employee_id, correction)
        await noted([employee_id])
        return tagged(row, desk.registry, response)

    @routes.put("/{correction}", summary="Ubah koreksi")
    async def change_correction(
        employee_id: str, correction: str, body: Claim, response: Response, if_match: IfMatch = None
    ) -> CorrectionView:
        """What it should be, while it waits or was returned. It waits again."""
        return tagged(await desk.change(employee_id, correction, body, version_of(if_match)), desk.registry, response)

    @routes.delete("/{correction}", summary="Tarik koreksi")
    async def withdraw_correction(
        employee_id: str, correction: str, response: Response, if_match: IfMatch = None
    ) -> CorrectionView:
        """Before it is decided. It stays in the record as withdrawn."""
        return tagged(await desk.withdraw(employee_id, correction, version_of(if_match)), desk.registry, response)

    return routes


def evidence_router(evidence: EvidenceDesk) -> APIRouter:
    """The routes under /employees/{employee_id}/corrections/{correction}/evidence."""
    routes = APIRouter(
        prefix=f"{API}/employees/{{employee_id}}/corrections/{{correction}}/evidence",
        tags=["corrections"],
        dependencies=[Depends(CORRECTIONS)],
    )
    desk = evidence.desk

    @routes.post(
        "",
        status_code=201,
        summary="Tambah bukti koreksi",
        max_body_size=BODY_MOST,
        responses=TOO_LARGE,
        openapi_extra=SENT,
    )
    async def add_correction_evidence(
        employee_id: str,
        correction: str,
        filename: Filename,
        request: Request,
        response: Response,
        if_match: IfMatch = None,
    ) -> CorrectionView:
        """The body is the file itself: a PDF, PNG or JPEG of at most 10 MB, known by its content. At most five a
        correction; the same content twice is one."""
        version = version_of(if_match)
        row = await evidence.add(employee_id, correction, await body_of(request), filename, version)
        return tagged(row, desk.registry, response)

    @routes.get("/{file}", summary="Unduh bukti koreksi", response_class=Response, responses=HANDED_OUT)
    async def get_correction_evidence(employee_id: str, correction: str, file: str, noted: Noted) -> Response:
        """The file as it was sent, under the type it was found to be."""
        found = listed(await desk.own(employee_id, correction), file)
        await noted([employee_id])
        return await download(found, evidence.files)

    @routes.delete("/{file}", summary="Hapus bukti koreksi")
    async def remove_correction_evidence(
        employee_id: str, correction: str, file: str, response: Response, if_match: IfMatch = None
    ) -> CorrectionView:
        """While the correction may be changed. The file is deleted for good."""
        row = await evidence.take_away(employee_id, correction, file, version_of(if_match))
        return tagged(row, desk.registry, response)

    return routes
