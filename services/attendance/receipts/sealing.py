"""Follows the journal and gives each punch its receipt: after the fact, in the journal's order, by one owner.

Intake does not wait for it and knows nothing of it. Whatever dies, the journal is followed again from where the last
links were committed; punches that have their receipt are left alone.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from secrets import token_bytes
from zoneinfo import ZoneInfo

import structlog
from pymongo.errors import PyMongoError

from kit import metrics
from kit.mongo import Document
from kit.relay_stream import HistoryLost
from services.attendance.receipts.findings import Finding, Findings
from services.attendance.receipts.journal import PunchJournal, backdated, punches_of
from services.attendance.receipts.keys import Keys
from services.attendance.receipts.models import SALT
from services.attendance.receipts.rules import Chain, close, cut, first_of_each, is_over, seal
from services.attendance.receipts.signing import Signer
from services.attendance.receipts.store import Fenced, Receipts

log = structlog.get_logger()

GATHER_SECONDS = 0.5  # a link is signed this often while punches come
SAVE_SECONDS = 30  # how far the journal is followed is noted this often while they do not
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
STRAGGLERS = timedelta(minutes=1)  # entries of a day become visible until then


class Sealer:
    """One at a time; a second one would be fenced by the chain (store.py)."""

    def __init__(
        self,
        journal: PunchJournal,
        receipts: Receipts,
        keys: Keys,
        findings: Findings,
        signer: Signer,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
    ) -> None:
        self._journal = journal
        self._receipts = receipts
        self._keys = keys
        self._findings = findings
        self._signer = signer
        self._clock = clock
        self._zone = zone
        self._chain = Chain()

    async def run(self) -> None:
        """Seal until cancelled."""
        told = False
        while True:
            try:
                if not told:
                    if await self._keys.use(self._signer, self._clock()):
                        log.info("receipts are signed with another key from now on", key=self._signer.key_id)
                    told = True
                await self._follow()
            except HistoryLost:
                log.warning("the change stream no longer reaches back to our token: re-reading the journal")
                await self._forget()
            except (PyMongoError, Fenced) as error:
                log.warning("punches cannot be sealed just now, trying again", error=str(error))
                await asyncio.sleep(1)
            except Exception:  # the relay lives in this process: what is wrong here must not stop publishing
                log.exception("punches cannot be sealed, trying again")
                await asyncio.sleep(5)

    async def _forget(self) -> None:
        try:
            await self._receipts.reached({"token": None})
        except PyMongoError as error:
            log.warning("punches cannot be sealed just now, trying again", error=str(error))
            await asyncio.sleep(1)

    async def _follow(self) -> None:
        """From where the chain is on. Leaves only by exception."""
        self._chain, row = await self._receipts.chain()
        stream = self._journal.stream()
        try:
            fresh = await stream.open(row.get("token"))
            if row.get("token") is None:
                async for entries in self._journal.reread(row.get("recorded")):
                    await self.take(entries, None)
                await self._receipts.reached({"token": fresh})
            saved = NEVER
            while True:
                asked = self._clock()
                entries, token = await stream.next()
                if entries:
                    metrics.RECEIPTS_BEHIND_SECONDS.set((self._clock() - entries[0]["recorded"]).total_seconds())
                    await self.take(entries, token)
                else:
                    metrics.RECEIPTS_BEHIND_SECONDS.set(0)
                    await self.end_day(asked - STRAGGLERS)
                    if asked - saved > timedelta(seconds=SAVE_SECONDS):
                        await self._receipts.reached({"token": token, "seen_to": asked})
                        saved = asked
                await asyncio.sleep(GATHER_SECONDS)
        finally:
            await stream.close()

    async def take(self, entries: Sequence[Document], token: Document | None) -> int:
        """Seal what is in entries and has no receipt yet; durable on return. Returns how many punches that were."""
        await self._findings.note([one for entry in entries for one in _inserted(entry)], self._clock())
        punches = await asyncio.to_thread(punches_of, entries)
        new = first_of_each(punches, await self._receipts.sealed([punch.punch_id for punch in punches]))
        now = self._clock()
        pieces = list(cut(self._chain, new, now, self._zone))
        for number, piece in enumerate(pieces, 1):
            salts = [token_bytes(SALT) for _ in piece]
            links, after = await asyncio.to_thread(seal, self._chain, piece, salts, self._zone, now, self._signer)
            reached: Document = {}
            if number == len(pieces):
                reached = {"recorded": entries[-1]["recorded"]} | ({"token": token} if token else {})
            await self._receipts.add(self._chain, links, after, reached)
            self._chain = after
            metrics.RECEIPTS_SEALED.inc(len(piece))
        return len(new)

    async def end_day(self, until: datetime) -> None:
        """Close the chain's day when all that was recorded before `until` is sealed and the day was over then."""
        if is_over(self._chain, until, self._zone):
            link, after = close(self._chain, self._clock(), self._signer)
            await self._receipts.add(self._chain, [link], after, {})
            self._chain = after


def _inserted(entry: Document) -> list[Finding]:
    late = backdated(entry)
    if late is None:
        return []
    detail = f"catatan jurnal disimpan {int(late.total_seconds())} detik sesudah waktu yang tertulis di dalamnya"
    punches = punches_of([entry])
    return [
        Finding("inserted", "journal", "", punch.punch_id, punch.punch["employee_id"], str(entry["_id"]), detail)
        for punch in punches
    ]
