"""Takes what the personnel agency says of periods: how they are cut, and that one closes. Durable when it returns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pymongo.errors import DuplicateKeyError

from kit.access import Principal
from kit.etags import tag
from kit.idempotency import Answer, Attempt
from kit.mongo import TRIES, Document, Session, in_transaction
from kit.problems import FieldError, Problem, of_status
from services.attendance.closings.calendar import Calendar, Period, PeriodRule, obstacle, shipped
from services.attendance.closings.models import (
    ClosingPreview,
    ClosingView,
    NewClosing,
    PeriodCalendarView,
    PeriodList,
    PeriodRuleView,
    PeriodView,
    SentPeriodCalendar,
)
from services.attendance.closings.opened import Opened
from services.attendance.closings.store import Closings, period_of
from services.attendance.receipts.keys import Keys


@dataclass(frozen=True, slots=True)
class ClosingDesk:
    """`zone` is the agency's: what the day is."""

    closings: Closings
    opened: Opened
    keys: Keys
    zone: ZoneInfo
    clock: Callable[[], datetime]

    async def periods(self, year: int) -> PeriodList:
        """The periods that end in a year, newest first: as they were closed, and as they will be."""
        closings = {row["_id"]: row for row in await self.closings.all()}
        calendar, _ = await self.closings.calendar()
        closed = [period_of(row) for row in closings.values()]
        until = min(date(year, 12, 31), self.today())
        found = [one for one in calendar.periods(date(year, 1, 1), until) if one.last.year == year]
        items = [_view(one, closings.get(one.id), obstacle(one, closed, self.today())) for one in found]
        return PeriodList(items=tuple(reversed(items)))

    async def preview(self, first: date) -> ClosingPreview:
        """What is open in the period that begins on a day. Raises Problem 404 when none does."""
        calendar, _ = await self.closings.calendar()
        period = _beginning(calendar, first)
        closed = [period_of(row) for row in await self.closings.all()]
        return await self.opened.of(period, obstacle(period, closed, self.today()))

    async def close(self, sent: NewClosing, asking: Principal, attempt: Attempt) -> Answer:
        """From now on the period is closed; the worker stores and signs its figures. Raises Problem 404, 409, 422."""
        if not any(row["until"] is None for row in await self.keys.all()):
            raise Problem(
                409,
                "closing-without-key",
                "Belum ada kunci penanda tangan",
                "Penutupan ditandatangani. Minta operator memasang kunci (KINERJA_RECEIPT_KEY), lalu ulangi.",
            )
        found = await self.preview(sent.first)
        self._check(sent, found)
        at = self.clock()
        row = _row(found, sent, asking, at, self.today())

        async def work(session: Session) -> Answer:
            calendar, _ = await self.closings.calendar(session)
            closed = [period_of(one) for one in await self.closings.all(session)]
            period = Period(found.first, found.last)
            why = obstacle(period, closed, self.today())
            if why is not None or _beginning(calendar, sent.first) != period:
                raise _not_now(why or "masa ini baru saja diubah")
            await self.closings.ask(row, session)
            answer = Answer.of(_view(period, row, "masa ini sudah ditutup"), 202)
            await attempt.finish(answer, session)
            return answer

        try:
            return await in_transaction(self.closings.client, work)
        except DuplicateKeyError:
            raise _not_now("masa ini sudah ditutup") from None

    def _check(self, sent: NewClosing, found: ClosingPreview) -> None:
        if found.obstacle is not None:
            raise _not_now(found.obstacle)
        if not found.ready:
            raise _not_now("penilaian hari belum sampai pada akhir masa ini; tunggu beberapa menit")
        if found.counts != sent.seen:
            raise Problem(
                409,
                "closing-changed",
                "Yang masih terbuka sudah berubah",
                "Sejak Anda melihatnya ada yang bertambah atau selesai. Muat ulang, periksa, lalu tutup lagi.",
            )
        if found.counts.total and len(sent.words or "") < 5:
            wrong = "masih ada yang terbuka; tuliskan alasan menutupnya, paling sedikit 5 huruf"
            raise of_status(422, errors=[FieldError("/body/words", wrong)])

    async def calendar(self) -> PeriodCalendarView:
        """How periods are cut."""
        calendar, version = await self.closings.calendar()
        return _calendar_view(calendar, version, await self._closed_until())

    async def replace_calendar(self, sent: SentPeriodCalendar, version: int, asking: Principal) -> PeriodCalendarView:
        """These rows from now on. Raises Problem 412, 422 with all that is wrong."""
        rows = [PeriodRule(id=f"masa-{one.valid_from}", **dict(one)) for one in sent.rows]
        at = self.clock()

        async def work(session: Session) -> PeriodCalendarView:
            calendar, present = await self.closings.calendar(session)
            closed = [period_of(one).last for one in await self.closings.all(session)]
            misfits = calendar.misfits(rows, max(closed, default=None))
            if misfits:
                errors = [FieldError(_pointer(one.place, len(rows)), one.why) for one in misfits]
                raise of_status(422, errors=errors)
            if not await self.closings.put_calendar(rows, version, asking.subject, at, session):
                raise Problem(
                    412,
                    "closing-calendar-changed",
                    "Data sudah diubah orang lain",
                    f"Anda mengubah versi {version}, sekarang versi {present}. Muat ulang, lalu simpan lagi.",
                    headers={"ETag": tag(present)},
                )
            return _calendar_view(Calendar((*shipped(), *rows)), version + 1, max(closed, default=None))

        return await in_transaction(self.closings.client, work, tries=TRIES)

    def today(self) -> date:
        """By the agency's clock."""
        return self.clock().astimezone(self.zone).date()

    async def _closed_until(self) -> date | None:
        return max((period_of(row).last for row in await self.closings.all()), default=None)


