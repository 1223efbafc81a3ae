"""Which days are to be looked at, and which are not."""

from typing import Any

import pytest

from services.reporting.presence.attention import reasons

WORK = {"minutes": 120, "entries": 3, "copied": 0}


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ({"count": 2}, []),
        ({"count": 0}, []),
        ({"count": 2, "strands": {"work": WORK}}, []),
        ({"count": 0, "strands": {"work": WORK}}, ["no_presence"]),
        ({"count": 0, "strands": {"work": WORK | {"minutes": 0}}}, []),
        ({"count": 1, "strands": {"work": WORK | {"copied": 3}}}, ["copies"]),
        ({"count": 1, "strands": {"work": WORK | {"copied": 2}}}, []),
        ({"count": 1, "strands": {"work": {"minutes": 9, "entries": 2, "copied": 2}}}, []),
        ({"count": 1, "strands": {"work": {"minutes": 9, "entries": 3}}}, []),
        ({"count": 1, "strands": {"validating": {"burst": 49}}}, []),
        ({"count": 1, "strands": {"validating": {"burst": 50}}}, ["burst"]),
        ({"count": 0, "strands": {"work": WORK | {"copied": 3}}}, ["no_presence", "copies"]),
    ],
)
def test_a_day_is_looked_at_for_a_reason(day: dict[str, Any], found: list[str]) -> None:
    assert reasons(day) == found
