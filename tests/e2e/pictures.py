"""Screenshots of a page at the three widths that are looked at."""

from playwright.async_api import Page

from tests.e2e.conftest import SCREENSHOTS

WIDTHS = (360, 768, 1440)


async def pictures(page: Page, name: str) -> None:
    """At every width, and nothing scrolls sideways."""
    SCREENSHOTS.mkdir(exist_ok=True)
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        await page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png")
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width} px"
