"""The month report, from facts on the real broker to pages and files."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from contracts.events.cases import CaseChanged
from contracts.events.closings import PeriodClosed
from contracts.events.directory import Assignment
from kit.access import Reach
from services.reporting.access import whose_of
from tests.integration.reporting.spine import (
    SINCE,
    Spine,
    assessed,
    employee_state,
    site_state,
    unit_state,
)

pytestmark = pytest.mark.integration
REPORT = "/reports/attendance/months"
LATE: dict[str, Any] = {"late_days": 1, "late_minutes": 20, "effective_minutes": 430}
LEAVE: dict[str, Any] = {"status": "leave", "present_days": 0, "excused_days": 1, "effective_minutes": 0}
ABSENT: dict[str, Any] = {"status": "absent", "present_days": 0, "absent_days": 1, "effective_minutes": 0}


def post(unit: str, since: date, to: date | None = None) -> Assignment:
    return Assignment(unit_id=unit, post_id=unit, post_title=f"Staf {unit}", site_id="s", valid_from=since, valid_to=to)


def case(employee: str, version: int, status: Any) -> CaseChanged:
    return CaseChanged(
        case_id=f"case-{employee}",
        employee_id=employee,
        version=version,
        year=2026,
        by_streak=False,
        from_days=3,
        level="ringan",
        sanction="teguran lisan",
        article="pasal",
        rule="rule",
        status=status,
        days=3,
        minutes=0,
        reached_on=date(2026, 10, 7),
        evidence=(),
        changed_at=datetime.now(UTC),
    )


async def office(running: Spine, name: str) -> None:
    """Units <name>, <name>-a and <name>-b below it, and three people; the second moves from a to b on 6 October."""
    await running.told(
        unit_state(name),
        unit_state(f"{name}-a", name),
        unit_state(f"{name}-b", name),
        site_state(f"{name}-s"),
        employee_state(f"{name}-1", f"{name}-a", f"{name}-s", "Ani"),
        employee_state(f"{name}-3", f"{name}-b", f"{name}-s", "=Citra"),
        # Assessed before the directory has told of the move.
        assessed(f"{name}-1", "2026-10-05", **LATE),
        assessed(f"{name}-1", "2026-10-06", **LEAVE),
        assessed(f"{name}-2", "2026-10-05"),
        assessed(f"{name}-2", "2026-10-06", **LATE),
        assessed(f"{name}-3", "2026-10-05"),
        assessed(f"{name}-3", "2026-10-05", 2, **ABSENT, missing=("window_open",)),
        assessed(f"{name}-3", "2026-11-02"),
        case(f"{name}-3", 1, "proposed"),
    )
    moved = (post(f"{name}-a", SINCE, date(2026, 10, 5)), post(f"{name}-b", date(2026, 10, 6)))
    await running.told(employee_state(f"{name}-2", "", "", "Budi", assignments=moved))


async def test_a_month_is_answered_by_unit_and_person(running: Spine) -> None:
    await office(running, "mon")
    found = await running.get(f"{REPORT}/2026-10", unit="mon")
    assert [one["name"] for one in found["items"]] == ["=Citra", "Ani", "Budi"]
    assert [one["open_cases"] for one in found["items"]] == [1, 0, 0]
    assert (found["first"], found["last"], found["partial"]) == ("2026-10-01", "2026-10-31", False)
    sums = found["sums"]
    assert (sums["required_days"], sums["late_days"], sums["late_minutes"], sums["leave_days"]) == (5, 2, 40, 1)
    assert (sums["absent_days"], sums["incomplete_days"], sums["effective_minutes"]) == (1, 1, 430 + 450 + 430)
    below = {one["unit"]["id"]: (one["people"], one["sums"]["days"]) for one in found["children"]}
    assert below == {"mon-a": (2, 3), "mon-b": (2, 2)}, "who moves counts in each unit for the days there"
    part = await running.get(f"{REPORT}/2026-10", unit="mon-b")
    budi = part["items"][1]
    assert (budi["name"], budi["elsewhere"], budi["sums"]["days"], budi["unit"]["id"]) == ("Budi", True, 1, "mon-b")
    assert budi["post_title"] == "Staf mon-b"
    nothing = await running.get(f"{REPORT}/2025-10", unit="mon")
    assert (nothing["items"], nothing["people"], nothing["sums"]["days"]) == ([], 0, 0)


async def test_pages_follow_each_other_by_name(running: Spine) -> None:
    await office(running, "pag")
    seen: list[str] = []
    cursor = None
    while True:
        page = await running.get(f"{REPORT}/2026-10", unit="pag", limit=1, cursor=cursor)
        seen += [one["name"] for one in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert seen == ["=Citra", "Ani", "Budi"]
    await running.get(f"{REPORT}/2026-10", 422, unit="pag", cursor="nonsense")


async def test_what_is_decided_or_assessed_anew_moves_the_report(running: Spine) -> None:
    await office(running, "month-mov")
    await running.told(case("month-mov-3", 2, "dropped"), assessed("month-mov-3", "2026-10-05", 3))
    found = await running.get(f"{REPORT}/2026-10", unit="month-mov")
    assert (found["items"][0]["open_cases"], found["sums"]["absent_days"], found["sums"]["incomplete_days"]) == (
        0,
        0,
        0,
    )


async def test_the_workbook_has_a_line_an_employee_and_a_legend(running: Spine) -> None:
    await office(running, "xls")
    answer = await running.raw(f"{REPORT}/2026-10.xlsx", unit="xls")
    assert answer.status_code == 200, answer.text
    assert "rekap-kehadiran-2026-10.xlsx" in answer.headers["content-disposition"]
    pages = cells_of(answer.content)
    head = next(number for number, row in enumerate(pages[0]) if row and row[0] == "NIP")
    assert pages[0][1] == ["Unit", "xls dan seluruh unit di bawahnya"]
    assert any(row[:2] == ["Penutupan", "belum ditutup"] for row in pages[0])
    lines = [dict(zip(pages[0][head], row, strict=False)) for row in pages[0][head + 1 :]]
    assert [one["Nama"] for one in lines] == ["'=Citra", "Ani", "Budi"]
    assert (lines[1]["Terlambat (menit)"], lines[1]["5"], lines[1]["6"]) == ("20", "H", "C")
    assert (lines[0]["5"], lines[0]["Indikasi disiplin terbuka"], lines[0].get("7", "")) == ("TK?", "1", "")
    assert ["TK", "Tidak masuk tanpa keterangan"] in pages[1]
    text = await running.raw(f"{REPORT}/2026-10.csv", unit="xls-b")
    rows = list(csv.reader(io.StringIO(text.text.lstrip("\ufeff"), newline="")))
    budi = next(row for row in rows if row and row[1:2] == ["Budi"])
    assert (budi[4], "·" in budi) == ("1", True), "only the days there"


async def test_a_closed_month_says_so(running: Spine) -> None:
    closing = PeriodClosed(
        closing_id="2027-03-01",
        sequence=1,
        first=date(2027, 3, 1),
        last=date(2027, 3, 31),
        people=3,
        adjusted_days=0,
        root="0" * 64,
        previous="0" * 64,
        digest="ab" * 32,
        signature="cd" * 64,
        key_id="key",
        closed_at=datetime.now(UTC),
    )
    await running.told(unit_state("cls"), closing)
    found = (await running.get(f"{REPORT}/2027-03", unit="cls"))["closing"]
    assert (found["state"], found["periods"][0]["digest"]) == ("closed", "ab" * 32)
    assert (await running.get(f"{REPORT}/2027-04", unit="cls"))["closing"]["state"] == "open"


async def test_a_reach_shows_its_own_people_and_days_only(running: Spine) -> None:
    await office(running, "rea")
    tree = running.reading.organisation.tree(date(2026, 10, 31))
    store = running.reading.months

    async def seen(reach: Reach) -> tuple[list[str], int]:
        whose = whose_of(reach, tree, "rea")
        page = await store.page(whose, "2026-10", 10, None)
        sums = await store.of_people(whose, "2026-10")
        return [row["name"] for row in page.rows], sum(one["days"] for one in sums.values())

    assert await seen(Reach(units=frozenset({"rea-b"}))) == (["=Citra", "Budi"], 2)
    assert await seen(Reach(people=frozenset({"rea-1"}))) == (["Ani"], 2)
    assert await seen(Reach(units=frozenset({"rea-a"}), people=frozenset({"rea-3"}))) == (["=Citra", "Ani", "Budi"], 4)
    assert await seen(Reach()) == ([], 0)


@pytest.mark.parametrize(("month", "status"), [("2026-13", 422), ("1999-01", 422), ("2026-1", 422)])
async def test_what_is_no_month_is_refused(running: Spine, month: str, status: int) -> None:
    await running.get(f"{REPORT}/{month}", status)
    assert (await running.raw(f"{REPORT}/{month}.xlsx")).status_code == status


async def test_a_unit_that_is_not_there_is_refused(running: Spine) -> None:
    await running.get(f"{REPORT}/2026-10", 404, unit="nowhere")
    assert (await running.raw(f"{REPORT}/2026-10.xlsx", unit="nowhere")).status_code == 404


def cells_of(workbook: bytes) -> list[list[list[str]]]:
    """The texts of each sheet, row by row, read without the library that wrote them."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    pages = []
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        for number in (1, 2):
            root = ElementTree.fromstring(packed.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 - our own
            rows = []
            for row in root.iter(f"{space}row"):
                cells: list[str] = []
                for cell in row:
                    column = _column(cell.attrib["r"])
                    cells += [""] * (column - len(cells))
                    cells.append("".join(cell.itertext()))
                rows.append(cells)
            pages.append(rows)
    return pages


def _column(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
