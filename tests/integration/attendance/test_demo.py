"""The demo city's terminals, registered twice."""

import pytest

from services.attendance.demo.register import register
from tests.integration.attendance.conftest import Running
from tests.unit.attendance.test_demo_plan import employee, site

pytestmark = pytest.mark.integration


async def test_twice_changes_nothing(attendance: Running) -> None:
    sites = [site(1), site(2)]
    people = [employee(number, 1 + number % 2) for number in range(30)]
    first = await register(attendance.parts, sites, people)
    assert (first.terminals, first.new_terminals, first.people) == (212, 212, 30)
    assert first.enrolments == first.new_enrolments > 30
    again = await register(attendance.parts, sites, people)
    assert (again.new_terminals, again.new_enrolments) == (0, 0)
    await attendance.parts.registry.load()
    assert all(terminal.origin is not None for terminal in attendance.parts.registry.terminals.values())
