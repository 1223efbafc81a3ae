"""Routes of evidence: a file is sent as it is, and handed out as a download to whoever may see its entry."""

from fastapi import APIRouter, Depends, Request, Response

from kit.etags import IfMatch, version_of
from kit.evidence.routes import BODY_MOST, HANDED_OUT, SENT, TOO_LARGE, Filename, body_of, download
from services.appraisal.access import ACTIVITIES
from services.appraisal.activities.models import ActivityView
from services.appraisal.activities.routes import API, Noted, tagged
from services.appraisal.evidence.desk import EvidenceDesk


def router(desk: EvidenceDesk) -> APIRouter:
    """The routes under /employees/{employee_id}/activities/{activity}/evidence."""
    routes = APIRouter(
        prefix=f"{API}/employees/{{employee_id}}/activities/{{activity}}/evidence",
        tags=["evidence"],
        dependencies=[Depends(ACTIVITIES)],
    )

    @routes.post(
        "",
        status_code=201,
        summary="Tambah bukti",
        max_body_size=BODY_MOST,
        responses=TOO_LARGE,
        openapi_extra=SENT,
    )
    async def add_evidence(
        employee_id: str,
        activity: str,
        filename: Filename,
        request: Request,
        response: Response,
        if_match: IfMatch = None,
    ) -> ActivityView:
        """The body is the file itself: a PDF, PNG or JPEG of at most 10 MB, known by its content. At most five an
        entry; the same content twice is one. The entry's version goes up, what it counts stays."""
        version = version_of(if_match)
        return tagged(await desk.add(employee_id, activity, await body_of(request), filename, version), response)

    @routes.get(
        "/{evidence}",
        summary="Unduh bukti",
        response_class=Response,
        responses=HANDED_OUT,
    )
    async def get_evidence(employee_id: str, activity: str, evidence: str, noted: Noted) -> Response:
        """The file as it was sent, under the type it was found to be."""
        found = await desk.file(employee_id, activity, evidence)
        await noted([employee_id])
        return await download(found, desk.files)

    @routes.delete("/{evidence}", summary="Hapus bukti")
    async def remove_evidence(
        employee_id: str, activity: str, evidence: str, response: Response, if_match: IfMatch = None
    ) -> ActivityView:
        """While the entry may be changed. The file is deleted for good."""
        return tagged(await desk.take_away(employee_id, activity, evidence, version_of(if_match)), response)

    return routes
