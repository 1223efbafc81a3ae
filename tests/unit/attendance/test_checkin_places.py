"""Inside or outside, with the accuracy in the employee's favour; and what is kept of it."""

from typing import Any

import pytest

from services.attendance.checkins.models import Location
from services.attendance.checkins.places import band, cell, doubts_of, find, metres, place_of
from services.attendance.devices.models import Site
from tests.fixtures.mobile import SITE, place

OWN = Site(site_id="own", name="Balai Kota", zone="Asia/Jakarta", **SITE)
FAR = Site(site_id="far", name="Kantor Timur", zone="Asia/Jakarta", latitude=-6.2, longitude=106.9, radius_m=150)
BARE = Site(site_id="bare", name="Belum diukur", zone="Asia/Jakarta")
NORTH = 1 / 111_195  # degrees a metre


def at(north: float, **other: Any) -> Location:
    """A position so many metres north of the own site's middle."""
    return Location.model_validate(place(lat=OWN.latitude + north * NORTH, lon=OWN.longitude, **other))  # type: ignore[operator]


def test_the_way_over_the_sphere() -> None:
    assert metres(-6.175392, 106.827153, -7.250445, 112.768845) == pytest.approx(666_800, rel=0.002)  # Jakarta-Surabaya
    assert metres(0, 179.999, 0, -179.999) == pytest.approx(222.4, rel=0.001)
    assert metres(1, 2, 1, 2) == 0


@pytest.mark.parametrize(
    ("north", "accuracy", "inside"),
    [
        (0, 5, True),
        (99, 0, True),
        (112, 12.5, True),
        (113, 12.5, False),
        (199, 100, True),
        (199, 5000, True),
        (201, 5000, False),
    ],
)
def test_the_accuracy_counts_in_favour_up_to_a_hundred_metres(north: float, accuracy: float, inside: int) -> None:
    assert find(at(north, accuracy_m=accuracy), OWN, [FAR]).inside == bool(inside)


def test_whoever_works_elsewhere_today_is_at_that_site() -> None:
    there = Location.model_validate(place(lat=FAR.latitude, lon=FAR.longitude))
    assert find(there, OWN, [OWN, FAR]).site == FAR
    assert find(at(3_000), OWN, [OWN, FAR])[:1] == (OWN,)
    assert find(there, BARE, [BARE]).site is None
    assert find(there, None, [BARE, FAR]).site == FAR


def test_what_is_kept_says_where_in_steps_only() -> None:
    found = find(at(130), OWN, [])
    assert place_of(at(130), found, kiosk=False).model_dump() == {
        "verdict": "outside",
        "band": "50-150",
        "accuracy_m": 12,
    }
    assert [band(one) for one in (0, 50, 149.9, 499, 60_000)] == ["<50", "50-150", "50-150", "150-500", ">50000"]
    assert cell(at(0)) == (-6.18, 106.83)
    assert place_of(None, None, kiosk=False).verdict == "unknown"
    assert place_of(at(0), find(at(0), BARE, []), kiosk=False).verdict == "unmeasured"


def codes(location: Location | None, kiosk: bool = False, own: Site = OWN) -> dict[str, str]:
    found = find(location, own, []) if location is not None else None
    return {doubt.code: doubt.grade for doubt in doubts_of(location, found, kiosk)}


def test_doubts_are_graded_and_never_a_refusal() -> None:
    assert codes(at(0)) == {}
    assert codes(at(500)) == {"outside": "doubt"}
    assert codes(at(0, accuracy_m=101)) == {"poor_accuracy": "note"}
    assert codes(at(0, age_ms=60_001)) == {"old_fix": "note"}
    assert codes(at(0, is_mock=True)) == {"mock_location": "strong"}
    assert codes(None) == {"no_location": "doubt"}
    assert codes(None, kiosk=True) == {"no_location": "note"}
    assert codes(at(900), kiosk=True) == {"code_elsewhere": "strong"}
    assert codes(at(900), own=BARE) == {}, "a site that was never measured accuses nobody"
