"""The operator's home and the freshness of every view, on the real system."""

import asyncio
import re
import uuid

import pytest
from playwright.async_api import Page, expect

from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(300)


async def test_what_needs_the_operator_comes_first(running: System, page: Page, complaints: list[str]) -> None:
    serial = f"OPR{uuid.uuid4().hex[:12].upper()}"
    await asyncio.to_thread(running.handshake, serial)
    await sign_in(page, running.edge, "operator", running.password)
    await page.wait_for_url(f"{running.edge}/operator")
    alarms = page.get_by_role("region", name="Perlu perhatian")
    await expect(alarms.get_by_role("link", name="mesin menunggu persetujuan")).to_be_visible()
    views = page.get_by_role("table", name="Kesegaran data")
    await expect(views.get_by_role("row", name=re.compile("^Kehadiran"))).to_contain_text(
        "lengkap s.d.", ignore_case=True
    )
    await expect(page.get_by_role("link", name="Hidup")).to_be_visible()
    assert await violations(page) == []
    await pictures(page, "operator")
    await alarms.get_by_role("link", name="mesin menunggu persetujuan").click()
    await expect(page.get_by_role("heading", name=serial, exact=True)).to_be_visible()
    assert complaints == []


async def test_every_partition_says_how_far_it_is(running: System, page: Page, complaints: list[str]) -> None:
    await sign_in(page, running.edge, "auditor", running.password, "/kesegaran")
    await expect(page.get_by_role("heading", name="Kesegaran data", level=1)).to_be_visible()
    presence = page.locator("section").filter(has=page.get_by_role("heading", name="Kehadiran", exact=True))
    punches = presence.get_by_role("table", name="attendance.punches")
    await expect(punches.locator("tbody tr")).to_have_count(12)
    employees = presence.get_by_role("table", name="directory.employees")
    await expect(employees.locator("tbody tr")).to_have_count(12)
    ends = [int(text.replace(".", "")) for text in await employees.locator("tbody td:nth-child(3)").all_inner_texts()]
    assert sum(ends) >= running.employees, "the demo city's people have all been on the topic"
    lags = await employees.locator("tbody td:nth-child(4)").all_inner_texts()
    assert lags == ["0"] * 12
    assert await violations(page) == []
    await pictures(page, "freshness")
    assert complaints == []
