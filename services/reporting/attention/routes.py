"""GET /attention: which days somebody should look at."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from kit.access import Reach
from kit.access.reads import Noting, noting
from kit.period import check_period
from services.reporting.access import PEOPLE, whose_of
from services.reporting.asking import AWAY, NO_UNIT, Stands, UnitId, shown_unit
from services.reporting.attention.models import Attention, AttentionDay
from services.reporting.card.routes import First, Last
from services.reporting.organisation.register import unit_ref
from services.reporting.reading import Reads, today

router = APIRouter(prefix="/api/reporting/v1", tags=["attention"], responses=AWAY)


@router.get("/attention", responses=NO_UNIT, summary="Hari yang perlu diperhatikan")
async def list_attention(
    reads: Reads,
    reach: Annotated[Reach, Depends(PEOPLE)],
    noted: Annotated[Noting, Depends(noting)],
    standing: Stands,
    first: First,
    last: Last,
    unit: UnitId = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Attention:
    """Of the people of a unit and everything below it that you may see: activities without presence, activities that
    repeat others, many decisions within a minute; on days that are over. A reason to ask, never a verdict."""
    check_period(first, last)
    position = reads.hub.token
    tree, shown = shown_unit(reads, last, unit, first)
    over = today(reads.settings.zone) - timedelta(days=1)  # who is still at work may yet punch
    rows = await reads.attention.days(whose_of(reach, tree, shown), first, min(last, over), limit + 1)
    shown_rows = rows[:limit]
    people = await reads.people.people(sorted({row["employee"] for row in shown_rows}))
    await noted(people)
    items = []
    for row in shown_rows:
        strands = row["strands"]
        work, validating = strands.get("work", {}), strands.get("validating", {})
        items.append(
            AttentionDay(
                employee_id=row["employee"],
                name=people[row["employee"]]["name"] if row["employee"] in people else None,
                unit=unit_ref(tree, row["unit"]) if row["unit"] else None,
                date=row["date"],
                reasons=row["attention"],
                entries=work.get("entries", 0),
                minutes=work.get("minutes", 0),
                burst=validating.get("burst", 0),
            )
        )
    return Attention(
        items=items,
        more=len(rows) > limit,
        freshness=standing.freshness(reads.settings.lagging_seconds, position),
    )
