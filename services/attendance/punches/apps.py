"""Punches from apps: idempotent by `client_event_id`, stored in the journal like any other.

The row that remembers the key is written first, the fact second, the row is completed third. A repetition with the
same content appends again only when the row is not complete; the deterministic punch id makes that harmless.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b, sha256
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from pymongo import UpdateOne
from pymongo.errors import BulkWriteError

from contracts.events.attendance import Direction, Flag, PunchRecorded
from kit.journal import Fact, Journal
from kit.mongo import DURABLE, Database, Document
from services.attendance.devices.models import Site
from services.attendance.punches.rules import FUTURE_SECONDS, LATE_SECONDS

COLLECTION = "app_punches"
OLDEST = timedelta(days=60)
DUPLICATE_KEY = 11000

EventKey = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{8,128}$")]


class AppPunch(BaseModel):
    """A punch as an app sends it. `client_event_id` is new for each punch and the same when it is sent again.

    `device_id` names the installation of the app; it is published as `app:<device_id>`, apart from terminals.
    """

    model_config = ConfigDict(extra="forbid")

    client_event_id: EventKey
    employee_id: str = Field(min_length=1, max_length=64)
    occurred_at: AwareDatetime
    site_id: str = Field(min_length=1, max_length=64)
    direction: Direction = "unknown"
    device_id: str = Field(default="-", pattern=r"^[A-Za-z0-9._:-]{1,64}$", description="pemasangan aplikasi")


class AppPunchReceipt(BaseModel):
    """What was stored; the same answer every time."""

    client_event_id: str
    punch_id: str
    employee_id: str
    occurred_at: datetime
    recorded_at: datetime
    status: Literal["recorded"] = "recorded"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One wrong field of one punch: `index` in the batch."""

    index: int
    field: str
    detail: str


def app_punch_id(employee_id: str, client_event_id: str) -> str:
    """The key is the client's own, so it counts within the employee only."""
    return blake2b(f"app\t{employee_id}\t{client_event_id}".encode(), digest_size=16).hexdigest()


def check(punches: Sequence[AppPunch], sites: Mapping[str, Site], employees: set[str], now: datetime) -> list[Wrong]:
    """Everything wrong in a batch, all at once."""
    wrong: list[Wrong] = []
    seen: dict[tuple[str, str], AppPunch] = {}
    for index, punch in enumerate(punches):
        if punch.site_id not in sites:
            wrong.append(Wrong(index, "site_id", "lokasi ini tidak dikenal"))
        if punch.employee_id not in employees:
            wrong.append(Wrong(index, "employee_id", "pegawai tidak dikenal di direktori"))
        if (punch.occurred_at - now).total_seconds() > FUTURE_SECONDS:
            wrong.append(Wrong(index, "occurred_at", "waktu ini belum terjadi"))
        elif now - punch.occurred_at > OLDEST:
            wrong.append(Wrong(index, "occurred_at", f"lebih dari {OLDEST.days} hari yang lalu; ajukan koreksi"))
        first = seen.setdefault((punch.employee_id, punch.client_event_id), punch)
        if first != punch:
            wrong.append(Wrong(index, "client_event_id", "kunci ini dipakai dua kali dengan isi berbeda"))
    return wrong


def fact_of(punch: AppPunch, zone: str, received: datetime) -> Fact:
    """The journal fact of an app's punch."""
    flags: tuple[Flag, ...] = ()
    if (received - punch.occurred_at).total_seconds() > LATE_SECONDS:
        flags = ("late_arrival",)
    event = PunchRecorded(
        punch_id=app_punch_id(punch.employee_id, punch.client_event_id),
        employee_id=punch.employee_id,
        occurred_at=punch.occurred_at,
        local_date=punch.occurred_at.astimezone(ZoneInfo(zone)).date(),
        zone=zone,
        site_id=punch.site_id,
        device_id=f"app:{punch.device_id}",
        source="app",
        direction=punch.direction,
        method="app",
        flags=flags,
    )
    return Fact.of(event, event_id=event.punch_id, key=punch.employee_id, time=punch.occurred_at)


class AppPunches:
    """Durable when it returns."""

    def __init__(self, db: Database, journal: Journal) -> None:
        self._collection = db.get_collection(COLLECTION, write_concern=DURABLE)
        self._journal = journal

    async def record(
        self, punches: Sequence[AppPunch], sites: Mapping[str, Site], now: datetime
    ) -> tuple[list[AppPunchReceipt], list[int]]:
        """Receipts in the order of `punches`, or the indexes whose key was used with other content (then nothing new
        is stored for those). Raises Unwritten or the driver's error."""
        rows = [_row(punch, now) for punch in punches]
        await self._insert(list({row["_id"]: row for row in rows}.values()))
        ids = [row["_id"] for row in rows]
        stored = {row["_id"]: row async for row in self._collection.find({"_id": {"$in": ids}})}
        conflicts = [number for number, row in enumerate(rows) if stored[row["_id"]]["content"] != row["content"]]
        if conflicts:
            return [], conflicts
        facts: dict[str, Fact] = {}
        for punch, row in zip(punches, rows, strict=True):
            if not stored[row["_id"]]["complete"]:
                facts[row["_id"]] = fact_of(punch, sites[punch.site_id].zone, stored[row["_id"]]["recorded_at"])
        if facts:
            body = json.dumps([punch.model_dump(mode="json") for punch in punches]).encode()
            days = sorted({json.loads(fact.data)["local_date"] for fact in facts.values()})
            await self._journal.append(list(facts.values()), entry={"way": "app", "raw": body, "days": days})
            await self._collection.bulk_write(
                [UpdateOne({"_id": key}, {"$set": {"complete": True}}) for key in facts], ordered=False
            )
        return [_receipt(punch, stored[row["_id"]]) for punch, row in zip(punches, rows, strict=True)], []

    async def _insert(self, rows: list[Document]) -> None:
        try:
            await self._collection.insert_many(rows, ordered=False)
        except BulkWriteError as error:
            others = [one for one in error.details["writeErrors"] if one["code"] != DUPLICATE_KEY]
            if others:
                raise


def _row(punch: AppPunch, now: datetime) -> dict[str, Any]:
    return {
        "_id": app_punch_id(punch.employee_id, punch.client_event_id),
        "content": sha256(punch.model_dump_json().encode()).hexdigest(),
        "recorded_at": now,
        "complete": False,
    }


def _receipt(punch: AppPunch, row: Mapping[str, Any]) -> AppPunchReceipt:
    return AppPunchReceipt(
        client_event_id=punch.client_event_id,
        punch_id=row["_id"],
        employee_id=punch.employee_id,
        occurred_at=punch.occurred_at,
        recorded_at=row["recorded_at"],
    )
