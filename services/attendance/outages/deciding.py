"""Carries out decisions: each piece of cases in one transaction with how far the decision has come, so that a worker
that is killed goes on where it was and nobody is excused twice.

An excused case gets the amnesty the assessor found for it on the employee's sheet; a refused one loses the mark, and
the day is final as it stands. Both are said to the assessor in that transaction (sheets/store.py). A day whose period
is closed may be excused too: the personnel agency decides, and it becomes an adjustment (closings).
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kit.mongo import TRIES, Client, Document, Session, in_transaction
from services.attendance.days.faults import LABEL
from services.attendance.days.models import Excuse, Fault, Pending
from services.attendance.days.store import DayStore
from services.attendance.outages.marking import source_of
from services.attendance.outages.store import Outages, case_id
from services.attendance.sheets.models import Doubted, Granted
from services.attendance.sheets.store import Sheets

AT_ONCE = 50
MOST_SKIPPED = 100


@dataclass(frozen=True)
class Deciding:
    """On the outages, the sheets and the assessed days."""

    client: Client
    outages: Outages
    sheets: Sheets
    days: DayStore
    zone: ZoneInfo
    clock: Callable[[], datetime]

    async def piece(self) -> bool:
        """The next piece of the oldest decision; False when none is left."""
        decision = await self.outages.running()
        if decision is None:
            return False
        outage = await self.outages.one(decision["outage_id"])
        some = [_case(one) for one in decision["cases"][decision["done"] :][:AT_ONCE]]
        found = await asyncio.gather(*(self._pending(decision["outage_id"], *one) for one in some))

        async def work(session: Session) -> None:
            skipped = []
            for (who, day), pending in zip(some, found, strict=True):
                why = await self._apply(decision, outage or {}, who, day, pending, session)
                if why:
                    skipped.append({"employee_id": who, "day": str(day), "why": why})
            done = decision["done"] + len(some)
            await self.outages.decisions.update_one(
                {"_id": decision["_id"], "done": decision["done"]},
                {
                    "$set": {"done": done, "running": done < decision["total"]},
                    "$inc": {"applied": len(some) - len(skipped)},
                    "$push": {"skipped": {"$each": skipped, "$slice": MOST_SKIPPED}},
                },
                session=session,
            )

        await in_transaction(self.client, work, tries=TRIES)
        return True

    async def _pending(self, outage_id: str, employee_id: str, day: date) -> list[Pending]:
        found = await self.days.explained(employee_id, day)
        return [one for one in found[0].pending if one.fault_id == outage_id] if found else []

    async def _apply(
        self, decision: Document, outage: Document, who: str, day: date, pending: list[Pending], session: Session
    ) -> str:
        """Why the case was left as it is; "" when it was decided."""
        case = await self.outages.case(decision["outage_id"], who, day, session)
        if case is None or case["state"] != "open":
            return "sudah diputus sebelumnya"
        if not pending:
            return "tidak lagi terdampak: presensinya sudah diterima atau sudah diizinkan"
        if decision["outcome"] == "excused":
            on = decision["at"].astimezone(self.zone)
            source = f"{source_of(outage, self.zone)}, dibebaskan BKPSDM {on:%d-%m-%Y}"
            for one in pending:
                excuse = Excuse(
                    id=case_id(decision["outage_id"], who, day) + one.shift_id[-2:],
                    kind="amnesty",
                    label=LABEL,
                    source=source,
                    since=one.since,
                    until=one.until,
                )
                await self.sheets.grant(who, Granted(first=day, last=day, excuse=excuse), session)
        fault = Fault.model_validate_json(case["fault"])
        await self.sheets.trust(who, Doubted(day=day, fault=fault), session)
        minutes = sum(one.minutes for one in pending)
        await self.outages.cases.update_one(
            {"_id": case["_id"]},
            {
                "$set": {
                    "state": decision["outcome"],
                    "decision_id": decision["_id"],
                    "note": decision["note"],
                    "minutes": minutes,
                    "decided_at": self.clock(),
                }
            },
            session=session,
        )
        return ""


def _case(text: str) -> tuple[str, date]:
    who, _, day = text.rpartition("|")
    return who, date.fromisoformat(day)
