"""What makes a work site sound. Pure."""

from services.directory.sites.models import Site
from services.directory.validity import last_day
from services.directory.violations import Violation


def violations(site: Site) -> list[Violation]:
    """Everything wrong with one site; its zone is checked where it is read (zones.py)."""
    found = []
    if last_day(site) < site.valid_from:
        found.append(Violation(("valid_to",), f"mendahului valid_from {site.valid_from}"))
    placed = {"latitude": site.latitude, "longitude": site.longitude, "radius_m": site.radius_m}
    if any(value is not None for value in placed.values()):
        wanted = "lintang, bujur, dan radius diisi ketiganya atau dikosongkan ketiganya"
        found += [Violation((field,), wanted) for field, value in placed.items() if value is None]
    return found
