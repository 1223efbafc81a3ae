"""Daily activities on the real system: recorded on a phone, decided by the superior, corrected, and the catalogue.

Texts are of this run alone and entries are short: the tests run any number of times on one day of one system.
"""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from tests.e2e.chromium import looked_at_again, violations
from tests.e2e.pictures import pictures
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(300)

PHONE = ViewportSize(width=360, height=780)
DESK = ViewportSize(width=1440, height=900)


def some(what: str) -> str:
    """A text that no other run has."""
    return f"{what}, berkas {uuid4().hex[:10]}"


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


async def record(page: Page, what: str, length: str = "15 menit") -> Locator:
    """Three steps: write, tap how long, press."""
    form = page.get_by_role("form", name="Catat aktivitas")
    await form.get_by_label("Apa yang dikerjakan?").fill(what)
    await form.get_by_text(length, exact=True).click()
    await form.get_by_role("button", name="Catat aktivitas").click()
    made = day(page).filter(has_text=what)
    await expect(made).to_contain_text("Menunggu pengesahan")
    return made


def day(page: Page) -> Locator:
    """The entries of the day on /aktivitas."""
    return page.locator("li[data-status]")


def queued(page: Page, what: str) -> Locator:
    """A row that waits on /pengesahan."""
    return page.locator("li[data-row]").filter(has_text=what)


async def found(page: Page, what: str) -> Locator:
    """The row, however many wait before it."""
    row = queued(page, what)
    more = page.get_by_role("button", name="Tampilkan berikutnya")
    await expect(page.get_by_test_id("waiting-count")).to_be_visible()
    while not await row.count() and await more.count():
        await more.click()
    await looked_at_again(page, row)
    return row


async def withdrawn(row: Locator) -> None:
    """Taken back by its writer."""
    await row.get_by_role("button", name="Tarik").click()
    await row.get_by_role("button", name="Tarik aktivitas").click()
    await expect(row).to_have_count(0)


async def test_recorded_on_a_phone_and_decided_by_the_superior(running: System, browser: Browser) -> None:
    first, second, wrong = some("Menyusun laporan bulanan"), some("Rapat koordinasi"), some("Menata arsip")
    async with (
        seat(browser, running, "pegawai", "/saya", phone=True) as staff,
        seat(browser, running, "atasan", "/tim") as above,
    ):
        await staff.get_by_test_id("my-activities").get_by_role("link", name="Catat aktivitas").click()
        await expect(staff.get_by_role("heading", name="Aktivitas saya")).to_be_visible()
        await expect(staff.get_by_test_id("month")).to_contain_text("dari 6.750 menit efektif")
        for what in (first, second, wrong):
            await record(staff, what)
        await expect(staff.get_by_text("Tercatat 15 menit")).to_be_visible()
        await staff.get_by_role("button", name="Tambah hasil").click()
        assert await violations(staff) == []
        await pictures(staff, "activities")

        await above.reload()
        await above.get_by_role("link", name=re.compile("aktivitas menunggu pengesahan")).click()
        await expect(above.get_by_role("heading", name="Pengesahan aktivitas")).to_be_visible()
        for what in (first, second):
            await (await found(above, what)).get_by_role("checkbox").click()
        chosen = above.get_by_role("region", name="Yang dipilih")
        await expect(chosen).to_contain_text("2 dipilih · 30 menit")
        assert await violations(above) == []
        await pictures(above, "validation")
        await above.set_viewport_size({"width": 1440, "height": 900})
        await chosen.get_by_role("button", name="Sahkan 2 aktivitas").click()
        await expect(above.get_by_text("2 aktivitas disahkan.")).to_be_visible()
        await expect(queued(above, first)).to_have_count(0)
        row = queued(above, wrong)
        await row.get_by_role("button", name="Sahkan").focus()
        await above.keyboard.press("r")
        await expect(row.get_by_label("Alasan")).to_be_focused()
        await row.get_by_role("button", name="Kembalikan 1 aktivitas").click()
        await expect(row.get_by_text("Tulis sedikitnya lima huruf.")).to_be_visible()
        words = some("Sebutkan arsip tahun berapa")
        await row.get_by_label("Alasan").fill(words)
        assert await violations(above) == []
        await pictures(above, "validation-return")
        await row.get_by_role("button", name="Kembalikan 1 aktivitas").click()
        await expect(above.get_by_text("1 aktivitas dikembalikan.")).to_be_visible()
        await expect(row).to_have_count(0)

        await staff.reload()
        await expect(day(staff).filter(has_text=first)).to_contain_text("Disahkan")
        returned = day(staff).filter(has_text=wrong)
        await expect(returned).to_contain_text("Dikembalikan untuk diperbaiki")
        await expect(returned).to_contain_text(words)
        assert await violations(staff) == []
        await pictures(staff, "activities-decided")
        await returned.get_by_role("button", name="Ubah").click()
        await returned.get_by_label("Apa yang dikerjakan?").fill(f"{wrong} tahun 2025")
        await returned.get_by_role("button", name="Simpan perubahan").click()
        await expect(returned).to_contain_text("Menunggu pengesahan")
        await withdrawn(returned)

        validated = day(staff).filter(has_text=second)
        await validated.get_by_role("button", name="Koreksi").click()
        await validated.get_by_role("button", name="Kirim koreksi").click()
        await expect(validated.get_by_text("Tulis sedikitnya lima huruf.")).to_be_visible()
        await validated.get_by_label("Alasan koreksi").fill("Rapat selesai lebih awal.")
        await validated.get_by_role("button", name="Kirim koreksi").click()
        await expect(validated).to_contain_text("Menunggu pengesahan")
        await expect(validated).to_contain_text("Rapat selesai lebih awal.")
        await withdrawn(validated)


