"""The user guides: what they tell to press is pressed here, and their pictures are taken on the way.

`KINERJA_GUIDES=1` writes the pictures into docs/guides/gambar, where they are committed; take them on a fresh system,
so that nothing of other tests is in them. Otherwise they go to ./screenshots/guides.
"""

import asyncio
import re
import uuid
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, FilePayload, Page, expect

from tests.e2e import guides
from tests.e2e.chromium import looked_at_again
from tests.e2e.guide_steps import (
    AWAY,
    PRESS,
    STAFF,
    appeals_to_come,
    at,
    desk,
    doubted,
    entered,
    judged,
    kiosk,
    phone,
    some,
)
from tests.e2e.guides import Camera, agrees
from tests.e2e.poison import poison
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System, soon
from tests.e2e.test_activities import day, queued, record, withdrawn
from tests.e2e.test_checkin import registered, settled
from tests.e2e.test_terminal import poll

pytestmark = pytest.mark.timeout(400)

DEVICES = "/api/attendance/v1/devices"
PLACES = ("Air Hitam", "Kampung Baru", "Pasir Putih", "Tanjung Batu")
PHONE_STATE = re.compile("^\\s*(Ponsel ini terdaftar|Penggantian ke ponsel ini)")


@pytest.fixture(scope="module")
def site(running: System) -> dict[str, Any]:
    """Where the member of staff works."""
    held = running.get(f"/api/directory/v1/employees/{STAFF.employee_id}")["assignments"][-1]
    return running.get(f"/api/directory/v1/sites/{held['site_id']}")


@pytest.fixture(scope="module")
def morning(running: System, site: dict[str, Any]) -> None:
    """Most of the colleagues have come in, at the terminals of the site."""
    devices = [one for one in running.get(DEVICES, limit=500)["items"] if (one["site"] or {}).get("id") == site["id"]]
    now = datetime.now(ZoneInfo(site["zone"])) - timedelta(seconds=30)
    last = min(now, now.replace(hour=8, minute=4))
    begin = max(last.replace(hour=0, minute=1), last - timedelta(minutes=70))
    for device in devices:
        rows = running.get("/api/attendance/v1/enrolments", space=device["pin_space"], limit=1000)["items"]
        pins = [row["pin"] for row in rows if row["employee_id"] not in {STAFF.employee_id, None}]
        come = [pin for index, pin in enumerate(pins) if index % 5]
        step = (last - begin) / max(1, len(come))
        running.attlog(device["serial"], *((pin, begin + step * index) for index, pin in enumerate(come)))
    soon(lambda: running.get("/api/reporting/v1/presence")["totals"]["present"] or None, "they are on the board")


