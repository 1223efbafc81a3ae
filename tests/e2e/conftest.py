"""Fixtures of the browser tests."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.e2e.chromium import chromium
from tests.e2e.made_up_city import MadeUpCity, made_up_city
from tests.e2e.signing_in import signed_in
from tests.e2e.system import System, system

# Deadlines for a machine that does ten other things; nothing here claims a speed.
expect.set_options(timeout=30_000)

SCREENSHOTS = Path(__file__).parents[2] / "screenshots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for the session."""
    async with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def _city() -> Iterator[MadeUpCity]:
    with made_up_city() as running:
        yield running


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The whole system, with the demo city in it and sign-in before it."""
    with system(tmp_path_factory.mktemp("system")) as found:
        yield found


@pytest.fixture
def city(_city: MadeUpCity) -> Iterator[MadeUpCity]:
    """The made-up city at 07.02 WIB, without troubles; whatever a test does to it is taken back."""
    yield _city
    _city.fault("none")


@pytest.fixture
async def context(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[BrowserContext]:
    """A fresh profile, far from Indonesia: times must come out right all the same. Signed in where the city is made
    up; on the real system (`running`) nobody is."""
    made = await browser.new_context(viewport={"width": 1440, "height": 900}, timezone_id="America/New_York")
    if "running" not in request.fixturenames:
        await signed_in(made)
    yield made
    await made.close()


@pytest.fixture
async def page(context: BrowserContext) -> Page:
    """A page of the fresh profile."""
    return await context.new_page()


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser objects to: script errors, refused content (the security policy), failed requests."""
    heard: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            heard.append(message.text)

    page.on("console", console)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard
