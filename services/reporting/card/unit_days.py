"""What units' days come to, kept from one question to the next.

The days of a period hardly move once they are over: what was read and added up of a date is used again until that date
has moved. Whether it has is asked of the database at every question, one small row a date and writer (`date_moves`,
written in the transaction that moves the totals), so that an answer is never older than the position it was asked at,
and a period costs its days however many units lie below.
"""

from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from kit.days import each_day
from services.reporting.card.rules import summed
from services.reporting.card.store import CardStore

ROWS_KEPT = 20_000
NOTHING: Counter[str] = Counter()
Units = frozenset[str] | None
"""Which units; None is all there are, whether a tree knows them or not."""


class Date:
    """What has been read of one date, as it stood at `moves` or later."""

    __slots__ = ("_added", "_all", "_services", "_units", "moves")

    def __init__(self, moves: Mapping[str, int]) -> None:
        self.moves = moves
        self._all = False
        self._units: dict[str, Counter[str]] = {}
        self._services: dict[str, list[Mapping[str, Any]]] = {}
        self._added: dict[Units, Counter[str]] = {}

    def __len__(self) -> int:
        return len(self._units) + len(self._added) + sum(map(len, self._services.values()))

    def lacks(self, units: Units) -> bool:
        """Whether some of these have not been read yet."""
        return not self._all and (units is None or not units <= self._units.keys())

    def take(self, units: Units, rows: Iterable[Mapping[str, Any]], services: Iterable[Mapping[str, Any]]) -> None:
        """What the database holds of this date: `rows` of these units and `services` of theirs."""
        found = summed(rows, "unit")
        rated: dict[str, list[Mapping[str, Any]]] = {}
        for one in services:
            rated.setdefault(one["unit"], []).append(one)
        for unit in found.keys() | rated.keys() | (units or set()):
            self._units[unit] = found.get(unit, NOTHING)
            self._services[unit] = rated.get(unit, [])
        self._all = self._all or units is None

    def sums(self, units: Units) -> Counter[str]:
        """The numbers of these units together, those of a strand as `work_minutes`. Not to be changed."""
        added = self._added.get(units)
        if added is None:
            added = Counter()
            for unit in self._units if units is None else units:
                added.update(self._units.get(unit, NOTHING))
            self._added[units] = added
        return added

    def services(self, units: Units) -> Iterable[Mapping[str, Any]]:
        """The services of these units that were rated."""
        for unit, some in self._services.items():
            if units is None or unit in units:
                yield from some


class UnitDays:
    """Days of units by way of what is kept. At most some `rows_kept` rows are; those of dates asked for last stay."""

    def __init__(self, store: CardStore, rows_kept: int = ROWS_KEPT) -> None:
        self._store = store
        self._rows_kept = rows_kept
        self._dates: OrderedDict[str, Date] = OrderedDict()

    async def of(self, first: date, last: date, units: Collection[str] | None) -> dict[str, Date]:
        """The days of a period by `YYYY-MM-DD`, oldest first, with these units (None: all) in them. They hold what was
        committed before the question, or later."""
        wanted = None if units is None else frozenset(units)
        moves = await self._store.moves(first, last)
        found: dict[str, Date] = {}
        for day in map(str, each_day(first, last)):
            known = self._dates.get(day)
            if known is None or known.moves != moves.get(day, {}):
                known = self._dates[day] = Date(moves.get(day, {}))
            self._dates.move_to_end(day)
            found[day] = known
        if lacking := [day for day, known in found.items() if known.lacks(wanted)]:
            await self._read(lacking, wanted, found)
            self._forget()
        return found

    async def _read(self, days: list[str], units: Units, found: Mapping[str, Date]) -> None:
        rows = _by_date(await self._store.unit_days(days, units))
        services = _by_date(await self._store.service_days(days, units))
        for day in days:
            # Into the date as this question found it: another may have put a newer one in its place meanwhile.
            found[day].take(units, rows.get(day, ()), services.get(day, ()))

    def _forget(self) -> None:
        kept = sum(map(len, self._dates.values()))
        while kept > self._rows_kept:
            _, oldest = self._dates.popitem(last=False)
            kept -= len(oldest)


def _by_date(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["date"], []).append(row)
    return found