async def test_the_employees_guide(running: System, browser: Browser, site: dict[str, Any], morning: None) -> None:
    camera = Camera("pegawai")
    async with (
        desk(browser) as screen,
        desk(browser) as above,
        phone(browser, site) as mine,
        phone(browser, site) as other,
    ):
        page = await mine.new_page()
        await entered(page, running, camera, "pegawai")
        await expect(page.get_by_role("button", name=PRESS)).to_be_visible()
        await expect(page.get_by_role("button", name=re.compile("ponsel ini$"))).to_be_visible()
        await camera.take(page, "beranda", down_to=page.get_by_role("button", name=re.compile("ponsel ini$")))
        await registered(page)
        await settled(page)
        await camera.take(
            page,
            "terdaftar",
            of=page.locator("main p").filter(has_text=PHONE_STATE),
        )

        await mine.set_offline(True)
        await page.get_by_role("button", name=PRESS).click()
        await expect(page.get_by_text("Tersimpan di ponsel ini")).to_be_visible()
        await camera.take(page, "luring", down_to=page.get_by_text("Tersimpan di ponsel ini"))
        await mine.set_offline(False)
        await expect(page.get_by_text("Tersimpan di ponsel ini")).to_be_hidden()
        await expect(page.get_by_test_id("my-state")).to_contain_text("Hadir sejak")
        await camera.take(page, "tercatat", down_to=page.get_by_text("Lokasi hanya diambil"))

        await page.goto(await kiosk(screen, running, site))
        await expect(page.get_by_text("Kode kios sudah terbaca")).to_be_visible()
        await camera.take(page, "kode", down_to=page.get_by_text("Kode kios sudah terbaca"))

        await mine.set_geolocation(at(site, AWAY))
        await page.goto(f"{running.edge}/saya")
        words = f"Saya rapat di kantor kecamatan, surat tugas {some()}."
        row = await doubted(page, words)
        await camera.take(page, "penjelasan", of=row)
        await page.get_by_role("button", name="Kirim", exact=True).click()
        await expect(row).to_contain_text(words)
        await sign_in(above, running.edge, "atasan", running.password)
        await judged(above, running, words, "Tidak terima", "Rapat itu tidak ada dalam agenda.")
        await looked_at_again(page, row.get_by_role("button", name="Ajukan sanggahan"))
        await row.get_by_role("button", name="Ajukan sanggahan").click()
        await row.get_by_label("Penjelasan Anda").fill("Undangan rapat nomor 005/117 terlampir pada surat tugas.")
        await camera.take(page, "sanggahan", of=row)

        await returned_to(page, above, running, camera)

        await page.goto(f"{running.edge}/data-saya")
        await expect(page.get_by_role("button", name="Atasan saya salah")).to_be_visible()
        await camera.take(page, "data-saya", down_to=page.get_by_role("button", name="Atasan saya salah"))
        await page.get_by_role("button", name="Atasan saya salah").click()
        await page.get_by_label("Apa yang keliru?").fill("Sejak 1 November atasan saya kepala dinas, SK 821/77/2026.")
        await camera.take(page, "atasan-salah", of=page.get_by_role("form", name="Atasan saya salah"))
        await page.get_by_role("button", name="Batal").click()
        readers = page.locator("section", has=page.get_by_role("heading", name="Siapa yang melihat data Anda"))
        await expect(readers.get_by_role("table")).to_be_visible()
        await camera.take(page, "pelihat", of=readers)

        new = await other.new_page()
        await sign_in(new, running.edge, "pegawai", running.password)
        await expect(new.get_by_role("button", name="Minta ganti ke ponsel ini")).to_be_visible()
        await camera.take(new, "ganti-ponsel", of=new.get_by_text("Ponsel presensi Anda adalah").locator(".."))
    agrees(camera, "pegawai")


async def returned_to(page: Page, above: Page, running: System, camera: Camera) -> None:
    """An activity is recorded, comes back with a reason, and is taken back."""
    what = f"Menyusun laporan imunisasi, surat {some()}"
    await page.goto(f"{running.edge}/aktivitas")
    form = page.get_by_role("form", name="Catat aktivitas")
    await form.get_by_label("Apa yang dikerjakan?").fill(what)
    await form.get_by_text("60 menit", exact=True).click()
    await camera.take(page, "aktivitas", down_to=form.get_by_role("button", name="Catat aktivitas"))
    made = await record(page, what, "60 menit")
    await above.goto(f"{running.edge}/pengesahan")
    row = queued(above, what)
    await row.get_by_role("button", name="Kembalikan").click()
    await row.get_by_label("Alasan").fill("Sebutkan puskesmas mana saja yang termasuk.")
    await row.get_by_role("button", name="Kembalikan 1 aktivitas").click()
    await expect(row).to_have_count(0)
    await looked_at_again(page, made.get_by_text("Sebutkan puskesmas"))
    await camera.take(page, "aktivitas-dikembalikan", of=made)
    await withdrawn(made)


