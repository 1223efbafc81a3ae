"""Master data from a file: checked first, every error on screen, applied when clean, and what attackers send."""

import asyncio
import json
import os
import uuid
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import pytest
from playwright.async_api import FilePayload, Page, expect

from deploy.local.program import ROOT
from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(300)

HEADER = "kode,nama,zona_waktu,berlaku_dari"
SCRIPT = "<script>window.harmed = 1</script>"
MB = 1 << 20


def csv(*rows: str, name: str = "lokasi.csv") -> FilePayload:
    return FilePayload(name=name, mimeType="text/csv", buffer="\n".join((HEADER, *rows)).encode())


def lines_of(path: Path) -> list[str]:
    """A file as a spreadsheet reads it."""
    return path.read_text("utf-8-sig").splitlines()


async def check(page: Page, file: FilePayload | Path) -> None:
    await page.locator("input[type=file]").set_input_files(file)
    await page.get_by_role("button", name="Periksa berkas").click()


async def test_a_clean_file_is_looked_at_applied_and_the_second_time_changes_nothing(
    running: System, page: Page, complaints: list[str]
) -> None:
    code = f"E2E{uuid.uuid4().hex[:8]}"
    rows = [f"{code}-{n},Puskesmas Pembantu {n},Asia/Jayapura,2026-01-01" for n in range(30)]
    await sign_in(page, running.edge, "bkpsdm", running.password, "/impor")
    await expect(page.get_by_role("heading", name="Impor direktori")).to_be_visible()
    await page.get_by_role("button", name="Periksa berkas").click()
    await expect(page.get_by_text("Pilih berkas dahulu.")).to_be_visible()
    assert await violations(page) == []
    await pictures(page, "imports")

    await check(page, csv(*rows))
    await expect(page.get_by_role("heading", name="Siap diterapkan")).to_be_visible()
    row = page.get_by_role("row", name="Lokasi kerja")
    await expect(row).to_have_text("Lokasi kerja3000")
    assert running.get("/api/directory/v1/sites", q=code)["total"] == 0, "a check changes nothing"
    assert await violations(page) == []
    await pictures(page, "import-clean")

    identity = page.url.rpartition("/")[2]
    await page.get_by_role("link", name="Kembali ke semua impor").click()
    await page.locator(f"a[href$='{identity}']").click()
    await page.get_by_role("button", name="Terapkan 30 perubahan").click()
    await expect(page.get_by_role("heading", name="Sudah diterapkan")).to_be_visible()
    assert running.get("/api/directory/v1/sites", q=code)["total"] == 30

    await page.goto(f"{running.edge}/impor")
    await check(page, csv(*rows))
    await expect(page.get_by_role("heading", name="Tidak ada yang berubah")).to_be_visible()
    await expect(page.get_by_role("button", name="Terapkan")).to_be_hidden()
    await expect(row).to_have_text("Lokasi kerja0030")
    assert complaints == []


async def test_three_thousand_errors_are_found_ordered_and_taken_away(running: System, page: Page) -> None:
    await sign_in(page, running.edge, "bkpsdm", running.password, "/impor")
    await check(page, csv(*(f"E2E-{n},Kantor {n},Asia/Sofifi,besok" for n in range(1500))))
    await expect(page.get_by_role("heading", name="3.000 kesalahan")).to_be_visible()
    await expect(page.get_by_text("3.000 dari 3.000 temuan")).to_be_visible()
    rows = page.locator("tbody tr")
    await expect(rows).to_have_count(50)
    await expect(rows.first).to_contain_text("lokasi, baris 2")
    await expect(rows.first).to_contain_text("zona_waktu")
    await expect(rows.first).to_contain_text("Nama IANA")
    await expect(page.get_by_role("button", name="Terapkan")).to_be_hidden()
    assert await violations(page) == []
    await pictures(page, "import-errors")

    await page.get_by_role("searchbox", name="Cari kesalahan").fill("berlaku_dari 1501")
    await expect(rows).to_have_count(1)
    await page.get_by_role("searchbox", name="Cari kesalahan").fill("")
    await page.get_by_role("combobox", name="Urutkan menurut").click()
    await page.get_by_role("option", name="Kolom").click()
    await expect(rows.first).to_contain_text("berlaku_dari")
    await page.get_by_role("button", name="Halaman 60", exact=True).click()
    await expect(rows.last).to_contain_text("zona_waktu")
    async with page.expect_download() as waiting:
        await page.get_by_role("button", name="Unduh semua (CSV)").click()
    lines = lines_of(await (await waiting.value).path())
    assert (len(lines), lines[0].endswith("isian_yang_benar")) == (3001, True)


