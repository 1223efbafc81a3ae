"""What is kept of units' days: read once, and again as soon as its date has moved."""

from collections.abc import Collection
from datetime import date
from typing import Any

from services.reporting.card.store import CardStore
from services.reporting.card.unit_days import UnitDays

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 3)


class Stored(CardStore):
    """A store whose rows are here, and that notes what is read of them."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.rated: list[dict[str, Any]] = []
        self.moved: dict[str, dict[str, int]] = {}
        self.read: list[tuple[str, ...]] = []

    async def moves(self, first: date, last: date) -> dict[str, dict[str, int]]:
        """Of the dates asked for."""
        return {day: dict(moves) for day, moves in self.moved.items() if str(first) <= day <= str(last)}

    async def unit_days(self, dates: Collection[str], units: Collection[str] | None) -> list[dict[str, Any]]:
        """Noted."""
        self.read.append(tuple(dates))
        return [row for row in self.rows if row["date"] in dates and (units is None or row["unit"] in units)]

    async def service_days(self, dates: Collection[str], units: Collection[str] | None) -> list[dict[str, Any]]:
        """Those of the units."""
        return [row for row in self.rated if row["date"] in dates and (units is None or row["unit"] in units)]

    def add(self, unit: str, day: str, present: int, writer: str = "p00") -> None:
        """As the projector does, in one transaction."""
        self.rows.append({"unit": unit, "date": day, "present": present, "work": {"minutes": 10 * present}})
        moves = self.moved.setdefault(day, {})
        moves[writer] = moves.get(writer, 0) + 1


async def present(days: UnitDays, units: Collection[str] | None) -> list[int]:
    """By day of the period."""
    wanted = None if units is None else frozenset(units)
    return [one.sums(wanted)["present"] for one in (await days.of(FIRST, LAST, wanted)).values()]


async def test_a_date_is_read_once_until_it_moves() -> None:
    store = Stored()
    days = UnitDays(store)
    store.add("u-1", "2026-11-02", 3)
    store.add("u-2", "2026-11-03", 4)
    assert await present(days, None) == [3, 4]
    assert await present(days, None) == [3, 4]
    assert await present(days, {"u-1"}) == [3, 0]
    assert store.read == [("2026-11-02", "2026-11-03")]

    store.add("u-1", "2026-11-03", 5, writer="p06")  # another writer's first, on one of the two dates
    assert await present(days, None) == [3, 9]
    assert await present(days, {"u-1"}) == [3, 5]
    assert store.read[1:] == [("2026-11-03",)]


async def test_units_that_were_not_asked_for_are_read_when_they_are() -> None:
    store = Stored()
    days = UnitDays(store)
    for unit, count in (("u-1", 1), ("u-2", 2), ("closed", 7)):
        store.add(unit, "2026-11-02", count)
    assert await present(days, {"u-1"}) == [1, 0]
    assert await present(days, {"u-1", "u-2", "empty"}) == [3, 0]
    assert await present(days, None) == [10, 0]  # what no tree knows is in the whole
    assert await present(days, {"empty"}) == [0, 0]
    assert len(store.read) == 3


async def test_a_date_nobody_has_moved_is_read_too() -> None:
    """What was folded before moves were counted has none."""
    store = Stored()
    store.rows.append({"unit": "u-1", "date": "2026-11-02", "present": 6})
    days = UnitDays(store)
    assert await present(days, None) == [6, 0]
    store.add("u-1", "2026-11-02", 1)
    assert await present(days, None) == [7, 0]


async def test_services_are_kept_with_their_units() -> None:
    store = Stored()
    days = UnitDays(store)
    store.add("u-1", "2026-11-02", 1)
    store.rated = [
        {"service": "s-1", "unit": "u-1", "date": "2026-11-02", "ratings": 5},
        {"service": "s-2", "unit": "u-2", "date": "2026-11-02", "ratings": 6},
    ]

    async def services(*units: str) -> list[str]:
        found = await days.of(FIRST, LAST, frozenset(units))
        return sorted(row["service"] for one in found.values() for row in one.services(frozenset(units)))

    assert await services("u-1") == ["s-1"]
    assert await services("u-1", "u-2") == ["s-1", "s-2"]
    assert await services("u-1", "u-2") == ["s-1", "s-2"]


async def test_a_question_answered_late_does_not_replace_a_newer_one() -> None:
    """Two questions at once, the first one's rows read before the second one's moves: the next sees the newest."""
    store = Stored()
    days = UnitDays(store)
    store.add("u-1", "2026-11-02", 1)
    reading = store.unit_days

    async def overtaken(dates: Collection[str], units: Collection[str] | None) -> list[dict[str, Any]]:
        old = await reading(dates, units)
        store.unit_days = reading  # type: ignore[method-assign]
        store.add("u-1", "2026-11-02", 2)
        assert await present(days, None) == [3, 0]
        return old

    store.unit_days = overtaken  # type: ignore[method-assign]
    assert await present(days, None) == [1, 0]
    assert await present(days, None) == [3, 0]


async def test_only_so_many_rows_are_kept() -> None:
    store = Stored()
    for number in range(40):
        store.add(f"u-{number}", "2026-11-02", 1)
        store.add(f"u-{number}", "2026-11-03", 1)
    days = UnitDays(store, rows_kept=60)
    assert await present(days, None) == [40, 40]
    assert await present(days, None) == [40, 40]
    assert store.read == [("2026-11-02", "2026-11-03"), ("2026-11-02",)]  # the other was asked for last
