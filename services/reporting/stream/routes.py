"""GET /stream: server-sent events."""

import asyncio
from datetime import date as calendar_date
from time import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from kit.access import Principal, Reach
from kit.access.reads import Noting, noting
from kit.problems import Problem
from services.reporting.access import STREAM
from services.reporting.asking import AWAY, NO_UNIT, OnDate, UnitId
from services.reporting.freshness.models import Freshness
from services.reporting.reading import Reads, today
from services.reporting.stream.frames import DevicesFrame, PresenceFrame, ResetFrame
from services.reporting.stream.hub import Crowded
from services.reporting.stream.reader import EventStream, Reader

router = APIRouter(prefix="/api/reporting/v1", tags=["stream"], responses=AWAY | NO_UNIT)

EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events `presence`, `devices`, `freshness` (every 2 s), `reset`; their data in this order",
        "model": PresenceFrame | DevicesFrame | Freshness | ResetFrame,
    }
}


@router.get("/stream", response_class=EventStream, responses=EVENTS)
async def follow_changes(
    request: Request,
    reads: Reads,
    reach: Annotated[Reach, Depends(STREAM)],
    noted: Annotated[Noting, Depends(noting)],
    unit: UnitId = None,
    date: OnDate = None,
    last_event_id: Annotated[
        str | None, Header(description="Sent by browsers that reconnect: goes on exactly there, or says `reset`")
    ] = None,
    from_event_id: Annotated[
        str | None,
        Query(
            alias="last_event_id",
            max_length=600,
            description="The same for the first connection: `freshness.position` of the answer it is to go on from",
        ),
    ] = None,
) -> Response:
    """What moves in a unit and everything below it, at most five frames a second, totals absolute. People are told by
    name to those who may see them. It ends with the token it was asked for with: connect again with a new one.
    """
    tree = reads.organisation.tree(date or today(reads.settings.zone))
    if unit is not None and tree.get(unit) is None:
        raise Problem(
            404, "unit-not-found", "Unit tidak ditemukan", "Tidak ada unit dengan id ini pada tanggal tersebut."
        )
    token = last_event_id or from_event_id or None
    reader = Reader(unit, _text(date), token, reads.settings.stream_queue, reach)
    try:
        reads.hub.join(reader)
    except Crowded:
        raise Problem(
            503,
            "stream-crowded",
            "Siaran langsung sedang penuh",
            "Terlalu banyak layar tersambung. Coba lagi sebentar lagi.",
            headers={"Retry-After": "10"},
        ) from None
    asking: Principal = request.scope["principal"]
    if asking.expires is not None:
        asyncio.get_running_loop().call_later(max(0.0, asking.expires - time()), reader.close)
    return EventStream(reader, noted)


def _text(date: calendar_date | None) -> str | None:
    return str(date) if date else None
