"""One spine for all tests of this folder; each test uses ids of its own."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.integration.reporting.spine import Spine, spine


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def running(kafka: str, mongo_uri: str) -> AsyncIterator[Spine]:
    """Journals, relays, projector and API."""
    async with spine(kafka, mongo_uri) as started:
        yield started
