"""One's own month on the real system: a late punch of today is seen, with its band and article, while it is looked at.

The shift begins a minute before the test, so that whoever comes now is late at any hour. It is given to the unit of an
account that no other test punches for, and taken away again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, expect

from deploy.local.demo_accounts import accounts
from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.system import System
from tests.e2e.test_activities import seat

pytestmark = pytest.mark.timeout(300)

WHO = next(one for one in accounts() if one.username == "auditor")
BOOK = "/api/attendance/v1/schedules"
SOURCE = {"source": "SK Uji 7/2026"}


@dataclass(frozen=True, slots=True)
class Duty:
    """Where and when somebody has to be; `started` is the beginning of the shift."""

    site_id: str
    started: datetime


def kept(running: System, plural: str, body: dict[str, Any]) -> dict[str, Any]:
    """A row of the book."""
    answer = running.post(f"{BOOK}/{plural}", body)
    assert answer.status_code == 201, answer.text
    row: dict[str, Any] = answer.json()
    return row


@pytest.fixture
def duty(running: System) -> Iterator[Duty]:
    """A shift that began a minute ago, on every day of the week."""
    held = running.get(f"/api/directory/v1/employees/{WHO.employee_id}")["assignments"][-1]
    zone = ZoneInfo(running.get(f"/api/directory/v1/sites/{held['site_id']}")["zone"])
    started = (datetime.now(zone) - timedelta(minutes=1)).replace(second=0, microsecond=0)
    shift = {"start": f"{started:%H:%M}", "minutes": 240, "opens_minutes": 0, "closes_minutes": 60}
    version = {"valid_from": str(started.date()), "days": [{"shifts": [shift]}] * 7, "observes_holidays": False}
    pattern = kept(running, "patterns", {"name": f"Piket {uuid4().hex[:8]}", "versions": [version | SOURCE]})
    given = {"pattern_id": pattern["id"], "unit_id": held["unit_id"], "valid_from": str(started.date())}
    assignment = kept(running, "assignments", given | SOURCE)
    yield Duty(held["site_id"], started)
    for plural, row in (("assignments", assignment), ("patterns", pattern)):
        match = {"If-Match": f'"{row["version"]}"'}
        assert running.send("DELETE", f"{BOOK}/{plural}/{row['id']}", {}, match).status_code == 204


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

        sent = running.post(
            "/api/attendance/v1/punches",
            {
                "client_event_id": uuid4().hex,
                "employee_id": WHO.employee_id,
                "occurred_at": datetime.now(duty.started.tzinfo).isoformat(),
                "site_id": duty.site_id,
            },
        )
        assert sent.status_code == 201, sent.text
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
