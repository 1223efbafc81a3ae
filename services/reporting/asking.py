"""What every read route understands: which day, wait until complete, unchanged since."""

import re
from collections.abc import Awaitable, Callable
from datetime import date as calendar_date
from typing import Annotated, Any

from fastapi import Depends, Header, Query, Request, Response
from pydantic import AwareDatetime

from kit.problems import Problem, documented
from kit.unit_tree import Tree
from services.reporting.devices.models import Completeness
from services.reporting.freshness.position import ViewPosition
from services.reporting.freshness.standing import Standing
from services.reporting.reading import Reading, Reads, today

WAIT_DEFAULT = 2.0

# Every read route may be asked before the reference topics are read, or while the database is away.
AWAY = documented({503: "Layanan belum siap"})
NO_UNIT = documented({404: "Unit tidak ditemukan"})
UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "Unchanged since the answer that had this ETag"}}

OnDate = Annotated[
    calendar_date | None,
    Query(alias="date", description="Local day `YYYY-MM-DD`; today in the agency's zone when absent"),
]
UnitId = Annotated[str | None, Query(max_length=64, description="A unit's id; the whole agency when absent")]


def day(reads: Reads, date: OnDate = None) -> calendar_date:
    """Dependency: the day asked for."""
    return date or today(reads.settings.zone)


def stands_in(view: Callable[[Reading], ViewPosition]) -> Callable[..., Awaitable[Standing]]:
    """Makes a dependency: where a view stands, read before the data it vouches for."""

    async def standing(
        reads: Reads,
        complete_to: Annotated[
            AwareDatetime | None,
            Query(
                description="Answer only when everything recorded before this instant is in (read your writes). "
                "Waits 2 s, or as `Prefer: wait=<seconds>` says; then answers all the same: look at freshness"
            ),
        ] = None,
        prefer: Annotated[str | None, Header(description="RFC 7240, `wait=<seconds>`")] = None,
    ) -> Standing:
        position = view(reads)
        if complete_to is None:
            return await position.read()
        asked = re.search(r"\bwait=(\d{1,4})\b", prefer or "")
        seconds = float(asked[1]) if asked else WAIT_DEFAULT
        return await position.wait(complete_to, min(seconds, reads.settings.wait_most))

    return standing


Day = Annotated[calendar_date, Depends(day)]
Stands = Annotated[Standing, Depends(stands_in(lambda reads: reads.position))]


def unchanged(request: Request, response: Response, etag: str) -> Response | None:
    """Tag `response`; the answer 304 when the caller has this already (RFC 9110 section 13.1.2, weak comparison)."""
    headers = {"etag": etag, "cache-control": "no-cache"}
    response.headers.update(headers)
    had = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    return Response(status_code=304, headers=headers) if etag.removeprefix("W/") in had or "*" in had else None


def shown_unit(
    reads: Reading, date: calendar_date, unit: str | None, first: calendar_date | None = None
) -> tuple[Tree, str]:
    """The tree of a day, or of the period from `first` to it, and the unit asked for, the whole agency when none was.
    Raises Problem 404."""
    tree = reads.organisation.tree_during(first or date, date)
    shown = unit or tree.top()
    if tree.get(shown) is None:
        period = str(date) if first in (None, date) else f"{first} sampai {date}"
        raise Problem(
            404,
            "unit-not-found",
            "Unit tidak ditemukan",
            f"Tidak ada unit dengan id ini yang berlaku pada {period}. Periksa id unit atau tanggalnya.",
        )
    return tree, shown


async def completeness_of(reads: Reading) -> Completeness:
    """Which terminals are missing, and how many people lack a record."""
    fleet = reads.fleet.totals()
    return Completeness(
        devices_total=fleet.total,
        devices_silent=fleet.silent,
        devices_never_seen=fleet.never_seen,
        devices_pending=fleet.pending,
        incomplete_employees=await reads.days.count_incomplete(),
    )
