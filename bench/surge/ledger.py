"""Who punched when: what was sent, kept small enough for millions, to be compared with what is found."""

from array import array
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from bench.population import Population, number_of, pin
from bench.terminals.wire import FACE
from services.attendance.punches.rules import punch_id


@lru_cache(maxsize=16_384)
def wall_time(zone: str, epoch: int) -> str:
    """What a terminal in `zone` prints for a second since 1970."""
    return f"{datetime.fromtimestamp(epoch, ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}"


class Ledger:
    """One phase: each person punches at most once in it, all with the same `status`, so that its ids are its own."""

    def __init__(self, population: Population, status: int) -> None:
        self._population = population
        self.status = status
        self._at = array("L", bytes(8 * population.people))
        self._found = array("B", bytes(population.people))
        self.unknown = 0

    def note(self, person: int, epoch: int) -> None:
        """This person punched in this second."""
        self._at[person] = epoch

    def identity(self, person: int) -> str | None:
        """The id of the person's punch, None when there was none."""
        epoch = self._at[person]
        if not epoch:
            return None
        terminal = self._population.terminal(person)
        text = wall_time(self._population.zone(terminal), epoch)
        return punch_id(self._population.serial(terminal), pin(person), text, str(self.status), str(FACE))

    def sent(self) -> int:
        """How many punched."""
        return sum(1 for epoch in self._at if epoch)

    def begin_count(self) -> None:
        """Forget what was found."""
        self._found = array("B", bytes(len(self._at)))
        self.unknown = 0

    def found(self, person: int) -> None:
        """The person's punch was found once more."""
        self._found[person] = min(255, self._found[person] + 1)

    def verdict(self) -> dict[str, int]:
        """Sent, and of these lost and found more than once; found without having been sent counts as unknown."""
        lost = double = unsent = 0
        for epoch, times in zip(self._at, self._found, strict=True):
            lost += bool(epoch) and times == 0
            double += times > 1
            unsent += not epoch and times > 0
        return {"sent": self.sent(), "lost": lost, "double": double, "unknown": self.unknown + unsent}


def tally(ledgers: list[Ledger], found: Iterable[tuple[str, str]]) -> None:
    """Note (employee, punch id) pairs that were found; an id that is in no ledger counts as unknown in the first."""
    for ledger in ledgers:
        ledger.begin_count()
    for employee, identity in found:
        try:
            person = number_of(employee)
        except ValueError:
            ledgers[0].unknown += 1
            continue
        for ledger in ledgers:
            if ledger.identity(person) == identity:
                ledger.found(person)
                break
        else:
            ledgers[0].unknown += 1
