"""Leave on the real system: asked for on a phone with its cost before sending, decided by the superior, taken back; and
the balance that the personnel agency adjusts. What a test takes it gives back: it runs any number of times."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from random import Random
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from tests.e2e.chromium import looked_at_again, violations
from tests.e2e.pictures import pictures
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System
from tests.e2e.test_evidence import file
from tests.unit.kit.files import pdf, png

pytestmark = pytest.mark.timeout(300)

CHANCE = Random(uuid4().int)  # noqa: S311 - which dates, so that no run asks for what another did
PHONE = ViewportSize(width=360, height=780)
DESK = ViewportSize(width=1440, height=900)


def some(what: str) -> str:
    """A text that no other run has."""
    return f"{what} {uuid4().hex[:10]}"


@asynccontextmanager
async def seat(browser: Browser, running: System, who: str, path: str, *, phone: bool = False) -> AsyncIterator[Page]:
    """Somebody signed in on a page, with a profile of its own, far from Indonesia."""
    context = await browser.new_context(
        viewport=PHONE if phone else DESK, has_touch=phone, timezone_id="America/New_York"
    )
    page = await context.new_page()
    await sign_in(page, running.edge, who, running.password, path)
    yield page
    await context.close()


async def choose(form: Locator, kind: str) -> None:
    """A kind by its name."""
    await form.get_by_role("combobox", name="Jenis").click()
    await form.page.get_by_role("option", name=kind, exact=True).click()


async def working_day(form: Locator, since: date) -> date:
    """The first date on which work is required, as the form itself says once it is filled in."""
    cost = form.get_by_test_id("leave-preview")
    for day in (since + timedelta(days=n) for n in range(12)):
        await form.get_by_label("Hari pertama").fill(str(day))
        await form.get_by_label("Hari terakhir").fill(str(day))
        await expect(cost).to_contain_text("hari kerja")
        await form.page.wait_for_timeout(600)  # it is asked for a moment after typing, and keeps what it said till then
        await expect(cost).to_contain_text("hari kerja")
        if "Memakai 1 hari kerja" in (await cost.inner_text()):
            return day
        await expect(form.get_by_text("Tidak ada hari kerja pada tanggal itu.")).to_be_visible()
    raise AssertionError("no working day in twelve")


async def left(page: Page) -> str:
    """What the balance says."""
    balance = page.get_by_test_id("leave-balance")
    await expect(balance).to_contain_text("Tersisa")
    return await balance.locator("strong").inner_text()


def fewer(words: str, days: int) -> str:
    """`Tersisa 11 hari` from `Tersisa 12 hari`."""
    number = words.split()[1]
    return f"Tersisa {int(number) - days} hari"


async def test_asked_on_a_phone_approved_and_cancelled(running: System, browser: Browser) -> None:
    reason, words = some("Acara keluarga"), some("Ada apel pada tanggal itu")
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    async with (
        seat(browser, running, "pegawai", "/cuti", phone=True) as staff,
        seat(browser, running, "atasan", "/tim") as above,
    ):
        await expect(staff.get_by_role("heading", name="Cuti dan izin")).to_be_visible()
        form = staff.get_by_role("form", name="Ajukan cuti atau izin")
        await form.get_by_role("button", name="Kirim permintaan").click()
        await expect(form.get_by_text("Wajib diisi.").first).to_be_visible()
        await choose(form, "Cuti tahunan")
        day = await working_day(form, today + timedelta(days=3))
        await staff.get_by_role("radiogroup", name="Tahun saldo").get_by_text(str(day.year), exact=True).click()
        await expect(staff.get_by_role("heading", name=f"Cuti tahunan {day.year}")).to_be_visible()
        before = await left(staff)
        await form.get_by_label("Keterangan").fill(reason)
        assert await violations(staff) == []
        await pictures(staff, "leave-asking")
        await staff.set_viewport_size(PHONE)
        await form.get_by_role("button", name="Kirim permintaan").click()
        await expect(staff.get_by_text("Permintaan terkirim kepada atasan Anda.")).to_be_visible()
        mine = staff.locator("li[data-status]").filter(has_text=reason)
        await expect(mine).to_contain_text("Menunggu keputusan")
        assert await left(staff) == before

        await above.reload()
        await above.get_by_role("link", name="Persetujuan cuti").click()
        row = above.locator("li[data-row]").filter(has_text=reason)
        await expect(row).to_contain_text("Cuti tahunan")
        await row.get_by_role("button", name="Kembalikan").click()
        await row.get_by_label("Alasan", exact=True).fill(words)
        assert await violations(above) == []
        await pictures(above, "leave-queue-return")
        await above.set_viewport_size(DESK)
        await row.get_by_role("button", name="Kembalikan 1 permintaan").click()
        await expect(above.get_by_text("1 permintaan dikembalikan.")).to_be_visible()

        await looked_at_again(staff, mine.get_by_text("Dikembalikan untuk diperbaiki"))
        await expect(mine).to_contain_text(words)
        await mine.get_by_role("button", name="Ubah").click()
        await mine.get_by_label("Keterangan").fill(f"{reason}, di luar kota")
        await mine.get_by_role("button", name="Kirim perubahan").click()
        await expect(mine).to_contain_text("Menunggu keputusan")

        await looked_at_again(above, row)
        await row.get_by_role("checkbox").click()
        chosen = above.get_by_role("region", name="Yang dipilih")
        assert await violations(above) == []
        await pictures(above, "leave-queue")
        await above.set_viewport_size(DESK)
        await chosen.get_by_role("button", name="Setujui 1 permintaan").click()
        await expect(above.get_by_text("1 permintaan disetujui.")).to_be_visible()
        await expect(row).to_have_count(0)

        await looked_at_again(staff, mine.get_by_text("Disetujui").first)
        await expect(staff.get_by_test_id("leave-balance")).to_contain_text(fewer(before, 1))
        await staff.get_by_role("button", name="Lihat rincian saldo").click()
        await expect(staff.get_by_role("table")).to_contain_text("Dipakai")
        assert await violations(staff) == []
        await pictures(staff, "leave-mine")
        await mine.get_by_role("button", name="Batalkan").click()
        await mine.get_by_role("button", name="Batalkan permintaan ini").click()
        await expect(mine).to_contain_text("Dibatalkan")
        await expect(staff.get_by_test_id("leave-balance")).to_contain_text(before)


async def test_what_is_in_the_way_is_said_before_sending(running: System, browser: Browser) -> None:
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    async with seat(browser, running, "pegawai", "/cuti", phone=True) as staff:
        form = staff.get_by_role("form", name="Ajukan cuti atau izin")
        await choose(form, "Cuti tahunan")
        await form.get_by_label("Hari pertama").fill(str(today - timedelta(days=60)))
        await expect(form.get_by_text("minta BKPSDM mencatatnya")).to_be_visible()
        await choose(form, "Dinas luar")
        await form.get_by_label("Hari pertama").fill(str(today + timedelta(days=3)))
        await expect(form.get_by_text("Nomor surat tugas")).to_be_visible()
        await form.get_by_role("button", name="Kirim permintaan").click()
        await expect(form.get_by_text("Perlu nomor surat tugas.")).to_be_visible()
        await expect(form.get_by_text("Tuliskan tempatnya.")).to_be_visible()
        assert await violations(staff) == []
        await pictures(staff, "leave-refused")


async def test_a_photographed_letter_goes_with_sick_leave(running: System, browser: Browser) -> None:
    number = some("445")
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    first = today + timedelta(days=CHANCE.randint(40, 300))
    async with (
        seat(browser, running, "pegawai", "/cuti", phone=True) as staff,
        seat(browser, running, "atasan", "/persetujuan-cuti") as above,
    ):
        form = staff.get_by_role("form", name="Ajukan cuti atau izin")
        await choose(form, "Cuti tahunan")
        await expect(form.get_by_role("button", name="Ambil foto")).to_have_count(0)
        await choose(form, "Cuti sakit")
        await form.get_by_label("Hari pertama").fill(str(first))
        await form.get_by_label("Hari terakhir").fill(str(first + timedelta(days=1)))
        await form.get_by_label("Nomor surat").fill(number)
        await form.get_by_role("button", name="Kirim permintaan").click()
        mine = staff.locator("li[data-status]").filter(has_text=number)
        await expect(mine).to_contain_text("Belum ada berkas surat. Lampirkan sebelum diputus.")
        row = above.locator("li[data-row]").filter(has_text=number)
        await looked_at_again(above, row)
        await expect(row).to_contain_text("Belum ada berkas surat.")
        await pictures(above, "leave-no-letter")
        await above.set_viewport_size(DESK)
        await mine.get_by_role("button", name="Tarik").click()
        await mine.get_by_role("button", name="Tarik permintaan").click()
        await expect(mine).to_contain_text("Ditarik")

        number = some("446")
        await choose(form, "Cuti sakit")
        await form.get_by_label("Hari pertama").fill(str(first))
        await form.get_by_label("Hari terakhir").fill(str(first + timedelta(days=1)))
        await form.get_by_label("Nomor surat").fill(number)
        camera, files = await form.locator("input[type=file]").all()
        assert await camera.get_attribute("capture") == "environment"
        await camera.set_input_files(file("surat dokter.png", png(), "image/png"))
        await files.set_input_files(file("rujukan.pdf", pdf(), "application/pdf"))
        await expect(form.get_by_role("list", name="Bukti").get_by_role("listitem")).to_have_count(2)
        assert await violations(staff) == []
        await pictures(staff, "leave-letter")
        await staff.set_viewport_size(PHONE)
        await form.get_by_role("button", name="Kirim permintaan").click()
        mine = staff.locator("li[data-status]").filter(has_text=number)
        await expect(mine.get_by_role("button", name="surat dokter.png", exact=True)).to_be_visible()
        await mine.get_by_role("button", name="Hapus rujukan.pdf").click()
        await expect(mine.get_by_role("button", name="rujukan.pdf", exact=True)).to_have_count(0)
        await expect(mine).not_to_contain_text("Belum ada berkas surat")
        assert await violations(staff) == []
        await pictures(staff, "leave-letter-mine")
        await staff.set_viewport_size(PHONE)

        row = above.locator("li[data-row]").filter(has_text=number)
        await looked_at_again(above, row.get_by_role("button", name="surat dokter.png", exact=True))
        await row.get_by_role("button", name="Lihat surat dokter.png").click()
        shown = above.get_by_role("dialog").get_by_role("img", name="surat dokter.png")
        await expect(shown).to_be_visible()
        assert await shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        await above.get_by_role("dialog").get_by_role("button", name="Tutup").click()
        await expect(above.get_by_role("dialog")).to_have_count(0)
        await expect(row).not_to_contain_text("Belum ada berkas surat")
        await expect(row.get_by_role("button", name=re.compile("^Hapus"))).to_have_count(0)
        assert await violations(above) == []
        await pictures(above, "leave-letter-queue")
        await above.set_viewport_size(DESK)
        await row.get_by_role("button", name="Setujui").click()
        await expect(above.get_by_text("1 permintaan disetujui.")).to_be_visible()

        await looked_at_again(staff, mine.get_by_text("Disetujui").first)
        await expect(mine.get_by_role("button", name="surat dokter.png", exact=True)).to_be_visible()
        await expect(mine.locator("input[type=file]")).to_have_count(0)
        await mine.get_by_role("button", name="Batalkan").click()
        await mine.get_by_role("button", name="Batalkan permintaan ini").click()
        await expect(mine).to_contain_text("Dibatalkan")


async def test_the_agency_adjusts_a_balance(running: System, browser: Browser) -> None:
    words = some("Sisa cuti menurut kartu cuti")
    async with (
        seat(browser, running, "pegawai", "/cuti") as staff,
        seat(browser, running, "bkpsdm", "/saldo-cuti") as agency,
    ):
        async with staff.expect_request(re.compile(r"/employees/[^/]+/leave-balance")) as asked:
            await staff.reload()
        identity = (await asked.value).url.split("/employees/")[1].split("/")[0]
        person = running.get(f"/api/directory/v1/employees/{identity}")  # several have the same name
        before = await left(staff)
        await expect(agency.get_by_role("heading", name="Pilih seorang pegawai")).to_be_visible()
        assert await violations(agency) == []
        await pictures(agency, "leave-balances-empty")
        await agency.set_viewport_size(DESK)
        await agency.get_by_role("combobox", name="Cuti siapa?").fill(person["numbers"][-1]["number"])
        await agency.get_by_role("option", name=person["name"]).click()
        for days, after in (("1", fewer(before, -1)), ("-1", before)):
            await agency.get_by_role("button", name="Sesuaikan saldo").click()
            await agency.get_by_label("Jumlah hari").fill(days)
            await agency.get_by_label("Alasan").fill(words)
            assert await violations(agency) == []
            await agency.get_by_role("button", name="Simpan penyesuaian").click()
            await expect(agency.get_by_test_id("leave-balance")).to_contain_text(after)
        await agency.get_by_role("button", name="Lihat rincian saldo").click()
        await expect(agency.get_by_role("table")).to_contain_text(words)
        await agency.get_by_role("button", name="Catat keputusan di atas kertas").click()
        await agency.get_by_role("button", name="Simpan keputusan").click()
        assert await violations(agency) == []
        await pictures(agency, "leave-balances")
