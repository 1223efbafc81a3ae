"""Checking in by phone in the browser: offline and back, by a kiosk's code, doubted, explained and decided."""

import gzip
import json
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Browser, BrowserContext, Error, Page, expect

from deploy.local.demo_accounts import accounts
from tests.e2e.chromium import looked_at_again, violations
from tests.e2e.pictures import pictures
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(180)

STAFF = next(one for one in accounts() if one.username == "pegawai")


@pytest.fixture(scope="session")
def site(running: System) -> dict[str, Any]:
    """Where the member of staff works."""
    held = running.get(f"/api/directory/v1/employees/{STAFF.employee_id}")["assignments"][-1]
    return running.get(f"/api/directory/v1/sites/{held['site_id']}")


@pytest.fixture
async def phone(browser: Browser, running: System, site: dict[str, Any]) -> AsyncIterator[BrowserContext]:
    """A phone at that site, whose owner lets the app ask where it is."""
    made = await browser.new_context(
        viewport={"width": 360, "height": 780},
        has_touch=True,
        is_mobile=True,
        geolocation={"latitude": site["latitude"], "longitude": site["longitude"], "accuracy": 14},
        permissions=["geolocation"],
    )
    yield made
    await made.close()


async def settled(page: Page) -> None:
    """The app is kept on the phone: it can be started without a network from here on."""
    await page.evaluate("navigator.serviceWorker.ready")


async def registered(page: Page) -> None:
    """The phone is its owner's; the first test to come here registers it, later ones ask for a change."""
    await (
        page.get_by_role("button", name="Daftarkan ponsel ini")
        .or_(page.get_by_role("button", name="Minta ganti ke ponsel ini"))
        .click()
    )
    await expect(page.get_by_text("terdaftar sebagai").or_(page.get_by_text("menunggu persetujuan"))).to_be_visible()


async def test_checked_in_offline_it_reaches_the_superiors_live_board(
    running: System, phone: BrowserContext, browser: Browser, complaints: list[str]
) -> None:
    page = await phone.new_page()
    await sign_in(page, running.edge, "pegawai", running.password, "/saya")
    await expect(page.get_by_role("button", name="Presensi masuk", exact=True)).to_be_visible()
    await settled(page)
    await registered(page)
    await pictures(page, "check-in")
    assert await violations(page) == []

    theirs = await browser.new_context(viewport={"width": 1440, "height": 900})
    board = await theirs.new_page()
    await sign_in(board, running.edge, "atasan", running.password, "/?view=people&state=present")
    await expect(board.locator("h1")).to_be_visible()
    present = board.get_by_role("row").filter(has_text=STAFF.name)
    await expect(present).to_have_count(0)

    await page.set_viewport_size({"width": 360, "height": 780})
    await phone.set_offline(True)
    await page.get_by_role("button", name="Presensi masuk", exact=True).click()
    await expect(page.get_by_text("Tersimpan di ponsel ini")).to_be_visible()
    await pictures(page, "check-in-offline")
    await page.wait_for_timeout(2_000)
    await expect(present).to_have_count(0)

    await phone.set_offline(False)
    await expect(page.get_by_text("Tersimpan di ponsel ini")).to_be_hidden()
    await expect(page.get_by_test_id("my-state")).to_contain_text("hadir", ignore_case=True)
    await expect(present).to_have_count(1)  # without a reload
    await board.get_by_role("link", name="Tim saya").click()
    row = board.get_by_role("listitem").filter(has_text=STAFF.name)
    await expect(row).to_contain_text("Hadir")
    await pictures(board, "team")
    assert await violations(board) == []
    await expect(page.get_by_role("button", name="Presensi pulang", exact=True)).to_be_visible()
    await pictures(page, "check-in-done")
    assert await violations(page) == []
    await theirs.close()


