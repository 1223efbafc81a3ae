"""Working time on the real system: a holiday and a pattern of the personnel agency, a roster of a superior, and the
plan that follows from them."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.system import System
from tests.e2e.test_activities import seat

pytestmark = pytest.mark.timeout(420)

ATTENDANCE = "/api/attendance/v1"
OFFICE = "Kantor Penghubung Jakarta"


def today() -> date:
    """By the agency's clock."""
    return datetime.now(ZoneInfo("Asia/Jakarta")).date()


def next_month() -> date:
    """Its first day: nothing of it is past, nothing of the demo's own differs yet but the turns of the fire brigade."""
    return (today().replace(day=1) + timedelta(days=32)).replace(day=1)


def weekday(first: date, number: int) -> date:
    """The second such day of a month: those beside it are in the month as well."""
    return first + timedelta(days=7 + (number - first.weekday()) % 7)


def planned(running: System, employee: str, day: date) -> dict[str, Any]:
    found = running.get(f"{ATTENDANCE}/employees/{employee}/plans", **{"from": str(day), "to": str(day)})
    one: dict[str, Any] = found["items"][0]
    return one


async def choose(page: Page, label: str, text: str) -> None:
    """An option of a list that is searched by typing."""
    box = page.get_by_role("combobox", name=label)
    await box.click()
    await box.fill(text)
    await page.get_by_role("option", name=text).click()


async def test_the_agency_adds_a_holiday_and_assigns_a_pattern(running: System, browser: Browser) -> None:
    month = next_month()
    saturday = weekday(month, 5)
    name = f"Hari jadi {uuid4().hex[:8]}"
    async with seat(browser, running, "bkpsdm", "/hari-libur") as page:
        await page.get_by_role("button", name="Hari libur baru").click()
        form = page.get_by_role("form", name="Hari libur baru")
        await form.get_by_role("button", name="Tambah hari libur").click()
        await expect(form.get_by_text("Isi nama hari libur.")).to_be_visible()
        assert await violations(page) == []
        await pictures(page, "holiday-new")
        await form.get_by_label("Tanggal").fill(str(saturday))
        await form.get_by_label("Jenis").select_option(label="Libur daerah")
        await form.get_by_label("Nama").fill(name)
        await form.get_by_label("Dasar").fill("Perwali 1/2026")
        await form.get_by_role("button", name="Tambah hari libur").click()
        if month.year > today().year:
            await page.get_by_role("button", name="Tahun berikutnya").click()
        await expect(page.get_by_role("row").filter(has_text=name)).to_contain_text("Libur daerah")
        await page.set_viewport_size({"width": 1440, "height": 900})
        await page.get_by_role("button", name="Impor berkas").click()
        wrong = f"tanggal,jenis,nama,sumber\n{saturday},besar,X,\n"
        await page.locator("input[type=file]").set_input_files(
            {"name": "libur.csv", "mimeType": "text/csv", "buffer": wrong.encode()}
        )
        await expect(page.get_by_text("2 kesalahan; tidak ada yang disimpan.")).to_be_visible()
        await expect(page.get_by_test_id("file-findings").locator("li")).to_have_count(2)
        assert await violations(page) == []
        await pictures(page, "holidays")

        await page.goto(f"{running.edge}/jam-kerja")
        await expect(page.get_by_role("article", name="Lima hari kerja")).to_contain_text("37 jam 30 menit")
        await page.set_viewport_size({"width": 1440, "height": 900})
        assert await violations(page) == []
        await pictures(page, "working-time")
        await page.set_viewport_size({"width": 1440, "height": 900})
        await page.get_by_role("button", name="Berikan pola").click()
        form = page.get_by_role("form", name="Berikan pola")
        await form.get_by_label("Pola", exact=True).select_option(label="Enam hari kerja")
        await choose(page, "Tambah unit", OFFICE)
        await form.get_by_label("Hari pertama").fill(str(month))
        await form.get_by_role("button", name="Berikan pola").click()
        await expect(form.get_by_text("Isi dasarnya.")).to_be_visible()
        assert await violations(page) == []
        await pictures(page, "assign")
        await form.get_by_label("Dasar").fill("SK 5/2026")
        await form.get_by_role("button", name="Berikan pola").click()
        await expect(page.get_by_role("row").filter(has_text=OFFICE)).to_contain_text("Enam hari kerja")

        await page.set_viewport_size({"width": 1440, "height": 900})
        await page.get_by_role("button", name="Ubah: Enam hari kerja").click()
        form = page.get_by_role("form", name="Ubah: Enam hari kerja")
        await form.get_by_role("button", name="Sab: Tambah sif").click()
        await form.get_by_label("Sab, mulai").last.fill("08:00")
        await form.get_by_label("Sab, selesai").last.fill("09:00")
        await form.get_by_role("button", name="Simpan pola").click()
        await expect(form.get_by_test_id("remarks")).to_contain_text("bertumpuk")
        await form.get_by_role("button", name="Simpan pola").click()
        await expect(form.get_by_role("alert")).to_contain_text("bertumpuk")
        assert await violations(page) == []
        await pictures(page, "pattern-edit")
    unit = next(one["id"] for one in running.get("/api/directory/v1/units", limit=200)["items"] if one["code"] == "U57")
    people = running.get(f"{ATTENDANCE}/rosters", unit_id=unit, month=f"{month:%Y-%m}")["items"]
    closed, other = (planned(running, people[0]["employee_id"], saturday + timedelta(days=n)) for n in (0, 7))
    assert (closed["kind"], closed["holiday"]) == ("holiday", name)
    assert (other["kind"], other["pattern"]) == ("work", "Enam hari kerja")


