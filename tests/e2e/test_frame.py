"""The frame around every page: navigation by role, what waits, help, and the line that says the network is away."""

import re
import uuid

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.e2e.chromium import violations
from tests.e2e.conftest import SCREENSHOTS
from tests.e2e.pictures import pictures
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System, soon

pytestmark = pytest.mark.timeout(300)

PAGES = {
    "pegawai": [
        *("Hari saya", "Bulan saya", "Aktivitas saya", "Koreksi presensi", "Cuti dan izin"),
        *("Jenjang disiplin", "Tunjangan saya", "Kartu kinerja"),
        *("Umpan balik", "Data saya", "Papan", "Kode penilaian", "Pegawai", "Bantuan"),
    ],
    "operator": [
        # He heads a section too.
        *("Hari saya", "Bulan saya", "Aktivitas saya", "Koreksi presensi", "Cuti dan izin"),
        *("Jenjang disiplin", "Tunjangan saya", "Kartu kinerja"),
        *("Umpan balik", "Tim saya", "Pengesahan", "Persetujuan koreksi", "Persetujuan cuti", "Data saya"),
        *("Papan", "Layar dinding", "Rekap kehadiran", "Pemeriksaan", "Jadwal dinas", "Perkara disiplin"),
        "Kode penilaian",
        *("Pegawai", "Lokasi kerja", "Pemantauan", "Mesin", "Kelengkapan data", "Keutuhan presensi"),
        *("Karantina", "Gagal diproses", "Kios", "Bantuan"),
    ],
}
REPORTS = "/api/directory/v1/superior-reports"


@pytest.mark.parametrize("role", PAGES)
async def test_the_navigation_has_the_pages_of_the_role(running: System, page: Page, role: str) -> None:
    await sign_in(page, running.edge, role, running.password, "/bantuan")
    links = page.get_by_role("navigation", name="Halaman").get_by_role("link")
    await expect(links).to_have_text(["Kinerja", *PAGES[role]])
    await expect(links.filter(has_text="Bantuan")).to_have_attribute("aria-current", "page")
    await expect(page.get_by_role("heading", name="Bagaimana cara masuk?")).to_be_visible()
    assert await violations(page) == []
    await pictures(page, f"help-{role}")


async def test_on_a_phone_the_navigation_is_behind_a_button(running: System, page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 780})
    await sign_in(page, running.edge, "bkpsdm", running.password, "/lokasi")
    burger = page.get_by_role("button", name="Buka daftar halaman")
    await expect(page.get_by_role("navigation", name="Halaman")).to_be_hidden()
    await burger.focus()
    await page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name="Halaman")
    await expect(drawer.get_by_role("link", name="Karantina")).to_be_visible()
    assert await violations(page) == []
    await page.screenshot(path=SCREENSHOTS / "frame-drawer-360.png")
    await page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()
    await expect(burger).to_be_focused()
    await burger.click()
    await drawer.get_by_role("link", name="Laporan atasan").click()
    await expect(drawer).to_be_hidden()
    await expect(page.get_by_role("heading", name="Laporan atasan yang keliru")).to_be_focused()


async def test_the_agency_begins_with_what_waits(running: System, page: Page, complaints: list[str]) -> None:
    serial = f"FRM{uuid.uuid4().hex[:12].upper()}"
    running.handshake(serial)
    devices = "/api/attendance/v1/devices"
    waiting = soon(lambda: running.get(devices, status="pending", limit=1)["total"] or None, "the terminal waits")
    await sign_in(page, running.edge, "bkpsdm", running.password)
    await page.wait_for_url(f"{running.edge}/beranda")
    await expect(page.get_by_role("link", name=re.compile(f"^{waiting} ?mesin menunggu"))).to_be_visible()
    await expect(page.get_by_role("heading", name="Impor terakhir")).to_be_visible()
    assert await violations(page) == []
    await pictures(page, "home-agency")
    await page.set_viewport_size({"width": 1440, "height": 900})
    await page.get_by_role("button", name="Pemberitahuan").click()
    item = page.get_by_role("dialog").get_by_role("link", name=f"{waiting} mesin menunggu persetujuan")
    await expect(item).to_be_visible()
    assert await violations(page) == []
    await page.screenshot(path=SCREENSHOTS / "frame-notifications-1440.png")
    await item.click()
    await expect(page.get_by_role("heading", name="Karantina")).to_be_focused()
    assert complaints == []


async def test_the_auditor_sees_the_same_queues(running: System, page: Page) -> None:
    await sign_in(page, running.edge, "auditor", running.password)
    await expect(page.get_by_role("heading", name="Yang menunggu")).to_be_visible()
    await expect(page.get_by_role("link", name=re.compile("laporan atasan menunggu jawaban"))).to_be_visible()


async def test_an_employee_is_told_of_the_answer_once(running: System, browser: Browser) -> None:
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    await sign_in(page, running.edge, "atasan", running.password, "/data-saya")
    bell = page.get_by_role("button", name="Pemberitahuan")
    reason = f"Uji pemberitahuan {uuid.uuid4().hex}"
    await page.get_by_role("button", name="Atasan saya salah").click()
    await page.get_by_label("Apa yang keliru?").fill(reason)
    await page.get_by_role("button", name="Kirim laporan").click()
    await expect(page.get_by_text("sedang diperiksa BKPSDM")).to_be_visible()
    found = next(one for one in running.get(REPORTS, limit=200)["items"] if one["reason"] == reason)
    words = f"Sudah sesuai SK. {uuid.uuid4().hex}"
    answer = {"outcome": "refused", "answer": words}
    assert running.send("POST", f"{REPORTS}/{found['id']}/resolution", answer).status_code == 200

    await page.goto(f"{running.edge}/bantuan")
    await expect(bell).to_have_text(re.compile(r"Pemberitahuan \d"))
    await bell.click()
    told = page.get_by_role("link", name="jawaban atas laporan atasan Anda")
    await told.click()
    await expect(page.get_by_text(words)).to_be_visible()
    await page.reload()
    await expect(page.get_by_text(words)).to_be_visible()
    await bell.click()  # what else waits, such as check-ins of one's people, is no matter of this test
    await expect(page.get_by_role("dialog")).to_be_visible()
    await expect(told).to_have_count(0)
    await context.close()


async def test_every_page_says_when_the_network_is_away(running: System, page: Page, context: BrowserContext) -> None:
    await sign_in(page, running.edge, "pegawai", running.password, "/bantuan")
    await expect(page.get_by_role("heading", name="Bantuan")).to_be_visible()
    line = page.get_by_text("Perangkat ini sedang luring.")
    await expect(line).to_be_hidden()
    await context.set_offline(True)
    await expect(line).to_be_visible()
    assert await violations(page) == []
    await context.set_offline(False)
    await expect(line).to_be_hidden()


async def test_the_content_is_one_key_away(running: System, page: Page) -> None:
    await sign_in(page, running.edge, "pegawai", running.password, "/bantuan")
    await expect(page.get_by_role("heading", name="Bantuan")).to_be_visible()
    await page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Langsung ke isi")
    await expect(skip).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("main")).to_be_focused()
