"""The catalogue of services in MongoDB."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import uuid4

from pymongo import ReturnDocument

from kit.mongo import DURABLE, Database, Document
from services.feedback.catalogue.models import ChangedService, NewService, ServiceRecord

SERVICES = "services"


class Catalogue:
    """The services of all units."""

    def __init__(self, db: Database) -> None:
        self._rows = db.get_collection(SERVICES, write_concern=DURABLE)

    async def setup(self) -> None:
        """Indexes. Idempotent."""
        await self._rows.create_index([("unit_id", 1), ("name", 1)], name="by_unit")

    async def add(self, service: NewService) -> ServiceRecord:
        """A new service."""
        row = {"_id": str(uuid4()), **service.model_dump(mode="json")}
        await self._rows.insert_one(row)
        return _record(row)

    async def change(self, identity: str, to: ChangedService) -> ServiceRecord | None:
        """The service as it is now; None when there is none."""
        found: Document | None = await self._rows.find_one_and_update(
            {"_id": identity}, {"$set": to.model_dump(mode="json")}, return_document=ReturnDocument.AFTER
        )
        return _record(found) if found else None

    async def one(self, identity: str, on: date | None = None) -> ServiceRecord | None:
        """A service that is given on a day (None: on any)."""
        found: Document | None = await self._rows.find_one({"_id": identity, **(_on(on) if on else {})})
        return _record(found) if found else None

    async def of(self, units: Collection[str] | None, on: date | None) -> list[ServiceRecord]:
        """The services of `units` (None: of all) that are given on a day (None: on any)."""
        query: dict[str, Any] = {"unit_id": {"$in": list(units)}} if units is not None else {}
        return [_record(row) async for row in self._rows.find(query | (_on(on) if on else {})).sort("name", 1)]


def _record(row: Document) -> ServiceRecord:
    return ServiceRecord.model_validate({"id": row["_id"], **{key: row[key] for key in NewService.model_fields}})


def _on(day: date) -> Document:
    return {"valid_from": {"$lte": str(day)}, "$or": [{"valid_to": None}, {"valid_to": {"$gte": str(day)}}]}
