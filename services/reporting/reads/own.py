"""What reporting itself has answered about people: written down beside the view, since nobody else need be told."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from pymongo import UpdateOne

from kit.access import Principal
from kit.access.reads import Fresh
from kit.mongo import DURABLE, Database
from services.reporting.reads.folds import Read, about, identity

OWN = "own_reads"


class OwnReads:
    """On the disk of a majority when `note` returns."""

    def __init__(self, db: Database, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._rows = db.get_collection(OWN, write_concern=DURABLE)
        self._fresh = Fresh(clock)

    async def note(self, principal: Principal, people: Iterable[str], operation: str) -> None:
        """Raises the driver's error: then nobody may be answered."""
        now, fresh = self._fresh.of(principal, people, operation)
        if not fresh:
            return
        writes = []
        for person in fresh:
            read: Read = {
                "employee_id": person,
                "reader": principal.subject,
                "roles": sorted(principal.roles),
                "service": "reporting",
                "operation": operation,
                "read_at": now,
            }
            if principal.employee_id is not None:
                read["reader_id"] = principal.employee_id
            added = {"hours": now.hour, "roles": {"$each": read["roles"]}}
            moved = {"$min": {"first": now}, "$max": {"last": now}, "$addToSet": added}
            writes.append(UpdateOne({"_id": identity(read)}, {"$setOnInsert": about(read), **moved}, upsert=True))
        await self._rows.bulk_write(writes, ordered=False)
        self._fresh.keep(principal, fresh, operation, now)
