"""IANA time zones of work sites. Pure but for the zone database of the installation."""

from functools import cache
from zoneinfo import available_timezones

INDONESIAN_ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


@cache
def zone_names() -> frozenset[str]:
    """Every IANA zone name this installation knows (package tzdata where the system has none)."""
    return frozenset(available_timezones())


def known_zone(name: str) -> str:
    """`name`. Raises ValueError, in Indonesian, for anything that is no IANA zone."""
    if name not in zone_names():
        raise ValueError(f"{name!a} bukan nama zona IANA; untuk Indonesia: {', '.join(INDONESIAN_ZONES)}")
    return name