async def test_the_superiors_guide(running: System, browser: Browser, site: dict[str, Any], morning: None) -> None:
    camera = Camera("atasan")
    words = f"Saya mengantar berkas ke balai kota, surat tugas {some()}."
    async with desk(browser) as page, phone(browser, site) as first, phone(browser, site) as second:
        theirs = await appeals_to_come(first, running, site, words)
        new = await second.new_page()
        await sign_in(new, running.edge, "pegawai", running.password)
        await registered(new)

        await entered(page, running, camera, "atasan")
        await expect(page.get_by_role("button", name="Pemberitahuan")).to_have_text(re.compile(r"\d"))
        await expect(page.get_by_role("link", name="Tim saya")).to_be_visible()
        await page.get_by_role("button", name="Pemberitahuan").click()
        await expect(page.get_by_role("dialog").get_by_role("link", name="presensi menunggu diperiksa")).to_be_visible()
        await camera.take(page, "beranda", down_to=page.get_by_text("Lokasi hanya diambil"))
        await page.get_by_role("link", name="Tim saya").click()
        await expect(page.get_by_test_id("team-sum")).to_be_visible()
        await camera.take(page, "tim", down_to=page.locator("main li").nth(9))
        await page.locator("main li").get_by_role("link").first.click()
        await expect(page.get_by_role("heading", name="Jabatan dan unit")).to_be_visible()
        await camera.take(page, "pegawai", down_to=page.locator("main table").first)
        await page.get_by_role("navigation").get_by_role("link", name="Papan").click()
        await page.get_by_text("Belum tercatat", exact=True).first.wait_for()
        chart = page.get_by_role("img", name=re.compile("^Grafik kedatangan"))
        await expect(chart).to_be_visible()
        await expect(page.get_by_text("Langsung", exact=True)).to_be_visible()
        await camera.take(page, "papan", down_to=chart)
        await page.get_by_role("navigation").get_by_role("link", name="Pemeriksaan").click()
        await expect(page.get_by_role("button", name="Setujui ponsel baru").first).to_be_visible()
        await camera.take(page, "pemeriksaan", down_to=page.get_by_role("button", name="Tidak terima").first)
        await judged(page, running, words, "Terima presensi", "Surat tugasnya ada pada saya.", camera)
        change = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Setujui ponsel baru")).first
        await change.get_by_role("button", name="Setujui ponsel baru").click()
        await page.get_by_label("Alasan").fill("Ponsel lama rusak, sudah saya lihat sendiri.")
        await camera.take(page, "ponsel", of=page.get_by_role("listitem").filter(has=page.get_by_label("Alasan")))
        await page.get_by_role("button", name="Setujui ponsel baru").first.click()
        await expect(page.get_by_label("Alasan")).to_have_count(0)
        await theirs.reload()
        await expect(theirs.get_by_text("Surat tugasnya ada pada saya.")).to_be_visible()
        await validated(page, theirs, running, camera)
    agrees(camera, "atasan")


async def validated(page: Page, theirs: Page, running: System, camera: Camera) -> None:
    """Two activities are validated at once."""
    both = [f"{what}, surat {some()}" for what in ("Rapat koordinasi lintas program", "Menelaah data kunjungan")]
    await theirs.goto(f"{running.edge}/aktivitas")
    for what in both:
        await record(theirs, what)
    await page.get_by_role("navigation").get_by_role("link", name="Pengesahan").click()
    for what in both:
        await queued(page, what).get_by_role("checkbox").click()
    selection = page.get_by_role("region", name="Yang dipilih")
    await camera.take(page, "pengesahan", down_to=selection)
    await selection.get_by_role("button", name="Sahkan 2 aktivitas").click()
    for what in both:
        await expect(day(theirs).filter(has_text=what)).to_be_visible()
        await expect(queued(page, what)).to_have_count(0)


