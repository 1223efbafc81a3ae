"""Distinct punches stored per terminal, many terminals a document.

When the country arrives each punch comes from another terminal: a document each was nearly half of what a turn wrote.
Terminals share one of a few totals, by their id; a terminal is a field of it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote
from zlib import crc32

from kit.projector.shards import Shards, shard_ids

DEVICE_COUNTS = "device_counts"
TOTALS = 128
"""A few terminals each in a city, some hundreds in a country."""


class Stored(NamedTuple):
    """Of one terminal: distinct punches in the view, and the newest."""

    punches: int
    last_at: datetime | None


def add(shards: Shards, device: str, punches: int, latest: datetime) -> None:
    """Count punches of a terminal."""
    name = _field(device)
    sums = {"stored": punches, f"{name}.stored": punches}
    shards.add(DEVICE_COUNTS, total(device), {}, sums, {f"{name}.last_at": latest})


def ids(devices: Iterable[str]) -> list[str]:
    """The documents that count these terminals."""
    return [shard for one in sorted({total(device) for device in devices}) for shard in shard_ids(one)]


def stored(shards: Iterable[Mapping[str, Any]], devices: Iterable[str]) -> dict[str, Stored]:
    """What documents say of these terminals, summed; those without a punch are absent."""
    wanted = {quoted(device): device for device in devices}
    found: dict[str, Stored] = {}
    for shard in shards:
        for name, counted in shard.get("devices", {}).items():
            if (device := wanted.get(name)) is not None:
                known = found.get(device, Stored(0, None))
                at = counted.get("last_at")
                newest = max((one for one in (known.last_at, at) if one is not None), default=None)
                found[device] = Stored(known.punches + counted.get("stored", 0), newest)
    return found


def quoted(device: str) -> str:
    """An id as part of a field's name: without what a name of a field may not have."""
    return quote(device, safe="").replace(".", "%2E")


def _field(device: str) -> str:
    return f"devices.{quoted(device)}"


def total(device: str) -> str:
    """The total that counts a terminal."""
    return f"{crc32(device.encode()) % TOTALS:03d}"
