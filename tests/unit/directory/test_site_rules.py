"""Where a site lies: all three measures or none."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from services.directory.sites.models import Site
from services.directory.sites.rules import violations

KNOWN: dict[str, Any] = {"code": "L1", "name": "Balai Kota", "zone": "Asia/Jakarta", "valid_from": date(2024, 1, 1)}
PLACE: dict[str, Any] = {"latitude": -6.175392, "longitude": 106.827153, "radius_m": 150}


def test_a_site_has_a_whole_place_or_none() -> None:
    assert violations(Site(**KNOWN)) == []
    assert violations(Site(**KNOWN, **PLACE)) == []
    for missing in PLACE:
        rest = {field: value for field, value in PLACE.items() if field != missing}
        assert [one.path for one in violations(Site(**KNOWN, **rest))] == [(missing,)]


@pytest.mark.parametrize(
    "wrong", [{"latitude": 90.1}, {"longitude": -181}, {"radius_m": 9}, {"radius_m": 5001}, {"latitude": float("nan")}]
)
def test_what_is_no_place_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Site(**KNOWN, **(PLACE | wrong))


def test_degrees_are_kept_to_a_tenth_of_a_metre() -> None:
    assert Site(**KNOWN, **(PLACE | {"latitude": -6.17539249})).latitude == -6.175392
