"""GET …/trend: the last twelve weeks or months, of one person or of a unit."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from kit.access.reads import Noting, noting
from kit.problems import of_status
from services.reporting.access import COUNTS, PEOPLE
from services.reporting.asking import AWAY, NO_UNIT, Stands, UnitId, shown_unit
from services.reporting.card.routes import NO_PERSON
from services.reporting.presence import periods
from services.reporting.reading import Reads, today
from services.reporting.trend import rules
from services.reporting.trend.models import Trend

router = APIRouter(prefix="/api/reporting/v1", tags=["card"], responses=AWAY)
Last = Annotated[date, Query(alias="to", ge=date(2000, 1, 1), description="A local day of the last week or month")]
By = Annotated[Literal["week", "month"], Query(description="What each point is of")]


@router.get(
    "/employees/{employee_id}/trend",
    responses=NO_PERSON,
    dependencies=[Depends(PEOPLE)],
    summary="Perkembangan pegawai",
)
async def get_trend(
    employee_id: str,
    reads: Reads,
    noted: Annotated[Noting, Depends(noting)],
    standing: Stands,
    last: Last,
    by: By = "week",
) -> Trend:
    """One person's last twelve weeks or months: presence, effective minutes, citizens' ratings."""
    position = reads.hub.token
    employee = (await reads.people.people([employee_id])).get(employee_id)
    if employee is None:
        raise of_status(404)
    await noted([employee_id])
    now = today(reads.settings.zone)
    ends = periods.latest(last, by, rules.POINTS)
    known = rules.of_days(await reads.trends.days(employee_id, ends[0][0], ends[-1][1]), by)
    return Trend(
        points=[
            rules.point(
                start,
                end,
                now,
                known.get(periods.period_of(start, by)),
                rules.posted_days(employee["assignments"], start, min(end, now)),
            )
            for start, end in ends
        ],
        freshness=standing.freshness(reads.settings.lagging_seconds, position),
    )


@router.get("/units/trend", responses=NO_UNIT, dependencies=[Depends(COUNTS)], summary="Perkembangan unit")
async def get_unit_trend(reads: Reads, standing: Stands, last: Last, by: By = "week", unit: UnitId = None) -> Trend:
    """The last twelve weeks or months of a unit with everything below it, by the tree of the day asked for; ratings are
    those of its services."""
    position = reads.hub.token
    tree, shown = shown_unit(reads, last, unit)
    wanted = None if tree.is_whole(shown) else tree.subtree(shown)
    now = today(reads.settings.zone)
    ends = periods.latest(last, by, rules.POINTS)
    known = await reads.trends.periods([periods.period_of(start, by) for start, _ in ends], wanted)
    changes = await reads.trends.headcounts(wanted)
    return Trend(
        points=[
            rules.point(
                start,
                end,
                now,
                known.get(periods.period_of(start, by)),
                rules.person_days(changes, start, min(end, now)),
            )
            for start, end in ends
        ],
        freshness=standing.freshness(reads.settings.lagging_seconds, position),
    )
