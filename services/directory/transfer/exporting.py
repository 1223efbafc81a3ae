"""The directory, or one list of it, as files. Read through one view: the file is of one moment."""

from collections.abc import AsyncIterator
from typing import Any

from kit.spreadsheets import BOM
from services.directory.register.kinds import EMPLOYEE, KINDS, POST, SITE, UNIT, Kind
from services.directory.register.view import View
from services.directory.transfer.lines_out import Cells, Codes, employee_lines, post_line, site_line, unit_lines
from services.directory.transfer.sheets import ASSIGNMENTS, EMPLOYEES, POSTS, RANKS, SITES, UNITS, Sheet
from services.directory.transfer.writing import Writer, csv_lines

# Which kind the lines of a sheet come from.
SOURCES: dict[str, Kind[Any]] = {
    UNITS.name: UNIT,
    SITES.name: SITE,
    POSTS.name: POST,
    EMPLOYEES.name: EMPLOYEE,
    RANKS.name: EMPLOYEE,
    ASSIGNMENTS.name: EMPLOYEE,
}
LINES_TOGETHER = 500


async def write_all(view: View, writer: Writer) -> None:
    """Every list into `writer`."""
    codes = await load_codes(view)
    for kind in KINDS:
        async for row in view.all(kind, in_order=True):
            for sheet, cells in _lines(kind.name, row.state, codes):
                writer.line(sheet, cells)


async def csv_of(view: View, sheet: Sheet) -> AsyncIterator[bytes]:
    """One list as CSV text in pieces."""
    codes = await load_codes(view)
    kind = SOURCES[sheet.name]
    lines: list[Cells] = [sheet.headers]
    yield BOM.encode()
    async for row in view.all(kind, in_order=True):
        lines.extend(cells for one, cells in _lines(kind.name, row.state, codes) if one is sheet)
        if len(lines) >= LINES_TOGETHER:
            yield csv_lines(lines).encode()
            lines = []
    yield csv_lines(lines).encode()


async def load_codes(view: View) -> Codes:
    """The codes everything refers to. 100,000 employees take some 20 MB."""
    units, sites, posts, employees = [await view.codes(kind) for kind in (UNIT, SITE, POST, EMPLOYEE)]
    return Codes(units=units, sites=sites, posts=posts, employees=employees)


def _lines(kind: str, state: Any, codes: Codes) -> list[tuple[Sheet, Cells]]:
    match kind:
        case "unit":
            return list(unit_lines(state, codes))
        case "site":
            return [site_line(state)]
        case "post":
            return [post_line(state)]
        case _:
            return list(employee_lines(state, codes))
