"""Takes what the personnel agency says about working time: checked with all of the book, durable when it returns."""

from collections.abc import Callable, Collection, Coroutine, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import uuid4
from zoneinfo import ZoneInfo

from kit.access import Principal
from kit.etags import tag
from kit.idempotency import Answer, Attempt, Idempotency
from kit.mongo import TRIES, Client, Document, Session, in_transaction
from kit.problems import FieldError, Problem, of_status
from services.attendance.schedules.book import Book
from services.attendance.schedules.checks import Finding, check
from services.attendance.schedules.kinds import PATTERN, Kind, about_it
from services.attendance.schedules.law import WorkingTimeRule, load
from services.attendance.schedules.models import Frozen
from services.attendance.schedules.proposing import changed, findings
from services.attendance.schedules.sent import Checked, ScheduleRemark
from services.attendance.schedules.sentences import sentence
from services.attendance.schedules.store import BookStore
from services.attendance.schedules.writing import BookRows, Stale
from services.attendance.sheets.store import Sheets

API = "/api/attendance/v1/schedules"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BookDesk:
    """`zone` is the agency's."""

    client: Client
    store: BookStore
    rows: BookRows
    sheets: Sheets
    keys: Idempotency
    clock: Callable[[], datetime]
    zone: ZoneInfo

    async def setup(self) -> None:
        """Collections and indexes of all it stands on. Idempotent."""
        for part in (self.store, self.rows, self.sheets, self.keys):
            await part.setup()

    async def check(self, kind: Kind, sent: Any, identity: str | None = None) -> Checked:
        """What would be said to this row, without saving anything. Raises Problem 404 for a row that is not there."""
        if identity is not None:
            await self.one(kind, identity)
        row = sent.row(identity or str(uuid4()))
        return checked(remarks(kind, sent, row, self._found(await self.store.book(), kind, row)))

    async def one(self, kind: Kind, identity: str) -> Document:
        """A row. Raises Problem 404."""
        found = await self.rows.one(kind.collection, identity)
        if found is None:
            raise of_status(404)
        return found

    async def create(self, kind: Kind, sent: Any, by: Principal, attempt: Attempt) -> Answer:
        """A new row; the answer is stored with it, for the same command sent again."""
        row, at = sent.row(str(uuid4())), self.clock()

        async def work(session: Session) -> Answer:
            await self._fitting(kind, sent, row, session)
            kept = await self.rows.put(kind.collection, row, 0, by.subject, at, session)
            headers = {"ETag": tag(1), "Location": f"{API}/{kind.plural}/{kept['_id']}"}
            answer = Answer.of(kind.answered(kept), 201, headers)
            await attempt.finish(answer, session)
            return answer

        return await in_transaction(self.client, work, tries=TRIES)

    async def replace(self, kind: Kind, identity: str, sent: Any, version: int, by: Principal) -> Document:
        """A row as it should be. Raises Problem 412 when it is not in `version` any more."""
        row, at = sent.row(identity), self.clock()

        async def work(session: Session) -> Document:
            await self._there(kind, identity, session)
            await self._fitting(kind, sent, row, session)
            return await self.rows.put(kind.collection, row, version, by.subject, at, session)

        return await in_version(self.client, version, work)

    async def delete(self, kind: Kind, identity: str, version: int, by: Principal) -> None:
        """Take a row away. Raises Problem 409 for a pattern that is given to anybody, saying how many."""
        at = self.clock()

        async def work(session: Session) -> None:
            await self.rows.turn(session)
            await self._there(kind, identity, session)
            if kind is PATTERN:
                await self._check_unused(identity, session)
            await self.rows.delete(kind.collection, identity, version, by.subject, at, session)

        await in_version(self.client, version, work)

    async def findings(self) -> list[Finding]:
        """Everything wrong or odd in the book as it is."""
        return check(await self.store.book(), (), self.measure())

    def today(self) -> date:
        """By the agency's clock."""
        return self.clock().astimezone(self.zone).date()

    def measure(self) -> WorkingTimeRule:
        """The law's hours, as in force today."""
        return load()["five_day"].on(self.today())

    async def _there(self, kind: Kind, identity: str, session: Session) -> None:
        if await self.rows.one(kind.collection, identity, session) is None:
            raise of_status(404)

    async def _check_unused(self, identity: str, session: Session) -> None:
        book = await self.store.book(session)
        units = sum(one.pattern_id == identity for one in book.assigned)
        people = await self.sheets.given(identity, session)
        if units or people:
            raise Problem(
                409,
                "pattern-in-use",
                "Pola kerja masih dipakai",
                f"Pola ini masih diberikan kepada {units} unit dan {people} pegawai. Hapus atau ganti dahulu "
                "pemberiannya; pola yang tidak berlaku lagi cukup diakhiri dengan tanggal terakhir pada versinya.",
            )

    async def _fitting(self, kind: Kind, sent: Any, row: Frozen, session: Session) -> None:
        """Take the turn and check. Raises Problem 422 with every error at once."""
        await self.rows.turn(session)
        refuse(remarks(kind, sent, row, self._found(await self.store.book(session), kind, row)))

    def _found(self, book: Book, kind: Kind, row: Frozen) -> list[Finding]:
        return findings(book, changed(book, {kind.collection: [row]}), [row], self.measure())


async def in_version(client: Client, version: int, work: Callable[[Session], Coroutine[Any, Any, T]]) -> T:
    """A transaction that changes what somebody saw in `version`. Raises Problem 412 when it is another now."""
    try:
        return await in_transaction(client, work, tries=TRIES)
    except Stale as stale:
        raise Problem(
            412,
            "schedule-changed",
            "Data sudah diubah orang lain",
            f"Anda mengubah versi {version}, sekarang versi {stale.present}. Muat ulang, bandingkan, lalu simpan lagi.",
            headers={"ETag": tag(stale.present)} if stale.present else {},
        ) from None


def remarks(kind: Kind, sent: Any, row: Frozen, found: Collection[Finding]) -> list[ScheduleRemark]:
    """Findings as they are told: with a place in what was sent."""
    return [
        ScheduleRemark(
            code=one.code,
            pointer="/body" + (kind.pointer(sent, one) if about_it(one, row) else ""),
            detail=sentence(one),
            warning=one.warning,
        )
        for one in found
    ]


def checked(told: list[ScheduleRemark]) -> Checked:
    """The answer of a check."""
    return Checked(saves=all(one.warning for one in told), findings=told)


def refuse(told: Sequence[ScheduleRemark]) -> None:
    """Raises Problem 422 with every error at once; warnings refuse nothing."""
    errors = [FieldError(one.pointer, one.detail) for one in told if not one.warning]
    if errors:
        raise of_status(422, errors=errors)
