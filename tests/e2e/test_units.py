"""The tree of units in the browser: found, read as of a day, and changed from a day on."""

import re
import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, expect

from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.signing_in import sign_in
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(300)

TREE = "/api/directory/v1/units/tree"


def root(running: System) -> str:
    found: str = running.get(TREE)["items"][0]["id"]
    return found


async def test_a_unit_is_found_in_the_tree_and_read(running: System, page: Page, complaints: list[str]) -> None:
    await sign_in(page, running.edge, "bkpsdm", running.password, "/unit")
    tree = page.get_by_role("tree", name="Unit kerja")
    await expect(tree.get_by_role("link", name="Dinas Kesehatan", exact=True)).to_be_visible()
    await pictures(page, "units")
    assert await violations(page) == []
    await page.set_viewport_size({"width": 1440, "height": 900})

    await page.get_by_role("searchbox", name="Cari unit").fill("puskesmas")
    await expect(tree.get_by_role("link", name=re.compile("^Puskesmas")).first).to_be_visible()
    await expect(tree.get_by_role("link", name="Dinas Pendidikan", exact=True)).to_be_hidden()
    await page.get_by_role("searchbox", name="Cari unit").fill("")
    await tree.get_by_role("link", name="Dinas Kesehatan", exact=True).click()
    await expect(page.get_by_role("heading", name="Dinas Kesehatan", exact=True)).to_be_focused()
    await expect(page).to_have_title("Dinas Kesehatan · Kinerja")
    await expect(page.get_by_role("link", name=re.compile(r"^[\d.]+ pegawai, termasuk"))).to_be_visible()
    await expect(page.get_by_role("heading", name="Nama dan induk")).to_be_visible()
    await page.get_by_role("button", name="Tampilkan pemegang jabatan").click()
    await expect(page.get_by_role("cell", name="Kepala Dinas Kesehatan", exact=True)).to_be_visible()
    assert await violations(page) == []
    await pictures(page, "unit")
    await page.set_viewport_size({"width": 360, "height": 900})
    assert await violations(page) == []
    assert complaints == []


async def test_the_tree_obeys_the_keys_of_a_tree(running: System, page: Page) -> None:
    await sign_in(page, running.edge, "auditor", running.password, "/unit")
    items = page.get_by_role("treeitem")
    await expect(items.nth(1)).to_be_visible()
    await expect(page.get_by_role("link", name="Unit baru")).to_be_hidden()
    await items.first.focus()
    await page.keyboard.press("ArrowDown")
    await expect(items.nth(1)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/unit/[0-9a-f-]{36}"))
    await expect(page.get_by_role("button", name="Ubah nama atau induk")).to_be_hidden()


async def test_a_unit_is_made_renamed_moved_and_closed(running: System, page: Page) -> None:
    code = f"E2E{uuid.uuid4().hex[:8]}"
    later = datetime.now(ZoneInfo("Asia/Jakarta")).date() + timedelta(days=40)
    await sign_in(page, running.edge, "bkpsdm", running.password, "/unit")
    await page.get_by_role("link", name="Unit baru").click()
    await page.get_by_role("button", name="Buat unit").click()
    await expect(page.get_by_text("Isi kode unit.")).to_be_visible()
    await page.get_by_role("textbox", name="Kode unit").fill(code)
    await page.get_by_role("textbox", name="Nama unit").fill(f"Badan Uji {code}")
    await page.get_by_role("textbox", name="Berlaku mulai").fill("2026-01-01")
    await page.get_by_role("combobox", name="Unit induk").fill("Dinas Kesehatan")
    await page.get_by_role("option", name="Dinas Kesehatan", exact=True).click()
    assert await violations(page) == []
    await pictures(page, "unit-new")
    await page.get_by_role("button", name="Buat unit").click()
    await expect(page.get_by_role("heading", name=f"Badan Uji {code}")).to_be_visible()

    await page.get_by_role("button", name="Ubah nama atau induk").click()
    form = page.get_by_role("form", name="Ubah nama atau induk")
    await form.get_by_role("textbox", name="Nama unit").fill(f"Badan Baru {code}")
    await form.get_by_role("textbox", name="Berlaku mulai").fill(later.isoformat())
    await form.get_by_role("combobox", name="Unit induk").click()
    await page.get_by_role("option", name="Tanpa induk (unit puncak)").click()
    await pictures(page, "unit-change")
    await form.get_by_role("button", name="Simpan perubahan").click()
    await expect(page.get_by_role("row").filter(has_text=f"Badan Baru {code}, unit puncak")).to_be_visible()
    unit = page.url.rpartition("/")[2]
    versions = running.get(f"/api/directory/v1/units/{unit}")["versions"]
    assert [(one["valid_from"], one["valid_to"]) for one in versions] == [
        ("2026-01-01", (later - timedelta(days=1)).isoformat()),
        (later.isoformat(), None),
    ]

    # As it will be on that day; then it is closed, and nobody may be left below.
    await page.goto(f"{running.edge}/unit/{unit}?date={later}")
    await expect(page.get_by_role("heading", name=f"Badan Baru {code}")).to_be_visible()
    await page.get_by_role("button", name="Tutup unit").click()
    await page.get_by_role("textbox", name="Hari terakhir berlaku").fill((later + timedelta(days=9)).isoformat())
    await page.get_by_role("button", name="Tutup unit pada tanggal ini").click()
    await expect(page.get_by_role("button", name="Tutup unit pada tanggal ini")).to_be_hidden()
    ended = running.get(f"/api/directory/v1/units/{unit}")["versions"][-1]["valid_to"]
    assert ended == (later + timedelta(days=9)).isoformat()


async def test_a_unit_that_is_no_more_is_not_an_empty_field(running: System, page: Page) -> None:
    await sign_in(page, running.edge, "bkpsdm", running.password, f"/pegawai?unit={uuid.uuid4()}")
    await expect(page.get_by_role("combobox", name="Unit")).to_have_value("unit yang sudah tidak ada")


async def test_what_cannot_be_is_said_and_nothing_is_lost(running: System, page: Page) -> None:
    top = root(running)
    await sign_in(page, running.edge, "bkpsdm", running.password, f"/unit/{top}")
    await page.get_by_role("button", name="Tutup unit").click()
    await page.get_by_role("button", name="Tutup unit pada tanggal ini").click()
    await expect(page.get_by_role("alert")).to_contain_text("masih berlaku di luar masa ini")
    assert await violations(page) == []
    await page.get_by_role("button", name="Batal").click()

    code = f"E2E{uuid.uuid4().hex[:8]}"
    version = {"name": f"Kantor {code}", "parent_id": top, "valid_from": "2026-01-01"}
    made = running.post("/api/directory/v1/units", {"code": code, "versions": [version]})
    assert made.status_code == 201, made.text
    unit = made.json()["id"]
    await page.goto(f"{running.edge}/unit/{unit}")
    await page.get_by_role("button", name="Ubah nama atau induk").click()
    await page.get_by_role("textbox", name="Nama unit").fill(f"Kantor Kami {code}")
    # Somebody else is first.
    other = {"versions": [{**version, "name": f"Kantor Mereka {code}"}]}
    assert running.send("PATCH", f"/api/directory/v1/units/{unit}", other, {"If-Match": '"1"'}).status_code == 200
    await page.get_by_role("button", name="Simpan perubahan").click()
    await expect(page.get_by_role("alert")).to_contain_text("Ambil data terbaru")
    name = running.get(f"/api/directory/v1/units/{unit}")["versions"][0]["name"]
    assert name == f"Kantor Mereka {code}", "the other's change stands"
