"""The month report on the real system: assessed days of the demo city are on the page and in the workbook, with the
numbers that attendance itself gives; the download is written down for those it is about."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.async_api import Browser, expect

from deploy.local.demo_accounts import accounts
from kit.days import ends_of
from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.shifts import begun, scanned
from tests.e2e.system import System, soon
from tests.e2e.test_leave import seat

pytestmark = pytest.mark.timeout(300)

AUDITOR = next(one for one in accounts() if one.username == "auditor")
REPORT = "/api/reporting/v1/reports/attendance/months"
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def late(running: System) -> Iterator[tuple[str, dict[str, Any]]]:
    """The unit of somebody, and their day of today as attendance assesses it: late by a minute or more, for the shift
    began before the punch."""
    with begun(running, colleague(running, AUDITOR.employee_id), 2) as duty:
        scanned(running, duty)
        started = duty.started

        def assessed() -> dict[str, Any] | None:
            days = days_of_the_month(running, duty.employee_id, started.date())
            today = next((one for one in days if one["local_date"] == str(started.date())), None)
            # Until the shift is known, the punch is hours late for the agency's own hours.
            known = [datetime.fromisoformat(one["starts"]) for one in today["shifts"]] if today else []
            if started not in known or not today or not today["late_days"]:
                return None
            found = running.get(REPORT + f"/{started:%Y-%m}", unit=duty.unit_id, limit=200)["items"]
            one = next((one for one in found if one["employee_id"] == duty.employee_id), None)
            return one if one is not None and one["sums"]["late_minutes"] == late_minutes(days) else None

        yield duty.unit_id, soon(assessed, "the day of today is in the report", 120) | {"date": started.date()}


def colleague(running: System, employee_id: str) -> str:
    """Somebody else of the same unit: a member of staff without an account, for whom no other test scans."""
    unit = running.get(f"/api/directory/v1/employees/{employee_id}")["assignments"][-1]["unit_id"]
    found = running.get("/api/directory/v1/employees", unit=unit, below=False, limit=2)["items"]
    return next(str(one["id"]) for one in found if one["id"] != employee_id)


def days_of_the_month(running: System, employee_id: str, on: date) -> list[dict[str, Any]]:
    """As attendance itself tells them: other tests have left punches on some."""
    first, last = ends_of(f"{on:%Y-%m}")
    path = f"/api/attendance/v1/employees/{employee_id}/days"
    found: list[dict[str, Any]] = running.get(path, **{"from": str(first), "to": str(last)})["items"]
    return found


def late_minutes(days: list[dict[str, Any]]) -> int:
    """All of them together."""
    return sum(day["late_minutes"] for day in days)


async def test_a_month_is_read_opened_and_taken_away(
    running: System, browser: Browser, late: tuple[str, dict[str, Any]]
) -> None:
    unit, person = late
    today = person["date"]
    minutes = late_minutes(days_of_the_month(running, person["employee_id"], today))
    async with seat(browser, running, "bkpsdm", "/beranda") as page:
        await page.get_by_role("link", name="Rekap kehadiran").click()
        await expect(page.get_by_role("heading", name="Rekap kehadiran", level=1)).to_be_visible()
        await expect(page.get_by_test_id("report-totals")).to_be_visible()
        await pictures(page, "rekap-instansi")
        await page.goto(f"{running.edge}/rekap-kehadiran?unit={unit}")
        row = page.locator(f"tr[data-employee='{person['employee_id']}']")
        await expect(row.locator("[data-column=lateMinutes]")).to_contain_text(str(minutes))
        await expect(page.get_by_test_id("report-closing")).to_have_attribute("data-state", re.compile("open|partly"))
        assert await violations(page) == []
        await pictures(page, "rekap")
        async with page.expect_download() as saving:
            await page.get_by_role("button", name="Unduh XLSX").click()
        download = await saving.value
        assert download.suggested_filename == f"rekap-kehadiran-{today:%Y-%m}.xlsx"
        line = line_of((await download.path()).read_bytes(), person["name"])
        assert int(line["Terlambat (menit)"]) == minutes == person["sums"]["late_minutes"]
        assert (line["Unit kerja"], line[str(today.day)].startswith("TL")) == (person["unit"]["name"], True)
        assert re.fullmatch(r"\d{18}", line["NIP"])
        async with page.expect_download() as saving:
            await page.get_by_role("button", name="Unduh CSV").click()
        assert person["name"] in (await (await saving.value).path()).read_text("utf-8-sig")
        await row.get_by_role("link").click()
        await expect(page).to_have_url(re.compile(f"/bulan/{person['employee_id']}"))
    reads = running.get(f"/api/reporting/v1/employees/{person['employee_id']}/reads")["items"]
    assert {"get_month", "get_month_xlsx", "get_month_csv"} <= {one["operation"] for one in reads}


def line_of(workbook: bytes, name: str) -> dict[str, str]:
    """The line of an employee by the names of its columns."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        root = ElementTree.fromstring(packed.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own
    rows = [
        {re.sub(r"\d", "", cell.attrib["r"]): "".join(cell.itertext()) for cell in row}
        for row in root.iter(f"{SPACE}row")
    ]
    head = next(row for row in rows if row.get("A") == "NIP")
    found = next(row for row in rows if row.get("B") == name)
    return {title: found.get(column, "") for column, title in head.items()}
