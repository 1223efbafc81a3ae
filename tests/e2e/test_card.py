"""The performance card and the unit's figures on the real system: they move while they are looked at."""

import re
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page, expect

from deploy.local.demo_accounts import accounts
from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.system import System
from tests.e2e.test_activities import found, record, seat

pytestmark = pytest.mark.timeout(300)

STAFF = next(one for one in accounts() if one.username == "pegawai")


async def number(page: Page, what: str) -> int:
    """One of the big figures."""
    return int(re.sub(r"\D", "", await page.get_by_test_id(what).inner_text()))


async def figure(page: Page, what: str, value: int) -> None:
    """A big figure comes to a value without a reload."""
    await expect(page.get_by_test_id(what)).to_have_text(f"{value:,}".replace(",", "."))


async def test_an_activity_moves_the_card_and_the_unit_while_they_are_looked_at(
    running: System, browser: Browser, complaints: list[str]
) -> None:
    what = f"Menyusun telaahan, berkas {uuid4().hex[:10]}"
    async with (
        seat(browser, running, "pegawai", "/aktivitas", phone=True) as phone,
        seat(browser, running, "pegawai", "/kartu") as card,
        seat(browser, running, "atasan", "/pengesahan") as above,
        seat(browser, running, "pimpinan", "/kinerja-unit") as unit,
    ):
        for page in (card, unit):
            await expect(page.get_by_test_id("effective")).to_be_visible()
            await expect(page.get_by_text("Lengkap s.d.")).to_be_visible()
            await page.evaluate("window.kept = true")
        entries, effective = await number(card, "entries"), await number(card, "effective")
        units = await number(unit, "entries"), await number(unit, "effective")

        await record(phone, what)
        await figure(card, "entries", entries + 1)
        await figure(unit, "entries", units[0] + 1)
        assert await number(card, "effective") == effective, "nobody has validated it yet"

        await above.reload()
        row = await found(above, what)
        await row.get_by_role("button", name="Sahkan").click()
        await figure(card, "effective", effective + 15)
        await figure(unit, "effective", units[1] + 15)
        for page in (card, unit):
            assert await page.evaluate("window.kept"), "the page was loaded anew"
            assert await violations(page) == []
        await pictures(card, "card")
        await pictures(unit, "unit-card")
    assert complaints == []


async def test_each_day_opens_to_its_events_and_goes_into_a_spreadsheet(running: System, browser: Browser) -> None:
    async with seat(browser, running, "pegawai", "/aktivitas") as page:
        await record(page, f"Menata berkas {uuid4().hex[:10]}")
        await page.get_by_role("link", name="Kartu kinerja").click()
        await page.get_by_text("Tabel", exact=True).click()
        days = page.locator("tbody tr button")
        await days.first.click()
        await expect(days.first).to_have_attribute("aria-expanded", "true")
        await expect(
            page.get_by_role("heading", name="Presensi hari ini").or_(page.get_by_text("Tidak ada presensi"))
        ).to_be_visible()
        assert await violations(page) == []
        async with page.expect_download() as started:
            await page.get_by_role("button", name="Unduh CSV: Menit aktivitas per hari").click()
        text = (await (await started.value).path()).read_text(encoding="utf-8-sig")
        assert text.splitlines()[1] == "Hari;Datang;Zona;Pulang;Zona;Menit dicatat;Menit efektif;Aktivitas"


async def test_a_head_goes_from_the_unit_to_a_person_and_reads_what_was_done(
    running: System, browser: Browser, complaints: list[str]
) -> None:
    what = f"Menyiapkan rapat koordinasi, berkas {uuid4().hex[:10]}"
    staff = running.get(f"/api/directory/v1/employees/{STAFF.employee_id}")
    unit = staff["assignments"][-1]["unit_id"]
    async with seat(browser, running, "pegawai", "/aktivitas", phone=True) as phone:
        await record(phone, what)
    async with seat(browser, running, "pimpinan", f"/kinerja-unit?unit={unit}") as head:
        await head.get_by_role("link", name="Pegawai unit ini").click()
        await head.get_by_label("Cari nama").fill(staff["name"])
        # There may be others of that name.
        person = head.get_by_role("rowheader").locator(f'a[href="/kartu/{STAFF.employee_id}"]')
        await expect(person).to_be_visible()
        assert await violations(head) == []
        await pictures(head, "unit-people")
        await person.click()
        await expect(head.get_by_role("heading", level=1)).to_contain_text(staff["name"])
        await head.get_by_text("Tabel", exact=True).click()
        await head.locator("tbody tr button").first.click()
        await expect(head.get_by_text(what)).to_be_visible()
        assert await violations(head) == []
        await pictures(head, "card-of-subordinate")
    assert complaints == []


async def test_from_the_agency_to_a_unit_and_to_another_month(running: System, browser: Browser) -> None:
    async with seat(browser, running, "bkpsdm", "/kinerja-unit") as page:
        await expect(page.get_by_test_id("present")).to_be_visible()
        await page.get_by_role("row", name=re.compile("^Dinas Kesehatan")).get_by_role("link").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Dinas Kesehatan")
        assert "unit=" in page.url
        await page.get_by_role("button", name="Bulan sebelumnya").click()
        await expect(page).to_have_url(re.compile("from="))
        assert "unit=" in page.url, "the unit stays"
        await expect(page.get_by_role("heading", level=1)).to_have_text("Dinas Kesehatan")
        assert await violations(page) == []


async def test_a_card_out_of_reach_is_refused_in_words(running: System, browser: Browser) -> None:
    async with seat(browser, running, "pegawai", "/kartu/00000000-0000-0000-0000-000000000000") as page:
        await expect(page.get_by_role("alert")).to_contain_text("Akun Anda tidak berwenang melihat data ini.")
