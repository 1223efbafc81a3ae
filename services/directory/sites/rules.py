"""What makes a work site sound. Pure but for the zone database of the installation."""

from functools import cache
from zoneinfo import available_timezones

from services.directory.sites.models import Site
from services.directory.validity import last_day
from services.directory.violations import Violation

INDONESIAN_ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


@cache
def zone_names() -> frozenset[str]:
    """Every IANA zone name this installation knows (package tzdata where the system has none)."""
    return frozenset(available_timezones())


def violations(site: Site) -> list[Violation]:
    """Everything wrong with one site."""
    found: list[Violation] = []
    if site.zone not in zone_names():
        known = ", ".join(INDONESIAN_ZONES)
        found.append(Violation(("zone",), f"{site.zone!r} bukan nama zona IANA; untuk Indonesia: {known}"))
    if last_day(site) < site.valid_from:
        found.append(Violation(("valid_to",), f"mendahului valid_from {site.valid_from}"))
    return found
