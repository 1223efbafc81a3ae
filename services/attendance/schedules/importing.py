"""Holidays from a file: looked at first, then all of it taken or nothing. What is official is said by the file's source
column, never by us."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field

from kit.access import Principal
from kit.idempotency import Answer, Attempt, IdempotencyKey
from kit.mongo import TRIES, Session, in_transaction
from kit.problems import FieldError, of_status
from services.attendance.access import SCHEDULES
from services.attendance.directory.folds import SITES
from services.attendance.schedules.desk import API, BookDesk
from services.attendance.schedules.holiday_file import TEMPLATE, Read, RowRemark, compared, read
from services.attendance.schedules.models import Frozen
from services.attendance.schedules.store import HOLIDAYS

FILE_MOST = 1024 * 1024  # bytes
CSV_FILE: dict[str, Any] = {"content": {"text/csv": {"schema": {"type": "string"}}}}
BINARY = {"schema": {"type": "string", "format": "binary"}}


class HolidayImport(Frozen):
    """What a file came to, or would. With an error nothing is applied."""

    applied: bool
    rows: int
    new: int
    changed: int
    unchanged: int
    errors: int
    findings: tuple[RowRemark, ...] = Field(description="In the order of the file, at most 500")


@dataclass(frozen=True, slots=True)
class HolidayFiles:
    """On the book's desk."""

    desk: BookDesk

    async def take(self, data: bytes, by: Principal, attempt: Attempt | None) -> HolidayImport:
        """Without an attempt it is only looked at."""
        sites = {}
        async for row in self.desk.store.db[SITES].find({}, {"code": 1, "name": 1}):
            for name in (row.get("code"), row.get("name")):
                if name:
                    sites[str(name).casefold()] = row["_id"]
        found = read(data, sites)
        if attempt is None or found.remarks:
            different, same = compared(found.holidays, (await self.desk.store.book()).holidays)
            return _told(found, sum(old is None for _, old in different), len(different), same, applied=False)
        return await in_transaction(self.desk.client, lambda session: self._apply(found, by, session), tries=TRIES)

    async def _apply(self, found: Read, by: Principal, session: Session) -> HolidayImport:
        rows, at = self.desk.rows, self.desk.clock()
        await rows.turn(session)
        different, same = compared(found.holidays, (await self.desk.store.book(session)).holidays)
        for one, old in different:
            identity, version = str(uuid4()), 0
            if old is not None:
                present = await rows.one(HOLIDAYS, old.id, session)
                identity, version = old.id, present.get("version", 1) if present else 0
            await rows.put(HOLIDAYS, one.row(identity), version, by.subject, at, session)
        return _told(found, sum(old is None for _, old in different), len(different), same, applied=True)


def router(files: HolidayFiles) -> APIRouter:
    """The routes under /schedules/holiday-imports."""
    routes = APIRouter(prefix=f"{API}/holiday-imports", tags=["schedules"], dependencies=[Depends(SCHEDULES)])

    @routes.get("/template", summary="Contoh berkas hari libur", response_class=Response, responses={200: CSV_FILE})
    async def get_holiday_template() -> Response:
        """A CSV with the columns, and a row of each sort to write over."""
        headers = {"Content-Disposition": 'attachment; filename="hari-libur.csv"'}
        return Response(TEMPLATE, media_type="text/csv", headers=headers)

    @routes.post(
        "",
        response_model=HolidayImport,
        summary="Kirim berkas hari libur; dry_run=true hanya memeriksa",
        max_body_size=FILE_MOST,
        openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": BINARY}}},
    )
    async def import_holidays(
        request: Request,
        key: IdempotencyKey,
        dry_run: Annotated[bool, Query(description="look only, keep nothing")] = False,
    ) -> Response:
        """The body is the file itself: CSV with tanggal, jenis, nama, sumber, and lokasi or wilayah where it does not
        hold everywhere (several with `;`). The same file twice changes nothing."""
        data, by = await request.body(), request.scope["principal"]
        if not data:
            raise of_status(422, errors=[FieldError("/body", "berkas kosong")])

        async def work(attempt: Attempt) -> Answer:
            return Answer.of(await files.take(data, by, None if dry_run else attempt))

        return await files.desk.keys.respond(request, key, work)

    return routes


def _told(found: Read, new: int, different: int, same: int, *, applied: bool) -> HolidayImport:
    ordered = sorted(found.remarks, key=lambda one: (one.row, one.column))
    return HolidayImport(
        applied=applied,
        rows=len(found.holidays),
        new=new,
        changed=different - new,
        unchanged=same,
        errors=sum(one.level == "error" for one in ordered),
        findings=tuple(ordered[:500]),
    )
