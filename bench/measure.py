"""Times, collected cheaply and summed up honestly. Seconds go in, milliseconds come out."""

from array import array
from collections.abc import Iterable
from math import ceil
from statistics import median
from typing import Any


class Times:
    """All observations, so that percentiles are exact; eight bytes each."""

    def __init__(self) -> None:
        self._values = array("d")
        self.add = self._values.append

    def __len__(self) -> int:
        return len(self._values)

    def since(self, start: int) -> "Times":
        """Those added after the first `start`."""
        later = Times()
        later._values.extend(self._values[start:])  # noqa: SLF001 - its own kind
        return later

    def summary(self) -> dict[str, float]:
        """Count and percentiles in milliseconds."""
        ordered = sorted(self._values)
        if not ordered:
            return {"count": 0}
        return {
            "count": len(ordered),
            "p50_ms": milliseconds(at(ordered, 0.50)),
            "p90_ms": milliseconds(at(ordered, 0.90)),
            "p99_ms": milliseconds(at(ordered, 0.99)),
            "p999_ms": milliseconds(at(ordered, 0.999)),
            "max_ms": milliseconds(ordered[-1]),
        }

    def percentile(self, share: float, *, last: int = 0) -> float:
        """One percentile in milliseconds, of the `last` observations (0 = all); 0 without any.

        For progress while a load runs: sorting all of a million observations would hold the load up.
        """
        ordered = sorted(self._values[-last:])
        return milliseconds(at(ordered, share)) if ordered else 0.0


def at(ordered: list[float], share: float) -> float:
    """The observation at that share, by nearest rank: always one that was seen."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def milliseconds(seconds: float) -> float:
    """To a hundredth."""
    return round(seconds * 1000, 2)


def medians(runs: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The median of each number over runs that have the same keys; other values are those of the first run."""
    rows = list(runs)
    if not rows:
        return {}
    out: dict[str, Any] = {}
    for name, first in rows[0].items():
        values = [row[name] for row in rows if name in row]
        if isinstance(first, dict):
            out[name] = medians(values)
        elif isinstance(first, bool) or not isinstance(first, int | float):
            out[name] = first
        else:
            out[name] = round(median(values), 2)
    return out
