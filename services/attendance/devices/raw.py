"""What a terminal really sent, byte for byte: the screen that ends every argument about a missing punch."""

from base64 import b64encode
from datetime import date, datetime
from typing import Annotated

from bson import ObjectId
from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel

from kit import paging
from kit.journal import COLLECTION
from kit.mongo import Database, Document
from kit.problems import Problem
from services.attendance.access import RAW
from services.attendance.devices.models import SERIAL
from services.attendance.devices.photos import Photos
from services.attendance.punches.lines import decode

MOST_TEXT = 64 * 1024


class RawEntry(BaseModel):
    """One stored request, in a list. `way`: push, replay, file or app."""

    id: str
    recorded: datetime
    way: str
    table: str
    query: str
    address: str
    size: int
    lines: int
    facts: int


class RawPage(BaseModel):
    """One page of requests, newest first."""

    items: list[RawEntry]
    next_cursor: str | None


class RawView(RawEntry):
    """One stored request whole. `raw` is base64 (templates replaced by hash and size); `text` readable, cut to 64 KiB.

    `purged`: a photo whose retention has ended.
    """

    raw: str
    text: str
    sha256: str | None = None
    purged: bool = False


def router(db: Database, photos: Photos) -> APIRouter:
    """The routes under /devices/{serial}/requests."""
    routes = APIRouter(
        prefix="/api/attendance/v1/devices/{serial}/requests", tags=["devices"], dependencies=[Depends(RAW)]
    )
    events = db.get_collection(COLLECTION)
    serial_path = Path(pattern=SERIAL)

    @routes.get("")
    async def list_requests(
        serial: Annotated[str, serial_path],
        day: Annotated[date, Query(description="tanggal presensi di dalamnya, atau tanggal diterima")],
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> RawPage:
        """What a terminal sent that has punches of a day, or came on that day; newest first."""
        query: Document = {"device": serial, "days": day.isoformat()}
        after = paging.decode(cursor)
        if ObjectId.is_valid(after):
            query["_id"] = {"$lt": ObjectId(after)}
        rows = await events.find(query, {"facts.data": 0}).sort("_id", -1).to_list(limit)
        following = paging.encode(str(rows[-1]["_id"])) if len(rows) == limit else None
        return RawPage(items=[RawEntry(**_entry(row)) for row in rows], next_cursor=following)

    @routes.get("/{request_id}")
    async def get_request(
        serial: Annotated[str, serial_path], request_id: Annotated[str, Path(pattern=r"^[0-9a-f]{24}$")]
    ) -> RawView:
        """One request as it came, byte for byte, and as text. `purged`: a photo whose retention has ended."""
        row = await events.find_one({"_id": ObjectId(request_id), "device": serial})
        if row is None:
            raise Problem(
                404, "request-not-found", "Kiriman tidak ditemukan", "Periksa nomor kiriman dan nomor seri mesin."
            )
        raw, purged = await _raw(row, serial)
        text = decode(raw[:MOST_TEXT]).replace("\0", "␀")
        view = {**_entry(row), "size": len(raw), "sha256": row.get("sha256"), "purged": purged}
        return RawView(**view, raw=b64encode(raw).decode(), text=text)

    async def _raw(row: Document, serial: str) -> tuple[bytes, bool]:
        if "photo" in row:
            photo = await photos.read(serial, row["photo"])
            return (row["raw"], True) if photo is None else (photo, False)
        if "request" not in row:
            return row.get("raw", b""), False
        query = {"device": serial, "request": row["request"]}
        parts = await events.find({**query, "days": {"$in": row["days"]}}).to_list(None)
        if len(parts) < row["parts"]:  # parts of other days than the one asked for
            parts = await events.find(query).to_list(None)
        return b"".join(part["raw"] for part in sorted(parts, key=lambda part: part["part"])), False

    return routes


def _entry(row: Document) -> Document:
    return {
        "id": str(row["_id"]),
        "recorded": row["recorded"],
        "way": row.get("way", ""),
        "table": row.get("table", ""),
        "query": row.get("query", ""),
        "address": row.get("address", ""),
        "size": row.get("size", len(row.get("raw", b""))),
        "lines": row.get("lines", 0),
        "facts": len(row["facts"]),
    }
