"""Files of evidence in GridFS.

A file and the entry that lists it cannot be written in one transaction, so a file is loose until an entry lists it: a
row in `evidence_loose` is written before its first byte and goes in the entry's transaction. What stays loose for a day
is swept: an upload that broke off, one whose entry had changed meanwhile, a file that was taken away from its entry.

```
found = await known(data, filename, now)          # kit/evidence/receiving.py
async with files.offered(data, now) as offer:
    found.id = offer.id
    ...                                           # one transaction: the entry with `found`, files.settle(found.id)
    offer.listed = True
```
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from gridfs.errors import NoFile
from motor.motor_asyncio import AsyncIOMotorGridFSBucket
from pymongo.errors import PyMongoError

from kit.mongo import DURABLE, Database, Session

log = structlog.get_logger()

BUCKET, LOOSE = "evidence", "evidence_loose"
KEPT_LOOSE = timedelta(days=1)
SWEEP_SECONDS = 3600.0


@dataclass(slots=True)
class Offer:
    """A file that no entry lists yet. Whoever has it listed says so."""

    id: str
    listed: bool = False


class Files:
    """Files by id, each written once and never changed."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._bucket = AsyncIOMotorGridFSBucket(db, BUCKET, write_concern=DURABLE)
        self._loose = db.get_collection(LOOSE, write_concern=DURABLE)

    async def setup(self) -> None:
        """Indexes; a transaction cannot make collections. Idempotent."""
        await self._loose.create_index("since", name="since")
        await self._db[f"{BUCKET}.chunks"].create_index([("files_id", 1), ("n", 1)], unique=True)
        await self._db[f"{BUCKET}.files"].create_index([("filename", 1), ("uploadDate", 1)])

    async def keep(self, data: bytes, at: datetime) -> str:
        """Store a file; it is on the disk of a majority when this returns, and loose."""
        identity = str(uuid4())
        await self._loose.insert_one({"_id": identity, "since": at})
        # The name is the entry's business: names of evidence are in one place.
        await self._bucket.upload_from_stream_with_id(identity, "", data)
        return identity

    @asynccontextmanager
    async def offered(self, data: bytes, at: datetime) -> AsyncIterator[Offer]:
        """A file kept for the time within, and deleted at its end unless it was listed."""
        offer = Offer(await self.keep(data, at))
        try:
            yield offer
        finally:
            if not offer.listed:
                await self.discard(offer.id)

    async def settle(self, identity: str, session: Session) -> None:
        """An entry lists the file from this transaction on. Raises LookupError when it was swept before."""
        if not (await self._loose.delete_one({"_id": identity}, session=session)).deleted_count:
            raise LookupError(f"evidence {identity} is not there any more")

    async def release(self, identity: str, at: datetime, session: Session) -> None:
        """No entry lists the file from this transaction on."""
        await self._loose.insert_one({"_id": identity, "since": at}, session=session)

    async def read(self, identity: str) -> AsyncIterator[bytes]:
        """The file, a chunk at a time. Raises NoFile before the first."""
        stream = await self._bucket.open_download_stream(identity)

        async def chunks() -> AsyncIterator[bytes]:
            while chunk := await stream.readchunk():
                yield chunk

        return chunks()

    async def remove(self, identity: str) -> None:
        """Delete a loose file, or what there is of it."""
        with suppress(NoFile):  # broke off before its last byte: its chunks are deleted all the same
            await self._bucket.delete(identity)
        await self._loose.delete_one({"_id": identity})

    async def discard(self, identity: str) -> None:
        """Delete a loose file now if the database is there; else the sweep does."""
        try:
            await self.remove(identity)
        except PyMongoError as error:
            log.warning("a loose file of evidence is left to the sweep", error=repr(error))

    async def sweep(self, now: datetime) -> int:
        """Delete what has been loose for a day; how many there were."""
        rows = await self._loose.find({"since": {"$lt": now - KEPT_LOOSE}}).to_list(None)
        for row in rows:
            await self.remove(row["_id"])
        if rows:
            log.info("evidence that belongs to no entry was deleted", files=len(rows))
        return len(rows)

    async def sweep_for_ever(self, clock: Callable[[], datetime]) -> None:
        """Once an hour. A database that is away is no reason to end the process."""
        while True:
            try:
                await self.sweep(clock())
            except PyMongoError as error:
                log.warning("evidence was not swept; tried again in an hour", error=repr(error))
            await asyncio.sleep(SWEEP_SECONDS)
