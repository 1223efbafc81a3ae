"""What the screens do: move by themselves, lead from the city to a person, and say when they cannot be trusted."""

import csv
import re

from playwright.async_api import BrowserContext, Page, expect

from tests.e2e.made_up_city import MadeUpCity

STALE_MS = 45_000  # the line is given up after 10 s of silence


async def number(page: Page) -> int:
    """The big number."""
    return int(re.sub(r"\D", "", await page.get_by_test_id("present").inner_text()))


async def taken(page: Page, button: str, name: str) -> list[list[str]]:
    """The rows of the file that a button hands over, as a spreadsheet reads them."""
    async with page.expect_download() as started:
        await page.get_by_role("button", name=button).click()
    download = await started.value
    assert download.suggested_filename == name
    return list(csv.reader((await download.path()).read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))


async def test_a_punch_moves_the_board_without_a_reload(page: Page, city: MadeUpCity, complaints: list[str]) -> None:
    await page.goto(city.url)
    await expect(page.get_by_text("Langsung", exact=True)).to_be_visible()
    before = await number(page)
    await page.evaluate("window.kept = true")
    person = city.punch()
    await expect(page.get_by_test_id("feed")).to_contain_text(person["name"])
    assert await number(page) > before
    assert await page.evaluate("window.kept"), "the page was loaded anew"
    assert complaints == []


async def test_who_arrives_leaves_the_list_of_the_missing(page: Page, city: MadeUpCity) -> None:
    await page.goto(f"{city.url}/?view=people&state=not_yet")
    first = page.locator("tbody th[scope=row]").first
    await expect(first).to_be_visible()
    name = await first.inner_text()
    rows = page.locator("tbody th[scope=row]", has_text=re.compile(f"^{re.escape(name)}$"))
    before = await rows.count()
    city.punch(name)
    await expect(rows).to_have_count(before - 1)


