"""A punch that was changed at the database: the operator finds it by checking the day, the auditor closes it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page, expect
from pymongo import MongoClient

from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.system import System, soon
from tests.e2e.test_activities import DESK, seat, some

pytestmark = pytest.mark.timeout(300)


@contextmanager
def tampered(running: System) -> Iterator[dict[str, Any]]:
    """The sealed receipt of a punch whose hour in the journal is another now; put back at the end. It is of a past
    month, of somebody whom no other test asks for."""
    named = running.get("/api/directory/v1/employees", limit=50, q="Wulandari")["items"]
    who = next(one["id"] for one in named if not one["name"].startswith("Dewi"))
    site = running.get(f"/api/directory/v1/employees/{who}")["assignments"][-1]["site_id"]
    at = (datetime.now(UTC) - timedelta(days=45)).replace(hour=1, minute=7, second=uuid4().int % 60, microsecond=0)
    punch = {
        "client_event_id": uuid4().hex,
        "employee_id": who,
        "occurred_at": at.isoformat(),
        "site_id": site,
    }
    sent = running.post("/api/attendance/v1/punches", punch)
    assert sent.status_code == 201, sent.text
    with MongoClient[dict[str, Any]](running.attendance) as client:
        db = client.get_default_database()
        told = {"employee_id": who, "occurred_at": f"{at:%Y-%m-%dT%H:%M:%SZ}"}
        receipt = soon(lambda: db["receipts"].find_one(told), "the punch has its receipt")
        entry = db["events"].find_one({"_id": receipt["entry"]})
        assert entry is not None
        was = bytes(entry["facts"][0]["data"])
        changed = was.replace(b"T01:07:", b"T01:00:")
        assert changed != was, "or this proves nothing"
        db["events"].update_one({"_id": entry["_id"]}, {"$set": {"facts.0.data": changed}})
        try:
            yield receipt
        finally:
            db["events"].update_one({"_id": entry["_id"]}, {"$set": {"facts.0.data": was}})


async def checked(page: Page, day: str, told: str) -> None:
    """The check of a day, to its end."""
    row = page.locator(f"li[data-day='{day}']")
    await row.get_by_role("button", name=re.compile("^Periksa")).click()
    await expect(row.get_by_role("status")).to_contain_text(told)


async def test_a_changed_punch_is_found_by_checking_and_closed(running: System, browser: Browser) -> None:
    if not running.attendance:
        pytest.skip("needs the database of attendance: KINERJA_E2E_ATTENDANCE")
    told = some("Dipulihkan dari cadangan semalam")
    async with seat(browser, running, "operator", "/keutuhan") as operator:
        await expect(operator.get_by_role("heading", name="Keutuhan presensi")).to_be_visible()
        await expect(operator.get_by_role("heading", name="Tidak ada temuan terbuka")).to_be_visible()
        with tampered(running) as receipt:
            day = receipt["link"].split("/")[0]
            await checked(operator, day, "1 hal tidak cocok.")
            found = operator.locator("li[data-finding]").filter(has_text=receipt["_id"])
            await expect(found).to_contain_text("Diubah · di jurnal")
            await expect(found).to_contain_text("occurred_at: ")
            await expect(found.get_by_role("link", name="Wulandari")).to_be_visible()
            await expect(found.get_by_role("button")).to_have_count(0)  # whoever runs the system closes nothing
            assert await violations(operator) == []
            await pictures(operator, "integrity")
            await operator.set_viewport_size(DESK)
        await checked(operator, day, "Semua cocok:")
        await operator.goto(running.edge + "/operator")
        await expect(operator.get_by_role("link", name="1 presensi tidak cocok dengan tanda terimanya")).to_be_visible()

        async with seat(browser, running, "auditor", "/keutuhan") as auditor:
            found = auditor.locator("li[data-finding]").filter(has_text=receipt["_id"])
            await found.get_by_role("button", name="Tutup temuan").click()
            await found.get_by_role("button", name="Tutup temuan ini").click()
            await expect(found.get_by_text("Tulis sedikitnya lima huruf.")).to_be_visible()
            await found.get_by_label("Hasil pemeriksaan").fill(told)
            assert await violations(auditor) == []
            await pictures(auditor, "integrity-close")
            await auditor.set_viewport_size(DESK)
            await found.get_by_role("button", name="Tutup temuan ini").click()
            await expect(auditor.get_by_role("heading", name="Tidak ada temuan terbuka")).to_be_visible()
            await auditor.get_by_text("Ditutup", exact=True).click()
            await expect(found).to_contain_text(told)
            assert await violations(auditor) == []
            await pictures(auditor, "integrity-closed")


async def test_the_agency_has_no_right_to_it(running: System, browser: Browser) -> None:
    async with seat(browser, running, "bkpsdm", "/keutuhan") as page:
        await expect(page.get_by_role("alert")).to_be_visible()
        await expect(page.get_by_role("heading", name="Hari-hari rantai")).to_have_count(0)
        assert await violations(page) == []
