"""The directory in the browser: each finds those that are his to see, and the whole record with its dates."""

import re
import zipfile

import pytest
from playwright.async_api import Page, expect

from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(300)


async def test_the_agency_finds_anybody(running: System, page: Page, complaints: list[str]) -> None:
    await sign_in(page, running.edge, "bkpsdm", running.password, "/pegawai")
    rows = page.locator("tbody tr")
    await expect(page.get_by_text(f"100 dari {running.employees:,} pegawai".replace(",", "."))).to_be_visible()
    await pictures(page, "employees")
    assert await violations(page) == []
    await page.get_by_role("button", name="Tampilkan berikutnya").click()
    await expect(rows).to_have_count(200)

    await page.get_by_role("combobox", name="Urutkan").click()
    await page.get_by_role("option", name="Nomor terkecil dahulu").click()
    await expect(page).to_have_url(re.compile("order=number"))
    await expect(rows).to_have_count(100)
    shown = [number.replace(" ", "") for number in await rows.locator("td[data-number]").all_inner_texts()]
    assert shown == sorted(shown)
    assert await violations(page) == []
    await page.get_by_role("combobox", name="Urutkan").click()
    await page.get_by_role("option", name="Nama A–Z").click()

    await page.get_by_role("combobox", name="Unit").fill("Dinas Kesehatan")
    await page.get_by_role("option", name="Dinas Kesehatan").click()
    await page.get_by_role("searchbox", name="Cari pegawai").fill("yansen hidayatullah")
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("Dinas Kesehatan")
    assert "q=yansen" in page.url, "the search can be sent as a link"

    await rows.get_by_role("link").click()
    await expect(page.get_by_role("heading", name="Ir. Yansen Hidayatullah, M.AP.")).to_be_visible()
    await expect(page.get_by_role("heading", name="Jabatan dan unit")).to_be_visible()
    await expect(page.get_by_text("Kepala Dinas Kesehatan").first).to_be_visible()
    await pictures(page, "employee")
    assert await violations(page) == []

    await page.go_back()
    await page.get_by_role("searchbox", name="Cari pegawai").fill("tidak ada yang bernama begini")
    await expect(page.get_by_role("heading", name="Tidak ada pegawai yang cocok")).to_be_visible()
    assert complaints == []


async def test_the_whole_directory_is_handed_over_as_a_workbook(running: System, page: Page) -> None:
    await sign_in(page, running.edge, "auditor", running.password, "/pegawai")
    async with page.expect_download() as waiting:
        await page.get_by_role("button", name="Unduh seluruh direktori").click()
    with zipfile.ZipFile(await (await waiting.value).path()) as workbook:
        assert "xl/workbook.xml" in workbook.namelist()


async def test_a_superior_finds_the_own_people_only(running: System, page: Page) -> None:
    await sign_in(page, running.edge, "atasan", running.password, "/pegawai")
    rows = page.locator("tbody tr")
    await expect(rows.first).to_be_visible()
    seen = await rows.count()
    assert 1 < seen < 100
    await expect(page.get_by_text(f"{seen} dari {seen} pegawai")).to_be_visible()
    await expect(page.get_by_role("button", name="Unduh seluruh direktori")).to_be_hidden()


async def test_whoever_is_not_his_to_see_is_refused_in_words(running: System, page: Page) -> None:
    await sign_in(page, running.edge, "pegawai", running.password, "/pegawai")
    await expect(page.locator("tbody tr")).to_have_count(1)
    await page.goto(f"{running.edge}/pegawai/00000000-0000-0000-0000-000000000000")
    await expect(page.get_by_role("alert")).to_contain_text("Akun Anda tidak berwenang melihat data ini.")
    assert await violations(page) == []
