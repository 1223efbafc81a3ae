"""The chain over HTTP for operators and auditors: its days, a check of a day, and what was found."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

from bson import ObjectId
from fastapi import APIRouter, Depends, Path, Query, Request

from kit import paging
from kit.access import Principal
from kit.access.reads import Noting, noting
from kit.mongo import Document
from kit.period import check_period
from kit.problems import FieldError, Problem, of_status
from services.attendance.access import INTEGRITY, RECEIPT_DAYS
from services.attendance.devices.registry import Clock
from services.attendance.receipts.checking import hash_of
from services.attendance.receipts.parts import ReceiptParts
from services.attendance.receipts.rules import link_id
from services.attendance.receipts.views import (
    DayChecked,
    DayOfChain,
    DaysOfChain,
    FindingClosing,
    FindingList,
    FindingView,
    OpenFindings,
    finding_view,
)

API = "/api/attendance/v1"
MOST = 500
LAST = 99_999_999
Noted = Annotated[Noting, Depends(noting)]
FindingId = Annotated[str, Path(pattern=r"^[0-9a-f]{24}$")]


class Cursor(NamedTuple):
    """How far a check of a day is: first through its links, then through the journal (`entry` is set)."""

    link: str
    entry: tuple[datetime, ObjectId] | None


def router(parts: ReceiptParts, clock: Clock, zone: ZoneInfo) -> APIRouter:
    """The routes under /receipts/days and /integrity."""
    routes = APIRouter(prefix=API, tags=["integrity"])

    @routes.get("/receipts/days", dependencies=[Depends(RECEIPT_DAYS)], summary="Hari-hari rantai tanda terima")
    async def list_receipt_days(
        first: Annotated[date, Query(alias="from")], last: Annotated[date, Query(alias="to")]
    ) -> DaysOfChain:
        """Days on which punches were recorded, newest first, each with the hash of its last link."""
        check_period(first, last)
        return DaysOfChain(items=[_day(link) async for link in parts.receipts.days(first, last)])

    @routes.post("/receipts/days/{day}/check", dependencies=[Depends(RECEIPT_DAYS)], summary="Periksa satu hari")
    async def check_receipt_day(day: date, noted: Noted, cursor: str | None = None) -> DayChecked:
        """Verify all of a day against what the journal holds, some 2,000 punches at a time: signatures, chain,
        receipts, journal, and punches without a receipt. What does not fit is kept as a finding and alarmed."""
        now = clock()
        at = _cursor(cursor, day)
        if at.entry is None:
            looked = await parts.looking.at_links(at.link, link_id(day.isoformat(), LAST))
            begins = datetime.combine(day, time(), zone).astimezone(UTC), ObjectId(bytes(12))
            following = Cursor(looked.link, None) if looked.link else Cursor("", begins)
        else:
            ends = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
            looked = await parts.looking.at_journal(at.entry, ends)
            following = Cursor("", looked.entry)
        await parts.findings.note(looked.findings, now)
        await noted(one.employee_id for one in looked.findings if one.employee_id)
        return DayChecked(
            punches=looked.punches,
            links=looked.links,
            findings=[finding_view(one) for one in looked.findings],
            next_cursor=_encoded(following) if following.link or following.entry else None,
        )

    @routes.get("/integrity", dependencies=[Depends(INTEGRITY)], summary="Temuan keutuhan presensi")
    async def list_integrity_findings(
        noted: Noted,
        open: bool | None = True,  # noqa: A002 - the word of the API
        limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    ) -> FindingList:
        """Punches that were changed, removed or inserted, and links that do not hold; newest first. Open ones, unless
        `open` says otherwise."""
        rows, total = await parts.findings.page(open, limit)
        await noted(row["employee_id"] for row in rows if row["employee_id"])
        return FindingList(items=[finding_view(row) for row in rows], total=total)

    @routes.get("/integrity/open", dependencies=[Depends(INTEGRITY)], summary="Berapa temuan yang terbuka")
    async def count_open_findings() -> OpenFindings:
        """A number only: nobody is looked at."""
        return OpenFindings(open=await parts.findings.count_open())

    @routes.post("/integrity/{finding_id}/close", dependencies=[Depends(INTEGRITY)], summary="Tutup temuan")
    async def close_integrity_finding(finding_id: FindingId, body: FindingClosing, request: Request) -> FindingView:
        """Close a finding with what was found out. It stays listed, and stays closed unless something else changes."""
        asking: Principal = request.scope["principal"]
        row = await parts.findings.close(finding_id, body.note, asking.subject, clock())
        if row is None:
            raise Problem(404, "finding-not-open", "Temuan tidak ada", "Temuan ini tidak ada atau sudah ditutup.")
        return finding_view(row)

    return routes


def _day(link: Document) -> DayOfChain:
    head = link["head"]
    return DayOfChain(
        day=head["day"],
        links=head["number"],
        punches=head["first"] + head["size"],
        closed=head["closing"],
        head=hash_of(link) or "",
        sealed_at=head["sealed_at"],
    )


def _encoded(cursor: Cursor) -> str:
    if cursor.entry is None:
        return paging.encode(f"l {cursor.link}")
    return paging.encode(f"j {cursor.entry[0].isoformat()} {cursor.entry[1]}")


def _cursor(text: str | None, day: date) -> Cursor:
    words = paging.decode(text).split(" ")
    try:
        if words == [""]:
            return Cursor(link_id(day.isoformat(), 0), None)
        if words[0] == "l" and words[1].startswith(f"{day.isoformat()}/"):
            return Cursor(words[1], None)
        if words[0] == "j":
            at = datetime.fromisoformat(words[1])
            return Cursor("", (at if at.tzinfo else at.replace(tzinfo=UTC), ObjectId(words[2])))
    except (ValueError, IndexError, TypeError):
        pass
    raise of_status(422, errors=[FieldError("/query/cursor", "bukan penanda halaman yang sah")])
