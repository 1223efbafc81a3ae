"""The recent past in steps: what moved between two frames. Pure.

A reader that comes back names the last token it has; everything after it is one catch-up. Bounded by steps and by
the people in them, because a morning rush fills minutes of an idle day in seconds.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

STEPS_MOST = 3_000
DAYS_MOST = 50_000


@dataclass(frozen=True, slots=True)
class Step:
    """Totals and days that moved, up to and including `token`: `days` by their punches, `cards` by anything they hold.
    `employees`: somebody's post or name changed."""

    token: str
    units: frozenset[tuple[str, str]]
    days: tuple[str, ...]
    employees: bool = False
    cards: tuple[str, ...] = ()


def merged(token: str, steps: Iterable[Step]) -> Step:
    """Several steps as one; days in the order they moved last."""
    units: set[tuple[str, str]] = set()
    days: dict[str, None] = {}
    cards: dict[str, None] = {}
    employees = False
    for step in steps:
        units |= step.units
        for day in step.days:
            days.pop(day, None)
            days[day] = None
        cards |= dict.fromkeys(step.cards)
        employees = employees or step.employees
    return Step(token, frozenset(units), tuple(days), employees, tuple(cards))


class Ring:
    """Steps in order. `floor`: every change after this token is in the ring."""

    def __init__(self, *, steps_most: int = STEPS_MOST, days_most: int = DAYS_MOST) -> None:
        self._steps: deque[Step] = deque()
        self._days = 0
        self._steps_most = steps_most
        self._days_most = days_most
        self.floor: str | None = None

    def begin(self, token: str) -> None:
        """Forget everything: what follows begins after `token`."""
        self._steps.clear()
        self._days = 0
        self.floor = token

    def add(self, step: Step) -> None:
        """The next step; the oldest ones leave."""
        self._steps.append(step)
        self._days += max(len(step.days), len(step.cards))
        while len(self._steps) > self._steps_most or (self._days > self._days_most and len(self._steps) > 1):
            gone = self._steps.popleft()
            self._days -= max(len(gone.days), len(gone.cards))
            self.floor = gone.token

    def after(self, token: str) -> list[Step] | None:
        """The steps a reader that has everything up to `token` lacks; None when that is not known any more.

        A step is whole or not: a reader may see again what it has seen, which changes nothing (totals are absolute).
        """
        if self.floor is None or token < self.floor:
            return None
        tokens = [step.token for step in self._steps]
        return [*self._steps][bisect_right(tokens, token) :]

    def __len__(self) -> int:
        return len(self._steps)
