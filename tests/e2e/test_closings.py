"""Closing a period on the real system: what is open is named, the worker signs, the signature is checked, and the
employee reads that the month is closed. Closing is for ever, so each run closes the oldest period that is open."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.system import System
from tests.e2e.test_leave import seat

pytestmark = pytest.mark.timeout(300)

LONG_AGO = 2024


async def oldest_open(page: Page) -> str:
    """The first day of the oldest period that can be closed, on the page of its year."""
    periods = page.locator("li[data-period]")
    await expect(periods.first).to_be_visible()
    while await page.get_by_role("button", name=str(LONG_AGO), exact=True).count() == 0:
        await page.locator("fieldset button").first.click()
    earlier = page.locator("fieldset button").first
    if await earlier.is_enabled():
        await earlier.click()
    for _ in range(20):
        await expect(page.locator(f"li[data-period^='{await year(page)}']").first).to_be_visible()
        closable = page.locator("li[data-state=open]").filter(has=page.get_by_role("button", name="Tutup masa ini"))
        if await closable.count():
            return str(await closable.last.get_attribute("data-period"))
        await page.locator("fieldset button").last.click()
    raise AssertionError("there is no period to close")


async def year(page: Page) -> str:
    return (await page.locator("fieldset strong").inner_text()).strip()


async def test_a_period_is_closed_signed_and_read(running: System, browser: Browser) -> None:
    async with seat(browser, running, "bkpsdm", "/penutupan") as page:
        await expect(page.get_by_role("heading", name="Penutupan", level=1)).to_be_visible()
        assert await violations(page) == []
        first = await oldest_open(page)
        row = page.locator(f"li[data-period='{first}']")
        await row.get_by_role("button", name="Tutup masa ini").click()
        form = row.get_by_role("form")
        await expect(form.get_by_text("Penutupan tidak dapat dibatalkan")).to_be_visible()
        if await row.locator("[data-open]").count():
            await form.get_by_role("button", name="Tutup dan tanda tangani").click()
            await expect(form.get_by_text("Tulis sedikitnya lima huruf.")).to_be_visible()
        assert await violations(page) == []
        await pictures(page, "penutupan-periksa")
        await form.get_by_role("textbox").fill("Masa uji coba, diperiksa bersama.")
        await form.get_by_role("button", name="Tutup dan tanda tangani").click()
        await expect(row).to_have_attribute("data-state", "closed", timeout=60_000)
        await row.get_by_role("button", name="Periksa tanda tangan").click()
        await expect(row.get_by_text(re.compile("Cocok: angka"))).to_be_visible()
        await row.get_by_role("button", name="Tanda tangan dan penyesuaian").click()
        await expect(row.get_by_text("Tanda tangan (Ed25519)")).to_be_visible()
        assert await violations(page) == []
        await pictures(page, "penutupan")
    closed = next(
        one for one in running.get("/api/attendance/v1/closings", year=int(first[:4]))["items"] if one["first"] == first
    )
    assert (closed["state"], len(closed["closing"]["signature"])) == ("closed", 128)
    proof = running.get(f"/api/attendance/v1/closings/{first}/verification")
    assert (proof["wrong"], proof["digest"]) == ([], closed["closing"]["digest"])
    async with seat(browser, running, "pegawai", f"/bulan?from={first}", phone=True) as page:
        await expect(page.get_by_test_id("closed")).to_contain_text("ditutup tanggal")
        assert await violations(page) == []
        await pictures(page, "bulan-ditutup")


async def test_the_month_as_it_was_known(running: System, browser: Browser) -> None:
    async with seat(browser, running, "pegawai", "/bulan") as page:
        await page.get_by_role("button", name="Lihat seperti diketahui pada suatu tanggal").click()
        asked = page.get_by_label("Seperti diketahui pada akhir tanggal")
        latest = str(await asked.get_attribute("max"))
        async with page.expect_response(re.compile(rf"/days\?.*known_on={latest}")) as answered:
            await asked.fill(latest)
        assert (await answered.value).status == 200
        await expect(page.get_by_text(re.compile("Ini yang diketahui pada akhir"))).to_be_visible()
        assert await violations(page) == []
        await page.get_by_role("button", name="Kembali ke keadaan sekarang").click()
        await expect(asked).to_have_count(0)