async def test_what_was_done_yesterday_is_recorded_again_by_one_tap(running: System, browser: Browser) -> None:
    what = some("Memeriksa surat keluar")
    async with seat(browser, running, "pegawai", "/aktivitas", phone=True) as staff:
        await expect(staff.get_by_test_id("month")).to_be_visible()
        await staff.get_by_role("link", name="Hari sebelumnya").click()
        await expect(staff.get_by_role("link", name="Hari berikutnya")).to_be_visible()
        before = await record(staff, what)
        await staff.get_by_role("link", name="Hari ini").click()
        await expect(before).to_have_count(0)
        await staff.get_by_role("button", name="Ulangi kemarin").click()
        await staff.get_by_role("button", name=f"Catat lagi: {what}").click()
        await expect(before).to_contain_text("Menunggu pengesahan")
        await expect(staff.get_by_role("button", name=f"Catat lagi: {what}")).to_have_count(0)
        await staff.get_by_role("button", name=re.compile(f"^{re.escape(what)}.*15 menit")).click()
        form = staff.get_by_role("form", name="Catat aktivitas")
        await expect(form.get_by_label("Apa yang dikerjakan?")).to_have_value(what)
        await expect(form.get_by_role("radio", name="15 menit", exact=True)).to_be_checked()
        await expect(form.get_by_role("button", name="Catat aktivitas")).to_be_focused()
        assert await violations(staff) == []
        await pictures(staff, "activities-again")
        await withdrawn(before)
        await staff.get_by_role("link", name="Hari sebelumnya").click()
        await withdrawn(before)


async def test_an_entry_changed_from_two_pages_shows_both_versions(running: System, browser: Browser) -> None:
    what = some("Membalas surat masuk")
    async with (
        seat(browser, running, "pegawai", "/aktivitas") as one,
        seat(browser, running, "pegawai", "/aktivitas") as other,
    ):
        await record(one, what)
        mine, theirs = (day(page).filter(has_text=what) for page in (one, other))
        await looked_at_again(other, theirs)
        await mine.get_by_role("button", name="Ubah").click()
        await mine.get_by_label("Apa yang dikerjakan?").fill(f"{what} dari kecamatan")
        await theirs.get_by_role("button", name="Ubah").click()
        await theirs.get_by_label("Apa yang dikerjakan?").fill(f"{what} dari kelurahan")
        await theirs.get_by_text("30 menit", exact=True).click()
        await theirs.get_by_role("button", name="Simpan perubahan").click()
        await expect(theirs.get_by_role("button", name="Ubah")).to_be_visible()
        await mine.get_by_role("button", name="Simpan perubahan").click()
        both = mine.get_by_role("alert", name="Aktivitas ini sudah berubah sementara Anda mengisinya")
        await expect(both).to_contain_text("dari kecamatan")
        await expect(both).to_contain_text("dari kelurahan")
        await expect(both).to_be_focused()
        assert await violations(one) == []
        await pictures(one, "activities-conflict")
        await both.get_by_role("button", name="Lanjutkan mengubah").click()
        await expect(mine.get_by_label("Apa yang dikerjakan?")).to_have_value(f"{what} dari kecamatan")
        await mine.get_by_role("button", name="Simpan perubahan").click()
        await expect(mine.get_by_role("heading", name=f"{what} dari kecamatan")).to_be_visible()

        # What was withdrawn meanwhile takes no more changes; what was typed becomes a new one.
        await mine.get_by_role("button", name="Ubah").click()
        await mine.get_by_label("Apa yang dikerjakan?").fill(f"{what} dari kelurahan lain")
        await looked_at_again(other, theirs.filter(has_text="dari kecamatan"))
        await withdrawn(theirs)
        await mine.get_by_role("button", name="Simpan perubahan").click()
        await both.get_by_role("button", name="Pakai untuk aktivitas baru").click()
        form = one.get_by_role("form", name="Catat aktivitas")
        await expect(form.get_by_label("Apa yang dikerjakan?")).to_have_value(f"{what} dari kelurahan lain")
        await form.get_by_role("button", name="Catat aktivitas").click()
        await expect(mine).to_contain_text("dari kelurahan lain")
        await withdrawn(mine)


async def test_what_could_not_be_decided_is_said(running: System, browser: Browser) -> None:
    gone, kept = some("Menyiapkan undangan"), some("Mengantar undangan")
    async with (
        seat(browser, running, "pegawai", "/aktivitas") as staff,
        seat(browser, running, "atasan", "/pengesahan") as above,
    ):
        await record(staff, gone)
        await record(staff, kept)
        for what in (gone, kept):
            await (await found(above, what)).get_by_role("checkbox").click()
        # From here on the page does not hear that one is taken back.
        await above.route(re.compile(r"/activities\?"), lambda route: route.abort())
        await withdrawn(day(staff).filter(has_text=gone))
        await above.get_by_role("button", name="Sahkan 2 aktivitas", exact=True).last.click()
        await above.unroute_all()
        refused = above.get_by_role("alert").filter(has_text=gone)
        await expect(refused).to_contain_text("1 tidak dapat diputus")
        await expect(refused).to_contain_text("tidak menunggu keputusan")
        await expect(above.get_by_text("1 aktivitas disahkan.")).to_be_visible()
        assert await violations(above) == []
        await pictures(above, "validation-refused")
        await looked_at_again(staff, day(staff).filter(has_text=kept).filter(has_text="Disahkan"))


async def test_what_is_past_its_day_is_said_where_people_look(running: System, browser: Browser) -> None:
    """Days do not pass while a test runs: what the service tells then is put in for it."""
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    told: dict[str, Any] = {"due_soon": 0, "overdue": 3, "oldest_due_on": str(today - timedelta(days=4))}
    async with seat(browser, running, "pimpinan", "/saya") as head:
        people = await head.evaluate("Object.keys(sessionStorage).map((key) => sessionStorage.getItem(key)).join('')")
        me = json.loads(re.findall(r"\{.*\}", people)[0])["profile"]["employee_id"]
        below = [
            {"superior_id": me, "overdue": 9 - number, "oldest_due_on": str(today - timedelta(days=2))}
            for number in range(5)
        ]
        for one, number in zip(below[1:], range(4), strict=True):
            one["superior_id"] = f"unheard-of-{number}"
        await head.route("**/reminders", lambda route: route.fulfill(json=told | {"escalated": below}))
        for path in ("/saya", "/tim", "/pengesahan"):
            await head.goto(running.edge + path)
            lines = head.get_by_test_id("reminders").get_by_role("listitem")
            await expect(lines).to_have_count(5)  # the own, three of those below, and the way to all
            await expect(lines.first).to_contain_text("3 aktivitas menunggu keputusan Anda lewat tenggat")
            await expect(lines.first).to_contain_text("4 hari")
            link = lines.first.get_by_role("link")
            await expect(link).to_have_count(0 if path == "/pengesahan" else 1)
            await expect(lines.nth(1)).to_contain_text("9 aktivitas di bawah ")
            await expect(lines.nth(1)).to_contain_text("2 hari")
            await expect(lines.nth(2)).to_contain_text("8 aktivitas di bawah pegawai lain")  # not theirs to see
            await expect(lines.nth(1).get_by_role("link")).to_have_attribute("href", f"/kartu/{me}")
            assert await violations(head) == []
            await pictures(head, f"reminders-{path.strip('/')}")
        await lines.last.get_by_role("button", name="Tampilkan semua atasan (5)").click()
        await expect(lines).to_have_count(6)
        await head.unroute_all()
        await head.route("**/reminders", lambda route: route.fulfill(status=503, json={}))
        await head.goto(f"{running.edge}/tim")
        await expect(head.get_by_test_id("team-sum")).to_be_visible()
        await expect(head.get_by_test_id("reminders")).to_have_count(0)


