"""Routes of evidence: a file is sent as it is, and handed out as a download to whoever may see its entry."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from kit.etags import IfMatch, version_of
from kit.problems import Problem, ProblemDocument
from services.appraisal.access import ACTIVITIES
from services.appraisal.activities.models import ActivityView
from services.appraisal.activities.routes import API, Noted, tagged
from services.appraisal.evidence.desk import EvidenceDesk
from services.appraisal.evidence.rules import MOST_BYTES, SUFFIXES, disposition

BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
CONTENT: dict[str, Any] = dict.fromkeys(SUFFIXES, BINARY)
TOO_LARGE: dict[int | str, dict[str, Any]] = {413: {"model": ProblemDocument, "description": "Berkas terlalu besar"}}
# A viewer that shows it all the same may run nothing of it and load nothing for it.
CLOSED = "sandbox; default-src 'none'; frame-ancestors 'none'"

Filename = Annotated[
    str, Query(min_length=1, max_length=255, description="nama berkas, hanya untuk ditampilkan; isinya yang menentukan")
]


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
        max_body_size=2 * MOST_BYTES,  # the exact limit is below, in words that help
        responses=TOO_LARGE,
        openapi_extra={"requestBody": {"required": True, "content": CONTENT}},
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
        return tagged(await desk.add(employee_id, activity, await _body(request), filename, version), response)

    @routes.get(
        "/{evidence}",
        summary="Unduh bukti",
        response_class=Response,
        responses={200: {"content": CONTENT, "description": "The file as it was sent, as a download"}},
    )
    async def get_evidence(employee_id: str, activity: str, evidence: str, noted: Noted) -> Response:
        """The file as it was sent, under the type it was found to be."""
        found = await desk.file(employee_id, activity, evidence)
        await noted([employee_id])
        headers = {
            "Content-Disposition": disposition(found.name),
            "Content-Length": str(found.size),
            "Content-Security-Policy": CLOSED,
            "ETag": f'"{found.sha256}"',
        }
        return StreamingResponse(await desk.files.read(evidence), media_type=found.media_type, headers=headers)

    @routes.delete("/{evidence}", summary="Hapus bukti")
    async def remove_evidence(
        employee_id: str, activity: str, evidence: str, response: Response, if_match: IfMatch = None
    ) -> ActivityView:
        """While the entry may be changed. The file is deleted for good."""
        return tagged(await desk.take_away(employee_id, activity, evidence, version_of(if_match)), response)

    return routes


async def _body(request: Request) -> bytes:
    """What is sent, counted as it comes: whoever does not say how much it is holds no more of our memory either."""
    data = bytearray()
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        raise _too_large()
    async for chunk in request.stream():
        data += chunk
        if len(data) > MOST_BYTES:
            raise _too_large()
    return bytes(data)


def _too_large() -> Problem:
    return Problem(
        413,
        "evidence-too-large",
        "Berkas bukti terlalu besar",
        "Paling besar 10 MB. Perkecil berkasnya, misalnya dengan resolusi foto yang lebih rendah, lalu kirim lagi.",
    )
