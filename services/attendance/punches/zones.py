"""IANA zone names, checked once at the border."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def known_zone(name: str) -> str:
    """The name itself. Raises ValueError when the time zone database has no such zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"zona waktu {name!r} tidak dikenal, contoh Asia/Makassar") from error
    return name
