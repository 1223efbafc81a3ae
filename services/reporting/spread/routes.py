"""GET /units/spread: how many people have how much of the norm so far.

Why not for everybody who sees the unit's sums: two looks at a spread (a unit and one below it, yesterday and today)
differ by one person, whatever threshold each of them keeps (ADR 21). So it is of people whom the asker may see by name,
as their list is, and of five at least; who may see nobody gets no bars. It tells no names, so no look is written down.
"""

from typing import Annotated

from fastapi import APIRouter, Depends

from kit.access import Reach
from kit.period import check_period
from services.reporting.access import PEOPLE, whose_of
from services.reporting.asking import AWAY, NO_UNIT, Stands, UnitId, shown_unit
from services.reporting.card.routes import First, Last
from services.reporting.organisation.register import unit_ref
from services.reporting.presence import periods
from services.reporting.reading import Reads, today
from services.reporting.spread import rules
from services.reporting.spread.models import Hidden, Spread, SpreadClass

router = APIRouter(prefix="/api/reporting/v1", tags=["card"], responses=AWAY)


@router.get("/units/spread", responses=NO_UNIT, summary="Sebaran menit efektif pegawai unit")
async def get_unit_spread(
    reads: Reads,
    reach: Annotated[Reach, Depends(PEOPLE)],
    standing: Stands,
    first: First,
    last: Last,
    unit: UnitId = None,
) -> Spread:
    """Of the people of a unit and everything below it whom you may see: how many have less than a quarter of the norm
    so far, and so on. Over whole weeks or months. Each counts with all own minutes, wherever they were worked."""
    check_period(first, last)
    position = reads.hub.token
    tree, shown = shown_unit(reads, last, unit)
    wanted = periods.whole(first, last)
    people = await reads.spreads.people(whose_of(reach, tree, shown), last)
    until = min(last, today(reads.settings.zone))
    hidden: Hidden | None = None
    norm, found = None, list[SpreadClass]()
    if len(people) < rules.PEOPLE_LEAST:
        hidden = "few"
    elif wanted is None:
        hidden = "period"
    elif not periods.weekdays(first, until):
        hidden = "early"
    elif (told := await reads.spreads.month_norm(wanted, first, last)) is None:
        hidden = "no_norm"
    else:
        norm = rules.norm_so_far(told, first, until)
        minutes = await reads.spreads.minutes(wanted, people)
        found = rules.classes(minutes.values(), rules.bounds(norm), len(people))
    return Spread(
        unit=unit_ref(tree, shown),
        first=first,
        last=last,
        people=len(people),
        norm_so_far=norm.quantize(rules.WHOLE) if norm is not None else None,
        classes=found,
        hidden=hidden,
        freshness=standing.freshness(reads.settings.lagging_seconds, position),
    )
