"""One terminal in the browser: what it holds against what is stored, and what the operator asks of it."""

import asyncio
import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(300)


def poll(running: System, serial: str, **more: str) -> str:
    """What a terminal is told when it asks for commands."""
    host, port = running.devices
    where = f"http://{host}:{port}/iclock/getrequest"
    return httpx.get(where, params={"SN": serial, **more}, trust_env=False).text


def answer(running: System, serial: str, command: str, returned: int, kind: str) -> None:
    """A terminal's word on what it was asked."""
    host, port = running.devices
    body = f"ID={command}&Return={returned}&CMD={kind}\n"
    where = f"http://{host}:{port}/iclock/devicecmd?SN={serial}"
    assert httpx.post(where, content=body, trust_env=False).status_code == 200


def push(running: System, serial: str, table: str) -> None:
    """A table of a terminal that we do not know."""
    host, port = running.devices
    where = f"http://{host}:{port}/iclock/cdata?SN={serial}&table={table}"
    assert httpx.post(where, content="x=1\n", trust_env=False).status_code == 200


async def test_an_operator_asks_a_terminal_to_send_again(
    running: System, page: Page, browser: Browser, complaints: list[str]
) -> None:
    site = running.get("/api/reporting/v1/presence/sites")["items"][0]["site"]
    serial, name = f"TRM{uuid.uuid4().hex[:12].upper()}", f"Lobi timur {uuid.uuid4().hex[:4]}"
    path = "/api/attendance/v1/devices"
    made = running.send("POST", path, {"serial": serial, "name": name, "site_id": site["id"]})
    assert made.status_code == 201, made.text
    now = datetime.now(ZoneInfo(site["zone"])) - timedelta(seconds=5)
    await asyncio.to_thread(running.attlog, serial, ("4711", now))
    # It says of itself: firmware, users, fingerprints, records held.
    await asyncio.to_thread(poll, running, serial, INFO="Ver 8.0.4.3-20200427,12,0,130,10.1.1.7,10,7,0,0,000")

    await sign_in(page, running.edge, "operator", running.password, "/mesin")
    await page.get_by_role("searchbox", name="Cari mesin").fill(serial)
    await page.get_by_role("link", name=name).click()
    await page.wait_for_url(f"{running.edge}/mesin/{serial}")
    await expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    await expect(page.get_by_text("Mesin menyimpan 130 rekaman lebih banyak")).to_be_visible()
    await expect(page.get_by_role("link", name="1 baris dari mesin ini menunggu di karantina")).to_be_visible()
    await expect(page.get_by_text("Belum ada perintah")).to_be_visible()
    assert await violations(page) == []
    await pictures(page, "terminal")

    await page.get_by_role("button", name="Minta kirim ulang").click()
    form = page.get_by_role("form", name="Minta kirim ulang")
    await form.get_by_label("Dari tanggal").fill("2026-08-07")
    await form.get_by_label("Sampai tanggal").fill("2026-08-01")
    await form.get_by_role("button", name="Kirim permintaan").click()
    await expect(form.get_by_text("tanggal awal tidak boleh setelah")).to_be_visible()
    assert await violations(page) == []
    await pictures(page, "terminal-resend")
    await form.get_by_label("Dari tanggal").fill("2026-08-01")
    await form.get_by_label("Sampai tanggal").fill("2026-08-07")
    await form.get_by_role("button", name="Kirim permintaan").click()
    row = page.get_by_role("listitem").filter(has_text="Kirim ulang rekaman")
    await expect(row).to_contain_text("menunggu diambil mesin")

    told = await asyncio.to_thread(poll, running, serial)
    assert "DATA QUERY ATTLOG StartTime=2026-08-01 00:00:00\tEndTime=2026-08-07 23:59:59" in told
    await expect(row).to_contain_text("sudah diambil, menunggu jawaban")
    await asyncio.to_thread(answer, running, serial, told.split(":")[1], 0, "DATA QUERY ATTLOG")
    await expect(row).to_contain_text("selesai: berhasil")

    await page.get_by_role("button", name="Cocokkan jam").click()
    await page.get_by_role("button", name="Kirim perintah jam").click()
    clock = page.get_by_role("listitem").filter(has_text="Cocokkan jam")
    await expect(clock).to_contain_text("menunggu diambil mesin")
    await clock.get_by_role("button", name="Batalkan perintah").click()
    await expect(clock).to_contain_text("dibatalkan")
    assert await violations(page) == []
    await pictures(page, "terminal-commands")

    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    auditor = await context.new_page()
    await sign_in(auditor, running.edge, "auditor", running.password, f"/mesin/{serial}")
    await expect(auditor.get_by_text("Kirim ulang rekaman")).to_be_visible()
    await expect(auditor.get_by_role("button", name="Minta kirim ulang")).to_have_count(0)
    await context.close()

    await page.get_by_role("button", name="Hentikan tugas mesin").click()
    await page.get_by_role("button", name="Hentikan mesin ini").click()
    await expect(page.get_by_text("Tidak bertugas")).to_be_visible()
    await expect(page.get_by_role("button", name="Cocokkan jam")).to_have_count(0)
    assert complaints == []


async def test_an_alert_is_closed_with_a_word_of_what_was_done(running: System, page: Page) -> None:
    site = running.get("/api/reporting/v1/presence/sites")["items"][0]["site"]
    serial = f"TRM{uuid.uuid4().hex[:12].upper()}"
    body = {"serial": serial, "name": "Pintu belakang", "site_id": site["id"]}
    assert running.send("POST", "/api/attendance/v1/devices", body).status_code == 201
    await asyncio.to_thread(push, running, serial, "ANEH")

    await sign_in(page, running.edge, "operator", running.password, f"/mesin/{serial}")
    row = page.get_by_role("listitem").filter(has_text="Mengirim data yang tidak dikenal")
    await row.get_by_role("button", name="Tutup peringatan").click()
    await row.get_by_role("button", name="Simpan dan tutup").click()
    await expect(row.get_by_text("Tulis sedikitnya lima huruf.")).to_be_visible()
    assert await violations(page) == []
    await pictures(page, "terminal-alert")
    await row.get_by_label("Yang sudah dilakukan").fill("Tabel ini bawaan model baru, tidak diperlukan.")
    await row.get_by_role("button", name="Simpan dan tutup").click()
    await expect(row).to_be_hidden()
    closed = running.get("/api/attendance/v1/alerts", serial=serial, open="false")["items"]
    assert [one["note"] for one in closed] == ["Tabel ini bawaan model baru, tidak diperlukan."]


async def test_a_terminal_that_is_not_there_is_said_so(running: System, page: Page) -> None:
    await sign_in(page, running.edge, "operator", running.password, "/mesin/TIDAKADA1")
    await expect(page.get_by_role("alert")).to_contain_text("Tidak ada mesin dengan nomor seri TIDAKADA1")
    assert await violations(page) == []
