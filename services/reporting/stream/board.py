"""Totals of one date, kept while somebody looks at it and re-read where something moved."""

from collections.abc import Collection

from kit.unit_tree import Tree
from services.reporting.presence import rollup
from services.reporting.presence.models import Totals
from services.reporting.presence.totals import Counted, TotalsStore


class Board:
    """What the shards of one date say, per unit."""

    def __init__(self, store: TotalsStore, date: str) -> None:
        self.date = date
        self._store = store
        self._expected: dict[str, int] = {}
        self._counted: dict[str, Counted] = {}

    async def load(self) -> None:
        """Read everything of the date."""
        await self.load_expected()
        self._counted = await self._store.units(self.date, None)

    async def load_expected(self) -> None:
        """Read again how many people belong where."""
        self._expected = await self._store.expected_in_units(self.date, None)

    async def refresh(self, units: Collection[str]) -> None:
        """Read again what moved."""
        self._counted |= await self._store.units(self.date, units)

    def totals(self, tree: Tree, unit: str) -> Totals:
        """A unit with everything below it."""
        return rollup.of_unit(tree, unit, self._expected, self._counted)
