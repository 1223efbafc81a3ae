"""When a drain was how far, and what its processes weighed then. Pure."""

from collections.abc import Sequence
from statistics import median

from bench.workload import Result

FLAT_PERCENT = 5.0
"""More than this between the second quarter of the drain and the last is growth."""


class Folded:
    """How much was folded when, as it was seen: seconds and records, both growing."""

    def __init__(self) -> None:
        self.seen: list[tuple[float, int]] = []

    def note(self, at: float, records: int) -> None:
        """Another look."""
        self.seen.append((at, records))


def reached_at(folded: Folded, records: int) -> float:
    """When so many had been folded, between two looks by their share. Raises ValueError when they never were."""
    before = (folded.seen[0][0], 0) if folded.seen else (0.0, 0)
    for at, count in folded.seen:
        if count >= records:
            share = (records - before[1]) / (count - before[1]) if count > before[1] else 1.0
            return before[0] + share * (at - before[0])
        before = (at, count)
    raise ValueError(f"{records} records were never folded")


def memory_of(samples: Sequence[tuple[float, float]], claimed: float, quarters: Sequence[float]) -> Result:
    """MiB at the start, at the end of each quarter and at most, and the growth in percent from the second quarter (by
    then caches are warm) to the last; None where no sample fell into one of them."""
    second = [weight for at, weight in samples if quarters[0] <= at <= quarters[1]]
    last = [weight for at, weight in samples if quarters[2] <= at <= quarters[3]]
    growth = 100 * (median(last) - median(second)) / median(second) if second and last else None
    return {
        "start_mb": round(_nearest(samples, claimed), 1),
        "by_quarter_mb": [round(_nearest(samples, at), 1) for at in quarters],
        "most_mb": round(max(weight for _, weight in samples), 1),
        "growth_percent": None if growth is None else round(growth, 1),
    }


def _nearest(samples: Sequence[tuple[float, float]], moment: float) -> float:
    return min(samples, key=lambda sample: abs(sample[0] - moment))[1]
