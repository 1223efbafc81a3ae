"""Records that cannot be processed: the operator sees why, looks, tries again and gives up; others see no content."""

import asyncio
import uuid

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.poison import poison
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System, soon

pytestmark = pytest.mark.timeout(300)


def waiting(running: System) -> int:
    """How many letters wait."""
    counts: dict[str, int] = running.get("/api/reporting/v1/dead-letters", limit=1)["counts"]
    return counts["waiting"]


async def poisoned(running: System, query: str, note: str = "") -> None:
    """Three people of this name have a record that cannot be processed."""
    people = running.get("/api/directory/v1/employees", limit=3, q=query)["items"]
    before = waiting(running)
    await poison(running.kafka, *[one["id"] for one in people], note=note)
    await asyncio.to_thread(soon, lambda: waiting(running) == before + 3 or None, "the letters are kept")


async def test_a_letter_is_read_tried_again_and_given_up(
    running: System, page: Page, browser: Browser, complaints: list[str]
) -> None:
    mark = f"<img src=x onerror=alert(1)>{uuid.uuid4().hex[:8]}"
    await poisoned(running, "Dewi", mark)

    await sign_in(page, running.edge, "operator", running.password, "/surat-mati")
    await expect(page.get_by_role("heading", name="Catatan gagal diproses", level=1)).to_be_visible()
    rows = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Mars/Base"))
    await expect(rows.first).to_be_visible()
    assert await violations(page) == []
    await pictures(page, "letters")

    await rows.first.get_by_role("button", name="Lihat isi").click()
    await expect(rows.first).to_contain_text(mark)  # as text: nothing of it is run
    await expect(rows.first.get_by_role("link")).to_be_visible()
    assert await violations(page) == []
    await pictures(page, "letter-content")

    await rows.first.get_by_role("button", name="Proses ulang").click()
    await expect(page.get_by_role("status").filter(has_text="1 catatan ditolak lagi")).to_be_visible()
    await expect(rows.first).to_contain_text("ditolak 2 kali")
    await expect(rows.first).to_contain_text("diproses ulang · ")

    before = await rows.count()
    await rows.first.get_by_role("button", name="Lepas", exact=True).click()
    form = page.get_by_role("form", name="Lepas")
    await form.get_by_role("button", name="Lepas catatan ini").click()
    await expect(form.get_by_text("Tulis sedikitnya lima huruf.")).to_be_visible()
    await form.get_by_label("Alasan dilepas").fill("Mesin uji coba, bukan presensi pegawai.")
    assert await violations(page) == []
    await pictures(page, "letter-drop")
    await form.get_by_role("button", name="Lepas catatan ini").click()
    await expect(rows).to_have_count(before - 1)
    await page.get_by_text("Dilepas", exact=False).first.click()
    await expect(page.get_by_text("Alasan dilepas: Mesin uji coba").first).to_be_visible()
    await pictures(page, "letters-dropped")
    assert complaints == []

    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    auditor = await context.new_page()
    await sign_in(auditor, running.edge, "auditor", running.password, "/surat-mati")
    await expect(auditor.get_by_role("heading", name="Mars/Base").first).to_be_visible()
    for name in ("Lihat isi", "Proses ulang", "Lepas"):
        await expect(auditor.get_by_role("button", name=name)).to_have_count(0)
    await context.close()


async def test_several_are_tried_again_at_once(running: System, page: Page) -> None:
    await poisoned(running, "Sari")
    await sign_in(page, running.edge, "operator", running.password, "/surat-mati")
    await page.get_by_role("button", name="catatan yang tampil").click()
    await expect(page.get_by_role("status").filter(has_text="catatan ditolak lagi")).to_be_visible()
    assert await violations(page) == []
    await pictures(page, "letters-replayed")
