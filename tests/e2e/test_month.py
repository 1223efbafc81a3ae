"""One's own month on the real system: a late punch of today is seen, with its band and article, while it is looked at.

The shift begins a minute before the test (shifts.py).
"""

import re
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, expect

from deploy.local.demo_accounts import accounts
from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.shifts import SOURCE, Duty, begun, scanned
from tests.e2e.system import System
from tests.e2e.test_activities import seat

pytestmark = pytest.mark.timeout(300)

WHO = next(one for one in accounts() if one.username == "auditor")


@pytest.fixture
def duty(running: System) -> Iterator[Duty]:
    """A shift that began a minute ago."""
    with begun(running, WHO.employee_id, 1) as duty:
        yield duty


async def test_a_late_punch_is_seen_and_explained_while_the_month_is_looked_at(
    running: System, browser: Browser, duty: Duty, complaints: list[str]
) -> None:
    async with seat(browser, running, "auditor", "/beranda", phone=True) as page:
        await page.goto(f"{running.edge}/bulan")
        await expect(page.get_by_role("heading", name="Bulan saya")).to_be_visible()
        today = page.locator(f"li[data-date='{duty.started.date()}']")
        await expect(today).to_contain_text("Menunggu")
        await expect(page.get_by_text("Diketahui s.d.")).to_be_visible()
        await page.evaluate("window.kept = true")

        scanned(running, duty)
        await expect(today).to_contain_text(re.compile(r"Terlambat [1-9]\d* menit \(TL1\)"))
        assert await page.evaluate("window.kept"), "the page was loaded anew"
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360
        assert await violations(page) == []
        await pictures(page, "month")
        await page.set_viewport_size({"width": 360, "height": 780})

        await today.get_by_role("link").click()
        lead = page.get_by_test_id("lead")
        await expect(lead).to_contain_text(re.compile(r"Anda terlambat [1-9]\d* menit: pita TL1, potongan 0,5%\."))
        await expect(lead).to_contain_text(re.compile(r"Masuk [1-9]\d* menit lebih awal, tidak ada potongan"))
        await expect(lead).to_contain_text("Permenko Infra 10/2025 Pasal 22")
        steps = page.get_by_test_id("steps")
        late = steps.locator("li[data-code='late']")
        await expect(late).to_contain_text(f"Paling lambat masuk {duty.started:%H.%M}")
        await expect(late).to_contain_text("aturan tl-psw-bawaan")
        await expect(steps.locator("li[data-code='plan.pattern']")).to_contain_text("Piket")
        await expect(steps.locator("li[data-code='plan.pattern']")).to_contain_text(SOURCE["source"])
        punches = page.get_by_test_id("day-punches").get_by_role("listitem")
        await expect(punches.filter(has_text="Dipakai sebagai masuk")).to_have_count(1)
        assert await page.evaluate("window.kept"), "the page was loaded anew"
        assert await violations(page) == []
        await pictures(page, "month-day")
    assert complaints == []


async def test_a_superior_opens_the_month_of_one_of_the_team_and_a_colleague_may_not(
    running: System, browser: Browser
) -> None:
    staff = next(one for one in accounts() if one.username == "pegawai")
    async with (
        seat(browser, running, "atasan", "/tim") as above,
        seat(browser, running, "pegawai", f"/bulan/{WHO.employee_id}") as colleague,
    ):
        row = above.get_by_role("listitem").filter(has_text=staff.name)
        await expect(row).to_be_visible()
        assert await violations(above) == []
        await row.get_by_role("link", name="Bulan kerja").click()
        await expect(above.get_by_role("heading", name="Bulan kerja")).to_be_visible()
        await expect(above.get_by_text(staff.name)).to_be_visible()
        await expect(above.get_by_role("listitem").and_(above.locator("[aria-current='date']"))).to_be_visible()
        await expect(colleague.locator("li[data-date]")).to_have_count(0)
        await expect(colleague.get_by_role("alert")).to_be_visible()
