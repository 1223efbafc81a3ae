"""Takes what employees, superiors and the agency want done with leave: by the rules, durable when it returns."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from kit.access import Principal
from kit.etags import tag
from kit.idempotency import Answer, Command
from kit.mongo import Document, Session, as_kept
from kit.problems import FieldError, Problem, of_status
from services.attendance.closings.closed import ClosedDays
from services.attendance.closings.store import Closings
from services.attendance.leave import course
from services.attendance.leave.course import By, Change, Refused
from services.attendance.leave.law import LeaveLaw
from services.attendance.leave.ledger import Account, Entry, ledger, shortfall
from services.attendance.leave.models import (
    DecidedLeave,
    LeaveAdjustment,
    LeaveBalance,
    LeaveCancellation,
    LeaveDecision,
    LeaveKind,
    LeavePreview,
    LeaveView,
    NewLeave,
    PaperLeave,
)
from services.attendance.leave.planning import Planning
from services.attendance.leave.rules import Case, Judged, judge
from services.attendance.leave.service import serving_on
from services.attendance.leave.store import Adjusted, Answering, Held, Leaves
from services.attendance.leave.views import balance_view, kind_view, preview, view
from services.attendance.schedules.book import Book


@dataclass(frozen=True, slots=True)
class Desk:
    """`zone` is the agency's: what the day is. `first_year` is the one from which on leave is kept here. `closings` say
    which days take no leave any more, except what is recorded from paper."""

    leaves: Leaves
    planning: Planning
    law: LeaveLaw
    first_year: int
    zone: ZoneInfo
    clock: Callable[[], datetime]
    closings: Closings

    async def setup(self) -> None:
        """Collections and indexes of all it stands on. Idempotent."""
        await asyncio.gather(self.leaves.setup(), self.planning.setup())

    async def preview(self, employee_id: str, sent: NewLeave, *, agency: bool, identity: str = "") -> LeavePreview:
        """What it would come to, and all that is in the way."""
        case = await self._case(employee_id, sent, agency=agency, identity=identity)
        if agency:
            case = case._replace(closed=ClosedDays())
        held = Held(await self.leaves.facts(employee_id), await self.leaves.active(employee_id))
        case = _seen(case, held)
        return preview(case, judge(case))

    async def ask(self, employee_id: str, sent: NewLeave, asking: Principal, command: Command) -> Answer:
        """A new request; the answer is stored with it. Raises Problem 422 with all that is wrong."""
        case = await self._case(employee_id, sent)
        by, identity = self.by(asking), str(uuid4())

        def work(held: Held) -> Change:
            row = _row(identity, employee_id, sent, _fine(judge(_seen(case, held))), case, by)
            return Change(row)

        return await self._answered(employee_id, work, by, command)

    async def record(self, employee_id: str, sent: PaperLeave, asking: Principal, command: Command) -> Answer:
        """What was decided on paper: approved as it comes. Raises Problem 403 for one's own, 422."""
        if asking.employee_id == employee_id:
            raise of_status(403)
        # What comes from paper is the personnel agency's own decision: of a closed day it becomes an adjustment.
        case = (await self._case(employee_id, sent, agency=True))._replace(closed=ClosedDays())
        by, identity = self.by(asking), str(uuid4())

        def work(held: Held) -> Change:
            seen = _seen(case, held)
            judged = _fine(judge(seen))
            row = _row(identity, employee_id, sent, judged, seen, by) | {"paper": True}
            return course.approved(row, judged, seen.account, by)

        return await self._answered(employee_id, work, by, command)

    async def change(
        self, employee_id: str, identity: str, sent: NewLeave, asking: Principal, version: int
    ) -> LeaveView:
        """The request as it should be, waiting again. Raises Problem 404, 409, 412, 422."""
        case = await self._case(employee_id, sent, identity=identity)
        by = self.by(asking)

        def work(held: Held) -> Change:
            row = in_version(own_of(held, identity, employee_id), version)
            course.editable(row)
            judged = _fine(judge(_seen(case, held)))
            again = course.stepped(row, "waiting", "changed", by)
            return Change({**again, **_content(sent, judged, case)})

        return view(await self.work(employee_id, work, by, identity))

    async def cancel(
        self, employee_id: str, identity: str, sent: LeaveCancellation, asking: Principal, version: int
    ) -> LeaveView:
        """Taken back, cancelled, or asked to be. Raises Problem 404, 409, 412."""
        by, closed = self.by(asking, sent.words or ""), await self.closings.closed()

        def work(held: Held) -> Change:
            row = in_version(own_of(held, identity, employee_id), version)
            return course.cancelled(row, sent.since, held.facts, by, closed)

        return view(await self.work(employee_id, work, by, identity))

    async def decide(
        self, sent: LeaveDecision, asking: Principal, may: Callable[[Document], bool]
    ) -> list[DecidedLeave]:
        """Each request by itself: what cannot be decided is said and leaves the others alone. `may` tells about which
        this account decides."""
        known = await self.leaves.some(sent.requests)
        book = await self.planning.book() if sent.outcome == "approved" else None
        by = self.by(asking, sent.words or "")
        deciding = (self._decide_one(one, known.get(one), sent, by, book, may) for one in sent.requests)
        return await asyncio.gather(*deciding)

    async def _decide_one(
        self,
        identity: str,
        row: Document | None,
        sent: LeaveDecision,
        by: By,
        book: Book | None,
        may: Callable[[Document], bool],
    ) -> DecidedLeave:
        if row is None or not (row["employee_id"] == by.employee_id or may(row)):
            return DecidedLeave(id=identity, refused="Permintaan ini tidak ada, atau bukan wewenang Anda.")
        who, closed = row["employee_id"], await self.closings.closed()
        case = await self._case(who, _asked(row), agency=True, identity=identity, book=book) if book else None

        def work(held: Held) -> Change:
            now = own_of(held, identity, who)
            if now["version"] != row["version"]:
                raise Refused("Permintaan ini baru saja diubah. Muat ulang antreannya.")
            seen = _seen(case, held) if case else None
            judged = judge(seen) if seen and now["status"] == "waiting" else None
            account = seen.account if seen else Account(held.facts, (), self.law, self.first_year)
            return course.decided(now, sent.outcome, judged, account, by, closed)

        try:
            made = await self.leaves.work(who, work, by.at, identity=identity)
        except Refused as refused:
            return DecidedLeave(id=identity, status=row["status"], refused=str(refused))
        assert isinstance(made, Change)  # noqa: S101 - of a request
        return DecidedLeave(id=identity, status=made.request["status"])

    async def adjust(self, employee_id: str, sent: LeaveAdjustment, asking: Principal, command: Command) -> Answer:
        """Days more or less by the personnel agency. Raises Problem 403 for one's own, 422."""
        if asking.employee_id == employee_id:
            raise of_status(403)
        by, served = self.by(asking, sent.words), await self.planning.served(employee_id)
        if not self.first_year <= sent.day.year <= by.today.year + 1:
            wrong = f"tahun {self.first_year} sampai {by.today.year + 1}"
            raise of_status(422, errors=[FieldError("/body/day", wrong)])
        entry = Entry(
            id=f"adjust|{uuid4()}",
            what="adjust",
            day=sent.day,
            days=sent.days,
            words=sent.words,
            by=by.employee_id or by.account,
            at=by.at,
        )

        def work(held: Held) -> Adjusted:
            account = Account((*held.facts, entry), served, self.law, self.first_year)
            if shortfall(ledger(account, sent.day), sent.day) is not None:
                raise of_status(422, errors=[FieldError("/body/days", "saldo akan menjadi kurang dari nol")])
            return Adjusted([entry], balance_view(account, sent.day.year))

        def answer(made: Change | Adjusted) -> Answer:
            assert isinstance(made, Adjusted)  # noqa: S101 - entries alone
            return Answer.of(made.after, 201)

        return answer(await self.leaves.work(employee_id, work, by.at, answering=Answering(command, answer)))

    async def balance(self, employee_id: str, year: int) -> LeaveBalance:
        """A year of somebody's ledger. Raises Problem 422 for one that is not kept here."""
        if not self.first_year <= year <= self.today().year + 2:
            raise of_status(422, errors=[FieldError("/query/year", f"mulai {self.first_year}")])
        facts = await self.leaves.facts(employee_id)
        account = Account(facts, await self.planning.served(employee_id), self.law, self.first_year)
        return balance_view(account, year)

    async def kinds(self, employee_id: str, on: date) -> list[LeaveKind]:
        """What somebody may ask for on a day."""
        served = serving_on(await self.planning.served(employee_id), on)
        found = self.law.kinds(served.kind, on) if served else {}
        return [kind_view(kind, rule) for kind, rule in found.items()]

    async def own(self, employee_id: str, identity: str) -> Document:
        """Somebody's request. Raises Problem 404."""
        row = await self.leaves.one(identity)
        if row is None or row["employee_id"] != employee_id:
            raise of_status(404)
        return row

    async def work(
        self,
        employee_id: str,
        work: Callable[[Held], Change],
        by: By,
        identity: str,
        then: Callable[[Session], Awaitable[None]] | None = None,
    ) -> Document:
        """A step of a request, durable when it returns. Raises Problem 409 where it is refused, and what `work`
        raises."""
        with said():
            return (await self.leaves.work(employee_id, work, by.at, identity=identity, then=then)).request

    def today(self) -> date:
        """By the agency's clock."""
        return self.clock().astimezone(self.zone).date()

    def by(self, asking: Principal, words: str = "") -> By:
        """Who does something now, as exactly as the database keeps it."""
        return By(asking.employee_id, asking.subject, as_kept(self.clock()), self.today(), words)

    async def _case(
        self, employee_id: str, sent: NewLeave, *, agency: bool = False, identity: str = "", book: Book | None = None
    ) -> Case:
        book = book or await self.planning.book()
        plans = await self.planning.plans(employee_id, sent.first, sent.last, book)
        account = Account((), await self.planning.served(employee_id), self.law, self.first_year)
        closed = await self.closings.closed()
        return Case(sent, self.today(), plans, account, agency=agency, identity=identity, closed=closed)

    async def _answered(self, employee_id: str, work: Callable[[Held], Change], by: By, command: Command) -> Answer:
        def answer(made: Change | Adjusted) -> Answer:
            assert isinstance(made, Change)  # noqa: S101 - of a request
            return Answer.of(view(made.request), 201, {"ETag": tag(made.request["version"])})

        with said():
            return answer(await self.leaves.work(employee_id, work, by.at, answering=Answering(command, answer)))


