"""The operator's worklist over HTTP: see, try, mend, let in, put aside."""

import json
from datetime import datetime
from typing import Annotated

from bson import ObjectId
from fastapi import APIRouter, Depends, Query

from kit import paging
from kit.problems import FieldError, Problem
from services.attendance.access import PEOPLE_OF_TERMINALS
from services.attendance.devices.models import SERIAL
from services.attendance.devices.registry import Clock, Registry
from services.attendance.enrolments.cache import Enrolments
from services.attendance.enrolments.rules import pin_key
from services.attendance.enrolments.store import EnrolmentStore
from services.attendance.punches.instants import wall_clock
from services.attendance.punches.lines import is_wall_time
from services.attendance.punches.rules import Reason
from services.attendance.quarantine.replay import Correction, Replay
from services.attendance.quarantine.store import Quarantine
from services.attendance.quarantine.views import (
    Choice,
    Dismissal,
    Dismissed,
    HeldGroup,
    HeldPage,
    HeldSummary,
    Mapped,
    Mending,
    Outcome,
    Preview,
    State,
    WaitingPage,
    held_view,
    waiting_view,
)

MOST_PREVIEW = 100


def router(
    registry: Registry,
    quarantine: Quarantine,
    replay: Replay,
    store: EnrolmentStore,
    enrolments: Enrolments,
    clock: Clock,
) -> APIRouter:
    """The routes under /quarantine."""
    routes = APIRouter(
        prefix="/api/attendance/v1/quarantine", tags=["quarantine"], dependencies=[Depends(PEOPLE_OF_TERMINALS)]
    )

    def chosen(choice: Choice) -> dict[str, object]:
        query = choice.query()
        if not query:
            raise Problem(
                422,
                "validation",
                "Isian tidak sesuai",
                "Sebutkan ids, atau serial, pin, atau reason.",
                [FieldError("/body", "tidak ada baris yang dipilih")],
            )
        return query

    @routes.get("")
    async def list_held_lines(
        state: State = "open",
        serial: Annotated[str, Query(pattern=SERIAL)] | None = None,
        reason: Reason | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> HeldPage:
        """Lines that wait for a person, with the reason and the line as it came."""
        rows = await quarantine.page(state, serial, reason, paging.decode(cursor), limit)
        following = paging.encode(rows[-1]["_id"]) if len(rows) == limit else None
        return HeldPage(items=[held_view(row) for row in rows], next_cursor=following)

    @routes.get("/summary")
    async def summarise_held_lines() -> HeldSummary:
        """How many lines wait, by terminal and reason: where to begin."""
        groups = [HeldGroup.model_validate({**row["_id"], **row}) for row in await quarantine.groups()]
        return HeldSummary(groups=groups, total=sum(group.count for group in groups))

    @routes.get("/requests")
    async def list_waiting_requests(
        serial: Annotated[str, Query(max_length=64)] | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> WaitingPage:
        """Requests of terminals that are not approved, oldest first. Approving the terminal lets them in."""
        after = paging.decode(cursor)
        rows = await quarantine.waiting_page(serial, ObjectId(after) if ObjectId.is_valid(after) else None, limit)
        following = paging.encode(str(rows[-1]["_id"])) if len(rows) == limit else None
        return WaitingPage(items=[waiting_view(row) for row in rows], next_cursor=following)

    @routes.post("/preview")
    async def preview_held_lines(body: Mending) -> list[Preview]:
        """What the chosen lines (at most 100) would become with these corrections. Changes nothing."""
        correction = _correction(body)
        previews: list[Preview] = []
        async for items in quarantine.open_lines(chosen(body), batch=MOST_PREVIEW):
            for item in items:
                terminal = registry.get(item["serial"])
                zone = registry.zone(terminal)
                suggested = wall_clock(zone, item["received"]).isoformat(sep=" ", timespec="seconds")
                preview = Preview(
                    id=item["_id"],
                    accepted=False,
                    problem="mesin belum disetujui",
                    employee_id=None,
                    occurred_at=None,
                    suggested_local_time=suggested if item["reason"] == "absurd_date" else None,
                )
                if terminal is not None and terminal.origin is not None:
                    found = (await replay.judge(terminal, terminal.origin, [item], correction))[0]
                    preview.accepted = bool(found.facts)
                    preview.problem = found.held[0].problem if found.held else ""
                    if found.facts:
                        punch = json.loads(found.facts[0].data)
                        preview.employee_id = punch["employee_id"]
                        preview.occurred_at = datetime.fromisoformat(punch["occurred_at"])
                previews.append(preview)
            break
        return previews

    @routes.post("/replay")
    async def replay_held_lines(body: Mending) -> Outcome:
        """Judge the chosen lines again with these corrections: the good become punches, the rest stays held."""
        done = await replay.lines(chosen(body), _correction(body))
        return Outcome(accepted=done.accepted, held=done.held)

    @routes.post("/dismiss")
    async def dismiss_held_lines(body: Dismissal) -> Dismissed:
        """Put the chosen lines aside for good, with the reason. They are kept and can be listed as dismissed."""
        count = 0
        async for items in quarantine.open_lines(chosen(body)):
            count += await quarantine.settle([item["_id"] for item in items], "dismissed", clock(), note=body.note)
        return Dismissed(dismissed=count)

    @routes.post("/map")
    async def map_held_pin(body: Mapped) -> Outcome:
        """Give the PIN of held lines to an employee and let those lines in."""
        if not await store.known_employees([body.employee_id]):
            error = FieldError("/body/employee_id", "pegawai tidak dikenal di direktori")
            raise Problem(422, "validation", "Isian tidak sesuai", "Pilih pegawai yang ada di direktori.", [error])
        await store.put(body.space, body.pin, body.employee_id, body.since, clock())
        enrolments.forget(pin_key(body.space, body.pin))
        done = await replay.lines({"space": body.space, "pin": body.pin, "reason": "unknown_pin"})
        return Outcome(accepted=done.accepted, held=done.held)

    return routes


def _correction(body: Mending) -> Correction:
    """Raises 422 for a time that is none, or one time for several lines."""
    errors = []
    if body.correct_local_time is not None:
        if not is_wall_time(body.correct_local_time):
            errors.append(FieldError("/body/correct_local_time", "bukan tanggal dan jam yang ada di kalender"))
        if len(body.ids) != 1:
            errors.append(FieldError("/body/ids", "satu waktu hanya untuk satu baris"))
    if errors:
        raise Problem(422, "validation", "Isian tidak sesuai", "Perbaiki isian yang disebut.", errors)
    return Correction(body.correct_pin or "", body.correct_local_time or "", body.any_date)
