"""Routes of the book of working time: every kind of row has the same, then what is done to many at once."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from kit.access import Principal
from kit.etags import IfMatch, tag, version_of
from kit.idempotency import IdempotencyKey
from kit.problems import documented
from services.attendance.access import SCHEDULE_CHANGES, SCHEDULES
from services.attendance.schedules.bulk import Assigning, ManyAnswer, ManyAssigned
from services.attendance.schedules.desk import API, BookDesk
from services.attendance.schedules.kinds import ALL_KINDS, ASSIGNMENT, BY_PLURAL, HOLIDAY, Kind
from services.attendance.schedules.sent import BookFindings, Change, Checked

MOST = 2_000
"""Rows of a list: more than an agency has of any kind in a year, or of patterns ever."""
ChangedKind = Literal["patterns", "assignments", "holidays", "ramadans", "beginnings"]
REFUSALS = {412: "Data sudah diubah orang lain", 428: "Versi data tidak disebut", 404: "Tidak ditemukan"}


def router(desk: BookDesk, assigning: Assigning) -> APIRouter:
    """The routes under /schedules."""
    routes = APIRouter(prefix=API, tags=["schedules"], dependencies=[Depends(SCHEDULES)])

    @routes.get("/findings", summary="Apa yang belum benar pada jam kerja instansi")
    async def list_schedule_findings() -> BookFindings:
        """Everything wrong or odd in the book as it is: errors came from elsewhere (a site without a zone), warnings
        may be meant so."""
        return BookFindings(items=await desk.findings())

    @routes.post("/assignments/bulk/check", summary="Periksa pemberian pola kepada banyak unit atau pegawai")
    async def check_bulk_assignment(body: ManyAssigned, request: Request) -> Checked:
        """Saves nothing."""
        return await assigning.check(body, _by(request))

    @routes.post(
        "/assignments/bulk", response_model=ManyAnswer, summary="Berikan pola kepada banyak unit atau pegawai sekaligus"
    )
    async def assign_to_many(body: ManyAssigned, key: IdempotencyKey, request: Request) -> Response:
        """All of them or none. What they have and is open ends on the day before."""
        return await desk.keys.respond(request, key, lambda attempt: assigning.assign(body, _by(request), attempt))

    for kind in ALL_KINDS:
        _add_list(routes, kind, desk)
        _add_rows(routes, kind, desk)
    return routes


def audit_router(desk: BookDesk) -> APIRouter:
    """What was changed in the book, by whom."""
    routes = APIRouter(prefix=f"{API}/changes", tags=["schedules"], dependencies=[Depends(SCHEDULE_CHANGES)])

    @routes.get("", summary="Perubahan jam kerja, terbaru dahulu")
    async def list_schedule_changes(
        kind: Annotated[ChangedKind | None, Query(description="only of one kind")] = None,
        row: Annotated[str | None, Query(max_length=128, description="only of one row")] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> list[Change]:
        """Every version of every row, also of those that were taken away."""
        collection = BY_PLURAL[kind].collection if kind else None
        found = await desk.rows.changes(collection, row, limit)
        return [Change.model_validate({name: one[name] for name in Change.model_fields}) for one in found]

    return routes


def _add_list(routes: APIRouter, kind: Kind, desk: BookDesk) -> None:
    async def everything() -> Any:
        return await _listed(kind, desk, {})

    async def of_year(
        year: Annotated[int | None, Query(ge=2000, le=2100, description="only those of a year")] = None,
    ) -> Any:
        return await _listed(kind, desk, {"day": {"$gte": f"{year}-01-01", "$lte": f"{year}-12-31"}} if year else {})

    async def of_owner(
        unit_id: Annotated[str | None, Query(max_length=64)] = None,
        pattern_id: Annotated[str | None, Query(max_length=128)] = None,
        on: Annotated[date | None, Query(alias="date", description="only what holds on a day")] = None,
    ) -> Any:
        asked = {"owner_id": unit_id, "pattern_id": pattern_id}
        query: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
        if on is not None:
            query |= {"valid_from": {"$lte": str(on)}, "$or": [{"valid_to": None}, {"valid_to": {"$gte": str(on)}}]}
        return await _listed(kind, desk, query)

    own: Mapping[Kind, Callable[..., Any]] = {HOLIDAY: of_year, ASSIGNMENT: of_owner}
    listing = own.get(kind, everything)
    routes.add_api_route(
        f"/{kind.plural}",
        listing,
        name=f"list_{kind.plural}",
        summary=f"{kind.label}: semua",
        description="Berurutan, paling banyak 2.000.",
        response_model=list[kind.record],  # type: ignore[name-defined]
    )


async def _listed(kind: Kind, desk: BookDesk, query: dict[str, Any]) -> Any:
    return [kind.answered(row) for row in await desk.rows.some(kind.collection, query, kind.order, MOST)]


def _add_rows(routes: APIRouter, kind: Kind, desk: BookDesk) -> None:
    body_type: Any = kind.sent
    name = kind.plural.removesuffix("s")

    async def check_new(body: body_type) -> Checked:
        return await desk.check(kind, body)

    async def create(body: body_type, key: IdempotencyKey, request: Request) -> Response:
        return await desk.keys.respond(request, key, lambda attempt: desk.create(kind, body, _by(request), attempt))

    async def get(identity: str, response: Response) -> Any:
        return _tagged(kind, await desk.one(kind, identity), response)

    async def check_changed(identity: str, body: body_type) -> Checked:
        return await desk.check(kind, body, identity)

    async def replace(
        identity: str, body: body_type, request: Request, response: Response, if_match: IfMatch = None
    ) -> Any:
        row = await desk.replace(kind, identity, body, version_of(if_match), _by(request))
        return _tagged(kind, row, response)

    async def delete(identity: str, request: Request, if_match: IfMatch = None) -> None:
        await desk.delete(kind, identity, version_of(if_match), _by(request))

    label, one = kind.label.lower(), f"/{kind.plural}/{{identity}}"
    checking = f"{label}; tidak ada yang disimpan"
    for method, path, route, does, handler, answer, status in (
        ("POST", f"/{kind.plural}/check", f"check_new_{name}", f"Periksa {checking}", check_new, Checked, 200),
        ("POST", f"/{kind.plural}", f"create_{name}", f"Buat {label}", create, kind.record, 201),
        ("GET", one, f"get_{name}", f"Satu {label} dengan ETag-nya", get, kind.record, 200),
        ("POST", f"{one}/check", f"check_{name}", f"Periksa perubahan {checking}", check_changed, Checked, 200),
        ("PUT", one, f"replace_{name}", f"Ganti {label}; If-Match wajib", replace, kind.record, 200),
        ("DELETE", one, f"delete_{name}", f"Hapus {label}; If-Match wajib", delete, None, 204),
    ):
        routes.add_api_route(
            path,
            handler,
            methods=[method],
            name=route,
            summary=does,
            description=f"{does}. Yang salah ditolak dengan semua temuannya sekaligus; peringatan tidak menolak.",
            response_model=answer,
            status_code=status,
            responses=documented(REFUSALS) if "{" in path else None,
        )


def _tagged(kind: Kind, row: dict[str, Any], response: Response) -> Any:
    found = kind.answered(row)
    response.headers["ETag"] = tag(found.version)
    return found


def _by(request: Request) -> Principal:
    asking: Principal = request.scope["principal"]
    return asking
