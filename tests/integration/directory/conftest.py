"""A register on a database of the test's own."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kit.journal import Journal
from kit.mongo import connect_uri
from services.directory.register.store import Register

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture
async def register(mongo_uri: str, database_name: str) -> AsyncIterator[Register]:
    """An empty directory whose commits are all dated NOW."""
    client = connect_uri(mongo_uri, "directory-test")
    db = client[database_name]
    register = Register(client, db, Journal(db, "directory"), zone=ZoneInfo("Asia/Jakarta"), clock=lambda: NOW)
    await register.setup()
    yield register
    client.close()
