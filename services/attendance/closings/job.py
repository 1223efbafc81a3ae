"""The worker closes what was asked for: some employees a transaction, then the signature and the event in one.

It goes on from the last employee whose figures are stored, whatever died; a second worker finds each step done.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from secrets import token_hex

import structlog
from pymongo.errors import PyMongoError

from contracts.envelope import rfc3339
from contracts.events.closings import PeriodClosed
from kit.journal import Fact, Journal
from kit.mongo import Document, Session, in_transaction
from services.attendance.closings.changes import Changes
from services.attendance.closings.days import PeriodDays
from services.attendance.closings.figures import Known, added, sums, value_of
from services.attendance.closings.models import Adjustment, ClosedDay, ClosingHead, PersonClosed
from services.attendance.closings.signing import digest_of, leaf_of, sign
from services.attendance.closings.store import Closings, period_of
from services.attendance.receipts.hashing import root_of
from services.attendance.receipts.keys import Keys
from services.attendance.receipts.models import NOTHING, SALT
from services.attendance.receipts.signing import Signer
from services.attendance.sheets.people import Roll, unit_on
from services.attendance.sheets.people import person_of as planned

log = structlog.get_logger()

PEOPLE_A_STEP = 100
"""A transaction, and a loop that others share: a tenth of a second or two."""


class Closer:
    """`signer` None: figures are stored, and wait for a key."""

    def __init__(
        self,
        closings: Closings,
        days: PeriodDays,
        roll: Roll,
        journal: Journal,
        keys: Keys,
        signer: Signer | None,
        clock: Callable[[], datetime],
        *,
        every: float = 1.0,
    ) -> None:
        self._closings = closings
        self._days = days
        self._changes = Changes(closings, days)
        self._roll = roll
        self._journal = journal
        self._keys = keys
        self._signer = signer
        self._clock = clock
        self._every = every
        self._who: tuple[str, list[str]] = ("", [])

    async def run(self) -> None:
        """For as long as the process runs."""
        while True:
            try:
                worked = await self.step()
            except PyMongoError as error:
                log.warning("a period cannot be closed just now, trying again", error=repr(error))
                worked = False
            except Exception:  # the relay lives in this process: what is wrong here must not stop publishing
                log.exception("a period cannot be closed, trying again")
                worked = False
            if not worked:
                await asyncio.sleep(self._every)

    async def step(self) -> bool:
        """One piece of what is asked for; False when there is nothing to do."""
        row = await self._closings.under_way()
        if row is None:
            return False
        people = await self._people(row)
        some = [one for one in people if one > row["after"]][:PEOPLE_A_STEP]
        if some:
            await self._keep(row, some, len(people))
            return True
        return await self._sign(row)

    async def _people(self, row: Document) -> list[str]:
        """Everybody who held a post in the period or has a day in it."""
        if self._who[0] != row["_id"]:
            period = period_of(row)
            known = await self._roll.within(None, None, *period)
            self._who = (row["_id"], sorted({*known, *await self._days.people(*period)}))
        return self._who[1]

    async def _keep(self, row: Document, people: Sequence[str], total: int) -> None:
        period = period_of(row)
        before = await self._closings.signed()
        days = await self._days.of(people, *period)
        changed = await self._changes.of(people, before)
        known = await self._roll.known(people)
        closed = []
        for who in people:
            unit = unit_on(planned(who, known.get(who), (), ()), period.last)
            closed.append(_closed(row["_id"], who, unit, days.get(who, ()), changed.get(who, ())))

        async def work(session: Session) -> None:
            done = row["done"] + len(people)
            if await self._closings.advance(row, {"after": people[-1], "done": done, "people": total}, session):
                await self._closings.keep(closed, session)

        await in_transaction(self._closings.client, work)

    async def _sign(self, row: Document) -> bool:
        if self._signer is None:
            if not row["waits_for_key"]:
                log.warning("there is no key to sign a closing with (KINERJA_RECEIPT_KEY)", period=row["_id"])
                await self._closings.rows.update_one({"_id": row["_id"]}, {"$set": {"waits_for_key": True}})
            return False
        await self._keys.use(self._signer, self._clock())
        now = self._clock()
        head = await self._head(row, self._signer, now)
        digest, signature = digest_of(head), sign(head, self._signer)
        event = PeriodClosed(
            closing_id=row["_id"],
            sequence=head.number,
            first=head.first,
            last=head.last,
            people=head.people,
            adjusted_days=head.adjusted_days,
            root=head.root,
            previous=head.previous,
            digest=digest,
            signature=signature,
            key_id=head.key_id,
            closed_at=now,
        )
        fact = Fact.of(event, event_id=f"closing|{row['_id']}", key=row["_id"], time=now)
        changes = {
            "state": "closed",
            "head": head.model_dump(mode="json"),
            "digest": digest,
            "signature": signature,
            "waits_for_key": False,
        }

        async def work(session: Session) -> None:
            if await self._closings.advance(row, changes, session):
                await self._journal.append([fact], session=session)

        await in_transaction(self._closings.client, work)
        log.info("a period is closed and signed", period=row["_id"], people=head.people, digest=digest)
        return True

    async def _head(self, row: Document, signer: Signer, now: datetime) -> ClosingHead:
        leaves, totals, adjusted = [], sums(()), 0
        async for person in self._closings.leaves(row["_id"]):
            leaves.append(leaf_of(person))
            totals, adjusted = added(totals, person.figures), adjusted + len(person.adjustments)
        closed = await self._closings.signed()
        period = period_of(row)
        return ClosingHead(
            number=len(closed) + 1,
            first=period.first,
            last=period.last,
            people=len(leaves),
            adjusted_days=adjusted,
            totals=totals,
            root=root_of(leaves).hex(),
            previous=closed[-1]["digest"] if closed else NOTHING,
            closed_at=rfc3339(now),
            key_id=signer.key_id,
        )


def _closed(
    period: str, who: str, unit: str | None, days: Sequence[Known], changed: Sequence[Adjustment]
) -> PersonClosed:
    values = [ClosedDay(day=one.day, value=value_of(one)) for one in days]
    return PersonClosed(
        period=period,
        employee_id=who,
        unit_id=unit,
        salt=token_hex(SALT),
        figures=sums(one.value for one in values),
        days=tuple(values),
        adjustments=tuple(changed),
    )
