"""Notes of feedback on the real system: two presses of the superior, an answer, a request, praise for the unit."""

import re

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e.chromium import looked_at_again, violations
from tests.e2e.pictures import pictures
from tests.e2e.system import System
from tests.e2e.test_activities import DESK, found, queued, record, seat, some, withdrawn

pytestmark = pytest.mark.timeout(300)

NAME = re.compile(r"^Umpan balik untuk ")


async def name_of(page: Page) -> str:
    """Who is signed in, on /saya."""
    return await page.get_by_role("heading", level=1).inner_text()


def notes(page: Page, text: str) -> Locator:
    """The notes of a list on /umpan-balik with these words."""
    return page.locator("li[data-note]").filter(has_text=text)


async def look(page: Page, name: str) -> None:
    """Without a fault that can be measured, and as pictures."""
    assert await violations(page) == []
    size = page.viewport_size or DESK
    await pictures(page, name)
    await page.set_viewport_size(size)


async def test_two_presses_on_the_card_an_answer_and_a_slip_taken_back(running: System, browser: Browser) -> None:
    thanks = some("Terima kasih, Pak")
    async with (
        seat(browser, running, "pegawai", "/saya", phone=True) as staff,
        seat(browser, running, "atasan", "/umpan-balik/diberikan") as above,
    ):
        complaints: list[str] = []
        for page in (staff, above):
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        name = await name_of(staff)
        await above.get_by_role("button", name=re.compile("^Tampilkan semua")).click()
        await above.get_by_role("link", name=name).click()
        await expect(above.get_by_role("heading", level=1, name=name)).to_be_visible()
        sheet = above.get_by_role("dialog", name=NAME)

        await above.get_by_role("button", name="Beri umpan balik").click()  # the first press
        await expect(sheet.get_by_role("button", name="Akuntabel")).to_be_visible()
        await look(above, "notes-give")
        await sheet.get_by_role("button", name="Akuntabel").click()  # the second
        await expect(sheet.get_by_role("status")).to_contain_text(f"Terkirim kepada {name}: Akuntabel.")
        await expect(sheet.get_by_role("status")).to_be_focused()
        await look(above, "notes-given")
        await sheet.get_by_role("button", name="Selesai").click()
        await expect(above.get_by_role("button", name="Beri umpan balik")).to_be_focused()

        # What should become better takes words; a slip is taken back.
        await above.get_by_role("button", name="Beri umpan balik").click()
        await sheet.get_by_text("Perlu ditingkatkan").click()
        await sheet.get_by_role("button", name="Harmonis").click()
        await expect(sheet.get_by_text("Tulis sedikitnya lima huruf.")).to_be_visible()
        await look(above, "notes-improve")
        slip = some("Salah orang")
        await sheet.get_by_label("Apa yang sebaiknya diperbaiki?").fill(slip)
        await sheet.get_by_role("button", name="Harmonis").click()
        await sheet.get_by_role("button", name="Batalkan").click()
        await expect(sheet.get_by_role("status")).to_contain_text("Dibatalkan")
        await sheet.get_by_role("button", name="Selesai").click()

        await staff.reload()
        line = staff.get_by_test_id("latest-note")
        await expect(line).to_contain_text("Akuntabel, dari ")
        await look(staff, "notes-latest")
        await line.get_by_role("link").click()
        first = notes(staff, "Akuntabel").first
        await expect(first).to_contain_text("Baik")
        await expect(notes(staff, slip)).to_have_count(0)
        await first.get_by_role("button", name="Tanggapi").click()
        await first.get_by_label("Tanggapan").fill(thanks)
        await look(staff, "notes-answer")
        await first.get_by_role("button", name="Kirim tanggapan").click()
        await expect(first).to_contain_text("Tanggapan Anda")
        await look(staff, "notes-received")

        await above.goto(f"{running.edge}/umpan-balik/diberikan")
        answered = notes(above, thanks)
        await looked_at_again(above, answered)
        await expect(answered.get_by_role("button", name="Batalkan")).to_have_count(0)
        await look(above, "notes-sent")
        assert complaints == []


async def test_asked_for_answered_on_an_activity_and_declined(running: System, browser: Browser) -> None:
    what, question, why = some("Merapikan daftar hadir"), some("Apa yang kurang?"), some("Dibahas hari Senin")
    async with (
        seat(browser, running, "pegawai", "/aktivitas", phone=True) as staff,
        seat(browser, running, "atasan", "/pengesahan") as above,
    ):
        entry = await record(staff, what)
        row = await found(above, what)
        await row.get_by_role("button", name="Beri umpan balik").click()
        sheet = above.get_by_role("dialog", name=NAME)
        await expect(sheet.get_by_text(f"Tentang: {what}")).to_be_visible()
        await look(above, "notes-activity")
        words = some("Rapi dan cepat")
        await sheet.get_by_label("Kata-kata").fill(words)
        await sheet.get_by_role("button", name="Kompeten").click()
        await sheet.get_by_role("button", name="Selesai").click()

        await staff.goto(f"{running.edge}/umpan-balik")
        await expect(notes(staff, words)).to_contain_text("tentang satu aktivitas")
        await staff.get_by_role("button", name="Minta umpan balik").click()
        form = staff.get_by_role("form", name="Minta umpan balik")
        await form.get_by_label("Tentang apa?").fill(question)
        await look(staff, "notes-ask")
        await form.get_by_role("button", name="Kirim permintaan").click()
        mine = staff.get_by_role("listitem").filter(has_text=question)
        await expect(mine).to_contain_text("Menunggu jawaban atasan")
        await staff.get_by_role("button", name="Minta umpan balik").click()
        await form.get_by_role("button", name="Kirim permintaan").click()
        await expect(form.get_by_role("alert")).to_contain_text("masih menunggu jawaban")
        await form.get_by_role("button", name="Batal").click()

        await looked_at_again(above, queued(above, what))
        await look(above, "notes-validation")
        await above.goto(f"{running.edge}/umpan-balik")
        await above.get_by_role("button", name="Pemberitahuan").click()
        await above.get_by_role("link", name="permintaan umpan balik menunggu").click()
        asked = above.locator("li[data-request]").filter(has_text=question)
        await expect(asked).to_be_visible()
        await look(above, "notes-requests")
        await asked.get_by_role("button", name="Tolak permintaan").click()
        await asked.get_by_label("Alasan").fill(why)
        await asked.get_by_role("button", name="Tolak permintaan").click()
        await expect(asked).to_have_count(0)

        await staff.reload()
        await expect(mine).to_contain_text(why)
        await look(staff, "notes-requested")

        # Asked once more, and answered.
        question = some("Lalu bagaimana?")
        await staff.get_by_role("button", name="Minta umpan balik").click()
        await form.get_by_label("Tentang apa?").fill(question)
        await form.get_by_role("button", name="Kirim permintaan").click()
        mine = staff.get_by_role("listitem").filter(has_text=question)
        await expect(mine).to_contain_text("Menunggu jawaban atasan")
        asked = above.locator("li[data-request]").filter(has_text=question)
        await looked_at_again(above, asked)
        await asked.get_by_role("button", name="Beri umpan balik").click()
        await sheet.get_by_role("button", name="Adaptif").click()
        await sheet.get_by_role("button", name="Selesai").click()
        await expect(asked).to_have_count(0)
        await staff.reload()
        await expect(mine).to_contain_text("Sudah dijawab")
        await staff.goto(f"{running.edge}/aktivitas")
        await withdrawn(entry)


