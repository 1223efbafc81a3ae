"""What receipts stand on, put together once for the API and for the worker."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

import structlog

from kit.mongo import Client, Database
from services.attendance.receipts.auditing import Audit
from services.attendance.receipts.findings import Findings
from services.attendance.receipts.journal import PunchJournal
from services.attendance.receipts.keys import Keys
from services.attendance.receipts.looking import Looking
from services.attendance.receipts.sealing import Sealer
from services.attendance.receipts.signing import Signer
from services.attendance.receipts.store import Receipts

log = structlog.get_logger()


@dataclass(frozen=True)
class ReceiptParts:
    """Over one database."""

    db: Database
    journal: PunchJournal
    receipts: Receipts
    keys: Keys
    findings: Findings
    looking: Looking

    @classmethod
    def of(cls, client: Client, db: Database) -> Self:
        """Without a call to the database yet."""
        journal, receipts, keys = PunchJournal(client, db), Receipts(client, db), Keys(db)
        return cls(db, journal, receipts, keys, Findings(db), Looking(journal, receipts, keys))

    async def setup(self) -> None:
        """Indexes. Idempotent."""
        await asyncio.gather(self.receipts.setup(), self.findings.setup())

    def work(
        self, signer: Signer | None, clock: Callable[[], datetime], zone: ZoneInfo, *, every: float
    ) -> list[Callable[[], Coroutine[Any, Any, None]]]:
        """What the worker does for receipts; nothing without a key: punches wait in the journal until there is one."""
        if signer is None:
            log.warning("there is no key to sign with (KINERJA_RECEIPT_KEY): punches get no receipts")
            return []
        sealer = Sealer(self.journal, self.receipts, self.keys, self.findings, signer, clock, zone)
        audit = Audit(self.db, self.looking, self.findings, clock, zone, every=every)
        return [sealer.run, audit.run]
