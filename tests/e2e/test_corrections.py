"""Corrections of presence on the real system: asked for on a phone with a photo, approved by the superior, counted.

Texts are of this run alone, and so are the dates and times: the tests run any number of times on one system.
"""

import asyncio
import re
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e.chromium import looked_at_again, violations
from tests.e2e.pictures import pictures
from tests.e2e.system import System, soon
from tests.e2e.test_activities import DESK, PHONE, seat, some
from tests.e2e.test_evidence import file
from tests.unit.kit.files import pdf, png

pytestmark = pytest.mark.timeout(300)

CHANCE = Random(uuid4().int)  # noqa: S311 - which minute, so that no run claims what another did
MINUTES = iter(CHANCE.sample(range(6 * 60, 10 * 60), 100))


def lately() -> tuple[str, str]:
    """A date the superior still decides about, and a time on it. Yesterday: what is approved there stays, and on the
    days before it nobody may have been (test_discipline.py)."""
    day, minute = datetime.now(ZoneInfo("Asia/Jakarta")).date() - timedelta(days=1), next(MINUTES)
    return day.isoformat(), f"{minute // 60:02d}:{minute % 60:02d}"


def row(page: Page, what: str) -> Locator:
    """A correction by its reason."""
    return page.locator("li[data-row], li[data-status]").filter(has_text=what)


async def waiting(page: Page, what: str) -> Locator:
    """The row of the queue, as soon as it is asked for again."""
    await expect(page.get_by_role("heading", name="Persetujuan koreksi presensi")).to_be_visible()
    await looked_at_again(page, row(page, what))
    return row(page, what)


async def ask(page: Page, what: str, date: str, time: str) -> Locator:
    """A punch of a date, without evidence."""
    form = page.get_by_role("form", name="Ajukan koreksi presensi")
    await form.get_by_label("Tanggal").fill(date)
    await form.get_by_text("Presensi tidak tercatat", exact=True).click()
    await form.get_by_text("Presensi masuk", exact=True).click()
    await form.get_by_label("Jam presensi").fill(time)
    await form.get_by_label("Alasan").fill(what)
    return form


def of(running: System, employee: str, date: str, what: str) -> dict[str, Any]:
    """The correction as the API tells it to the personnel agency's token."""
    page = running.get(f"/api/attendance/v1/employees/{employee}/corrections", **{"from": date, "to": date})
    return next(one for one in page["items"] if one["reason"] == what)


def counted(running: System, employee: str, date: str, correction: str) -> dict[str, Any] | None:
    """The claimed punch among those of the assessed day, once the day was assessed with it."""
    path = f"/api/attendance/v1/employees/{employee}/days"
    if not running.get(path, **{"from": date, "to": date})["items"]:
        return None
    found: list[dict[str, Any]] = running.get(f"{path}/{date}")["punches"]
    return next((one for one in found if one["id"] == correction), None)


async def employee_of(page: Page) -> str:
    """Whose requests the page has sent."""
    async with page.expect_request(re.compile(r"/employees/[^/]+/corrections")) as asked:
        await page.goto(page.url.split("/koreksi")[0] + "/koreksi")
    return (await asked.value).url.split("/employees/")[1].split("/")[0]


