"""The auditor of the chain: re-reads recent days slowly, for ever, and tells what does not fit.

Two walks, so that a change of today is met within minutes however long the past is. Each look reads at most some 2,000
punches; where each walk is lies in the database, so that a restart does not begin anew.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog
from bson import ObjectId
from pymongo.errors import PyMongoError

from kit import metrics
from kit.mongo import Database, Document
from services.attendance.receipts.findings import Findings
from services.attendance.receipts.looking import Looking
from services.attendance.receipts.rules import link_id, local_day

log = structlog.get_logger()

COLLECTION = "receipt_audit"
WALKS = {"recent": 2, "past": 62}
"""Days back. The longer one covers what a payroll of last month is computed from."""
FIRST = ObjectId(bytes(12))


class Audit:
    """`every` seconds one look of each walk."""

    def __init__(
        self,
        db: Database,
        looking: Looking,
        findings: Findings,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        *,
        every: float,
    ) -> None:
        self._places = db.get_collection(COLLECTION)
        self._looking = looking
        self._findings = findings
        self._clock = clock
        self._zone = zone
        self._every = every

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                for walk in WALKS:
                    await self.look(walk)
            except PyMongoError as error:
                log.warning("receipts cannot be audited just now, trying again", error=str(error))
            except Exception:  # the relay lives in this process; an auditor that stumbles goes on with the next look
                log.exception("receipts cannot be audited, trying again")
            await asyncio.sleep(self._every)

    async def look(self, walk: str) -> int:
        """One look of a walk; returns how many findings are new."""
        now = self._clock()
        since = local_day(now - timedelta(days=WALKS[walk]), self._zone)
        place: Document = await self._places.find_one({"_id": walk}) or {}
        first = link_id(since.isoformat(), 0)
        links = await self._looking.at_links(max(place.get("link") or "", first), "~")
        found = list(links.findings)
        begins = datetime.combine(since, time(), self._zone).astimezone(UTC)
        entry = place.get("entry")
        after = (entry[0], entry[1]) if entry and entry[0] >= begins else (begins, FIRST)
        journal = await self._looking.at_journal(after, now)
        found += [*journal.findings, *await self._looking.at_end()]
        told = await self._findings.note(found, now)
        metrics.INTEGRITY_OPEN.set(await self._findings.count_open())
        reached = {"link": links.link, "entry": list(journal.entry) if journal.entry else None}
        await self._places.update_one({"_id": walk}, {"$set": reached}, upsert=True)
        return told