async def test_the_button_is_light_to_load(running: System, phone: BrowserContext) -> None:
    """At most 200 kB of script, compressed, from nothing to the button (the budget of the check-in route); few files,
    because a slow line answers each by itself, in the form that was made smallest when it was built."""
    page = await phone.new_page()
    await sign_in(page, running.edge, "pegawai", running.password, "/saya")
    await page.close()
    page = await phone.new_page()
    scripts: set[str] = set()
    page.on("request", lambda asked: scripts.add(asked.url) if asked.resource_type == "script" else None)
    await page.goto(running.edge + "/saya")
    await expect(page.get_by_role("button", name="Presensi", exact=False).first).to_be_visible()
    await page.wait_for_load_state("networkidle")
    own = {url for url in scripts if url.startswith(running.edge) and "/auth/" not in url}
    sizes = {url.rsplit("/")[-1]: len(gzip.compress(await (await phone.request.get(url)).body())) for url in own}
    assert 100_000 < sum(sizes.values()) <= 200_000, sizes
    assert len(own) <= 4, own
    app = await phone.request.get(max(own, key=lambda url: sizes[url.rsplit("/")[-1]]))
    assert app.headers["content-encoding"] == "br"
    assert not any("Chart" in name for name in sizes)


async def test_what_was_pressed_outlives_the_page(running: System, phone: BrowserContext) -> None:
    page = await phone.new_page()
    await sign_in(page, running.edge, "pegawai", running.password, "/saya")
    button = page.get_by_role("button", name=re.compile("^Presensi (masuk|pulang)$"))
    await expect(button).to_be_visible()
    await settled(page)
    await page.wait_for_load_state("networkidle")
    only_its_own_clock = "hanya jam ponsel yang diketahui"  # may be there already, on a system that was used before
    before = await page.get_by_text(only_its_own_clock).count()
    await phone.set_offline(True)
    await button.click()
    await expect(page.get_by_text("Tersimpan di ponsel ini")).to_be_visible()
    with suppress(Error):  # killed: a tab that is left or closed gets the network back for a moment, and sends
        await page.goto("chrome://crash")
    await page.close()

    page = await phone.new_page()  # a new tab: nobody is signed in, and the sign-in cannot be reached
    await page.goto(running.edge + "/saya")
    await expect(page.get_by_role("heading", name=f"Presensi {STAFF.name}")).to_be_visible()
    await expect(page.get_by_text("Tersimpan di ponsel ini")).to_be_visible()
    await pictures(page, "check-in-no-sign-in")
    await page.set_viewport_size({"width": 360, "height": 780})
    await phone.set_offline(False)
    await expect(page.get_by_test_id("my-state")).to_be_visible()  # the sign-in remembers the account
    await expect(page.get_by_text("Tersimpan di ponsel ini")).to_be_hidden()
    await expect(page.get_by_text(only_its_own_clock)).to_have_count(before + 1)


