"""A service with an assessor beside it."""

import pytest

from tests.integration.attendance.conftest import Running
from tests.integration.attendance.days.assessing import Assessing


@pytest.fixture
async def assessing(attendance: Running) -> Assessing:
    """Nobody is hired yet."""
    return await Assessing.beside(attendance)