async def test_asked_about_one_activity_and_answered_from_the_queue(running: System, browser: Browser) -> None:
    what, question, words = some("Menyusun notulen"), some("Sudah cukup rinci?"), some("Ringkas dan jelas")
    async with (
        seat(browser, running, "pegawai", "/aktivitas", phone=True) as staff,
        seat(browser, running, "atasan", "/pengesahan") as above,
    ):
        entry = await record(staff, what)
        await entry.get_by_role("button", name="Minta umpan balik").click()
        form = staff.get_by_role("form", name="Minta umpan balik")
        await expect(form.get_by_text(f"Tentang: {what}")).to_be_visible()
        await form.get_by_label("Apa yang ingin Anda ketahui?").fill(question)
        await look(staff, "notes-ask-activity")
        await form.get_by_role("button", name="Kirim permintaan").click()
        await expect(entry.get_by_role("link", name="Umpan balik sudah diminta")).to_be_visible()
        await expect(entry.get_by_role("button", name="Minta umpan balik")).to_have_count(0)
        await look(staff, "activities-asked")

        row = await found(above, what)
        await looked_at_again(above, row.get_by_text(f"Pegawai meminta umpan balik: {question}"))
        await look(above, "validation-asked")
        await row.get_by_role("button", name="Beri umpan balik").click()
        sheet = above.get_by_role("dialog", name=NAME)
        await sheet.get_by_label("Kata-kata").fill(words)
        await sheet.get_by_role("button", name="Kompeten").click()
        await sheet.get_by_role("button", name="Selesai").click()
        await expect(row.get_by_text("Pegawai meminta umpan balik")).to_have_count(0)

        # The note leads to what it is about: the receiver to the own list, the author to the card of the day.
        await staff.goto(f"{running.edge}/umpan-balik/permintaan")
        mine = staff.get_by_role("listitem").filter(has_text=question)
        await expect(mine).to_contain_text("Sudah dijawab")
        await staff.goto(f"{running.edge}/umpan-balik")
        about = notes(staff, words).get_by_role("link", name="tentang satu aktivitas")
        await expect(about).to_be_visible()
        await look(staff, "notes-of-activity")
        await about.click()
        pointed = staff.locator("li[data-pointed]")
        await expect(pointed).to_contain_text(what)
        await expect(pointed).to_be_in_viewport()
        await look(staff, "activities-pointed")
        await above.goto(f"{running.edge}/umpan-balik/diberikan")
        await notes(above, words).get_by_role("link", name="tentang satu aktivitas").click()
        await expect(above).to_have_url(re.compile(r"/kartu/.*span=day"))
        await withdrawn(pointed)


async def test_praise_of_a_colleague_is_seen_by_the_unit(running: System, browser: Browser) -> None:
    words = some("Membantu sampai malam <b>hari</b>")
    async with (
        seat(browser, running, "pegawai", "/umpan-balik", phone=True) as staff,
        seat(browser, running, "atasan", "/saya") as above,
        seat(browser, running, "pimpinan", "/umpan-balik/unit") as head,
    ):
        name = await name_of(above)
        await staff.get_by_role("button", name="Puji rekan").click()
        sheet = staff.get_by_role("dialog", name="Puji rekan")
        await expect(sheet.get_by_role("button", name="Kolaboratif")).to_be_visible()
        await look(staff, "notes-praise")
        await sheet.get_by_role("button", name="Kolaboratif").click()
        await expect(sheet.get_by_text("Pilih rekan yang Anda puji.")).to_be_visible()
        await sheet.get_by_role("combobox", name="Rekan sekantor").fill("x")
        await expect(staff.get_by_text("Ketik sedikitnya dua huruf")).to_be_visible()
        part = max(re.findall(r"[A-Za-z]+", name), key=len)
        await sheet.get_by_role("combobox", name="Rekan sekantor").fill(part.lower())
        await staff.get_by_role("option", name=name).click()
        await sheet.get_by_text("Terlihat unit").click()
        await sheet.get_by_label("Kata-kata").fill(words)
        await look(staff, "notes-praise-filled")
        await sheet.get_by_role("button", name="Kolaboratif").click()
        await expect(sheet.get_by_role("status")).to_contain_text("Kolaboratif")
        await sheet.get_by_role("button", name="Selesai").click()

        await looked_at_again(head, notes(head, words))
        await expect(notes(head, words)).to_contain_text(f"Untuk {name}, dari ")
        await look(head, "notes-unit")
        await staff.goto(f"{running.edge}/umpan-balik/diberikan")
        await notes(staff, words).get_by_role("button", name="Batalkan").click()
        await expect(notes(staff, words)).to_have_count(0)
        await head.reload()
        await expect(head.get_by_role("heading", level=1)).to_be_visible()
        await expect(notes(head, words)).to_have_count(0)
