"""How many check-ins one account may send: enough for a queue of many days at once, far too few to do harm."""

from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from time import monotonic

BURST = 40
PER_SECOND = 20 / 60
ACCOUNTS = 200_000


class Pace:
    """A bucket of tokens for each account; of this process, so several processes allow a multiple."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, account: str) -> int:
        """0 when the account may go on, else the seconds until it may."""
        now = self._clock()
        left, since = self._buckets.pop(account, (float(BURST), now))
        left = min(float(BURST), left + (now - since) * PER_SECOND)
        allowed = left >= 1
        self._buckets[account] = (left - 1 if allowed else left, now)
        if len(self._buckets) > ACCOUNTS:
            self._buckets.popitem(last=False)
        return 0 if allowed else max(1, ceil((1 - left) / PER_SECOND))
