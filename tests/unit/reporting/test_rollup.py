"""Totals of units with everything below them."""

from datetime import UTC, datetime

from kit.unit_tree import ALL, Node, Tree
from services.reporting.presence import rollup
from services.reporting.presence.totals import Counted

SEVEN = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
EIGHT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TREE = Tree([Node(one, one, one, one, above) for one, above in {"r": None, "a": "r", "a1": "a", "b": "r"}.items()])
EXPECTED = {"a": 2, "a1": 3, "b": 5, "unheard of": 1}
COUNTED = {"a1": Counted(2, last_at=EIGHT), "b": Counted(1, last_at=SEVEN), "unheard of": Counted(1)}


def test_a_unit_counts_everything_below_it() -> None:
    said = rollup.of_unit(TREE, "a", EXPECTED, COUNTED)
    assert (said.expected, said.present, said.not_yet, said.last_at) == (5, 2, 3, EIGHT)
    assert rollup.of_unit(TREE, "b", EXPECTED, COUNTED).last_at == SEVEN


def test_the_whole_agency_counts_people_of_units_the_tree_does_not_know() -> None:
    for whole in ("r", ALL):
        said = rollup.of_unit(TREE, whole, EXPECTED, COUNTED)
        assert (said.expected, said.present) == (11, 4)


def test_who_need_not_come_is_not_missing() -> None:
    said = rollup.of_unit(TREE, "a", EXPECTED, {"a": Counted(off=1), "a1": Counted(1, away=2)})
    assert (said.expected, said.present, said.away, said.off, said.not_yet) == (5, 1, 2, 1, 1)


def test_nobody_is_missing_in_the_negative() -> None:
    assert rollup.of_unit(TREE, "b", {}, COUNTED).not_yet == 0
    assert rollup.of_unit(TREE, "a", {}, {}).model_dump() == {
        "expected": 0,
        "present": 0,
        "away": 0,
        "off": 0,
        "not_yet": 0,
        "last_at": None,
    }
