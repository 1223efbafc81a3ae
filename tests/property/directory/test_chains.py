"""Cycles on dates agree with walking every chain on every day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.directory.chains import Edge, cycles

FIRST = date(2026, 1, 1)
NODES = "ABCDEF"


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, list[Edge[str]]]:
    edges: dict[str, list[Edge[str]]] = {node: [] for node in NODES}
    for _ in range(draw(st.integers(0, 10))):
        node, target = draw(st.sampled_from(NODES)), draw(st.sampled_from(NODES))
        begin = draw(st.integers(0, 8))
        end = draw(st.integers(begin, 9))
        edges[node].append(Edge(target, FIRST + timedelta(days=begin), FIRST + timedelta(days=end)))
    return edges


def reaches(edges: dict[str, list[Edge[str]]], start: str, goal: str, day: date) -> bool:
    todo, seen = [start], set[str]()
    while todo:
        node = todo.pop()
        for edge in edges[node]:
            if edge.first <= day <= edge.last and edge.target not in seen:
                seen.add(edge.target)
                todo.append(edge.target)
    return goal in seen


@given(graphs())
def test_a_cycle_is_found_exactly_when_somebody_stands_above_himself(edges: dict[str, list[Edge[str]]]) -> None:
    days = [FIRST + timedelta(days=n) for n in range(10)]
    in_cycle = {node for node in NODES for day in days if reaches(edges, node, node, day)}
    found = cycles(edges)
    assert bool(found) == bool(in_cycle)
    for cycle in found:
        assert set(cycle.nodes) <= in_cycle
        for below, above in zip(cycle.nodes, (*cycle.nodes[1:], cycle.nodes[0]), strict=True):
            assert any(e.target == above and e.first <= cycle.day <= e.last for e in edges[below])


def test_trading_places_over_the_years_is_no_cycle() -> None:
    old, new = date(2020, 1, 1), date(2024, 1, 1)
    edges = {
        "A": [Edge("B", old, new - timedelta(days=1))],
        "B": [Edge("A", new, date.max)],
    }
    assert cycles(edges) == []
    edges["A"] = [Edge("B", old, new)]
    (cycle,) = cycles(edges)
    assert (set(cycle.nodes), cycle.day) == ({"A", "B"}, new)


def test_a_chain_of_100_000_is_walked_without_recursion() -> None:
    edges = {n: [Edge(n + 1, FIRST, date.max)] for n in range(100_000)}
    assert cycles(edges) == []
    edges[100_000] = [Edge(0, FIRST, date.max)]
    (cycle,) = cycles(edges)
    assert len(cycle.nodes) == 100_001