@contextmanager
def said() -> Iterator[None]:
    """A step that is refused within is Problem 409."""
    try:
        yield
    except Refused as refused:
        words = str(refused)
        raise Problem(
            409, "leave-not-possible", "Langkah ini tidak dapat dilakukan", f"{words[:1].upper()}{words[1:]}"
        ) from None


def _seen(case: Case, held: Held) -> Case:
    """With what is there in the transaction."""
    return case._replace(account=case.account._replace(facts=held.facts), others=held.requests)


def _fine(judged: Judged) -> Judged:
    """Raises Problem 422 with all that is wrong."""
    if judged.wrong:
        raise of_status(422, errors=[FieldError(f"/body/{one.field}", one.why) for one in judged.wrong])
    return judged


def own_of(held: Held, identity: str, employee_id: str) -> Document:
    """Somebody's request among what is there. Raises Problem 404."""
    found = next((row for row in held.requests if row["_id"] == identity), None)
    if found is None or found["employee_id"] != employee_id:
        raise of_status(404)
    return found


def in_version(row: Document, version: int) -> Document:
    """The request. Raises Problem 412 when it is not in the version that was seen."""
    if row["version"] != version:
        raise Problem(
            412,
            "leave-changed",
            "Permintaan sudah berubah",
            f"Anda melihat versi {version}, sekarang versi {row['version']}. Muat ulang, periksa, lalu lakukan lagi.",
            headers={"ETag": tag(row["version"])},
        )
    return row


def _asked(row: Document) -> NewLeave:
    """A stored request as it was sent."""
    return NewLeave(**row["asked"])


def _row(identity: str, employee_id: str, sent: NewLeave, judged: Judged, case: Case, by: By) -> Document:
    step: dict[str, Any] = {"at": by.at, "what": "requested", "by": by.employee_id, "account": by.account}
    return {
        "_id": identity,
        "employee_id": employee_id,
        **_content(sent, judged, case),
        "status": "waiting",
        "version": 1,
        "paper": False,
        "cancel_since": None,
        "decided_by": None,
        "requested_at": by.at,
        "steps": [{**step, "words": "", "since": None}],
        "letters": [],
    }


def _content(sent: NewLeave, judged: Judged, case: Case) -> Document:
    rule = judged.rule
    assert rule is not None  # noqa: S101 - nothing was wrong
    fields = {name: getattr(sent, name) for name in NewLeave.model_fields}
    asked = NewLeave(**fields).model_dump(mode="json")
    return {
        **{name: asked[name] for name in ("kind", "first", "last", "part", "reason", "letter", "place")},
        **course.costing(judged),
        "asked": asked,
        "excuse": rule.excuse,
        "decides": rule.decides,
        "needs_letter": rule.letter(sent.days) is not None,
        "zone": case.plans[0].zone,
    }
