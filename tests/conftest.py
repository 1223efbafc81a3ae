"""Fixtures for every test: the real broker and database, started once in a session (tests/stack/fixtures.py)."""

import pytest
from hypothesis import settings

from kit import log

pytest_plugins = ["tests.stack.fixtures"]

# A busy machine is no reason for an example to fail.
settings.register_profile("kinerja", deadline=None)
settings.load_profile("kinerja")


@pytest.fixture(autouse=True)
def _logging() -> None:
    """As in a service: unconfigured, the log prints a framed page for every exception, at four seconds a piece."""
    log.configure("test")
