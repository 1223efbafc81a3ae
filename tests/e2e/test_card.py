"""The performance card and the unit's figures on the real system: they move while they are looked at."""

import re
from typing import Any
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


async def begun(page: Page) -> int:
    """The entries that a card or a unit's page shows once it shows anything; 0 where nothing has happened yet."""
    nothing = page.get_by_text("Belum ada catatan pada periode ini")
    await expect(page.get_by_test_id("entries").or_(nothing)).to_be_visible()
    return 0 if await nothing.is_visible() else await number(page, "entries")


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
        before = {page: await begun(page) for page in (card, unit)}
        await record(phone, f"Membuka hari, berkas {uuid4().hex[:10]}")
        for page in (card, unit):
            await figure(page, "entries", before[page] + 1)
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
        await page.get_by_test_id("minutes").get_by_text("Tabel", exact=True).click()
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


async def test_a_units_people_are_spread_for_who_may_see_them(running: System, browser: Browser) -> None:
    what = f"Menyusun laporan, berkas {uuid4().hex[:10]}"
    async with (
        seat(browser, running, "pegawai", "/aktivitas", phone=True) as staff,
        seat(browser, running, "atasan", "/pengesahan") as above,
        seat(browser, running, "pimpinan", "/kinerja-unit") as unit,
    ):
        await record(staff, what)
        await above.reload()
        await (await found(above, what)).get_by_role("button", name="Sahkan").click()
        await expect(above.get_by_role("status").filter(has_text="disahkan")).to_be_visible()

        # The norm is told with the first validated minutes of the month: then everybody has a place.
        spread = unit.get_by_test_id("spread")
        for _ in range(20):
            await unit.reload()
            await expect(spread).to_be_visible()
            if await spread.get_by_text("Tabel", exact=True).count():
                break
        await spread.get_by_text("Tabel", exact=True).click()
        rows = spread.locator("tbody tr")
        await expect(rows).to_have_count(5)
        counts = [int(re.sub(r"\D", "", await row.locator("td").first.inner_text())) for row in await rows.all()]
        people = re.search(r"^([\d.]+) pegawai", await spread.locator("figcaption p").inner_text())
        assert people is not None
        assert sum(counts) == int(people[1].replace(".", ""))
        assert await violations(unit) == []
        await pictures(unit, "unit-spread")

        await staff.goto(f"{running.edge}/kinerja-unit")
        await expect(staff.get_by_test_id("spread")).to_contain_text(
            "paling sedikit lima pegawai yang boleh Anda lihat"
        )
        assert await violations(staff) == []


async def test_the_past_stands_beside_the_period(running: System, browser: Browser) -> None:
    async with seat(browser, running, "bkpsdm", "/kinerja-unit?span=week") as page:
        known = {
            "first": "2026-11-16",
            "last": "2026-11-22",
            "running": False,
            "present": 400,
            "expected": 500,
            "share": "0.800",
            "effective_minutes": 90_000,
            "ratings": 35,
            "mean": "4.20",
        }
        gap = known | dict.fromkeys(("present", "expected", "share", "effective_minutes", "ratings", "mean"))
        points = [
            gap | {"first": "2026-11-02", "last": "2026-11-08"},
            known,
            gap | {"first": "2026-11-09", "last": "2026-11-15"},
            known | {"first": "2026-11-23", "last": "2026-11-29", "running": True, "mean": None, "ratings": 0},
        ]
        answer = {"points": points, "freshness": (await answered(page))["freshness"]}
        await page.route("**/api/reporting/v1/units/trend?*", lambda route: route.fulfill(json=answer))
        await page.reload()
        trend = page.get_by_test_id("trend")
        await expect(trend.get_by_role("img", name=re.compile("Panah kiri"))).to_have_count(3)
        share = trend.get_by_role("img", name=re.compile("^Hadir dari hari kerja"))
        await share.press("ArrowRight")
        await expect(trend.get_by_role("status").filter(has_text="16–22 Nov 2026: 80,0%")).to_be_attached()
        await share.press("ArrowRight")
        await trend.get_by_text("Tabel", exact=True).click()
        await expect(trend.locator("tbody tr")).to_have_count(3)  # what was before the first that is known is left out
        await expect(trend.locator("tbody tr").nth(1)).to_contain_text("belum ada data")
        await expect(trend.locator("tbody tr").first).to_contain_text("masih berjalan")
        await expect(trend.locator("tbody tr").first).to_contain_text("belum ada penilaian")
        assert await violations(page) == []


async def answered(page: Page) -> dict[str, Any]:
    """The trend as the system tells it."""
    async with page.expect_response(re.compile("/units/trend")) as told:
        await page.reload()
    found: dict[str, Any] = await (await told.value).json()
    assert len(found["points"]) == 12
    return found


async def test_a_card_out_of_reach_is_refused_in_words(running: System, browser: Browser) -> None:
    async with seat(browser, running, "pegawai", "/kartu/00000000-0000-0000-0000-000000000000") as page:
        await expect(page.get_by_role("alert")).to_contain_text("Akun Anda tidak berwenang melihat data ini.")
