"""The installed Chromium, driven by Playwright, and the accessibility checker that runs inside it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

WEB = Path(__file__).parents[2] / "web"
AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
# WCAG 2.2 A and AA, and axe's own best practices (headings, landmarks).
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@asynccontextmanager
async def chromium(*flags: str) -> AsyncIterator[Browser]:
    """A browser, with further flags. No browser is a failure: a skipped screen test would say that the screens work."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("no Chromium on PATH: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])
        yield browser
        await browser.close()


async def looked_at_again(page: Page, awaited: Locator) -> None:
    """Somebody comes back to the page until it shows what is awaited; it asks anew by itself too, but less often."""
    for _ in range(30):
        await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")
        with suppress(AssertionError):
            await expect(awaited).to_be_visible(timeout=2_000)
            return
    await expect(awaited).to_be_visible()


# While something fades in or out its colours are not what they will be.
SETTLED = """async () => {
  const ends = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime < Infinity);
  await Promise.allSettled(ends.map((one) => one.finished));
}"""


async def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is, one line each."""
    if not await page.evaluate("typeof axe === 'object'"):
        await page.evaluate(AXE.read_text())
    await page.evaluate(SETTLED)
    found: dict[str, Any] = await page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [
        f"{one['id']} ({one['impact']}): {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
