"""Routes of the discipline component of the allowance: a month of somebody, of a unit, and the agency's tables."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request, Response

from kit.access import Authority, Principal
from kit.access.reads import Noting, noting
from kit.days import ends_of
from kit.idempotency import Answer, Attempt, Idempotency, IdempotencyKey
from kit.paging import decode, encode
from services.attendance.access import ALLOWANCE, ALLOWANCE_TABLES, ALLOWANCE_UNITS, PlacedCopy
from services.attendance.allowance.desk import Desk
from services.attendance.allowance.models import ChoiceView, MonthCut, NewChoice, TableList, UnitCut

API = "/api/attendance/v1"
Noted = Annotated[Noting, Depends(noting)]
Month = Annotated[str, Query(pattern=r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$", description="Calendar month, `YYYY-MM`")]


def own_router(desk: Desk) -> APIRouter:
    """Of one employee."""
    routes = APIRouter(prefix=f"{API}/employees/{{employee_id}}", tags=["allowance"])

    @routes.get("/allowance", summary="Komponen disiplin tunjangan sebulan", dependencies=[Depends(ALLOWANCE)])
    async def get_allowance(employee_id: str, noted: Noted, month: Month) -> MonthCut:
        """What the month cuts so far, in percent: each line with its day, shift, minutes, band, rule and article, and
        how many minutes would have made it nothing. Days that are not certain are told apart and not cut."""
        await noted([employee_id])
        return await desk.month(employee_id, month)

    return routes


def router(desk: Desk, keys: Idempotency) -> APIRouter:
    """Of the agency."""
    routes = APIRouter(prefix=f"{API}/allowance", tags=["allowance"])

    @routes.get("/tables", summary="Tabel potongan dan keputusan instansi", dependencies=[Depends(ALLOWANCE_TABLES)])
    async def list_allowance_tables() -> TableList:
        """Each with its source; what the agency has decided, the latest first."""
        return await desk.listed()

    @routes.post(
        "/choices",
        status_code=201,
        response_model=ChoiceView,
        summary="Tetapkan tabel potongan",
        dependencies=[Depends(ALLOWANCE_TABLES)],
    )
    async def choose_allowance_table(body: NewChoice, key: IdempotencyKey, request: Request) -> Response:
        """From a day to come on. Only a table whose bands are those days are assessed by: a day's band and its percent
        never contradict each other."""
        asking: Principal = request.scope["principal"]

        async def work(attempt: Attempt) -> Answer:
            return await desk.choose(body, asking, attempt)

        return await keys.respond(request, key, work)

    @routes.delete(
        "/choices/{choice}",
        summary="Hapus keputusan yang belum berlaku",
        dependencies=[Depends(ALLOWANCE_TABLES)],
    )
    async def take_back_choice(choice: str) -> TableList:
        """One that holds already stays. Answers what is left."""
        await desk.take_back(choice)
        return await desk.listed()

    @routes.get("/units/{unit}", summary="Potongan sebulan satu unit", dependencies=[Depends(ALLOWANCE_UNITS)])
    async def get_unit_allowance(
        unit: str,
        request: Request,
        noted: Noted,
        month: Month,
        table: Annotated[str | None, Query(max_length=60, description="Another table, for a preview")] = None,
        cursor: Annotated[str | None, Query(max_length=200)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 100,
    ) -> UnitCut:
        """Of everybody whose own post is in the unit or below it at the end of the month; with `table`, what that would
        come to instead. At most 1000 people."""
        authority: Authority = request.app.state.authority
        people = await cast(PlacedCopy, authority.copy).posted({unit}, ends_of(month)[1])
        found = await desk.unit(people, month, table, decode(cursor), limit)
        await noted(one.employee_id for one in found.items)
        following = encode(found.next_cursor) if found.next_cursor else None
        return found.model_copy(update={"next_cursor": following})

    return routes
