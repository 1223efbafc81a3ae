"""What the other set-ups are compared with."""

from typing import Any

import pytest
import yaml

from deploy.local.program import ROOT


@pytest.fixture(scope="session")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded
