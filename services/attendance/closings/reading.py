"""Closed figures, adjustments and proofs, read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from kit import paging
from kit.mongo import Document
from kit.problems import Problem
from services.attendance.closings.changes import Changes
from services.attendance.closings.days import PeriodDays
from services.attendance.closings.models import (
    AdjustmentPage,
    ClosingHead,
    ClosingVerification,
    FigurePage,
    OwnAdjustment,
    OwnClosings,
    OwnPeriod,
    PersonAdjustments,
    PersonClosed,
    PersonFigures,
)
from services.attendance.closings.signing import digest_of, leaf_of, misfits
from services.attendance.closings.store import Closings, period_of, person_of
from services.attendance.receipts.keys import Keys

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class ClosingReader:
    """Nothing here changes anything."""

    closings: Closings
    days: PeriodDays
    changes: Changes
    keys: Keys
    clock: Callable[[], datetime]

    async def figures(self, period: date, cursor: str | None, limit: int) -> FigurePage:
        """What was closed in a period, by employee."""
        await self._closing(period)
        rows, total = await self.closings.page(str(period), paging.decode(cursor), limit)
        items = [
            PersonFigures(
                employee_id=one.employee_id,
                unit_id=one.unit_id,
                figures=one.figures,
                adjusted_days=len(one.adjustments),
            )
            for one in rows
        ]
        more = paging.encode(items[-1].employee_id) if len(items) == limit else None
        return FigurePage(items=tuple(items), total=total, next_cursor=more)

    async def signed_adjustments(self, period: date, cursor: str | None, limit: int) -> AdjustmentPage:
        """Those signed with a period, by employee."""
        await self._closing(period)
        query: Document = {"period": str(period), "adjustments.0": {"$exists": True}}
        after = {**query, "employee_id": {"$gt": paging.decode(cursor)}}
        rows = await self.closings.people.find(after).sort("employee_id", 1).to_list(limit)
        people = [person_of(row) for row in rows]
        items = [PersonAdjustments(employee_id=one.employee_id, adjustments=one.adjustments) for one in people]
        more = paging.encode(items[-1].employee_id) if len(items) == limit else None
        total = await self.closings.people.count_documents(query)
        return AdjustmentPage(items=tuple(items), total=total, next_cursor=more)

    async def open_adjustments(self, cursor: str | None, limit: int) -> AdjustmentPage:
        """Those that the next closing will sign, by employee."""
        closed = await self.closings.signed()
        people = await self.days.people_anew(closed)
        waiting = [one for one in people if one > paging.decode(cursor)]
        items: list[PersonAdjustments] = []
        reached = ""
        while waiting and len(items) < limit:
            some, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
            found = await self.changes.of(some, closed)
            for who in some:
                if len(items) == limit:
                    waiting = [who, *waiting]
                    break
                reached = who
                if who in found:
                    items.append(PersonAdjustments(employee_id=who, adjustments=tuple(found[who])))
        more = paging.encode(reached) if waiting else None
        return AdjustmentPage(items=tuple(items), total=len(people), next_cursor=more)

    async def own(self, employee_id: str, first: date, last: date) -> OwnClosings:
        """Closed periods that have one of these days, and what has changed of these days."""
        rows = await self.closings.all()
        signed = [row for row in rows if row["state"] == "closed"]
        kept = {str(one.period): one for one in (await self.closings.of_people([employee_id])).get(employee_id, ())}
        changed = (await self.changes.of([employee_id], signed)).get(employee_id, [])
        told = [(one.period, each) for one in kept.values() for each in one.adjustments]
        every = [*told, *((None, one) for one in changed)]
        met = [row for row in rows if row["first"] <= str(last) and str(first) <= row["last"]]
        return OwnClosings(
            items=tuple(_own(row, kept) for row in met),
            adjustments=tuple(
                OwnAdjustment(**dict(one), signed_in=period) for period, one in every if first <= one.day <= last
            ),
        )

    async def verify(self, period: date) -> ClosingVerification:
        """Whether what is stored is what was signed. Raises Problem 404, 409 while it is not signed yet."""
        row = await self._closing(period)
        if row["head"] is None:
            raise Problem(
                409, "closing-not-signed", "Penutupan belum ditandatangani", "Tunggu sampai penutupan ini selesai."
            )
        leaves = [leaf_of(person) async for person in self.closings.leaves(row["_id"])]
        head = ClosingHead.model_validate(row["head"])
        before = {
            one["head"]["number"]: digest_of(ClosingHead.model_validate(one["head"]))
            for one in await self.closings.all()
            if one["head"] is not None
        }
        wrong = misfits(head, row["signature"], leaves, await self.keys.public(), before)
        if digest_of(head) != row["digest"]:
            wrong.append("Sidik yang tersimpan bukan sidik kepala penutupan ini.")
        return ClosingVerification(people=len(leaves), digest=row["digest"], key_id=head.key_id, wrong=tuple(wrong))

    async def _closing(self, period: date) -> Document:
        row = await self.closings.one(str(period))
        if row is None:
            raise Problem(404, "period-not-closed", "Masa ini belum ditutup", "Pilih masa yang sudah ditutup.")
        return row


def _own(row: Document, kept: dict[str, PersonClosed]) -> OwnPeriod:
    period, own = period_of(row), kept.get(row["_id"])
    return OwnPeriod(
        first=period.first,
        last=period.last,
        state=row["state"],
        closed_at=row["asked_at"],
        figures=own.figures if own and row["state"] == "closed" else None,
        digest=row["digest"],
    )
