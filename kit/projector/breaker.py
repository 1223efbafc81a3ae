"""The circuit breaker on dead letters: a run or a share of poison stops the projector for a person to look."""

from collections import deque
from dataclasses import dataclass

from kit.projector.outcomes import Tripped


@dataclass(frozen=True, slots=True)
class Limits:
    """`run`: this many poison records one after the other. `share` of the last `window` records (once it is full)."""

    run: int = 50
    share: float = 0.1
    window: int = 1_000


class Breaker:
    """Counts good and poison records over the last `window`, batch by batch."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._batches: deque[tuple[int, int]] = deque()
        self._seen = self._bad = self._run = 0

    def check(self, good: int, poison: int) -> None:
        """Before a batch commits: raises Tripped when the limit would be passed. Call `note` once it has."""
        run = self._run + poison if good == 0 else poison
        seen, bad = self._seen + good + poison, self._bad + poison
        if run >= self._limits.run:
            raise Tripped(f"{run} records in a row cannot be folded")
        if seen >= self._limits.window and bad / seen > self._limits.share:
            raise Tripped(f"{bad} of the last {seen} records cannot be folded")

    def note(self, good: int, poison: int) -> None:
        """Remember a committed batch."""
        self._run = 0 if good else self._run + poison
        self._batches.append((good + poison, poison))
        self._seen += good + poison
        self._bad += poison
        while self._batches and self._seen - self._batches[0][0] >= self._limits.window:
            seen, bad = self._batches.popleft()
            self._seen -= seen
            self._bad -= bad