async def test_the_agencys_guide(running: System, browser: Browser, site: dict[str, Any], morning: None) -> None:
    camera = Camera("bkpsdm")
    words = f"Saya menjaga pos pelayanan di kecamatan, surat tugas {some()}."
    async with desk(browser) as page, desk(browser) as above, phone(browser, site) as theirs:
        staff = await appeals_to_come(theirs, running, site, words)
        await sign_in(above, running.edge, "atasan", running.password)
        await judged(above, running, words, "Tidak terima", "Surat tugasnya belum saya terima.")
        row = staff.get_by_role("listitem").filter(has=staff.get_by_role("heading"), has_text=words)
        await looked_at_again(staff, row.get_by_role("button", name="Ajukan sanggahan"))
        await row.get_by_role("button", name="Ajukan sanggahan").click()
        await row.get_by_label("Penjelasan Anda").fill("Surat tugas sudah ada di tata usaha.")
        await row.get_by_role("button", name="Kirim", exact=True).click()
        await expect(row).to_contain_text("Sanggahan menunggu keputusan BKPSDM.")
        await reported(staff, running, f"Sejak 1 November atasan saya kepala dinas, SK {some()}.")

        await entered(page, running, camera, "bkpsdm")
        await expect(page.get_by_role("heading", name="Impor terakhir")).to_be_visible()
        await expect(page.get_by_role("link", name=re.compile("^[1-9].*laporan atasan"))).to_be_visible()
        await camera.take(page, "beranda", down_to=page.get_by_role("heading", name="Impor terakhir"))
        await imported(page, camera)
        await looked_at(page, running, camera, site)

        await page.get_by_role("navigation").get_by_role("link", name="Laporan atasan").click()
        report = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Perbaiki atasan")).last
        await report.get_by_role("button", name="Perbaiki atasan").click()
        await page.get_by_role("combobox", name="Atasan yang benar").fill("Yansen")
        await page.get_by_role("option", name="Yansen Hidayatullah").click()
        await page.get_by_label("Jawaban kepada pegawai").fill("Sudah diperbaiki sesuai SK.")
        await camera.take(page, "laporan-atasan", down_to=page.get_by_role("button", name="Simpan atasan dan jawab"))
        await page.get_by_role("button", name="Batal").click()
        await report.get_by_role("button", name="Tolak laporan").click()
        await page.get_by_label("Jawaban kepada pegawai").fill("SK yang Anda sebut belum berlaku.")
        await page.get_by_role("button", name="Kirim penolakan").click()
        await expect(page.get_by_label("Jawaban kepada pegawai")).to_have_count(0)

        await page.get_by_role("navigation").get_by_role("link", name="Pemeriksaan").click()
        appeal = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=STAFF.name), has_text=words)
        await appeal.get_by_role("button", name="Terima presensi").click()
        await appeal.get_by_label("Alasan").fill("Surat tugas ditemukan di tata usaha.")
        await camera.take(page, "sanggahan", of=appeal)
        await appeal.get_by_role("button", name="Terima presensi").click()
        await expect(appeal).to_have_count(0)
    agrees(camera, "bkpsdm")


async def reported(page: Page, running: System, words: str) -> None:
    """The member of staff says that the superior is wrong, unless an earlier report still waits."""
    await page.goto(f"{running.edge}/data-saya")
    waits = page.get_by_text("sedang diperiksa BKPSDM")
    await expect(page.get_by_role("button", name="Atasan saya salah").or_(waits)).to_be_visible()
    if not await waits.is_visible():
        await page.get_by_role("button", name="Atasan saya salah").click()
        await page.get_by_label("Apa yang keliru?").fill(words)
        await page.get_by_role("button", name="Kirim laporan").click()
    await expect(waits).to_be_visible()


