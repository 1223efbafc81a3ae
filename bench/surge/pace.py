"""Who is next and when: a steady rate whatever the system does (open loop), people in a scattered order. Pure."""

from collections.abc import Iterator
from math import gcd


def scattered(count: int) -> Iterator[int]:
    """Every number below `count` once, neighbours far apart, always the same."""
    if count <= 0:
        return
    step = max(1, round(count * 0.618))
    while gcd(step, count) != 1:
        step += 1
    at = 0
    for _ in range(count):
        yield at
        at = (at + step) % count


class Pace:
    """`rate` things a second for `seconds`."""

    def __init__(self, rate: float, seconds: float) -> None:
        self.rate = rate
        self.total = int(rate * seconds)
        self.done = 0

    def due(self, elapsed: float) -> int:
        """How many more should have happened by now; they count as done."""
        wanted = min(self.total, int(elapsed * self.rate)) - self.done
        self.done += max(0, wanted)
        return max(0, wanted)

    @property
    def over(self) -> bool:
        """All have happened."""
        return self.done >= self.total
