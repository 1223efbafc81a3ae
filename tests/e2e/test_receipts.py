"""The receipt of a punch: downloaded in the browser, verified offline by the command, worth nothing once changed."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from deploy.local.program import ROOT
from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(240)


def verify(receipt: Path, key: Path) -> tuple[int, str]:
    """The command, without anything of the system in its environment."""
    done = subprocess.run(
        [sys.executable, "-m", "services.attendance.receipts", "verify", str(receipt), "--key", str(key)],
        cwd=ROOT,
        env={"PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


async def downloaded(page: Page, name: str, folder: Path) -> Path:
    """What a button hands over, under the name it gives it."""
    async with page.expect_download() as asked:
        await page.get_by_role("button", name=name).first.click()
    found = await asked.value
    path = folder / found.suggested_filename
    await found.save_as(path)
    return path


async def test_a_receipt_is_kept_and_verified_without_the_system(
    running: System, browser: Browser, tmp_path: Path
) -> None:
    context = await browser.new_context(viewport={"width": 360, "height": 780}, accept_downloads=True)
    page = await context.new_page()
    await sign_in(page, running.edge, "pegawai", running.password, "/saya")
    await page.get_by_role("button", name="Presensi", exact=False).first.click()
    await expect(page.get_by_text("Ponsel tidak memberikan lokasi.").first).to_be_visible()
    button = page.get_by_role("button", name="Tanda terima presensi pukul").first
    await expect(button).to_be_visible()
    await button.scroll_into_view_if_needed()
    await pictures(page, "receipt-day")
    assert await violations(page) == []
    receipt = await downloaded(page, "Tanda terima presensi pukul", tmp_path)
    assert receipt.name.startswith("tanda-terima-")
    assert receipt.stat().st_size < 4_096, "small enough to keep"

    await page.goto(running.edge + "/data-saya")
    heading = page.get_by_role("heading", name="Tanda terima presensi")
    await expect(heading).to_be_visible()
    await expect(page.get_by_role("button", name="Tanda terima presensi pukul").first).to_be_visible()
    await heading.scroll_into_view_if_needed()
    await pictures(page, "receipt-data")
    assert await violations(page) == []
    key = await downloaded(page, "Unduh kunci publik", tmp_path)

    code, told = verify(receipt, key)
    assert code == 0, told
    assert told.startswith("COCOK.")
    assert "Asia/" in told
    changed = tmp_path / "changed.json"
    changed.write_bytes(receipt.read_bytes().replace(b'"method":"app"', b'"method":"pin"'))
    assert changed.read_bytes() != receipt.read_bytes(), "or this proves nothing"
    code, told = verify(changed, key)
    assert code == 1
    assert told.startswith("TIDAK COCOK.")

    await page.goto(running.edge + "/bantuan")
    await expect(page.get_by_role("heading", name="Bagaimana membuktikan presensi saya?")).to_be_visible()
    await context.close()