async def test_a_superior_rosters_somebody_and_sees_conflicts_first(running: System, browser: Browser) -> None:
    month = next_month()
    tuesday = weekday(month, 1)
    shown = re.compile(rf", \w+, {tuesday.day} ")
    async with seat(browser, running, "atasan", f"/jadwal-dinas?date={month}") as page:
        row = page.locator("tbody tr").filter(has=page.locator("button:not([aria-disabled=true])")).first
        cell = row.get_by_role("button", name=shown)
        await expect(cell).to_contain_text("07.30")
        brush = page.get_by_label("Isi dengan")
        await brush.select_option(label="23.00–07.00 +1")
        await cell.click()
        await expect(page.get_by_text("1 perubahan belum disimpan")).to_be_visible()
        await brush.select_option(label="Jam lain …")
        await page.get_by_label("mulai").fill("22:00")
        await page.get_by_label("selesai").fill("08:30")
        await cell.click()
        remarks = page.get_by_test_id("remarks")
        await expect(remarks).to_contain_text("bertumpuk")
        await page.get_by_role("button", name="Simpan jadwal").click()
        await expect(page.get_by_text("Perbaiki dahulu yang salah di atas.")).to_be_visible()
        assert await violations(page) == []
        await pictures(page, "roster")
        await page.set_viewport_size({"width": 1440, "height": 900})
        await brush.select_option(label="Libur dinas")
        await cell.click()
        await expect(remarks).to_have_count(0)
        await page.get_by_label("Dasar jadwal").fill("SP 7/2026")
        async with page.expect_response(
            lambda one: one.url.endswith("/rosters") and one.request.method == "PUT"
        ) as put:
            await page.get_by_role("button", name="Simpan jadwal").click()
        answer = await put.value
        assert answer.status == 200, await answer.text()
        (employee,) = (await answer.json())["tags"]
        await expect(cell).to_have_attribute("aria-label", re.compile("libur, jadwal dinas"))
        plan = planned(running, employee, tuesday)
        assert (plan["kind"], plan["roster"], plan["why"]) == ("off", [], ["roster"])
        await page.get_by_role("button", name="Terapkan pola putar").click()
        form = page.get_by_role("form", name="Terapkan pola putar")
        await form.get_by_role("button", name="Tambah hari").click()
        assert await violations(page) == []
        await pictures(page, "roster-cycle")