async def test_held_still_nothing_moves_until_it_is_released(page: Page, city: MadeUpCity) -> None:
    await page.goto(city.url)
    await expect(page.get_by_text("Langsung", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Jeda").click()
    await expect(page.get_by_text("Dijeda", exact=True)).to_be_visible()
    before = await number(page)
    name = city.punch()["name"]
    held = await page.evaluate("performance.now()")
    await page.wait_for_function("held => performance.now() - held > 1500", arg=held)
    assert await number(page) == before
    await page.get_by_role("button", name="Lanjutkan").click()
    await expect(page.get_by_test_id("feed")).to_contain_text(name)
    assert await number(page) > before


async def test_from_the_city_to_a_unit_and_back(page: Page, city: MadeUpCity) -> None:
    await page.goto(city.url)
    row = page.get_by_role("row", name=re.compile("^Dinas Kesehatan"))
    await row.get_by_role("link").click()
    heading = page.get_by_role("heading", level=1)
    await expect(heading).to_have_text("Dinas Kesehatan")
    await expect(heading).to_be_focused()
    assert "unit=" in page.url
    await expect(page).to_have_title(re.compile("^Dinas Kesehatan"))
    await page.get_by_role("row", name=re.compile("^Puskesmas Galala")).get_by_role("link").click()
    await expect(heading).to_have_text("Puskesmas Galala")
    await expect(page.get_by_label("Cari nama")).to_be_visible()
    trail = page.get_by_role("navigation", name="Jalur unit").get_by_role("link")
    await expect(trail).to_have_text(["Pemerintah Kota Nusa Raya", "Dinas Kesehatan"])
    await page.go_back()
    await expect(heading).to_have_text("Dinas Kesehatan")
    await page.reload()
    await expect(heading).to_have_text("Dinas Kesehatan")
    await page.go_back()
    await expect(heading).to_have_text("Pemerintah Kota Nusa Raya")


async def test_a_number_opens_what_is_behind_it(page: Page, city: MadeUpCity) -> None:
    await page.goto(f"{city.url}/?unit=u15")
    await page.get_by_title("Lihat pegawai yang belum tercatat").click()
    await expect(page.get_by_role("radio", name=re.compile("Belum tercatat"))).to_be_checked()
    cells = page.locator("tbody tr td:first-child")
    await expect(cells.first).to_be_visible()  # the people are asked for when their list is opened
    states = await cells.all_inner_texts()
    assert {text.strip() for text in states} == {"Belum tercatat"}


async def test_another_language_stays_chosen(page: Page, city: MadeUpCity) -> None:
    await page.goto(city.url)
    await expect(page.get_by_role("link", name="Papan")).to_be_visible()
    await page.get_by_text("EN", exact=True).click()
    await expect(page.get_by_role("link", name="Board")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "lang=en" in page.url
    await expect(page.get_by_text("Mon, 3 Aug 2026").first).to_be_visible()
    await page.goto(f"{city.url}/mesin")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Attendance terminals")


async def test_times_are_those_of_the_place(page: Page, city: MadeUpCity) -> None:
    """The browser is in New York. 07.02 in Jakarta is 09.02 in Jayapura, and neither is 20.02."""
    await page.goto(f"{city.url}/?view=people&state=present")
    times = page.locator("tbody td[data-number]")
    await expect(times.first).to_be_visible()
    texts = await times.all_inner_texts()
    assert {text.split()[1] for text in texts} == {"WIB", "WITA", "WIT"}
    assert all("06.00" <= text.split()[0] <= "09.59" for text in texts)
    await expect(page.get_by_text(re.compile(r"lengkap s\.d\. 07\.\d\d\.\d\d WIB"))).to_be_visible()


async def test_five_thousand_people_are_a_few_rows_at_a_time(page: Page, city: MadeUpCity) -> None:
    await page.goto(f"{city.url}/?view=people")
    rows = page.locator("tbody:not([aria-hidden]) tr")
    await expect(rows.first).to_be_visible()
    assert await rows.count() < 80
    counted = page.get_by_text(re.compile(r"^[\d.]+ dari 5\.000 pegawai$"))
    await expect(counted).to_have_text("200 dari 5.000 pegawai")
    await page.evaluate("scrollTo(0, document.body.scrollHeight)")
    await expect(counted).to_have_text("400 dari 5.000 pegawai")
    assert await rows.count() < 80


async def test_a_name_is_found_and_an_unknown_one_says_so(page: Page, city: MadeUpCity) -> None:
    await page.goto(f"{city.url}/?view=people")
    field = page.get_by_label("Cari nama")
    await field.fill("ratna")
    names = page.locator("tbody th[scope=row]")
    await expect(names.first).to_contain_text("Ratna")
    await expect(page).to_have_url(re.compile("q=ratna"))
    await field.fill("tidak ada yang begini")
    await expect(page.get_by_role("heading", name=re.compile("Tidak ada pegawai dengan nama"))).to_be_visible()
    await page.get_by_role("button", name="Hapus pencarian").click()
    await expect(names.first).to_be_visible()
    await expect(field).to_have_value("")


async def test_by_keyboard_alone(page: Page, city: MadeUpCity) -> None:
    await page.goto(city.url)
    await expect(page.locator("figure svg")).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.get_by_role("img", name=re.compile("Grafik kedatangan")).focus()
    await page.keyboard.press("ArrowLeft")
    await expect(page.get_by_text(re.compile(r"^\d\d\.\d\d: [\d.]+ pegawai$")).first).to_be_attached()
    await page.get_by_role("button", name="Unit", exact=True).focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Unit")
    await page.keyboard.press("Tab")
    link = page.locator("tbody a").first
    await link.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("navigation", name="Jalur unit")).to_be_visible()


async def test_a_step_to_another_day_keeps_its_place(page: Page, city: MadeUpCity) -> None:
    await page.goto(city.url)
    back = page.get_by_role("link", name="Hari sebelumnya")
    await back.focus()
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("date=2026-08-02"))
    await expect(page.get_by_text("Belum ada presensi pada tanggal ini")).to_be_visible()
    await expect(back).to_be_focused()
    await page.get_by_role("link", name="Hari ini").click()
    await expect(page.locator("figure svg")).to_be_visible()


async def test_the_arrivals_go_into_a_spreadsheet(page: Page, city: MadeUpCity) -> None:
    await page.goto(f"{city.url}/?unit=u15")
    title, head, *rows = await taken(page, "Unduh CSV: Kedatangan", "kedatangan-u15-2026-08-03.csv")
    assert (title, head) == (["Kedatangan Dinas Kesehatan, Sen, 3 Agu 2026"], ["Jam", "Pegawai datang"])
    assert abs(sum(int(count or 0) for _, count in rows) - await number(page)) <= 5


async def test_units_and_people_go_there_as_they_are_shown(page: Page, city: MadeUpCity) -> None:
    await page.goto(f"{city.url}/?unit=u15")
    _, head, *units = await taken(page, "Unduh CSV: Unit", "unit-u15-2026-08-03.csv")
    assert head == ["Unit", "Hadir", "Pegawai", "Belum tercatat", "Terakhir", "Zona"]
    shown = await page.locator("tbody th[scope=row]").all_inner_texts()
    assert [name for name, *_ in units] == [text.splitlines()[0] for text in shown]

    await page.goto(f"{city.url}/?unit=u15&view=people&state=present&order=-name")
    names = page.locator("tbody th[scope=row]")
    await expect(names.first).to_be_visible()
    shown = await names.all_inner_texts()
    _, head, *people = await taken(page, "Unduh CSV: Pegawai", "pegawai-u15-2026-08-03.csv")
    assert head == ["Nama", "Jabatan", "Unit", "Keadaan", "Datang", "Zona", "Lokasi"]
    assert abs(len(people) - await number(page)) <= 5, "all of them, not only those on the screen"
    listed = [row[0] for row in people]
    places = [listed.index(name) for name in shown if name in listed]
    assert len(places) > 3
    assert places == sorted(places), "in the order of the screen"
    assert all(re.fullmatch(r"2026-08-03 \d\d:\d\d:\d\d", row[4]) for row in people)


async def test_people_stand_from_z_to_a_where_the_reader_wishes(page: Page, city: MadeUpCity) -> None:
    await page.goto(f"{city.url}/?view=people")
    names = page.locator("tbody th[scope=row]")
    await expect(names.first).to_be_visible()
    first = await names.first.inner_text()
    await page.get_by_role("combobox", name="Urutkan").click()
    await page.get_by_role("option", name="Nama Z–A").click()
    await expect(names.first).not_to_have_text(first)
    shown = await names.all_inner_texts()
    assert shown[0] > shown[-1] > first
    assert "order=-name" in page.url


async def test_a_silent_line_is_said_with_its_age_and_mends_itself(page: Page, city: MadeUpCity) -> None:
    await page.goto(city.url)
    await expect(page.get_by_text("Langsung", exact=True)).to_be_visible()
    city.fault("mute")
    banner = page.get_by_text(re.compile(r"Pembaruan terhenti\. Angka di layar adalah keadaan pukul 07\."))
    await expect(banner).to_be_visible(timeout=STALE_MS)
    await expect(page.get_by_text(re.compile(r"^\d+ detik lalu$"))).to_be_visible()
    city.fault("none")
    name = city.punch()["name"]
    await expect(banner).to_be_hidden(timeout=STALE_MS)
    await expect(page.get_by_test_id("feed")).to_contain_text(name)


async def test_without_network_the_screen_says_what_still_holds(
    page: Page, context: BrowserContext, city: MadeUpCity
) -> None:
    await page.goto(city.url)
    await expect(page.get_by_text("Langsung", exact=True)).to_be_visible()
    await context.set_offline(True)
    banner = page.get_by_text(re.compile("Tidak ada jaringan"))
    await expect(banner).to_be_visible()
    await expect(page.get_by_test_id("present")).to_be_visible()
    name = city.punch()["name"]
    await context.set_offline(False)
    await expect(banner).to_be_hidden(timeout=STALE_MS)  # a line that died unheard is given up like any silent one
    await expect(page.get_by_test_id("feed")).to_contain_text(name, timeout=STALE_MS)


async def test_an_error_has_a_reason_an_advice_and_a_reference(page: Page, city: MadeUpCity) -> None:
    city.fault("down")
    await page.goto(city.url)
    await expect(page.get_by_role("heading", name="Data tidak dapat ditampilkan")).to_be_visible()
    await expect(page.get_by_text("4bf92f3577b34da6a3ce929d0e0e4736")).to_be_visible()
    city.fault("none")
    await page.get_by_role("button", name="Coba lagi").click()
    await expect(page.get_by_test_id("present")).to_be_visible()


async def test_a_wall_that_started_too_early_needs_nobody(page: Page, city: MadeUpCity) -> None:
    city.fault("down")
    await page.goto(f"{city.url}/dinding")
    await expect(page.get_by_role("heading", name="Data tidak dapat ditampilkan")).to_be_visible()
    city.fault("none")
    await expect(page.get_by_text("hadir", exact=False).first).to_be_visible(timeout=STALE_MS)


async def test_data_that_lags_is_named(page: Page, city: MadeUpCity) -> None:
    city.fault("lag")
    await page.goto(city.url)
    await expect(page.get_by_text("Data belum utuh. Tertinggal: presensi 3 menit.")).to_be_visible()


async def test_a_reset_asks_for_everything_again(page: Page, city: MadeUpCity) -> None:
    await page.goto(city.url)
    await expect(page.get_by_text("Langsung", exact=True)).to_be_visible()
    async with page.expect_request(lambda request: request.url.endswith("/presence")):
        city.reset()


async def test_terminals_alarms_come_first_and_can_be_searched(page: Page, city: MadeUpCity) -> None:
    await page.goto(city.url)
    await expect(page.get_by_role("link", name="1 mesin belum pernah terhubung")).to_be_visible()
    await page.get_by_role("link", name="3 dari 210 mesin diam").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Mesin presensi")
    rows = page.locator("tbody tr")
    await expect(rows.first).to_contain_text("Tidak terdengar")
    await page.get_by_role("link", name=re.compile("Menunggu persetujuan")).click()
    await expect(rows).to_have_count(2)
    await page.get_by_role("link", name=re.compile("^Semua")).click()
    await page.get_by_label("Cari mesin").fill("DEMO000000088")
    await expect(rows).to_have_count(1)
    await expect(rows.first).to_contain_text("kurang 37")
    _, _, *found = await taken(page, "Unduh CSV: Mesin presensi", "mesin.csv")
    assert [row[1] for row in found] == ["DEMO000000088"]
    await page.get_by_label("Cari mesin").fill("")
    await page.get_by_role("combobox", name="Urutkan").click()
    await page.get_by_role("option", name="Lokasi, lalu nama").click()
    _, _, *found = await taken(page, "Unduh CSV: Mesin presensi", "mesin.csv")
    assert len(found) == 212
    await expect(rows.first).to_contain_text(found[0][0])


async def test_motion_is_left_out_where_the_reader_wishes_so(page: Page, city: MadeUpCity) -> None:
    await page.emulate_media(reduced_motion="reduce")
    await page.goto(city.url)
    await expect(page.get_by_text("Langsung", exact=True)).to_be_visible()
    name = city.punch()["name"]
    entry = page.get_by_test_id("feed").locator("li", has_text=name).first
    await expect(entry).to_be_visible()
    assert await entry.evaluate("one => getComputedStyle(one).animationName") == "none"
