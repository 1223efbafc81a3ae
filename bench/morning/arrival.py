"""When people come to work and how they punch. Pure: all chance comes from the generator that is given."""

from dataclasses import dataclass
from random import Random

START, END = 6 * 60 + 30, 8 * 60 + 30  # minutes of the day on the wall: what the simulated morning covers
DUTY = 7 * 60 + 30  # work begins
ABSENT = 0.03
LATE = 0.06
DOUBLE = 0.04
DOUBLE_SECONDS = (1, 12)  # how soon after the first read (devices.md section 1.6, duplicates (d))
USUAL = 7 * 60 + 21  # the crest of those in time, in minutes
SPREAD = 9.0
MEAN_LATENESS = 14.0


@dataclass(frozen=True, slots=True)
class Arrival:
    """One person's morning. `seconds` since midnight on the wall; `again` seconds later the terminal reads twice."""

    seconds: int
    again: int | None = None

    @property
    def late(self) -> bool:
        """After work has begun."""
        return self.seconds > DUTY * 60


def arrival(chance: Random) -> Arrival | None:
    """Somebody's arrival; None = does not come."""
    kind = chance.random()
    if kind < ABSENT:
        return None
    if kind < ABSENT + LATE:
        minute = DUTY + chance.expovariate(1 / MEAN_LATENESS)
    else:
        minute = chance.gauss(USUAL, SPREAD)
        while minute >= DUTY:
            minute = chance.gauss(USUAL, SPREAD)
    again = chance.randint(*DOUBLE_SECONDS) if chance.random() < DOUBLE else None
    return Arrival(int(60 * min(max(minute, START + 1), END - 1)), again)