async def test_asked_for_on_a_phone_with_a_photo_and_approved(running: System, browser: Browser) -> None:
    what, (date, time) = some("Mesin di lobi tidak membaca jari saya"), lately()
    async with (
        seat(browser, running, "pegawai", f"/koreksi/baru?date={date}", phone=True) as staff,
        seat(browser, running, "atasan", "/persetujuan-koreksi") as above,
    ):
        form = staff.get_by_role("form", name="Ajukan koreksi presensi")
        await expect(form.get_by_label("Tanggal")).to_have_value(date)
        await form.get_by_role("button", name="Kirim koreksi").click()
        await expect(form.get_by_text("Pilih yang perlu dikoreksi.")).to_be_visible()
        await ask(staff, what, date, time)
        photo, chosen = form.locator("input[type=file]").all(), form.get_by_role("list", name="Bukti")
        camera, choose = await photo
        assert await camera.get_attribute("capture") == "environment"
        await camera.set_input_files(file("lobi.png", png(), "image/png"))
        await choose.set_input_files(file("film.mov", bytes(100), "video/quicktime"))
        await expect(form.get_by_role("alert")).to_contain_text("Jenis berkas ini tidak diterima")
        await choose.set_input_files(file("surat.pdf", pdf(), "application/pdf"))
        await expect(chosen.get_by_role("listitem")).to_have_count(2)
        assert await violations(staff) == []
        await pictures(staff, "correction-new")
        await staff.set_viewport_size(PHONE)
        await form.get_by_role("button", name="Kirim koreksi").click()
        await expect(staff.get_by_text("Koreksi terkirim dan menunggu keputusan.")).to_be_visible()
        await expect(row(staff, what).get_by_role("button", name="surat.pdf", exact=True)).to_be_visible()
        assert await violations(staff) == []
        await pictures(staff, "correction-sent")
        employee = await employee_of(staff)

        found = await waiting(above, what)
        await expect(found).to_contain_text(time.replace(":", "."))
        await found.get_by_role("button", name="Lihat lobi.png").click()
        shown = above.get_by_role("dialog").get_by_role("img", name="lobi.png")
        await expect(shown).to_be_visible()
        assert await shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        await pictures(above, "correction-evidence")
        await above.set_viewport_size(DESK)
        await above.get_by_role("dialog").get_by_role("button", name="Tutup").click()
        async with above.expect_download() as started:
            await found.get_by_role("button", name="surat.pdf", exact=True).click()
        assert (await (await started.value).path()).read_bytes() == pdf()
        assert await violations(above) == []
        await pictures(above, "correction-queue")
        await above.set_viewport_size(DESK)
        assert of(running, employee, date, what)["status"] == "waiting"
        await found.get_by_role("button", name=re.compile("^Setujui:")).click()
        await expect(above.get_by_text("1 koreksi disetujui.")).to_be_visible()
        await expect(found).to_have_count(0)
        told = of(running, employee, date, what)
        assert [(step["what"], step["side"]) for step in told["steps"]][-1] == ("approved", "superior")
        punch = await asyncio.to_thread(
            soon, lambda: counted(running, employee, date, told["id"]), "the day is assessed with the claimed punch"
        )
        assert (punch["source"], punch["direction"]) == ("correction", "in")

        await staff.set_viewport_size(PHONE)
        await staff.goto(f"{running.edge}/koreksi?from={date[:8]}01")
        mine = row(staff, what)
        await expect(mine).to_contain_text("Disetujui")
        await expect(mine).to_contain_text("Disetujui oleh atasan")
        await expect(mine.get_by_role("button", name=re.compile("^Ubah"))).to_have_count(0)
        assert await violations(staff) == []
        await pictures(staff, "corrections")


async def test_returned_improved_and_rejected_many_at_once(running: System, browser: Browser) -> None:
    first, second = some("Lupa presensi setelah apel"), some("Presensi siang tidak terbaca")
    async with (
        seat(browser, running, "pegawai", "/koreksi/baru", phone=True) as staff,
        seat(browser, running, "atasan", "/persetujuan-koreksi") as above,
    ):
        days = {}
        for what in (first, second):
            days[what], time = lately()
            form = await ask(staff, what, days[what], time)
            await form.get_by_role("button", name="Kirim koreksi").click()
            await expect(row(staff, what)).to_contain_text("Tanpa bukti koreksi ini tidak dapat disetujui.")
            await staff.get_by_role("button", name="Ajukan koreksi lain").click()

        bare = await waiting(above, first)
        await bare.get_by_role("button", name=re.compile("^Setujui:")).click()
        await expect(above.get_by_role("alert")).to_contain_text("Belum ada bukti")
        await pictures(above, "correction-refused")
        await above.set_viewport_size(DESK)
        await above.get_by_role("button", name="Tutup").click()
        for what in (first, second):
            await (await waiting(above, what)).get_by_role("checkbox").click()
        bar = above.get_by_role("region", name="Yang dipilih")
        await expect(bar).to_contain_text("2 dipilih")
        await bar.get_by_role("button", name="Kembalikan").click()
        await expect(bar.get_by_label("Alasan")).to_be_focused()
        words = some("Lampirkan foto mesin")
        await bar.get_by_label("Alasan").fill(words)
        assert await violations(above) == []
        await pictures(above, "correction-return")
        await above.set_viewport_size(DESK)
        await bar.get_by_role("button", name="Kembalikan 2 koreksi").click()
        await expect(above.get_by_text("2 koreksi dikembalikan.")).to_be_visible()

        await staff.goto(f"{running.edge}/koreksi?span=range&from={min(days.values())}&to={max(days.values())}")
        mine = row(staff, first)
        await expect(mine).to_contain_text("Dikembalikan untuk diperbaiki")
        await expect(mine).to_contain_text(words)
        await mine.locator("input[type=file]").set_input_files(file("mesin.png", png(), "image/png"))
        await expect(mine.get_by_role("button", name="mesin.png", exact=True)).to_be_visible()
        await mine.get_by_role("button", name=re.compile("^Ubah")).click()
        change = mine.get_by_role("form", name="Ubah")
        await change.get_by_label("Jam presensi").fill(f"10:{CHANCE.randint(0, 59):02d}")
        assert await violations(staff) == []
        await pictures(staff, "correction-change")
        await change.get_by_role("button", name="Simpan perubahan").click()
        await expect(mine).to_contain_text("Menunggu keputusan")
        other = row(staff, second)
        await other.get_by_role("button", name=re.compile("^Tarik")).click()
        await other.get_by_role("button", name="Tarik koreksi", exact=True).click()
        await expect(other).to_contain_text("Ditarik")

        last = await waiting(above, first)
        await last.get_by_role("button", name=re.compile("^Tolak:")).click()
        await last.get_by_label("Alasan").fill("Mesin merekam Anda pukul sembilan.")
        await last.get_by_role("button", name="Tolak 1 koreksi").click()
        await expect(above.get_by_text("1 koreksi ditolak.")).to_be_visible()
        await staff.reload()
        await expect(row(staff, first)).to_contain_text("Ditolak, tidak dihitung")


