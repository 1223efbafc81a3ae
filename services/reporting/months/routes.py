"""GET /reports/attendance/months…: what a month of assessed days comes to, by unit and person, and as a file."""

import asyncio
from collections.abc import Callable
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from kit.access import Reach
from kit.access.reads import Noting, noting
from kit.days import ends_of
from kit.problems import FieldError, of_status
from kit.spreadsheets import CSV, XLSX
from services.reporting.access import PEOPLE, whose_of
from services.reporting.asking import AWAY, NO_UNIT, UnitId, completeness_of, shown_unit, stands_in
from services.reporting.freshness.standing import Standing
from services.reporting.months.closing import closing_of
from services.reporting.months.files import Book, CsvBook, XlsxBook
from services.reporting.months.lines import Asked, header, legend, line, parameters
from services.reporting.months.models import MonthChild, MonthPerson, MonthReport, MonthSums
from services.reporting.months.rules import added
from services.reporting.months.store import parts_in, taken_together
from services.reporting.organisation.register import unit_detail, unit_ref, unit_summary
from services.reporting.presence.people import BadCursor, held_on
from services.reporting.reading import Reading, Reads

router = APIRouter(prefix="/api/reporting/v1/reports/attendance", tags=["reports"], responses=AWAY)
MONTH_PATTERN = r"^20\d{2}-(0[1-9]|1[0-2])$"
Month = Annotated[str, Path(pattern=MONTH_PATTERN, description="Calendar month `YYYY-MM`")]
Reaching = Annotated[Reach, Depends(PEOPLE)]
Noted = Annotated[Noting, Depends(noting)]
Stands = Annotated[Standing, Depends(stands_in(lambda reads: reads.months_position))]


def _file_of(media_type: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {media_type: {"schema": {"type": "string", "format": "binary"}}}}, **NO_UNIT}


@router.get("/months/{month}.xlsx", response_class=FileResponse, responses=_file_of(XLSX))
async def get_month_xlsx(
    reads: Reads, reach: Reaching, noted: Noted, standing: Stands, month: Month, unit: UnitId = None
) -> FileResponse:
    """The whole month as a workbook: a line for each employee you may see, a column for each day, and what its codes
    mean. Every download of other people's days is written down."""
    asked = _asked(reads, reach, month, unit)
    return await _file(reads, asked, noted, standing, f"rekap-kehadiran-{month}.xlsx", XLSX, XlsxBook)


@router.get("/months/{month}.csv", response_class=FileResponse, responses=_file_of(CSV))
async def get_month_csv(
    reads: Reads, reach: Reaching, noted: Noted, standing: Stands, month: Month, unit: UnitId = None
) -> FileResponse:
    """The same lines as CSV."""
    asked = _asked(reads, reach, month, unit)
    return await _file(reads, asked, noted, standing, f"rekap-kehadiran-{month}.csv", CSV, CsvBook)


