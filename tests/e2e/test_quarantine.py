"""An operator takes an unknown terminal into service and says whose PIN it sends: then the person is on the board."""

import asyncio
import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(300)


def absent(running: System) -> tuple[str, str, str]:
    """Name of somebody who has not come in, the site's name and zone."""
    site = running.get("/api/reporting/v1/presence/sites")["items"][0]["site"]
    day = datetime.now(ZoneInfo(site["zone"])).date().isoformat()
    page = running.get("/api/reporting/v1/presence/people", state="not_yet", date=day, limit=200)
    # A name that nobody else's contains, so that one choice is offered.
    names = [one["name"] for one in page["items"]]
    name = next(one for one in reversed(names) if sum(one in other for other in names) == 1 and "," not in one)
    return name, site["name"], site["zone"]


async def test_from_an_unknown_terminal_to_a_name_on_the_board(running: System, page: Page, browser: Browser) -> None:
    name, site, zone = absent(running)
    serial = f"QRT{uuid.uuid4().hex[:12].upper()}"
    at = datetime.now(ZoneInfo(zone)) - timedelta(seconds=5)
    sent = await asyncio.to_thread(running.attlog, serial, ("4711", at), ("garbled line", at))
    assert sent.startswith(b"HTTP/1.1 200 OK")

    await sign_in(page, running.edge, "operator", running.password, "/karantina")
    waiting = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=serial, exact=True))
    await expect(waiting).to_be_visible()
    assert await violations(page) == []
    await waiting.get_by_role("button", name="Setujui mesin").click()
    await waiting.get_by_role("button", name="Setujui dan masukkan").click()
    await expect(waiting.get_by_text("Beri nama mesin ini.")).to_be_visible()
    await waiting.get_by_role("textbox", name="Nama mesin").fill("Lobi uji")
    await waiting.get_by_role("combobox", name="Lokasi kerja").fill(site)
    await page.get_by_role("option", name=site).first.click()
    await pictures(page, "quarantine-approve")
    await waiting.get_by_role("button", name="Setujui dan masukkan").click()

    held = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=f"PIN belum dikenal {serial}"))
    await held.get_by_role("button", name="Lihat baris").click()
    row = held.get_by_role("listitem").filter(has_text="PIN 4711")
    await row.get_by_role("button", name="Pasangkan PIN").click()
    await held.get_by_role("combobox", name="PIN ini milik").fill(name)
    await page.get_by_role("option", name=name).first.click()
    assert await violations(page) == []
    await pictures(page, "quarantine-map")
    await row.get_by_role("button", name="Pasangkan dan masukkan").click()
    await expect(row).to_be_hidden()

    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    board = await context.new_page()
    await sign_in(board, running.edge, "bkpsdm", running.password, f"/?date={at.date()}")
    await expect(board.get_by_test_id("feed")).to_contain_text(name)
    await context.close()


async def test_what_can_never_be_a_punch_is_put_aside_with_a_reason(running: System, page: Page) -> None:
    site = running.get("/api/reporting/v1/presence/sites")["items"][0]["site"]
    serial = f"QRT{uuid.uuid4().hex[:12].upper()}"
    made = running.send("POST", "/api/attendance/v1/devices", {"serial": serial, "name": "Uji", "site_id": site["id"]})
    assert made.status_code == 201, made.text
    old = datetime(2000, 1, 1, 7, 30, tzinfo=ZoneInfo(site["zone"]))
    await asyncio.to_thread(running.attlog, serial, ("1", old), ("2", old))

    await sign_in(page, running.edge, "operator", running.password, "/karantina")
    held = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=f"Tanggal meragukan {serial}"))
    await held.get_by_role("button", name="Lihat baris").click()
    line = held.get_by_role("listitem").filter(has_text="2000-01-01").first
    await line.get_by_role("button", name="Terima tanggalnya").click()
    await expect(line.get_by_text("Tetap menunggu")).to_be_visible()  # its PIN is nobody's: seen before it is done
    await line.get_by_role("button", name="Sisihkan", exact=True).click()
    await line.get_by_role("button", name="Sisihkan baris ini").click()
    await expect(line.get_by_text("Tulis alasannya.")).to_be_visible()
    await line.get_by_role("textbox", name="Alasan disisihkan").fill("Jam mesin belum diatur saat uji coba.")
    assert await violations(page) == []
    await line.get_by_role("button", name="Sisihkan baris ini").click()
    await expect(held).to_contain_text("1 baris")
    rows = running.get("/api/attendance/v1/quarantine", serial=serial, state="dismissed")["items"]
    assert [row["note"] for row in rows] == ["Jam mesin belum diatur saat uji coba."]