async def test_files_that_cannot_be_imports_are_refused_in_words(running: System, page: Page, tmp_path: Path) -> None:
    large = tmp_path / "besar.csv"
    large.write_bytes(b"x" * (33 * MB))
    await sign_in(page, running.edge, "bkpsdm", running.password, "/impor")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    for name, content, said in (
        ("tagihan.exe", b"MZ", "bukan XLSX, CSV, atau ZIP"),
        ("kosong.csv", b"", "Berkas ini kosong."),
    ):
        await check(page, FilePayload(name=name, mimeType="application/octet-stream", buffer=content))
        await expect(page.get_by_text(said)).to_be_visible()
    await check(page, large)
    await expect(page.get_by_text("lebih besar dari 32 MiB")).to_be_visible()
    assert [url for url in sent if "/imports" in url] == []

    await check(page, FilePayload(name="rusak.xlsx", mimeType="application/octet-stream", buffer=b"PK\x03\x04 broken"))
    await expect(page.get_by_role("heading", name="1 kesalahan")).to_be_visible()
    await expect(page.get_by_text("rusak atau terpotong; kirim ulang")).to_be_visible()


async def test_script_in_names_and_cells_is_text(running: System, page: Page, complaints: list[str]) -> None:
    name = f"{SCRIPT}<img src=x onerror='window.harmed = 1'> lokasi.csv"
    await sign_in(page, running.edge, "bkpsdm", running.password, "/impor")
    await check(page, csv(f"E2E-1,{SCRIPT},{SCRIPT},2026-01-01", f"{SCRIPT},Kantor,Asia/Jakarta,{SCRIPT}", name=name))
    await expect(page.get_by_role("heading", name=name)).to_be_visible()
    await expect(page.get_by_role("row", name="zona_waktu")).to_contain_text(SCRIPT)
    await page.goto(f"{running.edge}/impor")
    await expect(page.get_by_role("link", name=name).first).to_be_visible()
    assert await page.evaluate("window.harmed") is None
    assert complaints == []


async def test_the_auditor_reads_and_sends_nothing(running: System, page: Page) -> None:
    await sign_in(page, running.edge, "auditor", running.password, "/impor")
    await expect(page.get_by_role("heading", name="Impor terakhir")).to_be_visible()
    await expect(page.get_by_role("button", name="Periksa berkas")).to_be_hidden()


def directory_processes() -> list[int]:
    """Those of the system that runs from this folder."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if b"services.directory" in words and Path(f"/proc/{pid}/cwd").resolve() == ROOT:
                found.append(int(pid))
        except OSError:
            continue  # it has ended
    return found


def memory(pid: int, what: str) -> int:
    """A line of /proc/PID/status, in bytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(what))


def forget_highest(pid: int) -> None:
    """The highest mark of a process's memory starts anew."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


async def test_a_body_without_end_is_refused_at_once_and_held_by_nobody(running: System) -> None:
    """A gigabyte, said in chunks so that nobody knows how much will come."""
    pids = directory_processes()
    assert pids, "no directory runs from this folder"
    before = {pid: memory(pid, "VmRSS") for pid in pids}
    for pid in pids:
        forget_highest(pid)
    edge = urlsplit(running.edge)
    reader, writer = await asyncio.open_connection(edge.hostname, edge.port)
    writer.write(
        (
            "POST /api/directory/v1/imports?filename=besar.csv&dry_run=true HTTP/1.1\r\n"
            f"Host: {edge.netloc}\r\nAuthorization: Bearer {running.token}\r\nIdempotency-Key: {uuid.uuid4()}\r\n"
            "Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        ).encode()
    )
    started = monotonic()
    answer = asyncio.create_task(reader.read(65536))
    chunk = b"%x\r\n%s\r\n" % (MB, b"x" * MB)
    sent = 0
    try:
        while sent < 1024 and not answer.done():
            writer.write(chunk)
            await asyncio.wait({asyncio.create_task(writer.drain()), answer}, return_when=asyncio.FIRST_COMPLETED)
            sent += 1
    except ConnectionError:
        pass  # the line was cut: what was said before that is what counts
    head, _, body = (await asyncio.wait_for(answer, 30)).partition(b"\r\n\r\n")
    writer.close()
    assert head.startswith(b"HTTP/1.1 413 "), head
    assert b"application/problem+json" in head.lower()
    assert json.loads(body[body.index(b"{") : body.rindex(b"}") + 1])["status"] == 413
    assert sent < 128, "it went on listening"
    assert monotonic() - started < 20
    for pid in pids:
        grown = memory(pid, "VmHWM") - before[pid]
        assert grown < 80 * MB, f"the directory grew by {grown // MB} MB"