def assessed(running: System, employee: str, date: str) -> tuple[Any, ...]:
    """What a day comes to and the punches that count on it; nothing while it was not assessed."""
    path = f"/api/attendance/v1/employees/{employee}/days"
    if not running.get(path, **{"from": date, "to": date})["items"]:
        return ()
    day = running.get(f"{path}/{date}")
    return day["day"]["status"], day["day"]["shifts"], {one["id"] for one in day["punches"]}


async def test_approved_and_revoked_the_day_is_as_before(running: System, browser: Browser) -> None:
    what, words, (date, time) = some("Pintu timur tidak merekam"), some("Kamera pintu menunjukkan lain"), lately()
    async with (
        seat(browser, running, "pegawai", f"/koreksi/baru?date={date}", phone=True) as staff,
        seat(browser, running, "atasan", "/persetujuan-koreksi") as above,
        seat(browser, running, "bkpsdm", "/persetujuan-koreksi") as agency,
    ):
        form = await ask(staff, what, date, time)
        await form.locator("input[type=file]").first.set_input_files(file("pintu.png", png(), "image/png"))
        await form.get_by_role("button", name="Kirim koreksi").click()
        await expect(row(staff, what).get_by_role("button", name="pintu.png", exact=True)).to_be_visible()
        employee = await employee_of(staff)
        before, claim = assessed(running, employee, date), of(running, employee, date, what)["id"]

        found = await waiting(above, what)
        await found.get_by_role("button", name=re.compile("^Setujui:")).click()
        await expect(found).to_have_count(0)
        await asyncio.to_thread(
            soon, lambda: counted(running, employee, date, claim), "the day is assessed with the claimed punch"
        )
        await above.goto(f"{running.edge}/persetujuan-koreksi?span=day&from={date}")
        await above.get_by_text("Sudah diputuskan", exact=True).click()
        await expect(row(above, what)).to_contain_text("Disetujui")
        await expect(row(above, what).get_by_role("button", name="Cabut koreksi")).to_have_count(0)

        await agency.goto(f"{running.edge}/persetujuan-koreksi?span=day&from={date}")
        await agency.get_by_text("Sudah diputuskan", exact=True).click()
        decided = row(agency, what)
        await decided.get_by_role("button", name="Cabut koreksi").click()
        await decided.get_by_role("button", name="Cabut koreksi ini").click()
        await expect(decided.get_by_text("Tulis sedikitnya lima huruf.")).to_be_visible()
        await decided.get_by_label("Alasan").fill(words)
        assert await violations(agency) == []
        await pictures(agency, "correction-revoke")
        await agency.set_viewport_size(DESK)
        await decided.get_by_role("button", name="Cabut koreksi ini").click()
        await expect(decided).to_contain_text("Dicabut, tidak dihitung lagi")
        assert await violations(agency) == []
        await pictures(agency, "correction-revoked")

        def as_before() -> bool | None:
            now = assessed(running, employee, date)
            return (now == before if before else claim not in now[2]) or None

        assert await asyncio.to_thread(soon, as_before, "the day is as before")
        steps = [step["what"] for step in of(running, employee, date, what)["steps"]]
        assert [step for step in steps if step != "changed"] == ["approved", "revoked"]
        await staff.goto(f"{running.edge}/koreksi?span=day&from={date}")
        mine = row(staff, what)
        await expect(mine).to_contain_text("Dicabut, tidak dihitung lagi")
        await expect(mine).to_contain_text("Disetujui oleh atasan")
        await expect(mine).to_contain_text("Dicabut oleh BKPSDM")
        await expect(mine).to_contain_text(words)
        await pictures(staff, "correction-revoked-own")
