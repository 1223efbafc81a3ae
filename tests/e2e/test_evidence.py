"""Evidence of an activity in the browser: added on a phone, seen by the superior, refused when it is something else."""

import pytest
from playwright.async_api import Browser, FilePayload, expect

from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.system import System
from tests.e2e.test_activities import found, record, seat, some
from tests.unit.kit.files import pdf, png

pytestmark = pytest.mark.timeout(300)


def file(name: str, content: bytes, kind: str) -> FilePayload:
    """What somebody chooses."""
    return FilePayload(name=name, mimeType=kind, buffer=content)


async def test_evidence_goes_from_the_phone_to_the_superior(running: System, browser: Browser) -> None:
    what = some("Mengantar surat")
    async with (
        seat(browser, running, "pegawai", "/aktivitas", phone=True) as phone,
        seat(browser, running, "atasan", "/pengesahan") as above,
    ):
        entry = await record(phone, what)
        choose = entry.locator("input[type=file]")
        await choose.set_input_files(file("tanda terima.png", png(), "image/png"))
        await expect(entry.get_by_role("button", name="tanda terima.png", exact=True)).to_be_visible()
        await choose.set_input_files(file("surat.pdf", pdf(), "application/pdf"))
        await expect(entry.get_by_role("button", name="surat.pdf", exact=True)).to_be_visible()
        await choose.set_input_files(file("laporan.pdf", b"MZ\x90\x00" + bytes(200), "application/pdf"))
        await expect(entry.get_by_role("alert")).to_contain_text("berkas ini sebuah program; kirim PDF, PNG, atau JPEG")
        assert await violations(phone) == []
        await pictures(phone, "evidence")
        await entry.get_by_role("button", name="Hapus surat.pdf").click()
        await expect(entry.get_by_role("button", name="surat.pdf", exact=True)).to_have_count(0)

        await above.reload()
        row = await found(above, what)
        async with above.expect_download() as started:
            await row.get_by_role("button", name="tanda terima.png", exact=True).click()
        download = await started.value
        assert download.suggested_filename == "tanda terima.png"
        assert (await download.path()).read_bytes() == png()
        await expect(row.get_by_role("button", name="Tambah bukti")).to_have_count(0)
        await row.get_by_role("button", name="Sahkan").click()
        await expect(row).to_have_count(0)
