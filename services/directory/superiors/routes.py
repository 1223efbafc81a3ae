"""Routes of reports of a wrong superior: the employee's own, and the personnel agency's queue."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from kit.access import Principal, Requires, Role, Scope
from kit.access.reads import Noting, noting
from kit.idempotency import Answer, Attempt, Idempotency, IdempotencyKey
from kit.mongo import Document
from kit.problems import FieldError, Problem, of_status
from services.directory.employees.models import Employee, display_name
from services.directory.employees.profile import Somebody
from services.directory.register.kinds import EMPLOYEE
from services.directory.register.responses import refused
from services.directory.register.routes import API
from services.directory.register.store import Register
from services.directory.superiors.models import (
    Report,
    ReportCount,
    ReportPage,
    ReportRecord,
    Resolution,
    State,
)
from services.directory.superiors.store import AlreadyOpen, Reports
from services.directory.validity import holds

OWN = Requires(
    {Role.PEGAWAI: Scope.SELF, Role.BKPSDM: Scope.ALL, Role.AUDITOR: Scope.ALL},
    writes={Role.PEGAWAI: Scope.SELF},
    person="identity",
)
QUEUE = Requires({Role.BKPSDM: Scope.ALL, Role.AUDITOR: Scope.ALL}, writes={Role.BKPSDM: Scope.ALL})

own = APIRouter(
    prefix=f"{API}/employees/{{identity}}/superior-reports", tags=["superiors"], dependencies=[Depends(OWN)]
)
queue = APIRouter(prefix=f"{API}/superior-reports", tags=["superiors"], dependencies=[Depends(QUEUE)])
Noted = Annotated[Noting, Depends(noting)]


@own.post(
    "",
    status_code=201,
    response_model=ReportRecord,
    summary="Atasan saya salah",
    responses=refused(404, 409),
)
async def report_superior(identity: str, body: Report, key: IdempotencyKey, request: Request) -> Response:
    """Say that the directory names the wrong superior. One report at a time may be open."""
    register, reports = _parts(request)
    keys: Idempotency = request.app.state.idempotency

    async def work(_: Attempt) -> Answer:
        async with register.view() as view:
            found = await view.many(EMPLOYEE, [identity, *([body.right_superior_id] if body.right_superior_id else [])])
        if identity not in found:
            raise of_status(404)
        superior = superior_on(found[identity].state, register.today())
        if wrong := _wrong(identity, superior, body, found):
            raise of_status(422, errors=[FieldError("/body/right_superior_id", wrong)])
        try:
            row = await reports.add(identity, superior, body, register.clock())
        except AlreadyOpen:
            raise Problem(
                409,
                "superior-report-open",
                "Laporan atasan masih diproses",
                "Laporan Anda sebelumnya belum dijawab BKPSDM. Tunggu jawabannya sebelum melapor lagi.",
            ) from None
        return Answer.of((await _records(register, [row]))[0], 201)

    return await keys.respond(request, key, work)


@own.get("", summary="Laporan atasan seorang pegawai, terbaru dahulu", responses=refused())
async def list_own_superior_reports(identity: str, request: Request, noted: Noted) -> list[ReportRecord]:
    """With their answers."""
    register, reports = _parts(request)
    await noted([identity])
    return await _records(register, await reports.own(identity))


@queue.get("", summary="Antrean laporan atasan, terlama dahulu", responses=refused())
async def list_superior_reports(
    request: Request,
    noted: Noted,
    state: State = "open",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ReportPage:
    """What waits for the personnel agency, or what it has answered."""
    register, reports = _parts(request)
    rows, total = await reports.queue(state, limit)
    await noted(row["employee"] for row in rows)
    return ReportPage(items=await _records(register, rows), total=total)


@queue.get("/count", summary="Banyaknya laporan atasan dalam satu keadaan", responses=refused())
async def count_superior_reports(request: Request, state: State = "open") -> ReportCount:
    """For a screen that says how much waits: nobody's data is looked at, so no look is written down."""
    _, reports = _parts(request)
    return ReportCount(total=await reports.count(state))


@queue.post("/{report}/resolution", summary="Jawab satu laporan atasan", responses=refused(404, 409))
async def resolve_superior_report(report: str, body: Resolution, request: Request) -> ReportRecord:
    """Say that the record was mended (by an edit of the employee, before this), or why it is right as it is."""
    register, reports = _parts(request)
    asking: Principal = request.scope["principal"]
    row = await reports.resolve(report, body, asking.subject, register.clock())
    if row is None:
        if await reports.one(report) is None:
            raise of_status(404)
        raise Problem(
            409,
            "superior-report-resolved",
            "Laporan sudah dijawab",
            "Laporan ini sudah dijawab. Muat ulang antreannya.",
        )
    return (await _records(register, [row]))[0]


def superior_on(employee: Employee, day: date) -> str | None:
    """Whom the own post of a day names."""
    held = (post for post in employee.assignments if post.kind == "primary" and holds(post, day))
    return next((post.superior_id for post in held), None)


def _wrong(identity: str, superior: str | None, body: Report, found: Collection[str]) -> str:
    """What is wrong with the superior named; nothing is no sentence."""
    named = body.right_superior_id
    if named is None:
        return ""
    if named == identity:
        return "pegawai tidak dapat menjadi atasan dirinya sendiri"
    if named == superior:
        return "pegawai ini sudah tercatat sebagai atasan Anda"
    return "" if named in found else "pegawai ini tidak ada dalam direktori"


def _parts(request: Request) -> tuple[Register, Reports]:
    return request.app.state.register, request.app.state.superior_reports


async def _records(register: Register, rows: Sequence[Document]) -> list[ReportRecord]:
    ids = {row[name] for row in rows for name in ("employee", "superior", "right_superior")} - {None}
    async with register.view() as view:
        people = await view.many(EMPLOYEE, ids)
    names = {identity: display_name(row.state) for identity, row in people.items()}

    def somebody(identity: str | None) -> Somebody | None:
        return Somebody(id=identity, name=names.get(identity, identity)) if identity else None

    return [
        ReportRecord(
            id=row["_id"],
            employee=Somebody(id=row["employee"], name=names.get(row["employee"], row["employee"])),
            superior=somebody(row["superior"]),
            right_superior=somebody(row["right_superior"]),
            reason=row["reason"],
            state=row["state"],
            reported_at=row["reported_at"],
            resolved_at=row.get("resolved_at"),
            answer=row.get("answer"),
        )
        for row in rows
    ]
