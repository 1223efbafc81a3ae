"""Work sites in the browser: found, made, given a place and a distance, and never overwritten unseen."""

import uuid

import pytest
from playwright.async_api import Page, expect

from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(300)

SITES = "/api/directory/v1/sites"


async def test_a_site_is_made_and_given_its_place(running: System, page: Page, complaints: list[str]) -> None:
    code = f"E2E{uuid.uuid4().hex[:8]}"
    await sign_in(page, running.edge, "bkpsdm", running.password, "/lokasi")
    await expect(page.locator("tbody tr").first).to_be_visible()
    assert await violations(page) == []
    await pictures(page, "sites")
    zones = page.locator("tbody td:nth-child(3)")
    await page.get_by_role("combobox", name="Urutkan").click()
    await page.get_by_role("option", name="Zona waktu, lalu nama").click()
    await expect(zones.last).to_have_text("WIT")
    async with page.expect_download() as started:
        await page.get_by_role("button", name="Unduh CSV: Lokasi kerja").click()
    text = (await (await started.value).path()).read_text(encoding="utf-8-sig")
    head, *_, last = text.splitlines()[1:]
    assert head.startswith("Nama lokasi;Kode;Zona waktu;Lintang;Bujur;")
    assert last.split(";")[2] == "Asia/Jayapura"
    await page.get_by_role("link", name="Lokasi baru").click()
    await page.get_by_role("button", name="Buat lokasi").click()
    await expect(page.get_by_text("Isi nama lokasi.")).to_be_visible()
    await page.get_by_role("textbox", name="Nama lokasi").fill(f"Kantor Camat {code}")
    await page.get_by_role("textbox", name="Kode").fill(code)
    await page.get_by_role("combobox", name="Zona waktu").click()
    await page.get_by_role("option", name="WIT (Asia/Jayapura)").click()
    await page.get_by_role("textbox", name="Titik koordinat").fill("Ambon")
    await expect(page.get_by_text("Tulis lintang dan bujur")).to_be_visible()
    await page.get_by_role("textbox", name="Titik koordinat").fill("-3.695, 128.1814")
    await page.get_by_role("textbox", name="Jarak presensi ponsel").fill("150")
    assert await violations(page) == []
    await pictures(page, "site-new")
    await page.get_by_role("button", name="Buat lokasi").click()

    await page.get_by_role("searchbox", name="Cari lokasi").fill(code)
    row = page.locator("tbody tr")
    await expect(row).to_have_count(1)
    for text in ("WIT", "-3.695, 128.1814", "150 m"):
        await expect(row).to_contain_text(text)
    await row.get_by_role("link").click()
    await expect(page.get_by_role("textbox", name="Kode")).not_to_be_editable()
    await page.get_by_role("textbox", name="Berlaku sampai").fill("2027-12-31")
    await page.get_by_role("textbox", name="Titik koordinat").fill("")
    await page.get_by_role("textbox", name="Jarak presensi ponsel").fill("")
    await page.get_by_role("button", name="Simpan lokasi").click()
    await expect(page.get_by_role("heading", name="Lokasi kerja", exact=True)).to_be_visible()
    (site,) = running.get(SITES, q=code)["items"]
    assert (site["version"], site["valid_to"], site["latitude"], site["radius_m"]) == (2, "2027-12-31", None, None)
    assert complaints == []


async def test_two_who_edit_at_once_do_not_overwrite_each_other(running: System, page: Page) -> None:
    code = f"E2E{uuid.uuid4().hex[:8]}"
    body = {"code": code, "name": f"Gedung {code}", "zone": "Asia/Jakarta", "valid_from": "2026-01-01"}
    site = running.post(SITES, body).json()["id"]
    await sign_in(page, running.edge, "bkpsdm", running.password, f"/lokasi/{site}")
    await page.get_by_role("textbox", name="Nama lokasi").fill("Gedung kami")
    theirs = running.send("PATCH", f"{SITES}/{site}", {"name": "Gedung mereka"}, {"If-Match": '"1"'})
    assert theirs.status_code == 200
    await page.get_by_role("button", name="Simpan lokasi").click()
    await expect(page.get_by_role("alert")).to_contain_text("versi 1")
    assert running.get(f"{SITES}/{site}")["name"] == "Gedung mereka"
    await page.get_by_role("button", name="Batal").click()
    await page.goto(f"{running.edge}/lokasi/{site}")
    await expect(page.get_by_role("textbox", name="Nama lokasi")).to_have_value("Gedung mereka")


async def test_the_operator_reads_and_changes_nothing(running: System, page: Page) -> None:
    await sign_in(page, running.edge, "operator", running.password, "/lokasi")
    await expect(page.locator("tbody tr").first).to_be_visible()
    await expect(page.get_by_role("link", name="Lokasi baru")).to_be_hidden()
    await page.locator("tbody tr").first.get_by_role("link").click()
    await expect(page.get_by_role("textbox", name="Nama lokasi")).not_to_be_editable()
    await expect(page.get_by_role("button", name="Simpan lokasi")).to_be_hidden()
    assert await violations(page) == []