async def imported(page: Page, camera: Camera) -> None:
    """A file with a mistake, then the mended one."""

    def file(*rows: str) -> FilePayload:
        text = "\n".join(("kode,nama,zona_waktu,berlaku_dari", *rows))
        return FilePayload(name="lokasi.csv", mimeType="text/csv", buffer=text.encode())

    code = uuid.uuid4().hex[:4].upper()
    right = [f"PST-{code}-{n},Puskesmas Pembantu {place},Asia/Jakarta,2026-12-01" for n, place in enumerate(PLACES)]
    await page.get_by_role("navigation").get_by_role("link", name="Impor").click()
    await expect(page.get_by_role("heading", name="Impor direktori")).to_be_visible()
    await camera.take(page, "impor", down_to=page.get_by_role("button", name="Periksa berkas"))
    wrong = [
        row.replace("Asia/Jakarta,2026-12-01", "Asia/Sofifi,besok") if n == 2 else row for n, row in enumerate(right)
    ]
    await page.locator("input[type=file]").set_input_files(file(*wrong))
    await page.get_by_role("button", name="Periksa berkas").click()
    await expect(page.get_by_role("heading", name="2 kesalahan")).to_be_visible()
    await camera.take(page, "impor-kesalahan", down_to=page.locator("tbody tr").last)
    await page.get_by_role("link", name="Pilih berkas lagi").click()
    await page.locator("input[type=file]").set_input_files(file(*right))
    await page.get_by_role("button", name="Periksa berkas").click()
    await expect(page.get_by_role("heading", name="Siap diterapkan")).to_be_visible()
    await camera.take(page, "impor-siap", down_to=page.locator("tbody tr").last)
    await page.get_by_role("button", name="Terapkan 4 perubahan").click()
    await expect(page.get_by_role("heading", name="Sudah diterapkan")).to_be_visible()


async def looked_at(page: Page, running: System, camera: Camera, site: dict[str, Any]) -> None:
    """A unit about to be renamed, a site with its place."""
    await page.get_by_role("navigation").get_by_role("link", name="Unit", exact=True).click()
    await page.get_by_role("tree").get_by_role("link", name="Dinas Kesehatan", exact=True).click()
    await page.get_by_role("button", name="Ubah nama atau induk").click()
    await page.get_by_role("textbox", name="Nama unit").fill("Dinas Kesehatan dan Keluarga Berencana")
    await page.get_by_role("textbox", name="Berlaku mulai").fill("2027-01-01")
    await camera.take(page, "unit", down_to=page.get_by_role("button", name="Simpan perubahan"))
    await page.get_by_role("button", name="Batal").click()
    await page.get_by_role("navigation").get_by_role("link", name="Lokasi kerja").click()
    await page.get_by_role("searchbox", name="Cari lokasi").fill(site["name"])
    await expect(page.locator("tbody tr")).to_have_count(1)
    await page.locator("tbody tr").get_by_role("link").click()
    await expect(page.get_by_role("textbox", name="Titik koordinat")).to_be_visible()
    await camera.take(page, "lokasi", down_to=page.get_by_role("button", name="Simpan lokasi"))
    await page.get_by_role("navigation").get_by_role("link", name="Katalog tugas").click()
    await page.get_by_role("button", name="Tugas baru").click()
    form = page.get_by_role("form", name="Tugas baru")
    await form.get_by_label("Nama tugas").fill("Pembinaan puskesmas")
    await form.get_by_label("Hari pertama").fill("2027-01-01")
    await camera.take(page, "katalog", down_to=form.get_by_role("button", name="Tambah tugas"))
    await form.get_by_role("button", name="Batal").click()


