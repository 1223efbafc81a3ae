"""Warnings only: thousands of take-overs are nothing to report."""

import pytest

from kit import log


@pytest.fixture(autouse=True, scope="package")
def _quiet() -> None:
    log.configure("test", "error")
