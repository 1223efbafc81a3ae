"""One's own check-ins by phone over a period: picked with the keyboard, kept in the address, said in words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(180)


async def check_in(page: Page) -> None:
    """From a phone that does not say where it is: recorded, and doubted."""
    await page.get_by_role("button", name="Presensi", exact=False).first.click()
    await expect(page.get_by_text("Ponsel tidak memberikan lokasi.").first).to_be_visible()


async def press(page: Page, name: str) -> None:
    """A button, by keyboard; the focus stays on it."""
    button = page.get_by_role("button", name=name)
    await button.focus()
    await button.press("Enter")
    await expect(button).to_be_focused()


async def test_ones_own_check_ins_of_a_period(running: System, browser: Browser) -> None:
    context = await browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    page = await context.new_page()
    await sign_in(page, running.edge, "pegawai", running.password, "/saya")
    await check_in(page)

    await page.goto(running.edge + "/data-saya")
    rows = page.get_by_role("listitem").filter(has_text="lokasi tidak diketahui")
    await expect(rows.first).to_contain_text("Menunggu diperiksa; tetap dihitung.")
    await expect(rows.first).to_contain_text("Ponsel tidak memberikan lokasi.")
    await expect(rows.first).to_contain_text("WI")
    picker = page.get_by_role("group", name="Masa yang ditampilkan")
    await picker.scroll_into_view_if_needed()
    await pictures(page, "my-data")
    assert await violations(page) == []

    await press(page, "Bulan sebelumnya")
    await expect(page.get_by_role("heading", name="Tidak ada presensi lewat ponsel pada masa ini")).to_be_visible()
    await expect(page.get_by_role("button", name="Bulan ini")).to_be_visible()
    before = page.url
    assert "from=" in before
    await pictures(page, "my-data-none")
    assert await violations(page) == []
    await page.reload()
    await expect(page.get_by_role("heading", name="Tidak ada presensi lewat ponsel pada masa ini")).to_be_visible()
    assert page.url == before
    await press(page, "Bulan berikutnya")
    await expect(rows.first).to_be_visible()
    await press(page, "Bulan berikutnya")  # there is none: nothing happens, and the focus is not lost
    await expect(page.get_by_role("button", name="Bulan berikutnya")).to_have_attribute("aria-disabled", "true")
    await expect(rows.first).to_be_visible()
    await context.close()


async def test_two_dates_of_ones_own(running: System, browser: Browser) -> None:
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    await sign_in(page, running.edge, "pegawai", running.password, "/saya")
    await check_in(page)
    await page.goto(running.edge + "/data-saya?lang=en")
    rows = page.get_by_role("listitem").filter(has_text="place not known")
    await expect(rows.first).to_be_visible()

    await page.get_by_role("radio", name="Month").focus()
    await page.keyboard.press("ArrowLeft")
    await expect(page.get_by_role("radio", name="Week")).to_be_checked()
    await expect(page.get_by_role("combobox", name="Week")).to_be_visible()
    await expect(rows.first).to_be_visible()
    await pictures(page, "my-data-week")
    assert await violations(page) == []
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("ArrowLeft")  # around the end: from day to range
    await expect(page.get_by_role("radio", name="Range")).to_be_checked()

    today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    first, last = page.get_by_label("From", exact=True), page.get_by_label("To", exact=True)
    await first.fill((today - timedelta(days=800)).isoformat())
    await expect(page.get_by_role("alert")).to_have_text("At most 366 days at once.")
    await expect(rows.first).to_be_visible()
    assert await violations(page) == []
    await pictures(page, "my-data-range-wrong")
    await last.fill((today - timedelta(days=801)).isoformat())
    await expect(page.get_by_role("alert")).to_have_text("The first date cannot be after the last.")
    await last.fill((today - timedelta(days=700)).isoformat())
    await expect(page.get_by_role("alert")).to_be_hidden()
    await expect(page.get_by_role("heading", name="No check-ins by phone in this period")).to_be_visible()
    assert "span=range" in page.url
    assert "lang=en" in page.url
    await context.close()
