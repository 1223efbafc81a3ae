"""How much one caller may ask for: a bucket of tokens for each, of this process (several allow a multiple)."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from math import ceil
from time import monotonic


@dataclass
class Buckets:
    """`burst` tokens at once and `per_second` again after; at most `most` callers are remembered, the latest."""

    burst: float
    per_second: float
    most: int = 200_000
    clock: Callable[[], float] = monotonic
    _filled: "OrderedDict[Hashable, tuple[float, float]]" = field(default_factory=OrderedDict)

    def wait(self, caller: Hashable, tokens: float = 1) -> int:
        """0 when `caller` may go on, who then has `tokens` less; else the seconds until it may."""
        now, left = self.clock(), self._left(caller)
        allowed = left >= tokens
        self._keep(caller, left - tokens if allowed else left, now)
        return 0 if allowed else max(1, ceil((tokens - left) / self.per_second))

    def give_back(self, caller: Hashable, tokens: float) -> None:
        """What was taken turned out not to be used."""
        self._keep(caller, min(self.burst, self._left(caller) + tokens), self.clock())

    def __len__(self) -> int:
        return len(self._filled)

    def _left(self, caller: Hashable) -> float:
        left, since = self._filled.get(caller, (self.burst, 0.0))
        return min(self.burst, left + (self.clock() - since) * self.per_second)

    def _keep(self, caller: Hashable, left: float, now: float) -> None:
        self._filled[caller] = (left, now)
        self._filled.move_to_end(caller)
        if len(self._filled) > self.most:
            self._filled.popitem(last=False)
