"""GET /presence…: who is in, by unit, person, site and time of arrival."""

from datetime import date as calendar_date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from kit.access import Reach
from kit.access.reads import Noting, noting
from kit.problems import FieldError, Problem, documented, of_status
from kit.unit_tree import Tree
from services.reporting.access import COUNTS, PEOPLE, whose_of
from services.reporting.asking import (
    AWAY,
    NO_UNIT,
    UNCHANGED,
    Day,
    Stands,
    UnitId,
    completeness_of,
    shown_unit,
    unchanged,
)
from services.reporting.organisation.register import unit_detail, unit_summary
from services.reporting.presence import rollup
from services.reporting.presence.models import (
    ArrivalBucket,
    ArrivalsAnswer,
    ChildTotals,
    EmployeeDay,
    PeoplePage,
    PresenceAnswer,
    SitesAnswer,
    SiteTotals,
    Wanted,
)
from services.reporting.presence.people import BadCursor, Page, Part, Whose
from services.reporting.presence.persons import employee_day, person
from services.reporting.presence.rollup import NOTHING
from services.reporting.reading import Reading, Reads

counts = APIRouter(prefix="/api/reporting/v1", tags=["presence"], responses=AWAY, dependencies=[Depends(COUNTS)])
people = APIRouter(prefix="/api/reporting/v1", tags=["presence"], responses=AWAY)
Reaching = Annotated[Reach, Depends(PEOPLE)]
Noted = Annotated[Noting, Depends(noting)]
NO_PERSON = documented({404: "Pegawai tidak ditemukan"})


@counts.get("/presence", responses=UNCHANGED | NO_UNIT, response_model=PresenceAnswer)
async def get_presence(
    request: Request, response: Response, reads: Reads, standing: Stands, date: Day, unit: UnitId = None
) -> PresenceAnswer | Response:
    """Totals of a unit with everything below it, and of each unit directly below."""
    position = reads.hub.token
    tree, shown = shown_unit(reads, date, unit)
    completeness = await completeness_of(reads)
    etag = standing.etag("presence", date, shown, reads.organisation.version, completeness, reads.generation.number)
    if (same := unchanged(request, response, etag)) is not None:
        return same
    wanted = None if tree.is_whole(shown) else tree.subtree(shown)
    expected = await reads.totals.expected_in_units(str(date), wanted)
    counted = await reads.totals.units(str(date), wanted)
    return PresenceAnswer.model_construct(
        date=date,
        unit=unit_detail(tree, shown),
        totals=rollup.of_unit(tree, shown, expected, counted),
        children=[
            ChildTotals.model_construct(
                unit=unit_summary(tree, child), totals=rollup.of_unit(tree, child, expected, counted)
            )
            for child in tree.children(shown)
        ],
        freshness=standing.freshness(reads.settings.lagging_seconds, position),
        completeness=completeness,
    )


