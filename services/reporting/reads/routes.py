"""GET /employees/{employee_id}/reads: who has looked at somebody's data."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import AwareDatetime, BaseModel, Field

from kit.problems import FieldError, documented, of_status
from services.reporting.access import OWN_LOG
from services.reporting.asking import AWAY
from services.reporting.reading import Reads
from services.reporting.reads.store import read_cursor, write_cursor

router = APIRouter(prefix="/api/reporting/v1", tags=["access log"], responses=AWAY, dependencies=[Depends(OWN_LOG)])
BAD_CURSOR = documented({422: "Isian tidak sesuai"})


class ReadEntry(BaseModel):
    """Somebody's looking at one person's data by one operation on one day (UTC)."""

    reader_name: str | None = Field(description="null: a machine, or an account of somebody who is no employee")
    reader_id: str | None
    roles: list[str]
    service: str
    operation: str
    first_at: AwareDatetime
    last_at: AwareDatetime
    hours: int = Field(description="In how many hours of the day")


class ReadPage(BaseModel):
    """Newest days first."""

    items: list[ReadEntry]
    next_cursor: str | None


@router.get("/employees/{employee_id}/reads", responses=BAD_CURSOR)
async def list_reads(
    reads: Reads,
    employee_id: Annotated[str, Path(max_length=64)],
    cursor: Annotated[str | None, Query(max_length=600)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ReadPage:
    """Who has looked at somebody's data, by which operation, when; everybody sees the own log."""
    before = read_cursor(cursor, employee_id) if cursor else None
    if cursor and before is None:
        raise of_status(422, errors=[FieldError("/query/cursor", "bukan kursor dari jawaban sebelumnya")])
    rows = await reads.reads.page(employee_id, before, limit + 1)
    shown = rows[:limit]
    names = await reads.people.people({row["reader_id"] for row in shown if row["reader_id"]})
    return ReadPage(
        items=[
            ReadEntry(
                reader_name=names[row["reader_id"]]["name"] if row["reader_id"] in names else None,
                reader_id=row["reader_id"],
                roles=sorted(row["roles"]),
                service=row["service"],
                operation=row["operation"],
                first_at=row["first"],
                last_at=row["last"],
                hours=len(row["hours"]),
            )
            for row in shown
        ],
        next_cursor=write_cursor(shown[-1]) if len(rows) > limit else None,
    )
