"""Every page at every width: accessible, inside its width, without a complaint of the browser; with its picture."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.chromium import violations
from tests.e2e.conftest import SCREENSHOTS
from tests.e2e.made_up_city import MadeUpCity, made_up_city
from tests.e2e.signing_in import signed_in

PAGES = {
    "board": "/",
    "unit": "/?unit=u15",
    "people": "/?unit=u15&view=people",
    "missing": "/?view=people&state=not_yet",
    "english": "/?unit=u15&lang=en",
    "past-day": "/?date=2026-08-01",
    "wall": "/dinding",
    "terminals": "/mesin",
    "unknown-unit": "/?unit=nowhere",
    "unknown-page": "/nowhere",
}
SIZES = {360: 780, 768: 1024, 1440: 900}


async def settled(page: Page, url: str) -> None:
    """The page with its content; the chart has its own chunk and comes last."""
    await page.goto(url)
    await expect(page.locator("h1")).to_be_visible()
    await page.wait_for_load_state("load")
    if await page.locator("figure").count():
        await expect(page.locator("figure svg, figure h3").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
async def test_page_is_accessible_at_every_width(browser: Browser, city: MadeUpCity, name: str, scheme: str) -> None:
    context = await browser.new_context(
        viewport={"width": 360, "height": SIZES[360]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",  # a fading mark has no contrast to measure
    )
    try:
        await signed_in(context)
        page = await context.new_page()
        await settled(page, city.url + PAGES[name])
        SCREENSHOTS.mkdir(exist_ok=True)
        for width, height in SIZES.items():
            await page.set_viewport_size({"width": width, "height": height})
            await page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 150)))")
            await page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{scheme}.png")
            assert await violations(page) == [], f"at {width} px"
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
    finally:
        await context.close()


@pytest.mark.parametrize("name", ["board", "people", "wall", "terminals"])
async def test_the_browser_has_no_complaint(page: Page, city: MadeUpCity, complaints: list[str], name: str) -> None:
    await settled(page, city.url + PAGES[name])
    assert complaints == []


async def test_nothing_is_loaded_from_elsewhere(page: Page, city: MadeUpCity) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await settled(page, city.url)
    assert asked
    assert [url for url in asked if not url.startswith((city.url, "blob:", "data:"))] == []


async def test_the_first_picture_does_not_wait_for_the_charts(page: Page, city: MadeUpCity) -> None:
    await page.route("**/assets/ArrivalsChart-*.js", lambda route: route.abort())
    await page.goto(city.url)
    await expect(page.get_by_test_id("present")).to_be_visible()


async def test_twice_the_size_fits_the_screen(browser: Browser, city: MadeUpCity) -> None:
    """WCAG 1.4.10: 200 % zoom of a 1440 px screen is 720 px of layout; 400 % is 360 px, tested above."""
    context = await browser.new_context(viewport={"width": 720, "height": 450}, device_scale_factor=2)
    await signed_in(context)
    page = await context.new_page()
    for path in PAGES.values():
        await settled(page, city.url + path)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 720, path
    await context.close()


async def test_targets_of_a_finger_are_large_enough(browser: Browser, city: MadeUpCity) -> None:
    """Buttons, fields and rows are at least 44 px high on a touch screen; links in a line of text are exempt."""
    context = await browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    await signed_in(context)
    page = await context.new_page()
    for path in ("/", "/?unit=u15&view=people", "/mesin"):
        await settled(page, city.url + path)
        small = await page.evaluate(
            """() => [...document.querySelectorAll(
                 'button, input:not([aria-hidden]):not([type=radio]), label, header a, main nav > a, tbody tr:has(a)'
               )]
               .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
               .map(one => one.outerHTML.slice(0, 120))"""
        )
        assert small == [], path
    await context.close()


async def test_an_empty_installation_says_how_to_begin(page: Page) -> None:
    with made_up_city("--people", "0") as empty:
        await settled(page, empty.url)
        await expect(page.get_by_role("heading", name="Belum ada unit dan pegawai")).to_be_visible()
        assert await violations(page) == []
        await page.screenshot(path=SCREENSHOTS / "empty-1440-light.png")
        await settled(page, f"{empty.url}/mesin")
        await expect(page.get_by_text("Belum ada mesin")).to_be_visible()
        assert await violations(page) == []


async def test_the_wall_is_read_from_afar_and_touched_by_nobody(browser: Browser, city: MadeUpCity) -> None:
    """25 mm letters for five metres: on a 55-inch screen of 1920 px that is a font of about 30 px."""
    context = await browser.new_context(viewport={"width": 1920, "height": 1080})
    await signed_in(context)
    page = await context.new_page()
    await settled(page, f"{city.url}/dinding")
    sizes: list[float] = await page.evaluate(
        """() => [...document.querySelectorAll('main *')]
           .filter(one => one.checkVisibility() && !one.closest('.hidden')
             && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
           .map(one => parseFloat(getComputedStyle(one).fontSize))"""
    )
    assert min(sizes) >= 28
    assert await page.locator("main a, main button, main input").count() == 0
    assert await page.evaluate("document.documentElement.scrollHeight") <= 1080, "the wall scrolls"
    await context.close()
