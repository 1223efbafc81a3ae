"""The circuit breaker on dead letters: a run or a share of poison stops the projector for a person to look."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from kit.projector.outcomes import Tripped


@dataclass(frozen=True, slots=True)
class Limits:
    """`run`: this many poison records one after the other. `share` of the last `window` records (once it is full)."""

    run: int = 50
    share: float = 0.1
    window: int = 1_000


Runs = Sequence[tuple[bool, int]]
"""A batch in record order as (could they be folded, how many in a row)."""


class Breaker:
    """Counts good and poison records over the last `window`, batch by batch."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._batches: deque[tuple[int, int]] = deque()
        self._seen = self._bad = self._run = 0

    def check(self, runs: Runs) -> None:
        """Before a batch commits: raises Tripped when the limit would be passed. Call `note` once it has."""
        longest, _ = self._poison_runs(runs)
        size, poison = _counted(runs)
        seen, bad = self._seen + size, self._bad + poison
        if longest >= self._limits.run:
            raise Tripped(f"{longest} records in a row cannot be folded")
        if poison and seen >= self._limits.window and bad / seen > self._limits.share:
            raise Tripped(f"{bad} of the last {seen} records cannot be folded")

    def note(self, runs: Runs) -> None:
        """Remember a committed batch."""
        _, self._run = self._poison_runs(runs)
        size, poison = _counted(runs)
        self._batches.append((size, poison))
        self._seen += size
        self._bad += poison
        while self._batches and self._seen - self._batches[0][0] >= self._limits.window:
            seen, bad = self._batches.popleft()
            self._seen -= seen
            self._bad -= bad

    def _poison_runs(self, runs: Runs) -> tuple[int, int]:
        """The longest run of poison that this batch has or goes on with, and the one it ends in."""
        longest, current = 0, self._run
        for good, length in runs:
            current = 0 if good else current + length
            longest = max(longest, current)
        return longest, current


def _counted(runs: Runs) -> tuple[int, int]:
    return sum(length for _, length in runs), sum(length for good, length in runs if not good)
