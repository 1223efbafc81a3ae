"""An outage on the real system: told by the personnel agency, seen by the employee as pending, excused in bulk.

The shift begins a few minutes before the test and the outage lies in it, so that whoever scans now is late at any hour.
Once in twenty minutes on one system: what the run before has excused reaches a quarter of an hour beyond its outage.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.async_api import Browser, expect

from deploy.local.demo_accounts import accounts
from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.shifts import Duty, begun, scanned
from tests.e2e.system import System
from tests.e2e.test_activities import DESK, PHONE, seat, some

pytestmark = pytest.mark.timeout(300)

WHO = next(one for one in accounts() if one.username == "operator")
WALL = "%Y-%m-%dT%H:%M"


@pytest.fixture
def duty(running: System) -> Iterator[Duty]:
    """A shift that began four minutes ago."""
    with begun(running, WHO.employee_id, 4) as duty:
        yield duty


async def test_told_pending_for_the_employee_and_excused_in_bulk(running: System, browser: Browser, duty: Duty) -> None:
    what, date = some("Listrik padam di kantor ini"), duty.started.date()
    until = datetime.now(duty.started.tzinfo).replace(second=0, microsecond=0)
    scanned(running, duty)
    async with (
        seat(browser, running, "bkpsdm", "/gangguan") as agency,
        seat(browser, running, "operator", f"/bulan/{WHO.employee_id}/{date}", phone=True) as staff,
    ):
        await expect(staff.get_by_test_id("lead")).to_contain_text(re.compile("terlambat"))
        await agency.get_by_role("button", name="Catat gangguan").click()
        form = agency.get_by_role("form", name="Catat gangguan")
        await form.get_by_role("button", name="Simpan gangguan").click()
        await expect(form.get_by_text("Isi kolom ini.").first).to_be_visible()
        await form.get_by_label("Lokasi kerja").select_option(value=duty.site_id)
        await form.get_by_label("Mulai").fill((duty.started - timedelta(minutes=2)).strftime(WALL))
        await form.get_by_label("Selesai").fill(until.strftime(WALL))
        await form.get_by_label("Apa yang terjadi").fill(what)
        await form.get_by_label("Bukti tertulis").fill("Berita acara 7/2026")
        assert await violations(agency) == []
        await pictures(agency, "outage-tell")
        await agency.set_viewport_size(DESK)
        await form.get_by_role("button", name="Simpan gangguan").click()
        await expect(form).to_have_count(0)

        pending = staff.get_by_text("Gangguan sistem presensi, menunggu keputusan BKPSDM")
        await expect(pending).to_be_visible()
        await expect(staff.get_by_test_id("steps").locator("li[data-code='outage.pending']")).to_contain_text("BKPSDM")
        assert await violations(staff) == []
        await pictures(staff, "outage-day")
        await staff.set_viewport_size(PHONE)

        told = next(one["id"] for one in running.get("/api/attendance/v1/outages")["items"] if one["signal"] == "told")
        row = agency.locator(f"li[data-outage='{told}']").filter(has_text="hari kerja")
        await row.get_by_role("link").click()
        await expect(agency.get_by_text(what)).to_be_visible()
        case = agency.locator(f"tr[data-case='{WHO.employee_id}|{date}']")
        await expect(case).to_contain_text("terlambat")
        await case.get_by_role("checkbox").check()
        await expect(agency.get_by_role("button", name="Bebaskan yang dipilih (1)")).to_be_visible()
        assert await violations(agency) == []
        await pictures(agency, "outage")
        await agency.set_viewport_size(DESK)
        await case.get_by_role("checkbox").uncheck()
        await agency.get_by_role("button", name=re.compile(r"Bebaskan semua \(\d+\)")).click()
        deciding = agency.get_by_role("form", name=re.compile("Bebaskan semua"))
        await expect(deciding).to_contain_text("langsung mengubah hari kerja pegawai")
        await deciding.get_by_label("Alasan keputusan").fill("Berita acara pemadaman sudah diperiksa.")
        await deciding.get_by_role("button", name=re.compile("Bebaskan semua")).click()
        decision = agency.locator("li[data-decision='excused']")
        await expect(decision).to_contain_text(re.compile(r"Dibebaskan: (\d+) dari \1 hari kerja diputus"))
        await expect(agency.get_by_text("Tidak ada hari kerja yang menunggu keputusan.")).to_be_visible()
        await agency.get_by_label("Keputusan", exact=True).select_option(label="Dibebaskan")
        await expect(case).to_contain_text("Berita acara pemadaman sudah diperiksa.")
        assert await violations(agency) == []
        await pictures(agency, "outage-decided")

        await expect(pending).to_have_count(0)
        await expect(staff.get_by_test_id("steps").locator("li[data-code='excuse']")).to_contain_text("BKPSDM")
        await expect(staff.get_by_test_id("steps").locator("li[data-code='late']")).to_have_count(0)


async def test_how_complete_the_terminals_are(running: System, browser: Browser) -> None:
    async with seat(browser, running, "bkpsdm", "/kelengkapan") as page:
        await expect(page.get_by_role("heading", name="Kelengkapan data mesin")).to_be_visible()
        await expect(page.locator("tr[data-terminal]").first).to_be_visible()
        assert await violations(page) == []
        await pictures(page, "completeness")
