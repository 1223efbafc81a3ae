"""Pages that are not kept on the phone, without a network: said in words, and the button is one press away."""

import pytest
from playwright.async_api import Browser, Frame, expect

from tests.e2e.chromium import violations
from tests.e2e.conftest import SCREENSHOTS
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(120)


async def test_a_page_that_is_not_kept_says_so_and_is_not_loaded_again_and_again(
    running: System, browser: Browser
) -> None:
    context = await browser.new_context(viewport={"width": 360, "height": 780})
    page = await context.new_page()
    await sign_in(page, running.edge, "pegawai", running.password, "/saya")
    await page.evaluate("navigator.serviceWorker.ready")
    await expect(page.get_by_role("button", name="Presensi", exact=False).first).to_be_visible()
    loaded: list[Frame] = []
    page.on("domcontentloaded", lambda _: loaded.append(page.main_frame))
    await context.set_offline(True)
    await page.get_by_role("button", name="Buka daftar halaman").click()  # the frame's parts are kept
    await page.get_by_role("dialog", name="Halaman").get_by_role("link", name="Bantuan").click()
    await expect(page.get_by_role("heading", name="Halaman ini memerlukan jaringan")).to_be_visible()
    await page.wait_for_timeout(2_000)
    assert loaded == []
    assert await violations(page) == []
    await page.screenshot(path=SCREENSHOTS / "offline-page-360.png")
    await page.get_by_role("button", name="Akun").click()
    await expect(page.get_by_role("menuitem", name="Keluar")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Pemberitahuan").click()
    await expect(page.get_by_role("dialog", name="Pemberitahuan")).to_be_visible()
    await page.keyboard.press("Escape")

    await page.get_by_role("button", name="Buka daftar halaman").click()
    await page.get_by_role("dialog", name="Halaman").get_by_role("link", name="Hari saya").click()
    await expect(page.get_by_role("button", name="Presensi", exact=False).first).to_be_visible()
    assert loaded == []
    await context.close()
