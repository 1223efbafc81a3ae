"""An employee says that the superior is wrong, the personnel agency mends it, and both see it in the browser."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(300)


async def test_a_wrong_superior_is_reported_and_mended(running: System, browser: Browser) -> None:
    theirs, ours = [await browser.new_context(viewport={"width": 1440, "height": 900}) for _ in range(2)]
    staff, agency = await theirs.new_page(), await ours.new_page()
    await sign_in(staff, running.edge, "pegawai", running.password, "/data-saya")
    record = staff.locator("section", has=staff.get_by_role("heading", name="Data kepegawaian"))
    await expect(record).to_contain_text("Drs. Khairul Melayu, M.Si.")
    await pictures(staff, "my-day")
    await staff.get_by_role("button", name="Atasan saya salah").click()
    await staff.get_by_role("button", name="Kirim laporan").click()
    await expect(staff.get_by_text("Tulis sedikitnya lima huruf.")).to_be_visible()
    assert await violations(staff) == []
    await staff.get_by_label("Apa yang keliru?").fill(
        "Sejak mutasi, atasan saya kepala dinas (SK 821/77/2026). <b>tebal</b>"
    )
    await staff.get_by_role("button", name="Kirim laporan").click()
    await expect(record).to_contain_text("sedang diperiksa BKPSDM")
    await expect(staff.get_by_role("button", name="Atasan saya salah")).to_be_hidden()

    await sign_in(agency, running.edge, "bkpsdm", running.password, "/laporan-atasan")
    row = agency.get_by_role("listitem").filter(has_text="SK 821/77/2026")
    await expect(row).to_contain_text("<b>tebal</b>")  # what people write is text, never markup
    await row.get_by_role("button", name="Perbaiki atasan").click()
    await agency.get_by_role("combobox", name="Atasan yang benar").fill("Yansen")
    await agency.get_by_role("option", name="Yansen Hidayatullah").click()
    await agency.get_by_label("Jawaban kepada pegawai").fill("Sudah diperbaiki sesuai SK.")
    assert await violations(agency) == []
    await pictures(agency, "superior-queue")
    await agency.get_by_role("button", name="Simpan atasan dan jawab").click()
    await expect(agency.get_by_text("Tidak ada laporan")).to_be_visible()
    await agency.get_by_text("Diperbaiki", exact=True).click()
    await expect(agency.get_by_text("Sudah diperbaiki sesuai SK.")).to_be_visible()

    await staff.reload()
    await expect(record).to_contain_text("Yansen Hidayatullah")
    await expect(record).to_contain_text("Atasan Anda sudah diperbaiki.")
    readers = staff.locator("section", has=staff.get_by_role("heading", name="Siapa yang melihat data Anda"))
    await expect(readers).to_contain_text("Thomas Pelupessy")
    await pictures(staff, "my-day-after")
    assert await violations(staff) == []
    await theirs.close()
    await ours.close()