async def test_a_kiosks_code_is_proof_and_doubts_are_decided_by_a_person(
    running: System, phone: BrowserContext, browser: Browser, site: dict[str, Any]
) -> None:
    words, reason = (f"{text} {uuid4().hex[:6]}." for text in ("Saya memindai dari gerbang", "Gerbang itu ditutup"))
    screens = await browser.new_context(viewport={"width": 1440, "height": 900})
    screen = await screens.new_page()
    await sign_in(screen, running.edge, "operator", running.password, "/kios-lokasi")
    await screen.get_by_role("button", name="Jadikan layar ini kios").click()
    await screen.get_by_role("combobox", name="Lokasi").fill(site["name"])
    await screen.get_by_role("option", name=site["name"]).click()
    await screen.get_by_label("Nama kios").fill("Lobi <b>utama</b>")
    assert await violations(screen) == []
    await screen.get_by_role("button", name="Pasang kios").click()
    await expect(screen.get_by_role("row").filter(has_text="Lobi <b>utama</b>").first).to_be_visible()
    await pictures(screen, "kiosks")
    await screen.get_by_role("link", name="Buka layar kios").click()
    code = screen.get_by_role("img", name="Kode presensi")
    await expect(code).to_be_visible()
    await pictures(screen, "kiosk")
    assert await violations(screen) == []

    await phone.set_geolocation({"latitude": site["latitude"] + 0.01, "longitude": site["longitude"], "accuracy": 9})
    page = await phone.new_page()
    address = await code.get_attribute("data-code")
    assert address is not None
    await sign_in(page, running.edge, "pegawai", running.password, address.removeprefix(running.edge))
    await expect(page.get_by_text("Kode kios sudah terbaca")).to_be_visible()
    await page.get_by_role("button", name="Presensi", exact=False).first.click()
    doubted = page.get_by_role("listitem").filter(has_text="dari sana")
    await expect(doubted.first).to_be_visible()
    await page.get_by_role("button", name="Beri penjelasan").first.click()
    await page.get_by_label("Penjelasan Anda").first.fill(words)
    await page.get_by_role("button", name="Kirim", exact=True).click()
    await expect(page.get_by_role("textbox", name="Penjelasan Anda")).to_be_hidden()
    await expect(page.get_by_text(words)).to_be_visible()
    await pictures(page, "check-in-doubted")
    assert await violations(page) == []

    theirs = await browser.new_context(viewport={"width": 1440, "height": 900})
    queue = await theirs.new_page()
    await sign_in(queue, running.edge, "atasan", running.password, "/pemeriksaan")
    row = queue.get_by_role("listitem").filter(has_text=words).first
    await expect(row).to_contain_text(STAFF.name)
    await pictures(queue, "reviews")
    assert await violations(queue) == []
    await row.get_by_role("button", name="Tidak terima").click()
    await row.get_by_label("Alasan").fill(reason)
    await row.get_by_role("button", name="Tidak terima").click()
    await expect(row).to_be_hidden()
    await looked_at_again(page, page.get_by_text(reason))
    refused = page.get_by_role("listitem").filter(has=page.get_by_role("heading"), has_text=reason)
    await expect(refused.get_by_role("button", name="Ajukan sanggahan")).to_be_visible()

    await page.goto(f"{running.edge}/data-saya")  # later, when it is no longer among the last days
    appeal = page.get_by_role("button", name="Ajukan sanggahan").first
    await expect(appeal).to_be_visible()
    appealed = page.get_by_text("Sanggahan menunggu keputusan BKPSDM.")
    before = await appealed.count()
    await appeal.click()
    await page.get_by_label("Penjelasan Anda").fill("Gerbang itu dibuka kembali pukul tujuh.")
    await page.get_by_role("button", name="Kirim", exact=True).click()
    await expect(appealed).to_have_count(before + 1)
    for context in (screens, theirs):
        await context.close()


async def test_nothing_personal_stays_in_the_browser_after_signing_out(running: System, phone: BrowserContext) -> None:
    page = await phone.new_page()
    await sign_in(page, running.edge, "pegawai", running.password, "/saya")
    await expect(page.get_by_test_id("my-state")).to_be_visible()
    await settled(page)
    await page.get_by_role("button", name="Akun").click()
    await page.get_by_role("menuitem", name="Keluar").click()
    await expect(page.get_by_role("heading", name="Anda sudah keluar")).to_be_visible()
    kept: dict[str, Any] = await page.evaluate(
        """async () => {
            const caches_ = {};
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                    const text = await (await cache.match(request)).text();
                    caches_[new URL(request.url).pathname] = text;
                }
            }
            return { caches: caches_, local: { ...localStorage }, session: { ...sessionStorage } };
        }"""
    )
    assert kept["caches"], "the app itself is kept"
    assert [path for path in kept["caches"] if path.startswith(("/api", "/auth"))] == []
    for personal in (STAFF.name, STAFF.employee_id):
        assert personal not in json.dumps(kept)
    assert "access_token" not in json.dumps([kept["local"], kept["session"]])
