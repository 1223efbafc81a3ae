"""Puts an outage on the sheets of the people whose shifts it touches, and takes it away where it has healed.

A bounded piece at a time: people in order of their ids, the place written down in the transaction of their sheets, so
that a worker that is killed goes on from there and nothing is done twice. An outage that lasts is looked through again
every quarter of an hour, for shifts that have come since.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kit.mongo import TRIES, Client, Document, Session, in_transaction
from services.attendance.days.models import Fault
from services.attendance.outages.people import Concerned
from services.attendance.outages.rules import OutageRules, fault_of
from services.attendance.outages.store import Outages
from services.attendance.sheets.models import Doubted
from services.attendance.sheets.store import Sheets

PEOPLE_AT_ONCE = 50
AGAIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Marking:
    """On the outages and the sheets."""

    client: Client
    outages: Outages
    sheets: Sheets
    concerned: Concerned
    rules: OutageRules

    async def piece(self, now: datetime) -> bool:
        """The next piece of work; False when there is none."""
        row = await self.outages.to_mark(now)
        if row is None:
            return False
        after = row["marking"]["after"]
        fault = fault_of(row, self.rules.at(row["since"]), source_of(row, self.rules.zone))
        people = await self._people(row, after, now)
        dates = {} if row["healed"] else await self.concerned.touched(people, fault, now)

        async def work(session: Session) -> None:
            laid = await self.outages.laid(row["_id"], people, session)
            changed = await self._mark(row, fault, dates, laid, session)
            # A marking that begins anew meanwhile goes before this one.
            await self.outages.rows.update_one(
                {"_id": row["_id"], "marking": row["marking"]},
                {"$set": {"marking": self._next(row, people, now)}, "$inc": {"marked": changed}},
                session=session,
            )

        await in_transaction(self.client, work, tries=TRIES)
        return True

    async def _people(self, row: Document, after: str, now: datetime) -> list[str]:
        """Those it may concern, and those it was thought to concern before."""
        laid = await self.outages.holders(row["_id"], after, PEOPLE_AT_ONCE)
        found = [] if row["healed"] else await self.concerned.after(row, after, now, PEOPLE_AT_ONCE)
        return sorted({*laid, *found})[:PEOPLE_AT_ONCE]

    def _next(self, row: Document, people: list[str], now: datetime) -> Document | None:
        if len(people) == PEOPLE_AT_ONCE:
            return {"due": row["marking"]["due"], "after": people[-1]}
        return {"due": now + AGAIN, "after": ""} if row["until"] is None else None

    async def _mark(
        self, row: Document, fault: Fault, dates: dict[str, list[date]], laid: list[Document], session: Session
    ) -> int:
        """Lay what is missing or another, take away what no shift is touched by; how many more there are."""
        text = fault.model_dump_json()
        known = {(one["employee_id"], one["day"]): one for one in laid}
        wanted = {(who, str(day)) for who, days in dates.items() for day in days}
        new = [
            (who, date.fromisoformat(day), text)
            for who, day in sorted(wanted)
            if (one := known.get((who, day))) is None or (one["state"] == "open" and one["fault"] != text)
        ]
        for who, day, _ in new:
            await self.sheets.doubt(who, Doubted(day=day, fault=fault), session)
        await self.outages.lay(row["_id"], new, session)
        gone = [one for key, one in known.items() if key not in wanted and one["state"] == "open"]
        for one in gone:
            before = Fault.model_validate_json(one["fault"])
            await self.sheets.trust(
                one["employee_id"], Doubted(day=date.fromisoformat(one["day"]), fault=before), session
            )
        if gone:
            await self.outages.cases.delete_many({"_id": {"$in": [one["_id"] for one in gone]}}, session=session)
        return sum((who, str(day)) not in known for who, day, _ in new) - len(gone)


def source_of(row: Document, zone: ZoneInfo) -> str:
    """The evidence in a line, as the explanation of a day shows it."""
    since = row["since"].astimezone(zone)
    until = row["until"].astimezone(zone) if row["until"] else None
    if until is None:
        ends = "sekarang"
    else:
        ends = f"{until:%H.%M}" if until.date() == since.date() else f"{until:%d-%m-%Y %H.%M}"
    return f"{row['detail']} ({since:%d-%m-%Y %H.%M} s.d. {ends})"
