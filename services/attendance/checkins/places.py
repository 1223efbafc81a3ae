"""Where a check-in was, against the sites' grounds, the accuracy taken into account (devices.md section 5). Pure."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from services.attendance.checkins.models import Doubt, Location, Place
from services.attendance.devices.models import Site

EARTH = 6_371_008.8  # metres, mean radius (IUGG)
ACCURACY_MOST = 100  # metres of doubt that count in somebody's favour
FIX_OLD_MS = 60_000
BANDS = (50, 150, 500, 2_000, 10_000, 50_000)
CELL = 2  # decimals of a degree: about a kilometre


class Found(NamedTuple):
    """The site a position belongs to (None: no site is anywhere near) and how far from its middle, in metres."""

    site: Site | None
    distance: float
    inside: bool


def metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The way over the sphere (haversine)."""
    north, east = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    half = sin(north) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


def find(location: Location, own: Site | None, sites: Iterable[Site]) -> Found:
    """The own site where one is within it; else whichever site one is within; else the own site, from afar."""
    allowance = min(location.accuracy_m, ACCURACY_MOST)

    def within(site: Site) -> Found | None:
        if site.latitude is None or site.longitude is None or site.radius_m is None:
            return None
        distance = metres(location.lat, location.lon, site.latitude, site.longitude)
        return Found(site, distance, distance - allowance <= site.radius_m)

    at_own = within(own) if own is not None else None
    if at_own is not None and at_own.inside:
        return at_own
    # A tenth of a degree is eleven kilometres: more than any radius and any allowance.
    near = (site for site in sites if site.latitude is not None and abs(site.latitude - location.lat) < 0.1)
    others = [found for site in near if (found := within(site)) is not None and found.inside]
    if others:
        return min(others, key=lambda found: found.distance)
    return at_own or Found(None, 0, inside=False)


def band(distance: float) -> str:
    """A distance in steps, so that the point cannot be worked out from it: "<50", "50-150", …, ">50000" (metres)."""
    below = 0
    for edge in BANDS:
        if distance < edge:
            return f"{below}-{edge}" if below else f"<{edge}"
        below = edge
    return f">{below}"


def cell(location: Location) -> tuple[float, float]:
    """The square of about a kilometre a position lies in: what is kept to know a journey by."""
    return round(location.lat, CELL), round(location.lon, CELL)


def place_of(location: Location | None, found: Found | None, kiosk: bool) -> Place:
    """What is kept of it."""
    accuracy = round(location.accuracy_m) if location is not None else None
    steps = band(found.distance) if found is not None and found.site is not None else ""
    if kiosk:
        return Place(verdict="kiosk", band=steps, accuracy_m=accuracy)
    if location is None or found is None:
        return Place(verdict="unknown")
    if found.site is None:
        return Place(verdict="unmeasured", accuracy_m=accuracy)
    return Place(verdict="inside" if found.inside else "outside", band=steps, accuracy_m=accuracy)


def doubts_of(location: Location | None, found: Found | None, kiosk: bool) -> list[Doubt]:
    """What is to be said of a position; `kiosk` when a kiosk's code has proved the place already."""
    if location is None:
        grade, more = ("note", "; tempat dibuktikan oleh kode kios") if kiosk else ("doubt", "")
        detail = f"Ponsel tidak memberikan lokasi{more}."
        return [Doubt(code="no_location", grade=grade, detail=detail)]
    doubts = []
    if location.accuracy_m > ACCURACY_MOST:
        detail = f"Lokasi ponsel kurang teliti (±{round(location.accuracy_m)} m)."
        doubts.append(Doubt(code="poor_accuracy", grade="note", detail=detail, amount=round(location.accuracy_m)))
    if location.age_ms > FIX_OLD_MS:
        seconds = round(location.age_ms / 1000)
        detail = f"Lokasi ponsel sudah berumur {seconds} detik saat presensi dilakukan."
        doubts.append(Doubt(code="old_fix", grade="note", detail=detail, amount=seconds))
    if location.is_mock:
        detail = "Ponsel melaporkan bahwa lokasinya berasal dari aplikasi lokasi tiruan."
        doubts.append(Doubt(code="mock_location", grade="strong", detail=detail))
    if found is not None and found.site is not None and not found.inside:
        doubts.append(_outside(found, found.site, kiosk))
    return doubts


def _outside(found: Found, site: Site, kiosk: bool) -> Doubt:
    distance = round(found.distance)
    if kiosk:
        detail = f"Kode kios {site.name} dipakai, tetapi lokasi ponsel {distance} m dari sana."
        return Doubt(code="code_elsewhere", grade="strong", detail=detail, amount=distance)
    detail = f"Lokasi ponsel {distance} m dari {site.name}, di luar jangkauannya ({site.radius_m} m)."
    return Doubt(code="outside", grade="doubt", detail=detail, amount=distance)
