"""Looks at a bounded part of the chain, or of the journal, and says what does not fit."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from kit import metrics
from kit.mongo import Document
from services.attendance.receipts.checking import check_links, compare, hash_of, without_receipt
from services.attendance.receipts.findings import Finding
from services.attendance.receipts.journal import PunchJournal, punches_of
from services.attendance.receipts.keys import Keys
from services.attendance.receipts.rules import link_id
from services.attendance.receipts.signing import PublicKeys
from services.attendance.receipts.store import Receipts

SETTLED = timedelta(minutes=10)  # what was recorded so long before all was seen, was seen
MOST_LINKS, MOST_PUNCHES, MOST_ENTRIES = 100, 2_000, 200

Place = tuple[datetime, Any]
"""A journal entry by when it was recorded and its id."""


@dataclass(slots=True)
class Looked:
    """What a look came to. `link` and `entry` are where the next one begins, None when there is nothing after."""

    punches: int = 0
    links: int = 0
    findings: list[Finding] = field(default_factory=list)
    link: str | None = None
    entry: Place | None = None


class Looking:
    """Reads only; who asks keeps what is found."""

    def __init__(self, journal: PunchJournal, receipts: Receipts, keys: Keys) -> None:
        self._journal = journal
        self._receipts = receipts
        self._keys = keys

    async def at_links(self, after: str, until: str) -> Looked:
        """The next links after a place, up to another: some 2,000 punches."""
        links = _some(await self._receipts.links_after(after, MOST_LINKS, until))
        if not links:
            return Looked()
        before = await self._receipts.link_before(links[0]["_id"])
        keys = await self._keys.public()
        rows = await self._receipts.of_links([link["_id"] for link in links])
        entries = await self._journal.entries({name for link in links for name in link["entries"]})
        found = await asyncio.to_thread(_compared, links, before, keys, rows, entries)
        found += await self._without_receipt(entries.values())
        punches = sum(len(link["punches"]) for link in links)
        metrics.RECEIPTS_CHECKED.inc(punches)
        return Looked(punches, len(links), found, links[-1]["_id"])

    async def at_journal(self, after: Place | None, until: datetime) -> Looked:
        """The next journal entries after one, recorded before `until`: each punch must have its receipt. What the
        sealer may not have passed yet is left for later."""
        _, row = await self._receipts.chain()
        if row.get("seen_to") is None:
            return Looked()
        entries = await self._journal.recorded_between(after, min(until, row["seen_to"] - SETTLED), MOST_ENTRIES)
        if not entries:
            return Looked()
        found = await self._without_receipt(entries)
        return Looked(findings=found, entry=(entries[-1]["recorded"], entries[-1]["_id"]))

    async def at_end(self) -> list[Finding]:
        """Whether the chain still ends where its writer has left it."""
        chain, _ = await self._receipts.chain()
        if chain.day is None:
            return []
        name = link_id(chain.day.isoformat(), chain.number)
        link = await self._receipts.link(name)
        if link is None:
            return [Finding("chain", "chain", name, None, None, None, "mata rantai terakhir tidak ada lagi")]
        if hash_of(link) != chain.last:
            return [Finding("chain", "chain", name, None, None, None, "mata rantai terakhir telah diganti")]
        return []

    async def _without_receipt(self, entries: Collection[Document]) -> list[Finding]:
        punches = await asyncio.to_thread(punches_of, entries)
        return without_receipt(punches, await self._receipts.sealed([punch.punch_id for punch in punches]))


def _some(links: list[Document]) -> list[Document]:
    count = 0
    for number, link in enumerate(links):
        count += len(link["punches"])
        if count > MOST_PUNCHES:
            return links[: max(1, number)]
    return links


def _compared(
    links: Sequence[Document],
    before: Document | None,
    keys: PublicKeys,
    rows: Mapping[str, Mapping[int, Document]],
    entries: Mapping[Any, Document],
) -> list[Finding]:
    found = check_links(links, before, keys)
    for link in links:
        found += compare(link, rows[link["_id"]], entries)
    return found
