"""Routes of ratings for who serves and who answers for a unit. What citizens use is in public.py."""

import asyncio
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from kit import paging
from kit.access import Reach
from kit.period import check_period
from kit.problems import FieldError, documented, of_status
from kit.proxies import Proxies
from services.feedback.access import CODES, UNIT_VOICES
from services.feedback.catalogue.models import OwnServiceList
from services.feedback.ratings.desk import Desk
from services.feedback.ratings.models import (
    Comment,
    CommentPage,
    IssuedCode,
    NewCode,
    NewSheet,
    ReasonList,
)
from services.feedback.ratings.tapped import Tapped
from services.feedback.ratings.texts import position

API = "/api/feedback/v1"
REFUSED = documented(
    {
        404: "Pegawai tidak dikenal atau tidak memegang jabatan hari ini",
        409: "Nomor layanan ini sudah mendapat kode hari ini",
        429: "Terlalu banyak kode dalam satu jam",
    }
)
PDF: dict[str, Any] = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}
UnitQuery = Annotated[str | None, Query(max_length=64, description="This unit with all below it; all in reach without")]


def codes_router(desk: Desk) -> APIRouter:
    """The codes of one employee, and what they may be for."""
    routes = APIRouter(prefix=f"{API}/employees/{{employee_id}}", tags=["codes"], dependencies=[Depends(CODES)])

    @routes.get("/services", summary="Layanan yang dapat diberi kode")
    async def list_own_services(employee_id: str) -> OwnServiceList:
        """Whose codes this employee may make today: of the units where a post is held, acting ones included, of those
        above them and of those below them."""
        return OwnServiceList(items=await desk.issuable(employee_id))

    @routes.post("/codes", status_code=201, summary="Kode penilaian untuk yang baru dilayani", responses=REFUSED)
    async def issue_code(employee_id: str, body: NewCode, response: Response) -> IssuedCode:
        """A one-time code for somebody whom this employee has served, told in this answer and never again: only its
        hash is kept. For a service that this employee's list of services has. There is no `Idempotency-Key`, since a
        repeated answer would have to keep the code in clear; a code that got lost on the way runs out unused.
        `reference` keeps a transaction from getting a second one."""
        response.headers["Cache-Control"] = "no-store"
        return await desk.issue(employee_id, body)

    return routes


def unit_router(desk: Desk, tapped: Tapped, proxies: Proxies, address: str | None) -> APIRouter:
    """The routes for who answers for a unit. `address` is where people reach the installation; without it, where this
    request was sent to."""
    routes = APIRouter(prefix=API, tags=["ratings"])

    @routes.post(
        "/code-sheets",
        summary="Lembar kode untuk dicetak",
        response_class=Response,
        responses={200: {"content": PDF, "description": "A4 with cards to cut out, as a download"}},
    )
    async def print_codes(reach: Annotated[Reach, Depends(UNIT_VOICES)], body: NewSheet, request: Request) -> Response:
        """New codes on paper. They have no employee: their ratings count for the service. They are valid when this
        answers, and told nowhere else; without an `Idempotency-Key` for the reason that single codes have none."""
        sheet, store = await desk.sheet(body, reach, address or _address(request, proxies))
        drawn = await asyncio.to_thread(sheet.pdf)
        await store()
        headers = {"Content-Disposition": 'attachment; filename="kode-penilaian.pdf"', "Cache-Control": "no-store"}
        return Response(drawn, media_type="application/pdf", headers=headers)

    @routes.get("/comments", summary="Tulisan warga yang sudah terbit")
    async def list_comments(
        reach: Annotated[Reach, Depends(UNIT_VOICES)],
        unit: UnitQuery = None,
        cursor: Annotated[str | None, Query(max_length=200)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> CommentPage:
        """Of the units in reach, the newest day of publication first. Texts are published days after they were written,
        several together and in random order; as they were written, so to be shown as text and never as HTML."""
        after = paging.decode(cursor)
        rows = await desk.texts.page(await desk.units_within(reach, unit), after, limit + 1)
        items = [Comment.model_validate({"id": row["_id"], **row}) for row in rows[:limit]]
        return CommentPage(
            items=items, next_cursor=paging.encode(position(rows[limit - 1])) if len(rows) > limit else None
        )

    @routes.get("/reasons", summary="Alasan yang dipilih warga")
    async def list_reasons(
        reach: Annotated[Reach, Depends(UNIT_VOICES)],
        first: Annotated[date, Query(alias="from", description="First local day, `YYYY-MM-DD`")],
        last: Annotated[date, Query(alias="to", description="Last local day, at most 366 days with the first")],
        unit: UnitQuery = None,
    ) -> ReasonList:
        """How often each reason was tapped, by service. A service with fewer than `minimum_group` ratings in the period
        shows no counts."""
        check_period(first, last)
        units, least = await desk.units_within(reach, unit), desk.rule().minimum_group
        return ReasonList(items=await tapped.of(units, first, last, least), minimum_group=least)

    return routes


def _address(request: Request, proxies: Proxies) -> str:
    """Where people reach the installation, as our edge passes it on."""
    host = request.headers.get("host", "")
    if not host or not set(host) <= HOST:
        raise of_status(422, errors=[FieldError("/header/host", "bukan nama host")])
    forwarded = request.headers.get("x-forwarded-proto", "")
    ours = request.client is not None and proxies.ours(request.client.host)
    scheme = forwarded if ours and forwarded in ("http", "https") else request.url.scheme
    return f"{scheme}://{host}"


HOST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]")
