"""GET …/card: figures of a period, of one person or of a unit."""

from asyncio import gather
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from kit.access.reads import Noting, noting
from kit.period import check_period
from kit.problems import documented, of_status
from services.reporting.access import COUNTS, PEOPLE
from services.reporting.asking import AWAY, NO_UNIT, Stands, UnitId, completeness_of, shown_unit
from services.reporting.card import ratings, rules
from services.reporting.card.models import Card, CardDay, ServiceFigures, UnitCard, UnitFigures, UnitPoint, Work
from services.reporting.organisation.register import unit_detail, unit_ref, unit_summary
from services.reporting.presence.people import held_on
from services.reporting.presence.rules import present
from services.reporting.presence.served import SERVED
from services.reporting.presence.strands import NOTES, RATED, WORK
from services.reporting.reading import Reads

router = APIRouter(prefix="/api/reporting/v1", tags=["card"], responses=AWAY)
First = Annotated[date, Query(alias="from", description="First local day, `YYYY-MM-DD`")]
Last = Annotated[date, Query(alias="to", description="Last local day, at most 366 days with the first")]
NO_PERSON = documented({404: "Pegawai tidak ditemukan"})


@router.get(
    "/employees/{employee_id}/card", responses=NO_PERSON, dependencies=[Depends(PEOPLE)], summary="Kartu kinerja"
)
async def get_card(
    employee_id: str,
    reads: Reads,
    noted: Annotated[Noting, Depends(noting)],
    standing: Stands,
    first: First,
    last: Last,
) -> Card:
    """One person's days of a period, what they come to, and the period of the same length before."""
    check_period(first, last)
    position = reads.hub.token
    employee = (await reads.people.people([employee_id])).get(employee_id)
    if employee is None:
        raise of_status(404)
    await noted([employee_id])
    earlier, _ = rules.period_before(first, last)
    found = await reads.cards.days(employee_id, earlier, last)
    before = [day for day in found if day["date"] < str(first)]
    days = [day for day in found if day["date"] >= str(first)]
    held = held_on(employee["assignments"], str(last))
    return Card(
        employee_id=employee_id,
        name=employee["name"],
        unit=unit_ref(reads.organisation.tree(last), held["unit_id"]) if held else None,
        post_title=held["post_title"] if held else None,
        first=first,
        last=last,
        figures=rules.figures(days),
        before=rules.figures(before),
        month_norm_minutes=rules.norm_of(found),
        days=[
            CardDay(
                date=day["date"],
                present=present(day),
                first_at=day["first_at"],
                last_at=day["last_at"],
                first_site=reads.organisation.site(day["first_site"]),
                work=rules.kept_of(day, WORK),
                notes=rules.kept_of(day, NOTES),
                ratings_released=(rules.kept_of(day, RATED) or {}).get("ratings", 0),
                attention=day.get("attention", []),
            )
            for day in days
        ],
        incomplete=await reads.days.letters(employee_id),
        freshness=standing.freshness(reads.settings.lagging_seconds, position),
    )


@router.get("/units/card", responses=NO_UNIT, dependencies=[Depends(COUNTS)], summary="Dasbor unit")
async def get_unit_card(reads: Reads, standing: Stands, first: First, last: Last, unit: UnitId = None) -> UnitCard:
    """A unit with everything below it over a period: its figures, those before, each unit directly below, day by day.

    The tree is that of the last day; each day counts in the unit where the person was on that day. A unit that was
    closed or merged within the period keeps its days, under the name and below the unit it had last.
    """
    check_period(first, last)
    position = reads.hub.token
    tree, shown = shown_unit(reads, last, unit, first)
    wanted = None if tree.is_whole(shown) else frozenset(tree.subtree(shown))
    earlier = rules.period_before(first, last)
    longer = reads.organisation.tree_during(earlier[0], last)
    wanted_before = None if longer.is_whole(shown) else frozenset(longer.subtree(shown))
    both = None if wanted is None or wanted_before is None else wanted | wanted_before
    expected, dates, completeness = await gather(
        reads.totals.expected_in_units(str(last), wanted),
        reads.unit_days.of(earlier[0], last, both),
        completeness_of(reads),
    )
    now = {day: found for day, found in dates.items() if day >= str(first)}
    days = {day: found.sums(wanted) for day, found in now.items()}
    children = []
    for child in tree.children(shown):
        below = frozenset(tree.subtree(child))
        children.append(
            UnitFigures(
                unit=unit_summary(tree, child),
                people=sum(expected.get(one, 0) for one in below),
                figures=rules.unit_figures(found.sums(below) for found in now.values()),
            )
        )
    return UnitCard(
        unit=unit_detail(tree, shown),
        first=first,
        last=last,
        people=sum(expected.values()),
        figures=rules.unit_figures(days.values()),
        before=rules.unit_figures(found.sums(wanted_before) for day, found in dates.items() if day not in now),
        children=children,
        services=[
            ServiceFigures(service_id=service, unit_id=unit_id, served=ratings.served(sums))
            for service, unit_id, sums in rules.most_rated(
                [row for found in now.values() for row in found.services(wanted)]
            )
        ],
        days=[
            UnitPoint(
                date=day,
                present=sums["present"],
                people_with_activity=sums[f"{WORK.name}_people"],
                work=Work(**rules.strand_of(sums, WORK)),
                ratings=sums[f"{SERVED}_ratings"],
            )
            for day, sums in days.items()
            if any(sums.values())
        ],
        freshness=standing.freshness(reads.settings.lagging_seconds, position),
        completeness=completeness,
    )