@router.get("/months/{month}", responses=NO_UNIT)
async def get_month(
    reads: Reads,
    reach: Reaching,
    noted: Noted,
    standing: Stands,
    month: Month,
    unit: UnitId = None,
    cursor: Annotated[str | None, Query(max_length=600)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> MonthReport:
    """A month of a unit and everything below it: its sums, those of each unit directly below, and its people in the
    order of their names, as far as you may see them."""
    asked = _asked(reads, reach, month, unit)
    try:
        page = await reads.months.page(asked.whose, month, limit, cursor)
    except BadCursor:
        raise of_status(422, errors=[FieldError("/query/cursor", "bukan kursor dari jawaban sebelumnya")]) from None
    shown = [row["employee"] for row in page.rows]
    await noted(shown)
    tree, below = asked.tree, _below(asked, asked.unit)
    sums = await (reads.months.of_people(asked.whose, month) if asked.partial else reads.months.of_units(month, below))
    known, cases = await reads.people.people(shown), await reads.months.open_cases(shown)
    total = taken_together(sums, below)
    children = [(child, taken_together(sums, tree.subtree(child))) for child in tree.children(asked.unit)]
    lacking = await reads.months.count_incomplete()
    return MonthReport(
        month=month,
        first=asked.first,
        last=asked.last,
        unit=unit_detail(tree, asked.unit),
        people=total["people"],
        sums=MonthSums.model_validate(total),
        partial=asked.partial,
        children=[
            MonthChild(unit=unit_summary(tree, child), people=found["people"], sums=MonthSums.model_validate(found))
            for child, found in children
            if found["people"]
        ],
        items=[_person(asked, row, known.get(row["employee"]), cases.get(row["employee"], 0)) for row in page.rows],
        next_cursor=page.next_cursor,
        closing=closing_of(asked.first, asked.last, reads.closings.values()),
        freshness=standing.freshness(reads.settings.lagging_seconds),
        completeness=(await completeness_of(reads)).model_copy(update={"incomplete_employees": lacking}),
    )


def _asked(reads: Reading, reach: Reach, month: str, unit: str | None) -> Asked:
    first, last = ends_of(month)
    tree, shown = shown_unit(reads, last, unit, first)
    whose = whose_of(reach, tree, shown)
    whole = reach.everyone or set(tree.subtree(shown)) <= {one for above in reach.units for one in tree.subtree(above)}
    return Asked(tree, shown, first, last, whose, partial=not whole)


def _below(asked: Asked, unit: str) -> list[str] | None:
    return None if asked.tree.is_whole(unit) else asked.tree.subtree(unit)


def _person(asked: Asked, month: dict[str, Any], known: dict[str, Any] | None, cases: int) -> MonthPerson:
    parts = parts_in(asked.whose, month)
    held = held_on(known["assignments"], str(asked.last)) if known else None
    here = {part["unit"] for part in parts}
    unit = held["unit_id"] if held and held["unit_id"] in here else next((one for one in sorted(here) if one), None)
    return MonthPerson(
        employee_id=month["employee"],
        name=month["name"] or None,
        unit=unit_ref(asked.tree, unit) if unit else None,
        post_title=held["post_title"] if held and held["unit_id"] == unit else None,
        sums=MonthSums.model_validate(added(parts)),
        elsewhere=len(parts) < len(month["parts"]),
        open_cases=cases,
    )


async def _file(
    reads: Reading,
    asked: Asked,
    noted: Noting,
    standing: Standing,
    name: str,
    media_type: str,
    book: Callable[[FilePath], Book],
) -> FileResponse:
    """Written in a thread beside the event loop, a few hundred people at a time, and sent from the disk. Everybody is
    written down before the first byte leaves."""
    folder = TemporaryDirectory(prefix="report-")
    path = FilePath(folder.name) / name
    freshness = standing.freshness(reads.settings.lagging_seconds)
    closing = closing_of(asked.first, asked.last, reads.closings.values())
    rules: set[str] = set()
    try:
        out = book(path)
        out.top(parameters(asked, closing, freshness, reads.settings.zone), header(asked))
        async for months in reads.months.all(asked.whose, asked.month):
            people = [month["employee"] for month in months]
            await noted(people)
            known = await reads.months.people(people)
            cases = await reads.months.open_cases(people)
            rules |= await asyncio.to_thread(_write, out, asked, months, known, cases)
        out.legend(legend(rules))
        await asyncio.to_thread(out.close)  # packing takes seconds
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(path, media_type=media_type, filename=name, background=BackgroundTask(folder.cleanup))


def _write(
    out: Book, asked: Asked, months: list[dict[str, Any]], known: dict[str, dict[str, Any]], cases: dict[str, int]
) -> set[str]:
    """The lines of some; which rules decided their days."""
    out.lines(line(asked, month, known.get(month["employee"]), cases.get(month["employee"], 0)) for month in months)
    return {rule for month in months for day in month["days"].values() for rule in day.get("rules", ())}