async def test_the_service_says_at_the_field_what_is_wrong(running: System, browser: Browser) -> None:
    async with seat(browser, running, "pegawai", "/aktivitas", phone=True) as staff:
        form = staff.get_by_role("form", name="Catat aktivitas")
        await form.get_by_role("button", name="Catat aktivitas").click()
        await expect(form.get_by_text("Tulis apa yang dikerjakan")).to_be_visible()
        await form.get_by_label("Apa yang dikerjakan?").fill(some("Piket malam"))
        await form.get_by_text("Jam mulai–selesai").click()
        await form.get_by_label("Mulai", exact=True).fill("00:00")
        await form.get_by_label("Selesai", exact=True).fill("23:59")
        await form.get_by_role("button", name="Catat aktivitas").click()
        # At one minute before midnight this would be true; nobody tests then.
        await expect(form.get_by_label("Selesai", exact=True)).to_have_attribute("aria-invalid", "true")
        await expect(form.get_by_text("Jam selesai belum tiba; sekarang pukul")).to_be_visible()
        assert await violations(staff) == []
        await pictures(staff, "activities-wrong")


async def test_a_task_of_the_catalogue_can_be_chosen(running: System, browser: Browser) -> None:
    task, what = some("Pelayanan administrasi"), some("Melayani tamu")
    async with (
        seat(browser, running, "bkpsdm", "/katalog-tugas") as agency,
        seat(browser, running, "pegawai", "/aktivitas", phone=True) as staff,
    ):
        await agency.get_by_role("button", name="Tugas baru").click()
        form = agency.get_by_role("form", name="Tugas baru")
        await form.get_by_role("button", name="Tambah tugas").click()
        await expect(form.get_by_text("Isi nama tugas.")).to_be_visible()
        await form.get_by_label("Nama tugas").fill(task)
        await form.get_by_label("Hari pertama").fill("2026-01-01")
        assert await violations(agency) == []
        await pictures(agency, "tasks-new")
        await form.get_by_role("button", name="Tambah tugas").click()
        await agency.get_by_label("Cari tugas").fill(task)
        row = agency.get_by_role("row").filter(has_text=task)
        await expect(row).to_contain_text("Semua unit")
        await agency.get_by_label("Cari tugas").fill("")
        await expect(row).to_be_visible()
        assert await violations(agency) == []
        await pictures(agency, "tasks")

        await staff.reload()
        chooser = staff.get_by_role("form", name="Catat aktivitas").get_by_role("combobox", name="Tugas")
        await chooser.fill(task)
        await staff.get_by_role("option", name=task).click()
        made = await record(staff, what)
        await expect(made).to_contain_text(task)
        await withdrawn(made)

        await agency.set_viewport_size({"width": 1440, "height": 900})
        await row.get_by_role("button", name="Akhiri").click()
        ending = agency.get_by_role("form", name=f"Akhiri: {task}")
        await ending.get_by_label("Hari terakhir").fill("2026-01-31")
        await ending.get_by_role("button", name="Akhiri tugas").click()
        await expect(row).to_contain_text("berakhir")
        await staff.reload()
        await expect(staff.get_by_test_id("month")).to_be_visible()
        if await chooser.count():
            await chooser.fill(task)
            await expect(staff.get_by_text("Tidak ada tugas yang cocok")).to_be_visible()
