"""What somebody does on the screens while a guide is followed."""

import re
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, BrowserContext, Locator, Page, Response, expect

from deploy.local.demo_accounts import accounts
from tests.e2e.guides import Camera
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System
from tests.e2e.test_checkin import registered

STAFF = next(one for one in accounts() if one.username == "pegawai")
PRESS = re.compile("^Presensi (masuk|pulang)$")
AWAY = 0.012  # degrees north of the site: more than a kilometre


@asynccontextmanager
async def phone(browser: Browser, site: dict[str, Any]) -> AsyncIterator[BrowserContext]:
    """A phone at the site, whose owner lets the app ask where it is."""
    made = await browser.new_context(
        viewport={"width": 360, "height": 740},
        device_scale_factor=1.5,
        has_touch=True,
        is_mobile=True,
        timezone_id=site["zone"],
        locale="id-ID",
        geolocation=at(site),
        permissions=["geolocation"],
    )
    yield made
    await made.close()


def some() -> str:
    """A number of a letter that no other run has."""
    return f"800/{uuid.uuid4().int % 10_000}/2026"


def at(site: dict[str, Any], away: float = 0.0) -> Any:
    """A place near the site."""
    return {"latitude": site["latitude"] + away, "longitude": site["longitude"], "accuracy": 14}


@asynccontextmanager
async def desk(browser: Browser) -> AsyncIterator[Page]:
    """A computer in an office."""
    made = await browser.new_context(
        viewport={"width": 1440, "height": 1000}, timezone_id="Asia/Jakarta", locale="id-ID"
    )
    yield await made.new_page()
    await made.close()


async def entered(page: Page, running: System, camera: Camera, role: str) -> None:
    """Signed in at the role's home, with a picture of the sign-in page on the way."""
    await page.goto(running.edge)
    card = page.locator("main, #kc-content, .card").first
    await expect(page.get_by_role("button", name="Masuk")).to_be_visible()
    await page.get_by_label("Nama pengguna").fill(role)
    await camera.take(page, "masuk", of=None if role == "pegawai" else card)
    await sign_in(page, running.edge, role, running.password)


async def pressed(page: Page) -> str:
    """Checks in; the check-in's id, once the service has it."""

    def posted(answer: Response) -> bool:
        return answer.request.method == "POST" and answer.url.endswith("/checkins")

    async with page.expect_response(posted) as taken:
        await page.get_by_role("button", name=PRESS).click()
    kept: dict[str, str] = await (await taken.value).json()
    return kept["id"]


async def doubted(page: Page, words: str) -> Locator:
    """Checks in where the phone is, far away; the doubt stands there, with words to it."""
    row = page.locator(f"li[id='{await pressed(page)}']").filter(has_text="di luar jangkauannya")
    await row.get_by_role("button", name="Beri penjelasan").click()
    await row.get_by_label("Penjelasan Anda").fill(words)
    return row


async def kiosk(page: Page, running: System, site: dict[str, Any], camera: Camera | None = None) -> str:
    """The operator makes a screen a kiosk; the address in its present code."""
    await sign_in(page, running.edge, "operator", running.password, "/kios-lokasi")
    await page.get_by_role("button", name="Jadikan layar ini kios").click()
    await page.get_by_role("combobox", name="Lokasi").fill(site["name"])
    await page.get_by_role("option", name=site["name"]).click()
    await page.get_by_label("Nama kios").fill("Lobi utama")
    if camera:
        await camera.take(page, "kios", down_to=page.get_by_role("heading", name="Kios yang terpasang"))
    await page.get_by_role("button", name="Pasang kios").click()
    await page.get_by_role("link", name="Buka layar kios").click()
    code = page.get_by_role("img", name="Kode presensi")
    await expect(code).to_be_visible()
    if camera:
        await camera.take(page, "layar-kios")
    address = await code.get_attribute("data-code")
    assert address is not None
    return address


async def judged(
    page: Page, running: System, words: str, decision: str, reason: str, camera: Camera | None = None
) -> None:
    """On the superior's page of doubts: decides the check-in that has these words to it."""
    await page.goto(f"{running.edge}/pemeriksaan")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=STAFF.name), has_text=words)
    await row.get_by_role("button", name=decision).click()
    await row.get_by_label("Alasan").fill(reason)
    if camera:
        await camera.take(page, "keputusan", of=row)
    await row.get_by_role("button", name=decision).click()
    await expect(row).to_have_count(0)


async def appeals_to_come(phone: BrowserContext, running: System, site: dict[str, Any], words: str) -> Page:
    """The member of staff checks in far away and says why."""
    page = await phone.new_page()
    await sign_in(page, running.edge, "pegawai", running.password)
    await registered(page)
    await pressed(page)
    await expect(page.get_by_test_id("my-state")).to_contain_text("Hadir sejak")
    await phone.set_geolocation(at(site, AWAY))
    row = await doubted(page, words)
    await page.get_by_role("button", name="Kirim", exact=True).click()
    await expect(row).to_contain_text(words)
    return page