async def test_the_operators_guide(running: System, browser: Browser, site: dict[str, Any], morning: None) -> None:
    camera = Camera("operator")
    serial = f"CKJF{uuid.uuid4().int % 10**8:08}"
    now = datetime.now(ZoneInfo(site["zone"])) - timedelta(seconds=20)
    await asyncio.to_thread(running.attlog, serial, ("4711", now), ("4712", now))
    await failed(running)
    async with desk(browser) as page, desk(browser) as screen:
        await entered(page, running, camera, "operator")
        await expect(page.get_by_role("table", name="Kesegaran data")).to_be_visible()
        await camera.take(page, "pemantauan", down_to=page.get_by_role("link", name="Baris di karantina"))
        await page.get_by_role("navigation").get_by_role("link", name="Karantina").click()
        waiting = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=serial, exact=True))
        await waiting.get_by_role("button", name="Setujui mesin").click()
        await waiting.get_by_role("textbox", name="Nama mesin").fill("Lobi timur")
        await waiting.get_by_role("combobox", name="Lokasi kerja").fill(site["name"])
        await page.get_by_role("option", name=site["name"]).first.click()
        await camera.take(page, "setujui-mesin", of=waiting)
        await waiting.get_by_role("button", name="Setujui dan masukkan kirimannya").click()
        held = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=f"PIN belum dikenal {serial}"))
        await held.get_by_role("button", name="Lihat baris").click()
        line = held.get_by_role("listitem").filter(has_text="PIN 4711")
        await line.get_by_role("button", name="Pasangkan PIN").click()
        await line.get_by_role("combobox", name="PIN ini milik").fill(STAFF.name)
        await page.get_by_role("option", name=STAFF.name).first.click()
        await camera.take(page, "pasangkan-pin", of=held)
        await line.get_by_role("button", name="Pasangkan dan masukkan").click()
        await expect(line).to_be_hidden()

        await page.get_by_role("navigation").get_by_role("link", name="Mesin").click()
        await page.get_by_role("searchbox", name="Cari mesin").fill(site["name"])
        await page.get_by_role("link", name=site["name"]).first.wait_for()
        # In office hours those that were heard of and fell silent stand in the table above the others.
        shown = page.get_by_role("listitem").or_(page.get_by_role("row")).filter(has_text=site["name"])
        await camera.take(page, "mesin", down_to=shown.last)
        # It says of itself: firmware, users, fingerprints, records held.
        await asyncio.to_thread(poll, running, serial, INFO="Ver 8.0.4.3-20200427,12,0,130,10.1.1.7,10,7,0,0,000")
        await page.get_by_role("searchbox", name="Cari mesin").fill(serial)
        await page.get_by_role("link", name="Lobi timur").first.click()
        await expect(page.get_by_text("rekaman lebih banyak")).to_be_visible()
        await page.get_by_role("button", name="Minta kirim ulang").click()
        form = page.get_by_role("form", name="Minta kirim ulang")
        await form.get_by_label("Dari tanggal").fill(now.date().replace(day=1).isoformat())
        await form.get_by_label("Sampai tanggal").fill(now.date().isoformat())
        await camera.take(page, "satu-mesin", down_to=form)
        await form.get_by_role("button", name="Kirim permintaan").click()
        await expect(page.get_by_text("menunggu diambil mesin")).to_be_visible()

        await page.get_by_role("navigation").get_by_role("link", name="Gagal diproses").click()
        letter = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Mars/Base")).first
        await letter.get_by_role("button", name="Lepas", exact=True).click()
        await page.get_by_label("Alasan dilepas").fill("Kiriman mesin uji coba, bukan presensi pegawai.")
        await camera.take(page, "gagal-diproses", down_to=page.get_by_role("button", name="Lepas catatan ini"))
        await page.get_by_role("button", name="Lepas catatan ini").click()
        await expect(page.get_by_label("Alasan dilepas")).to_have_count(0)
        await kiosk(screen, running, site, camera)
    agrees(camera, "operator")


async def failed(running: System) -> None:
    """Somebody has a record that cannot be processed."""
    letters = "/api/reporting/v1/dead-letters"
    before = running.get(letters, limit=1)["counts"]["waiting"]
    await poison(running.kafka, running.get("/api/directory/v1/employees", limit=1, q="Sari")["items"][0]["id"])
    await asyncio.to_thread(
        soon, lambda: running.get(letters, limit=1)["counts"]["waiting"] > before or None, "the letter is kept"
    )


@pytest.mark.parametrize("role", guides.ROLES)
def test_a_guide_names_what_stands_on_the_screens(role: str) -> None:
    bold = guides.bold_in(guides.text_of(role))
    assert len(bold) > 10
    assert guides.unknown(bold) == set()
