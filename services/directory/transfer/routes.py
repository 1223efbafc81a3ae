"""Routes of imports: send a file, follow it, read what was found, apply a clean dry run."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from kit.idempotency import Answer, Attempt, Idempotency, IdempotencyKey
from kit.mongo import Document
from kit.problems import FieldError, Problem, of_status
from services.directory.access import IMPORTS
from services.directory.register.responses import refused
from services.directory.register.routes import API
from services.directory.transfer.findings import Finding, Level
from services.directory.transfer.records import Imports, State
from services.directory.transfer.sheets import hint
from services.directory.transfer.writing import csv_lines

PREFIX = f"{API}/imports"
UPLOAD_LIMIT = 32 * 1024 * 1024

router = APIRouter(prefix=PREFIX, tags=["imports"], dependencies=[Depends(IMPORTS)])


class Tally(BaseModel):
    """Entities of one kind in the file: new, changed, and as the directory already has them."""

    new: int
    changed: int
    unchanged: int


class Rows(BaseModel):
    """Progress in rows of the file."""

    done: int
    total: int


class ImportRecord(BaseModel):
    """One import. `findings` are the first 100; the rest are under /findings."""

    model_config = ConfigDict(extra="ignore")

    id: str
    state: State
    filename: str
    size: int
    sha256: str
    dry_run: bool
    created_at: datetime
    finished_at: datetime | None
    rows: Rows
    counts: dict[str, Tally]
    errors: int
    warnings: int
    findings: list[Finding] = []


class Remark(BaseModel):
    """A finding, and in `hint` what its column wants; "" where it is about a whole line or file."""

    level: Level
    sheet: str
    row: int
    column: str
    detail: str
    hint: str

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> Self:
        """From a stored finding."""
        return cls(**found, hint=hint(found["sheet"], found["column"]))


class FindingsPage(BaseModel):
    """Some findings, in the order of the file; `next_first` asks for the next, absent at the end."""

    items: list[Remark]
    next_first: int | None
    total: int


class ImportList(BaseModel):
    """The newest imports first."""

    items: list[ImportRecord]


Filename = Annotated[
    str,
    Query(min_length=1, max_length=200, description="nama berkas; untuk satu CSV menyebut daftarnya, mis. unit.csv"),
]
CSV_FILE: dict[str, Any] = {"content": {"text/csv": {"schema": {"type": "string"}}}}
BINARY = {"schema": {"type": "string", "format": "binary"}}


@router.post(
    "",
    status_code=202,
    response_model=ImportRecord,
    summary="Kirim berkas impor; dry_run=true hanya memeriksa",
    max_body_size=UPLOAD_LIMIT,
    responses=refused(400, 409, 413),
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": BINARY}}},
)
async def create_import(
    request: Request,
    key: IdempotencyKey,
    filename: Filename,
    dry_run: bool = False,
    encoding: Annotated[Literal["utf-8", "cp1252"] | None, Query(description="hanya untuk CSV; bawaan Unicode")] = None,
) -> Response:
    """Answers at once with where to follow it. The body is the file itself; several CSV lists go as one ZIP."""
    imports: Imports = request.app.state.imports
    keys: Idempotency = request.app.state.idempotency
    data = await request.body()
    if not data:
        raise of_status(422, errors=[FieldError("/body", "berkas kosong")])

    async def work(_: Attempt) -> Answer:
        at = keys.clock()
        identity = await imports.create(data, filename, dry_run=dry_run, encoding=encoding, at=at)
        found = await imports.get(identity)
        assert found is not None  # noqa: S101 - stored the line before
        return Answer.of(_record(found), 202, {"Location": f"{PREFIX}/{identity}"})

    return await keys.respond(request, key, work)


@router.get("", summary="Impor terbaru", responses=refused())
async def list_imports(request: Request, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> ImportList:
    """Without their findings."""
    imports: Imports = request.app.state.imports
    return ImportList(items=[_record(one) for one in await imports.latest(limit)])


@router.get("/{identity}", summary="Keadaan satu impor", responses=refused(404))
async def get_import(identity: str, request: Request) -> ImportRecord:
    """Ask again while `finished_at` is empty."""
    imports: Imports = request.app.state.imports
    found = await _one(imports, identity)
    return _record(found, await imports.findings(identity, 0, 100))


@router.get("/{identity}/findings", summary="Semua temuan satu impor", responses=refused(404))
async def get_import_findings(
    identity: str,
    request: Request,
    first: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> FindingsPage:
    """Row and column as the spreadsheet counts them."""
    imports: Imports = request.app.state.imports
    found = await _one(imports, identity)
    total = found["errors"] + found["warnings"]
    items = [Remark.of(one) for one in await imports.findings(identity, first, limit)]
    after = first + len(items)
    return FindingsPage(items=items, next_first=after if items and after < total else None, total=total)


@router.get(
    "/{identity}/findings.csv",
    summary="Semua temuan sebagai CSV",
    response_class=Response,
    responses={**refused(404), 200: CSV_FILE},
)
async def get_import_findings_csv(identity: str, request: Request) -> Response:
    """To work through beside the file."""
    imports: Imports = request.app.state.imports
    found = await _one(imports, identity)
    items = [Remark.of(one) for one in await imports.findings(identity, 0, found["errors"] + found["warnings"] + 1)]
    header = ("tingkat", "lembar", "baris", "kolom", "keterangan", "isian_yang_benar")
    rows = [(one.level, one.sheet, str(one.row or ""), one.column, one.detail, one.hint) for one in items]
    headers = {"Content-Disposition": f'attachment; filename="temuan-{identity}.csv"'}
    return Response("\ufeff" + csv_lines([header, *rows]), media_type="text/csv", headers=headers)


@router.post(
    "/{identity}/apply",
    status_code=202,
    response_model=ImportRecord,
    summary="Terapkan impor yang sudah diperiksa bersih",
    responses=refused(400, 404, 409),
)
async def apply_import(identity: str, request: Request, key: IdempotencyKey) -> Response:
    """Only after a clean dry run; it is checked again against the directory as it is then."""
    imports: Imports = request.app.state.imports
    keys: Idempotency = request.app.state.idempotency

    async def work(_: Attempt) -> Answer:
        await _one(imports, identity)
        if not await imports.apply_checked(identity, keys.clock()):
            raise Problem(
                409,
                "import-not-applicable",
                "Impor ini tidak dapat diterapkan",
                "Hanya pemeriksaan (dry run) tanpa kesalahan yang dapat diterapkan, paling lama satu hari sesudahnya. "
                "Kirim ulang berkasnya.",
            )
        return Answer.of(_record(await _one(imports, identity)), 202, {"Location": f"{PREFIX}/{identity}"})

    return await keys.respond(request, key, work)


async def _one(imports: Imports, identity: str) -> Document:
    found = await imports.get(identity)
    if found is None:
        raise Problem(404, "import-not-found", "Impor tidak ditemukan", f"Tidak ada impor dengan id {identity}.")
    return found


def _record(found: Document, findings: Any = ()) -> ImportRecord:
    return ImportRecord.model_validate({**found, "id": found["_id"], "findings": list(findings)})