def _beginning(calendar: Calendar, first: date) -> Period:
    if first < calendar.rows[0].valid_from or first.year > 2100 or (period := calendar.period_of(first)).first != first:
        raise Problem(404, "no-such-period", "Tidak ada masa yang mulai pada tanggal ini", "Pilih masa dari daftarnya.")
    return period


def _not_now(why: str) -> Problem:
    return Problem(409, "closing-not-possible", "Masa ini tidak dapat ditutup sekarang", f"{why[:1].upper()}{why[1:]}.")


def _pointer(place: int, rows: int) -> str:
    return f"/body/rows/{place}/valid_from" if place < rows else "/body/rows"


def _row(found: ClosingPreview, sent: NewClosing, asking: Principal, at: datetime, today: date) -> Document:
    return {
        "_id": str(found.first),
        "first": str(found.first),
        "last": str(found.last),
        "state": "closing",
        "since": str(today),
        "asked_at": at,
        "asked_by": asking.subject,
        "words": sent.words,
        "open": found.counts.model_dump(),
        "people": found.people,
        "done": 0,
        "after": "",
        "waits_for_key": False,
        "head": None,
        "digest": None,
        "signature": None,
    }


def _view(period: Period, row: Document | None, why: str | None) -> PeriodView:
    if row is None:
        return PeriodView(first=period.first, last=period.last, state="open", obstacle=why, closing=None)
    closing = ClosingView.model_validate({name: row[name] for name in ClosingView.model_fields})
    return PeriodView(first=period.first, last=period.last, state=row["state"], obstacle=why, closing=closing)


def _calendar_view(calendar: Calendar, version: int, closed: date | None) -> PeriodCalendarView:
    first = calendar.rows[0]
    rows = [
        PeriodRuleView(valid_from=row.valid_from, start_day=row.start_day, source=row.source, shipped=row is first)
        for row in calendar.rows
    ]
    return PeriodCalendarView(rows=tuple(rows), version=version, closed_until=closed)