@people.get("/presence/people", responses=NO_UNIT, response_model=PeoplePage)
async def list_people(
    reads: Reads,
    reach: Reaching,
    noted: Noted,
    standing: Stands,
    date: Day,
    unit: UnitId = None,
    state: Wanted = "all",
    q: Annotated[str, Query(max_length=80, description="Part of the name")] = "",
    order: Annotated[
        Literal["name", "-name", "latest"],
        Query(
            description="`-name`: from Z to A. "
            "`latest`: the newest punches of the past hour first, one page; `state` and `q` do not apply"
        ),
    ] = "name",
    cursor: Annotated[str | None, Query(max_length=600)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> PeoplePage:
    """People of a unit and everything below it, with their day: those of them that you may see."""
    position = reads.hub.token
    tree, shown = shown_unit(reads, date, unit)
    whose = whose_of(reach, tree, shown)
    on, text = str(date), q.strip()
    if order == "latest":
        page = Page(await reads.latest.rows(whose, on, limit), None, None)
    else:
        part = Part(state, limit, cursor, backwards=order == "-name")
        try:
            page = await (reads.people.search(whose, on, part, text) if text else reads.people.page(whose, on, part))
        except BadCursor:
            raise of_status(422, errors=[FieldError("/query/cursor", "bukan kursor dari jawaban sebelumnya")]) from None
    shown_ids = [employee["_id"] for employee, _ in page.rows]
    await noted(shown_ids)
    lacking = await reads.days.incomplete(shown_ids)
    return PeoplePage.model_construct(
        items=[person(row, on, tree, reads.organisation, lacking) for row in page.rows],
        next_cursor=page.next_cursor,
        total=page.total
        if text
        else await _count(reads, on, (tree, shown), whose, reach, "present" if order == "latest" else state),
        freshness=standing.freshness(reads.settings.lagging_seconds, position),
    )


@counts.get("/presence/sites", responses=UNCHANGED, response_model=SitesAnswer)
async def list_sites(
    request: Request, response: Response, reads: Reads, standing: Stands, date: Day
) -> SitesAnswer | Response:
    """Totals of each work site."""
    position = reads.hub.token
    completeness = await completeness_of(reads)
    etag = standing.etag("sites", date, reads.organisation.version, completeness, reads.generation.number)
    if (same := unchanged(request, response, etag)) is not None:
        return same
    expected = await reads.totals.expected_at_sites(str(date))
    counted = await reads.totals.sites(str(date))
    items = [
        SiteTotals.model_construct(
            site=site, totals=rollup.summed([site.id], expected, counted), arrived=counted.get(site.id, NOTHING).arrived
        )
        for site in reads.organisation.sites_on(date)
        if expected.get(site.id) or site.id in counted
    ]
    return SitesAnswer.model_construct(
        date=date,
        items=items,
        freshness=standing.freshness(reads.settings.lagging_seconds, position),
        completeness=completeness,
    )


@counts.get("/presence/arrivals", responses=NO_UNIT)
async def get_arrivals(reads: Reads, standing: Stands, date: Day, unit: UnitId = None) -> ArrivalsAnswer:
    """The arrival curve of a unit and everything below it; stretches in which nobody came are absent."""
    tree, shown = shown_unit(reads, date, unit)
    units = None if tree.is_whole(shown) else tree.subtree(shown)
    counts = await reads.totals.arrivals(str(date), units)
    return ArrivalsAnswer(
        date=date,
        bucket_minutes=5,
        items=[ArrivalBucket(at_local=f"{at[:2]}:{at[2:]}", count=count) for at, count in counts.items()],
        freshness=standing.freshness(reads.settings.lagging_seconds),
    )


@people.get("/employees/{employee_id}/days/{date}", responses=NO_PERSON, dependencies=[Depends(PEOPLE)])
async def get_employee_day(
    reads: Reads,
    standing: Stands,
    noted: Noted,
    employee_id: Annotated[str, Path(max_length=64)],
    date: calendar_date,
) -> EmployeeDay:
    """One person's day with its punches, and what is known to be missing from it."""
    found = await reads.days.day(employee_id, str(date))
    if found.employee is None and found.day is None and not found.letters:
        raise Problem(
            404,
            "employee-not-found",
            "Pegawai tidak ditemukan",
            "Tidak ada pegawai dengan id ini. Periksa id-nya, atau tunggu sampai data direktori diterima.",
        )
    await noted([employee_id])
    freshness = standing.freshness(reads.settings.lagging_seconds)
    return employee_day(employee_id, date, found, reads.organisation, freshness)


async def _count(
    reads: Reading, on: str, shown: tuple[Tree, str], whose: Whose, reach: Reach, state: Wanted
) -> int | None:
    """From the shards for whoever sees everyone; else only everybody in reach is counted, not who of them came."""
    if not reach.everyone:
        return await reads.people.count(whose, on) if state == "all" else None
    tree, unit = shown
    units = None if tree.is_whole(unit) else tree.subtree(unit)
    counted = {} if state == "all" else await reads.totals.units(on, units)
    expected = {} if state == "present" else await reads.totals.expected_in_units(on, units)
    totals = rollup.of_unit(tree, unit, expected, counted)
    asked: int = totals.expected if state == "all" else getattr(totals, state)
    return asked
