"""Import records: what was sent, how far it is, what was found. The file itself is kept until the import ends."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal
from uuid import uuid4

from pydantic import TypeAdapter
from pymongo import ReturnDocument

from kit.mongo import Database, Document, Session
from services.directory.transfer.findings import Finding

State = Literal["queued", "checking", "checked", "rejected", "applying", "publishing", "applied", "failed"]
"""queued → checking → rejected (errors) | checked (dry run, clean) | applying → publishing → applied.

`failed` is the system's fault, not the file's: nothing of it is visible, it may be sent again."""

UNFINISHED: tuple[State, ...] = ("queued", "checking", "applying", "publishing")
PART_BYTES = 8 << 20  # a document holds 16 MB
PAGE = 500  # findings kept in one document
LEASE = timedelta(seconds=10)  # renewed every third of it, so a dead worker is missed after that long
KEEP_UNFINISHED = timedelta(days=7)  # a file whose import nobody ever ran, or whose sender broke off
KEEP_CHECKED = timedelta(days=1)  # how long a clean dry run may still be applied without sending the file again
FINDINGS = TypeAdapter(list[Finding])


class LeaseLost(RuntimeError):
    """Another worker has taken this import over; whatever this one still had in mind must not happen."""


class Imports:
    """The collections `imports`, `import_files` and `import_findings`."""

    def __init__(self, db: Database) -> None:
        self.records = db["imports"]
        self._files = db["import_files"]
        self._findings = db["import_findings"]

    async def setup(self) -> None:
        """Create indexes. Idempotent."""
        await self.records.create_index([("state", 1), ("created_at", 1)], name="state")
        await self._files.create_index([("import", 1), ("part", 1)], name="part")
        await self._files.create_index("expires", expireAfterSeconds=0, name="expires")
        await self._findings.create_index([("import", 1), ("first", 1)], name="page")

    async def create(
        self, data: bytes, filename: str, *, dry_run: bool, encoding: str | None, at: datetime, cause: str = "import"
    ) -> str:
        """Store an upload and queue it; returns its id. The file is stored first: a record always has its file."""
        identity = str(uuid4())
        for part, start in enumerate(range(0, max(len(data), 1), PART_BYTES)):
            data_part = data[start : start + PART_BYTES]
            await self._files.insert_one(
                {
                    "_id": f"{identity}:{part}",
                    "import": identity,
                    "part": part,
                    "data": data_part,
                    "expires": at + KEEP_UNFINISHED,
                }
            )
        record: Document = {
            "_id": identity,
            "state": "queued",
            "filename": filename,
            "size": len(data),
            "sha256": sha256(data).hexdigest(),
            "encoding": encoding,
            "dry_run": dry_run,
            "cause": cause,
            "created_at": at,
            "finished_at": None,
            "rows": {"done": 0, "total": 0},
            "counts": {},
            "errors": 0,
            "warnings": 0,
            "attempts": 0,
            "lease": None,
        }
        await self.records.insert_one(record)
        return identity

    async def apply_checked(self, identity: str, at: datetime) -> bool:
        """Queue a clean dry run for being applied; False when it is not one, or its file is gone."""
        if await self._files.find_one({"import": identity}, {"_id": 1}) is None:
            return False
        again = {"state": "queued", "dry_run": False, "finished_at": None, "attempts": 0}
        found = await self.records.update_one({"_id": identity, "state": "checked"}, {"$set": again})
        if found.modified_count:
            await self._files.update_many({"import": identity}, {"$set": {"expires": at + KEEP_UNFINISHED}})
        return bool(found.modified_count)

    async def file(self, identity: str) -> bytes:
        """The upload."""
        parts = self._files.find({"import": identity}).sort("part", 1)
        return b"".join([part["data"] async for part in parts])

    async def waiting(self, at: datetime) -> str | None:
        """The oldest import that nobody works on: queued, or left behind by a worker whose lease ran out."""
        free: list[Mapping[str, Any]] = [{"lease": None}, {"lease.until": {"$lt": at}}]
        found = await self.records.find_one(
            {"state": {"$in": UNFINISHED}, "$or": free}, {"_id": 1}, sort=[("created_at", 1)]
        )
        return found["_id"] if found else None

    async def claim(self, identity: str, owner: str, at: datetime) -> Document | None:
        """The record, now worked on by `owner`; None when it is finished or another's lease runs."""
        free: list[Mapping[str, Any]] = [{"lease": None}, {"lease.until": {"$lt": at}}, {"lease.owner": owner}]
        found: Document | None = await self.records.find_one_and_update(
            {"_id": identity, "state": {"$in": UNFINISHED}, "$or": free},
            {"$set": {"lease": {"owner": owner, "until": at + LEASE}}, "$inc": {"attempts": 1}},
            return_document=ReturnDocument.AFTER,
        )
        return found

    async def update(
        self, identity: str, owner: str, at: datetime, fields: Mapping[str, Any], session: Session | None = None
    ) -> None:
        """Set fields and renew the lease, if it is still ours. Raises LeaseLost (and so ends a transaction)."""
        found = await self.records.update_one(
            {"_id": identity, "lease.owner": owner},
            {"$set": {**fields, "lease.until": at + LEASE}},
            session=session,
        )
        if not found.matched_count:
            raise LeaseLost(f"import {identity} is worked on by another")

    async def finish(
        self,
        identity: str,
        owner: str,
        state: State,
        at: datetime,
        fields: Mapping[str, Any] | None = None,
        session: Session | None = None,
    ) -> None:
        """The last word on an import. Raises LeaseLost."""
        found = await self.records.update_one(
            {"_id": identity, "lease.owner": owner},
            {"$set": {**(fields or {}), "state": state, "finished_at": at, "lease": None}},
            session=session,
        )
        if not found.matched_count:
            raise LeaseLost(f"import {identity} is worked on by another")

    async def drop_file(self, identity: str, at: datetime, *, keep: timedelta = timedelta(0)) -> None:
        """Forget the upload, now or after `keep`: it holds personal data that nobody needs any more."""
        if keep:
            await self._files.update_many({"import": identity}, {"$set": {"expires": at + keep}})
        else:
            await self._files.delete_many({"import": identity})

    async def keep_findings(self, identity: str, findings: Sequence[Finding]) -> None:
        """Replace what was found."""
        await self._findings.delete_many({"import": identity})
        pages = [
            {
                "_id": f"{identity}:{first}",
                "import": identity,
                "first": first,
                "findings": FINDINGS.dump_python(list(findings[first : first + PAGE])),
            }
            for first in range(0, len(findings), PAGE)
        ]
        for start in range(0, len(pages), 20):
            await self._findings.insert_many(pages[start : start + 20])

    async def findings(self, identity: str, first: int, limit: int) -> list[Document]:
        """`limit` findings from the `first` on, in the order of the file."""
        pages = self._findings.find(
            {"import": identity, "first": {"$gt": first - PAGE, "$lt": first + limit}}, sort=[("first", 1)]
        )
        found: list[Document] = []
        async for page in pages:
            begin = max(first - page["first"], 0)
            found.extend(page["findings"][begin:])
        return found[:limit]

    async def get(self, identity: str) -> Document | None:
        """One record."""
        found: Document | None = await self.records.find_one({"_id": identity})
        return found

    async def latest(self, limit: int) -> list[Document]:
        """The newest records."""
        found: list[Document] = await self.records.find().sort("created_at", -1).limit(limit).to_list(None)
        return found
