"""What the journal and the chain contradict each other in: kept until a person has looked and closed it.

The same contradiction is one finding, however often it is met; closed, it stays so until something else changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Literal

import structlog
from pymongo import ReturnDocument
from pymongo.errors import BulkWriteError

from kit import metrics
from kit.mongo import DURABLE, Database, Document

log = structlog.get_logger()

COLLECTION = "integrity"
MOST_OPEN = 2_000
DUPLICATE_KEY = 11_000

Kind = Literal["changed", "removed", "inserted", "chain"]
Where = Literal["journal", "receipt", "chain"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`where`: journal, receipt or chain. `place` is the link (day/number), `punch_id` the punch if it is about one;
    `detail` says in Indonesian what does not fit, with the values of a punch: never for logs."""

    kind: Kind
    where: Where
    place: str
    punch_id: str | None
    employee_id: str | None
    entry: str | None
    detail: str

    @property
    def id(self) -> str:
        """The same for the same contradiction."""
        told = "\t".join(map(str, (self.kind, self.where, self.place, self.punch_id, self.entry, self.detail)))
        return blake2b(told.encode("utf-8", "replace"), digest_size=12).hexdigest()


class Findings:
    """The collection of findings."""

    def __init__(self, db: Database) -> None:
        self._rows = db.get_collection(COLLECTION, write_concern=DURABLE)

    async def setup(self) -> None:
        """The index of the list. Idempotent."""
        await self._rows.create_index([("open", 1), ("found_at", -1), ("_id", 1)], name="by_time")

    async def note(self, found: Sequence[Finding], now: datetime) -> int:
        """Keep and tell what is new; returns how many that are. Past MOST_OPEN open ones nothing more is kept: the
        alarm has been given, and its cause is one."""
        if not found:
            return 0
        known = {row["_id"] async for row in self._rows.find({"_id": {"$in": [one.id for one in found]}}, {"_id": 1})}
        new = list({one.id: one for one in found if one.id not in known}.values())
        room = MOST_OPEN - await self._rows.count_documents({"open": True}) if new else 0
        if room < len(new):
            log.error("there are more contradictions of journal and receipts than are kept", left_out=len(new) - room)
            new = new[: max(0, room)]
        if not new:
            return 0
        rows = [
            {
                "_id": one.id,
                "kind": one.kind,
                "where": one.where,
                "place": one.place,
                "punch_id": one.punch_id,
                "employee_id": one.employee_id,
                "entry": one.entry,
                "detail": one.detail,
                "found_at": now,
                "open": True,
            }
            for one in new
        ]
        try:
            await self._rows.insert_many(rows, ordered=False)
        except BulkWriteError as error:  # somebody else has met it in the same moment
            if any(one["code"] != DUPLICATE_KEY for one in (error.details or {}).get("writeErrors", [])):
                raise
        for one in new:
            metrics.INTEGRITY_FINDINGS.labels(one.kind).inc()
            log.error(
                "the journal and the receipts contradict each other",
                kind=one.kind, where=one.where, place=one.place, punch=one.punch_id, entry=one.entry,
            )  # fmt: skip
        return len(new)

    async def count_open(self) -> int:
        """How many wait for a person."""
        return int(await self._rows.count_documents({"open": True}))

    async def page(self, is_open: bool | None, limit: int) -> tuple[list[Document], int]:
        """Newest first, and how many there are."""
        query: Document = {} if is_open is None else {"open": is_open}
        rows: list[Document] = await self._rows.find(query).sort([("found_at", -1), ("_id", 1)]).to_list(limit)
        return rows, int(await self._rows.count_documents(query))

    async def close(self, identity: str, note: str, by: str, now: datetime) -> Document | None:
        """A person closes it with what was found out; None when it is not open."""
        found: Document | None = await self._rows.find_one_and_update(
            {"_id": identity, "open": True},
            {"$set": {"open": False, "closed_at": now, "closed_by": by, "note": note}},
            return_document=ReturnDocument.AFTER,
        )
        return found
