"""Citizens rate a service on the real system: the catalogue, a code from an officer, the page without an account, and
what the unit sees of it. Names are of this run alone: the tests run any number of times on one system."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from deploy.local.demo_accounts import accounts
from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.system import HTTP, System
from tests.e2e.test_activities import seat

pytestmark = pytest.mark.timeout(300)

STAFF = next(one for one in accounts() if one.username == "pegawai")
PUBLIC = "/api/feedback/v1/public"
WRITTEN = '<b>Antre lama</b><img src=x onerror="document.title=1"> tetapi ramah'
MOST_BYTES = 15_000
A_GROUP = 6  # ratings that are enough for their reasons to be shown


@pytest.fixture(scope="module")
def unit(running: System) -> dict[str, Any]:
    """Where the member of staff works."""
    held = running.get(f"/api/directory/v1/employees/{STAFF.employee_id}")["assignments"][-1]["unit_id"]
    units = running.get("/api/directory/v1/units/tree")["items"]
    return next(one for one in units if one["id"] == held)


@asynccontextmanager
async def citizen(browser: Browser, language: str = "id-ID") -> AsyncIterator[BrowserContext]:
    """A cheap phone, without an account."""
    made = await browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, locale=language)
    yield made
    await made.close()


def given(running: System, unit: dict[str, Any], *counters: str) -> dict[str, Any]:
    """A service of the unit that no other run has."""
    name = f"Surat keterangan {uuid4().hex[:8]}"
    body = {"name": name, "unit_id": unit["id"], "counters": list(counters), "valid_from": "2026-01-01"}
    answer = running.post("/api/feedback/v1/services", body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def issued(running: System, service: dict[str, Any]) -> dict[str, Any]:
    """A code for it, as a queue system asks for one."""
    answer = running.post(f"/api/feedback/v1/employees/{STAFF.employee_id}/codes", {"service_id": service["id"]})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def chosen(page: Page, field: str, option: str) -> None:
    """Found by typing, as in a list of hundreds."""
    await page.get_by_role("combobox", name=field, exact=True).fill(option)
    await page.get_by_role("option", name=option, exact=True).click()


async def rated(phone: Page, word: str) -> None:
    """A face tapped, and sent."""
    await phone.get_by_role("radio", name=word, exact=True).check()
    await phone.get_by_role("button", name="Kirim").click()


async def test_a_citizen_rates_who_served(running: System, browser: Browser, unit: dict[str, Any]) -> None:
    name = f"Surat sehat {uuid4().hex[:8]}"
    async with seat(browser, running, "bkpsdm", "/layanan") as agency:
        await added(agency, name, unit["name"])
    async with (
        seat(browser, running, "pegawai", "/kode-penilaian") as officer,
        citizen(browser) as context,
    ):
        await shown_at_the_counter(officer, name)
        picture = officer.locator("[data-code]").first
        address, code = await picture.get_attribute("data-code"), await officer.get_by_test_id("code").text_content()
        assert address is not None
        assert code is not None
        assert address == f"{running.edge}/nilai#{code.replace('-', '')}"
        before = await officer.locator("main").inner_text()

        phone = await context.new_page()
        await phone.goto(address)
        await expect(phone.get_by_role("heading", name=name)).to_be_visible()
        await expect(phone.get_by_text(unit["name"])).to_be_visible()
        await expect(phone.get_by_text("Loket 2")).to_be_visible()
        await expect(phone.get_by_role("button", name="Kirim")).to_be_hidden()
        await phone.get_by_role("radio", name="Baik", exact=True).check()
        await phone.get_by_label("Lambat").check()
        await phone.get_by_label("Ada yang ingin Anda sampaikan?").fill(WRITTEN)
        await context.set_offline(True)
        await phone.get_by_role("button", name="Kirim").click()
        await expect(phone.get_by_role("alert")).to_contain_text("Belum terkirim: tidak ada sambungan")
        assert await violations(phone) == []
        await pictures(phone, "rating")
        await context.set_offline(False)
        await phone.get_by_role("button", name="EN: English").click()
        await expect(phone.get_by_label("Is there anything you want to say?")).to_have_value(WRITTEN)
        await expect(phone.get_by_role("radio", name="Good", exact=True)).to_be_checked()
        await phone.get_by_role("button", name="ID: Indonesia").click()
        await phone.get_by_role("button", name="Kirim").click()
        await expect(phone.get_by_role("heading", name="Terima kasih")).to_be_focused()
        assert await violations(phone) == []
        await pictures(phone, "rating-thanks")

        await used_and_unknown(context, address)
        await everything_else_is_closed(context, running)

        # Whoever made the code sees nothing of its use, however often the page is looked at again.
        await officer.evaluate("window.dispatchEvent(new Event('visibilitychange'))")
        assert await officer.locator("main").inner_text() == before
        await officer.get_by_role("button", name="Kode berikutnya").click()
        await expect(officer.get_by_test_id("code")).not_to_have_text(code)


async def test_an_officer_chooses_of_the_own_unit_and_what_is_above_it(
    running: System, browser: Browser, unit: dict[str, Any]
) -> None:
    units = running.get("/api/directory/v1/units/tree")["items"]
    above = next(one for one in units if one["id"] == unit["parent_id"])
    beside = next(one for one in units if one["parent_id"] == unit["parent_id"] and one["id"] != unit["id"])
    own, over, other = (given(running, one)["name"] for one in (unit, above, beside))
    async with seat(browser, running, "pegawai", "/kode-penilaian") as officer:
        await officer.get_by_role("combobox", name="Layanan", exact=True).click()
        shown = officer.get_by_role("listbox")
        await expect(shown.get_by_role("option", name=own, exact=True)).to_be_visible()
        names = await shown.get_by_role("option").all_text_contents()
        assert names.index(own) < names.index(over)
        assert other not in names
        for name in (unit["name"], above["name"]):
            await expect(shown.get_by_text(name, exact=True)).to_have_count(1)
        assert await violations(officer) == []
        await pictures(officer, "codes-choose")


async def added(agency: Page, name: str, unit: str) -> None:
    """To the catalogue, by the personnel agency; then with another counter."""
    await agency.get_by_role("button", name="Layanan baru").click()
    form = agency.get_by_role("form", name="Layanan baru")
    await form.get_by_role("button", name="Tambah layanan").click()
    await expect(form.get_by_text("Isi nama layanan.")).to_be_visible()
    await form.get_by_label("Nama layanan").fill(name)
    await chosen(agency, "Unit", unit)
    await form.get_by_label("Loket (boleh kosong)").fill("Loket 1\nLoket 1")
    await expect(form.get_by_text("Ada nama loket yang sama")).to_be_visible()
    await form.get_by_label("Loket (boleh kosong)").fill("Loket 1")
    assert await violations(agency) == []
    await pictures(agency, "services-new")
    await form.get_by_role("button", name="Tambah layanan").click()
    row = agency.get_by_role("row").filter(has_text=name)
    await expect(row).to_contain_text("Loket 1")
    await row.get_by_role("button", name="Ubah").click()
    change = agency.get_by_role("form", name=f"Ubah: {name}")
    await change.get_by_label("Loket (boleh kosong)").fill("Loket 1\nLoket 2")
    await change.get_by_role("button", name="Simpan perubahan").click()
    await expect(row).to_contain_text("Loket 1, Loket 2")
    assert await violations(agency) == []
    await pictures(agency, "services")


async def shown_at_the_counter(officer: Page, name: str) -> None:
    """Service and counter once, then one button; and the screen as it is turned to the citizen."""
    form = officer.get_by_role("form", name="Layanan dan loket")
    # With one service in the unit it is chosen already.
    await chosen(officer, "Layanan", name)
    await form.get_by_label("Loket").select_option("Loket 2")
    assert await violations(officer) == []
    await form.get_by_role("button", name="Pakai").click()
    await officer.get_by_role("button", name="Kode baru").click()
    await expect(officer.get_by_test_id("code")).to_have_text(re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$"))
    await expect(officer.get_by_text("tidak pernah menunjukkan apakah sebuah kode sudah dipakai")).to_be_visible()
    assert await violations(officer) == []
    await pictures(officer, "codes")
    await officer.get_by_role("button", name="Layar warga").click()
    screen = officer.get_by_role("dialog", name=name)
    await expect(screen.get_by_test_id("code")).to_be_visible()
    assert await violations(officer) == []
    await pictures(officer, "codes-turned")
    await screen.get_by_role("button", name="Kembali").click()
    await expect(screen).to_be_hidden()
    await officer.reload()
    await expect(officer.get_by_text("Loket 2")).to_be_visible()
    await officer.get_by_role("button", name="Kode baru").click()
    await expect(officer.get_by_test_id("code")).to_be_visible()


async def used_and_unknown(context: BrowserContext, address: str) -> None:
    """The same code again, and one that is none."""
    phone = await context.new_page()
    await phone.goto(address)
    await expect(phone.get_by_role("heading", name="Kode ini sudah dipakai")).to_be_visible()
    assert await violations(phone) == []
    await pictures(phone, "rating-used")
    await phone.get_by_role("button", name="Masukkan kode lain").click()
    field = phone.get_by_label("Kode", exact=True)
    await field.fill("7k3d")
    await phone.get_by_role("button", name="Lanjutkan").click()
    await expect(phone.get_by_text("Kode terdiri atas 12 huruf dan angka")).to_be_visible()
    await field.fill("7k3d 9qxh 2mnp")
    await phone.get_by_role("button", name="Lanjutkan").click()
    await expect(phone.get_by_role("alert")).to_contain_text("Kode ini tidak dikenal")
    await expect(field).to_have_value("7K3D-9QXH-2MNP")
    assert await violations(phone) == []
    await pictures(phone, "rating-unknown")


async def everything_else_is_closed(context: BrowserContext, running: System) -> None:
    """The rest of the app asks who it is; the page has left nothing on the phone that could say so."""
    assert await context.cookies() == []
    phone = context.pages[0]
    kept = "[localStorage.length, sessionStorage.length, (await navigator.serviceWorker.getRegistrations()).length]"
    assert await phone.evaluate(f"(async () => {kept})()") == [0, 0, 0]
    for path in ("/layanan", "/suara-warga", "/kode-penilaian"):
        page = await context.new_page()
        await page.goto(running.edge + path)
        await expect(page.get_by_role("heading", name="Masuk")).to_be_visible()
        await page.close()
    for path in ("services", "comments", "reasons?from=2026-01-01&to=2026-01-31"):
        assert HTTP.get(f"{running.edge}/api/feedback/v1/{path}").status_code == 401


async def test_of_two_phones_with_one_code_one_is_told(running: System, browser: Browser, unit: dict[str, Any]) -> None:
    service = given(running, unit)
    address = running.edge + issued(running, service)["path"]
    async with citizen(browser) as one, citizen(browser) as other:
        first, second = await one.new_page(), await other.new_page()
        for phone in (first, second):
            await phone.goto(address)
            await expect(phone.get_by_role("heading", name=service["name"])).to_be_visible()
        await rated(first, "Sangat baik")
        await expect(first.get_by_role("heading", name="Terima kasih")).to_be_visible()
        await rated(second, "Sangat buruk")
        await expect(second.get_by_role("heading", name="Kode ini sudah dipakai")).to_be_focused()


async def test_what_is_said_about_time(running: System, browser: Browser, unit: dict[str, Any]) -> None:
    """Codes live long and tries are many: the answers are put in here, as tests/integration/feedback has them."""
    address = running.edge + issued(running, given(running, unit))["path"]
    async with citizen(browser, "en-GB") as context:
        phone = await context.new_page()
        await phone.goto(address)
        await phone.get_by_role("radio", name="Fair", exact=True).check()
        wait = {"retry-after": "130"}
        await phone.route(f"**{PUBLIC}/ratings", lambda route: route.fulfill(status=429, json={}, headers=wait))
        await phone.get_by_role("button", name="Send").click()
        await expect(phone.get_by_role("alert")).to_contain_text("Try again in 3 minutes")
        assert await violations(phone) == []
        await phone.unroute_all()
        await phone.route(f"**{PUBLIC}/*", lambda route: route.fulfill(status=410, json={}))
        await phone.get_by_role("button", name="Send again").click()
        await expect(phone.get_by_role("heading", name="This code has expired")).to_be_focused()
        assert await violations(phone) == []
        await pictures(phone, "rating-expired")


async def test_the_page_is_light(running: System, browser: Browser, unit: dict[str, Any]) -> None:
    """Everything that comes over the wire until a citizen can tap, by what the edge sends."""
    service = given(running, unit)
    async with citizen(browser) as context:
        phone = await context.new_page()
        line = await context.new_cdp_session(phone)
        await line.send("Network.enable")
        sizes: list[float] = []
        line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        await phone.goto(running.edge + issued(running, service)["path"])
        await expect(phone.get_by_role("radio").first).to_be_visible()
        assert len(sizes) >= 3, "the page, its script and the answer"
        assert sum(sizes) < MOST_BYTES


async def test_a_unit_prints_codes_and_reads_what_is_said(
    running: System, browser: Browser, unit: dict[str, Any]
) -> None:
    service = given(running, unit, "Loket 1")
    for number in range(A_GROUP):
        body = {"code": issued(running, service)["code"], "stars": 4, "reasons": ["quick", "slow"][: 1 + number % 2]}
        assert HTTP.post(f"{running.edge}{PUBLIC}/ratings", json=body).status_code == 201
    async with seat(browser, running, "pimpinan", "/layanan") as head:
        row = head.get_by_role("row").filter(has_text=service["name"])
        await row.get_by_role("button", name="Lembar kode").click()
        await expect(row.get_by_role("button", name="Ubah")).to_have_count(0)
        form = head.get_by_role("form", name=f"Lembar kode: {service['name']}")
        await form.get_by_label("Jumlah kode").fill("241")
        await form.get_by_role("button", name="Unduh PDF").click()
        await expect(form.get_by_text("Isi angka 1 sampai 240.")).to_be_visible()
        await form.get_by_label("Jumlah kode").fill("24")
        await form.get_by_label("Loket").select_option("Loket 1")
        assert await violations(head) == []
        await pictures(head, "services-sheet")
        async with head.expect_download() as loading:
            await form.get_by_role("button", name="Unduh PDF").click()
        sheet = await loading.value
        assert sheet.suggested_filename == "lembar-kode.pdf"
        assert (await sheet.path()).read_bytes().startswith(b"%PDF-")
        await expect(form).to_be_hidden()

        # Texts are published days after they were written: here is one as the service gives it.
        comment = {"id": "1", "service_id": service["id"], "unit_id": unit["id"], "published_on": "2026-11-20"}
        page = {"items": [comment | {"text": f"{WRITTEN}\nbaris kedua"}], "next_cursor": None}
        await head.route("**/api/feedback/v1/comments?*", lambda route: route.fulfill(json=page))
        await head.goto(f"{running.edge}/suara-warga")
        await expect(head.get_by_text(WRITTEN)).to_be_visible()
        await expect(head.locator("main img, main b")).to_have_count(0)
        await head.get_by_label("Layanan", exact=True).select_option(value=service["id"])
        await expect(head.get_by_role("img", name=f"Alasan yang dipilih untuk {service['name']}")).to_be_visible()
        await expect(head.get_by_text(f"Dari {A_GROUP} penilaian")).to_be_visible()
        assert await violations(head) == []
        await pictures(head, "voices")
        await head.get_by_text("Tabel", exact=True).click()
        assert await counts(head.get_by_role("table", name="Alasan yang dipilih")) == {
            "Cepat": str(A_GROUP),
            "Lambat": str(A_GROUP // 2),
        }
        assert await violations(head) == []


async def counts(table: Locator) -> dict[str, str]:
    """How often each reason was chosen, of those that were."""
    rows = [await row.locator("th, td").all_text_contents() for row in await table.locator("tbody tr").all()]
    return {name: count for name, count in rows if count != "0"}


async def test_citizens_move_the_unit_at_once_and_the_officer_in_groups(
    running: System, browser: Browser, complaints: list[str], unit: dict[str, Any]
) -> None:
    service = given(running, unit)
    async with (
        seat(browser, running, "pegawai", "/kartu") as card,
        seat(browser, running, "pimpinan", "/kinerja-unit") as head,
        citizen(browser) as context,
    ):
        for page in (card, head):
            await expect(page.get_by_text("Lengkap s.d.")).to_be_visible()
        officer, came = await ratings(card, "rated-number"), await ratings(head, "served-given")
        for _ in range(4):
            body = {"code": issued(running, service)["code"], "stars": 4}
            assert HTTP.post(f"{running.edge}/api/feedback/v1/public/ratings", json=body).status_code == 201
        await expect(head.get_by_test_id("served-given")).to_have_text(f"{came + 4} penilaian masuk")
        assert await ratings(card, "rated-number") == officer, "four are too few"

        phone = await context.new_page()
        await phone.goto(running.edge + issued(running, service)["path"])
        await rated(phone, "Sangat baik")
        await expect(head.get_by_test_id("served-given")).to_have_text(f"{came + 5} penilaian masuk")
        await expect(card.get_by_test_id("rated-number")).to_have_text(re.compile(rf"^dari {officer + 5} penilaian"))
        await expect(card.get_by_test_id("rated")).to_have_text(re.compile(r"^[1-5],\d\d$"))
        for page in (card, head):
            assert await violations(page) == []
        await pictures(card, "card-rated")
        await pictures(head, "unit-rated")
    assert complaints == []


async def ratings(page: Page, what: str) -> int:
    """The number in a line about ratings; 0 where there is none yet."""
    line = page.get_by_test_id(what)
    found = re.search(r"\d+", await line.inner_text()) if await line.count() else None
    return int(found[0]) if found else 0
