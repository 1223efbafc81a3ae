"""From the bytes of a terminal to a name on a screen that nobody reloads, on the whole system."""

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.chromium import violations
from tests.e2e.conftest import SCREENSHOTS
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System, soon

pytestmark = pytest.mark.timeout(600)

SHOWN_MS = 60_000.0  # a deadline, not a claim: the delay is measured and printed


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who has not come in today, with a site and the day there."""

    employee_id: str
    name: str
    unit: str
    site: str
    zone: ZoneInfo
    day: str

    @property
    def now(self) -> datetime:
        """A moment ago on the site's clock."""
        return datetime.now(self.zone) - timedelta(seconds=1)


@pytest.fixture
def somebody(running: System) -> Callable[[], Somebody]:
    """Somebody else each time."""
    taken: set[str] = set()

    def find() -> Somebody:
        sites = soon(
            lambda: running.get("/api/reporting/v1/presence/sites")["items"] or None, "the demo city has no sites"
        )
        site = sites[0]["site"]
        zone = ZoneInfo(site["zone"])
        day = datetime.now(zone).date().isoformat()

        def absent() -> dict[str, Any] | None:
            page = running.get("/api/reporting/v1/presence/people", state="not_yet", date=day, limit=100)
            return next((one for one in page["items"] if one["employee_id"] not in taken), None)

        person = soon(absent, "everybody has come in")
        taken.add(person["employee_id"])
        return Somebody(person["employee_id"], person["name"], person["unit"]["id"], site["id"], zone, day)

    return find


def enrol(running: System, serial: str, pin: str, who: Somebody) -> None:
    """Say who a PIN of a terminal is; attendance may still be reading the directory."""

    def put() -> bool | None:
        answer = running.send("PUT", f"/api/attendance/v1/enrolments/{serial}/{pin}", {"employee_id": who.employee_id})
        assert answer.status_code in {200, 422}, answer.text
        return True if answer.status_code == 200 else None

    soon(put, f"attendance does not know {who.employee_id}")


def new_serial() -> str:
    """Of a terminal nobody has seen."""
    return f"E2E{uuid.uuid4().hex[:12].upper()}"


async def open_board(page: Page, running: System, who: Somebody) -> None:
    """The board of the person's day, following."""
    await sign_in(page, running.edge, "bkpsdm", running.password, f"/?date={who.day}")
    await expect(page.get_by_text("Langsung", exact=True)).to_be_visible()
    await page.evaluate("window.kept = true")


async def test_a_punch_shows_without_a_reload(
    running: System, somebody: Callable[[], Somebody], page: Page, record_property: Callable[[str, object], None]
) -> None:
    who, serial = somebody(), new_serial()
    registered = running.send(
        "POST", "/api/attendance/v1/devices", {"serial": serial, "name": "Pintu uji", "site_id": who.site}
    )
    assert registered.status_code == 201, registered.text
    enrol(running, serial, "7", who)
    assert b"GET OPTION FROM" in running.handshake(serial)
    await open_board(page, running, who)

    begun = perf_counter()
    answer = await asyncio.to_thread(running.attlog, serial, ("7", who.now))
    acknowledged = perf_counter()
    entry = page.get_by_test_id("feed").locator("li", has_text=who.name)
    await expect(entry.first).to_be_visible(timeout=SHOWN_MS)
    shown = perf_counter()

    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert answer.endswith(b"OK: 1")
    assert await page.evaluate("window.kept"), "the page was loaded anew"
    stored_ms, shown_ms = round((acknowledged - begun) * 1000), round((shown - begun) * 1000)
    record_property("acknowledged_ms", stored_ms)
    record_property("shown_ms", shown_ms)
    print(f"acknowledged after {stored_ms} ms, on the screen after {shown_ms} ms")

    await page.goto(f"{running.edge}/?unit={who.unit}&date={who.day}&view=people&state=present")
    await expect(page.locator("tbody th[scope=row]", has_text=who.name).first).to_be_visible()


async def test_what_an_unknown_terminal_sent_shows_once_it_is_approved(
    running: System, somebody: Callable[[], Somebody], page: Page
) -> None:
    who, serial = somebody(), new_serial()
    answer = await asyncio.to_thread(running.attlog, serial, ("11", who.now))
    assert answer.startswith(b"HTTP/1.1 200 OK")
    await sign_in(page, running.edge, "bkpsdm", running.password, "/mesin?state=pending")
    row = page.get_by_role("row", name=serial)
    await expect(row).to_contain_text("Menunggu persetujuan", timeout=SHOWN_MS)

    await page.goto(f"{running.edge}/?date={who.day}")
    await expect(page.get_by_text("Langsung", exact=True)).to_be_visible()
    await page.evaluate("window.kept = true")
    enrol(running, serial, "11", who)
    approved = running.send(
        "POST", f"/api/attendance/v1/devices/{serial}/approve", {"name": "Pintu baru", "site_id": who.site}
    )
    assert approved.status_code == 200, approved.text
    await expect(page.get_by_test_id("feed")).to_contain_text(who.name, timeout=SHOWN_MS)
    assert await page.evaluate("window.kept"), "the page was loaded anew"


@pytest.mark.parametrize("width", [360, 768, 1440])
async def test_real_data_is_accessible_at_every_width(browser: Browser, running: System, width: int) -> None:
    context = await browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = await context.new_page()
    SCREENSHOTS.mkdir(exist_ok=True)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    await sign_in(page, running.edge, "bkpsdm", running.password)
    for name, path in {"board": "/", "people": "/?view=people", "wall": "/dinding", "terminals": "/mesin"}.items():
        await page.goto(running.edge + path)
        await expect(page.locator("h1")).to_be_visible()
        assert await violations(page) == [], name
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, name
        await page.screenshot(path=SCREENSHOTS / f"real-{name}-{width}.png")
    assert complaints == []
    await context.close()
