"""The routes every kind of master data has: list, one, create, replace, patch, history."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import JsonValue

from kit.access import Requires
from kit.etags import IfMatch, version_of
from kit.idempotency import Idempotency, IdempotencyKey
from services.directory.register.desk import Desk, Rules, State, on_day
from services.directory.register.kinds import Kind
from services.directory.register.paging import Page
from services.directory.register.responses import refused

T = TypeVar("T")
API = "/api/directory/v1"

Search = Annotated[
    str | None,
    Query(min_length=2, max_length=100, pattern=r"^[^\x00-\x1f]*$", description="setiap kata harus ditemukan"),
]
AsOf = Annotated[date | None, Query(description="hanya yang berlaku pada tanggal ini")]
Cursor = Annotated[str | None, Query(max_length=600, description="next_cursor dari halaman sebelumnya")]
Limit = Annotated[int, Query(ge=1, le=500)]


def kind_router(plural: str, requires: Requires) -> APIRouter:
    """An empty router under the path of one kind; routes of its own are added first, then `add_routes`."""
    return APIRouter(prefix=f"{API}/{plural}", tags=[plural], dependencies=[Depends(requires)])


def desk_of(request: Request, kind: Kind[T], rules: Rules[T], router: APIRouter) -> Desk[T]:
    """The desk of one kind, on the register of the running application."""
    return Desk(request.app.state.register, kind, rules, router.prefix)


def add_list(
    router: APIRouter, kind: Kind[T], rules: Rules[T], record: type[Any], *, plural: str, periods: str
) -> None:
    """The plain list. `periods` is the field that dates the entity, "" = it is dated itself."""

    async def listed(
        request: Request, q: Search = None, as_of: AsOf = None, cursor: Cursor = None, limit: Limit = 50
    ) -> Any:
        where: list[Mapping[str, Any]] = [on_day(periods, as_of)] if as_of else []
        return await desk_of(request, kind, rules, router).page(where, q=q, cursor=cursor, limit=limit)

    page: Any = Page[record]  # type: ignore[valid-type]
    router.add_api_route(
        "",
        listed,
        name=f"list_{plural}",
        summary=f"{kind.label}, berurutan",
        description="Berhalaman dengan `next_cursor`; `q` mencari, `as_of` menyaring yang berlaku pada suatu tanggal.",
        response_model=page,
        responses=refused(),
    )


def add_routes(
    router: APIRouter,
    kind: Kind[T],
    rules: Rules[T],
    model: type[T],
    record: type[Any],
    reading: Sequence[Any] = (),
) -> None:
    """Everything but the list. `model` is what callers send, `record` what they get: with id, version, change time.
    `reading` are dependencies of the routes that only read."""

    def at(request: Request) -> Desk[T]:
        return desk_of(request, kind, rules, router)

    desk_needed = Depends(at)
    body_type: Any = model

    async def create(body: body_type, key: IdempotencyKey, request: Request, desk: Desk[T] = desk_needed) -> Response:
        keys: Idempotency = request.app.state.idempotency
        return await keys.respond(request, key, lambda attempt: desk.create(body, attempt))

    async def get(identity: str, response: Response, desk: Desk[T] = desk_needed) -> Any:
        return await desk.get(identity, response)

    async def replace(
        identity: str, body: body_type, response: Response, if_match: IfMatch = None, desk: Desk[T] = desk_needed
    ) -> Any:
        return await desk.replace(identity, body, version_of(if_match), response)

    async def patch(
        identity: str,
        body: dict[str, JsonValue],
        response: Response,
        if_match: IfMatch = None,
        desk: Desk[T] = desk_needed,
    ) -> Any:
        return await desk.patch(identity, body, version_of(if_match), response)

    async def history(identity: str, desk: Desk[T] = desk_needed) -> Any:
        return await desk.history(identity)

    # Found by refusals.py when the body cannot be read as a whole.
    create.salvage = rules.salvage  # type: ignore[attr-defined]
    replace.salvage = rules.salvage  # type: ignore[attr-defined]
    name, label, one = kind.name, kind.label.lower(), "/{identity}"
    edits = (400, 404, 409, 412, 413, 428)
    for method, path, route, does, handler, refusals in (
        ("POST", "", f"create_{name}", f"Buat {label}; id mengikuti kode", create, (400, 409, 413)),
        ("GET", one, f"get_{name}", f"Satu {label} dengan ETag-nya", get, (404,)),
        ("PUT", one, f"replace_{name}", f"Ganti isi {label}; If-Match wajib", replace, edits),
        ("PATCH", one, f"patch_{name}", f"Ubah sebagian {label} (RFC 7396); If-Match wajib", patch, edits),
    ):
        router.add_api_route(
            path,
            handler,
            methods=[method],
            name=route,
            summary=does,
            description=f"{does}. `ETag` pada jawaban adalah versinya; `If-Match` yang sudah usang dijawab 412.",
            response_model=record,
            status_code=201 if method == "POST" else 200,
            dependencies=list(reading) if method == "GET" else None,
            responses=refused(*refusals),
        )
    router.add_api_route(
        f"{one}/history",
        history,
        name=f"get_{name}_history",
        summary=f"Semua keadaan {label}, terbaru dahulu",
        description="Setiap perubahan tersimpan di jurnal dan tidak pernah dihapus.",
        response_model=list[State[model]],  # type: ignore[valid-type]
        dependencies=list(reading),
        responses=refused(404),
    )
