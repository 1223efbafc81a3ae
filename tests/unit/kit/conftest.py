"""Logs as in production: unconfigured, every error would be rendered with all local variables, which takes seconds."""

import pytest

from kit import log


@pytest.fixture(autouse=True)
def _json_logs() -> None:
    log.configure("test")
