"""Routes of files of letters under /employees/{employee_id}/leave/{leave}."""

from fastapi import APIRouter, Depends, Request, Response

from kit.etags import IfMatch, version_of
from kit.evidence.routes import BODY_MOST, HANDED_OUT, SENT, TOO_LARGE, Filename, body_of, download
from services.attendance.access import LEAVE_LETTERS
from services.attendance.leave.letters import LetterDesk, listed
from services.attendance.leave.models import LeaveView
from services.attendance.leave.routes import API, Noted, asking_of, tagged


def router(letters: LetterDesk) -> APIRouter:
    """The routes of letters."""
    routes = APIRouter(
        prefix=f"{API}/employees/{{employee_id}}/leave/{{leave}}/letters",
        tags=["leave"],
        dependencies=[Depends(LEAVE_LETTERS)],
    )

    @routes.post(
        "",
        status_code=201,
        summary="Tambah berkas surat",
        max_body_size=BODY_MOST,
        responses=TOO_LARGE,
        openapi_extra=SENT,
    )
    async def add_leave_letter(
        employee_id: str,
        leave: str,
        filename: Filename,
        request: Request,
        response: Response,
        if_match: IfMatch = None,
    ) -> LeaveView:
        """The body is the file itself: a PDF, PNG or JPEG of at most 10 MB, known by its content. At most five a
        request; the same content twice is one. What was recorded from paper is given its files within a day, by the
        account that recorded it."""
        version = version_of(if_match)
        data = await body_of(request)
        return tagged(await letters.add(employee_id, leave, data, filename, asking_of(request), version), response)

    @routes.get("/{file}", summary="Unduh berkas surat", response_class=Response, responses=HANDED_OUT)
    async def get_leave_letter(employee_id: str, leave: str, file: str, noted: Noted) -> Response:
        """The file as it was sent, under the type it was found to be."""
        found = listed(await letters.desk.own(employee_id, leave), file)
        await noted([employee_id])
        return await download(found, letters.files)

    @routes.delete("/{file}", summary="Hapus berkas surat")
    async def remove_leave_letter(
        employee_id: str, leave: str, file: str, request: Request, response: Response, if_match: IfMatch = None
    ) -> LeaveView:
        """While it may be added. The file is deleted for good."""
        version = version_of(if_match)
        return tagged(await letters.take_away(employee_id, leave, file, asking_of(request), version), response)

    return routes
