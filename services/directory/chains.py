"""Dated chains (unit → parent, employee → superior) must have no cycle on any date.

Edges may disagree over the years: A under B in 2020 and B under A in 2024 is lawful. So a cycle counts only where all
its edges hold on one day. First the union over all dates is reduced to its strongly connected parts (linear time,
usually none); only there, each day on which an edge begins is looked at, since a cycle is born on such a day.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Edge(Generic[Node]):
    """`target` stands above the node this edge belongs to, from `first` to `last` day, inclusive."""

    target: Node
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Cycle(Generic[Node]):
    """Nodes in order, each below the next and the last below the first, all on `day`."""

    nodes: tuple[Node, ...]
    day: date


def cycles(edges: Mapping[Node, Sequence[Edge[Node]]]) -> list[Cycle[Node]]:
    """The cycles, each set of nodes once with the first day it closes. Empty = a forest on every date."""
    found: list[Cycle[Node]] = []
    for part in _knots(edges):
        seen: set[frozenset[Node]] = set()
        members = set(part)
        days = sorted({edge.first for node in part for edge in edges[node] if edge.target in members})
        for day in days:
            for cycle in _cycles_on(day, part, edges):
                if frozenset(cycle) not in seen:
                    seen.add(frozenset(cycle))
                    found.append(Cycle(cycle, day))
    return found


def _cycles_on(
    day: date, nodes: Iterable[Node], edges: Mapping[Node, Sequence[Edge[Node]]]
) -> Iterator[tuple[Node, ...]]:
    """Cycles among edges that hold on `day`. A node may have several (a primary and an acting superior)."""
    above = {node: [edge.target for edge in edges.get(node, ()) if edge.first <= day <= edge.last] for node in nodes}
    done: set[Node] = set()
    for start in above:
        path: dict[Node, int] = {}
        stack: list[tuple[Node, Iterator[Node]]] = []
        if start not in done:
            path[start] = 0
            stack.append((start, iter(above[start])))
        while stack:
            node, targets = stack[-1]
            for target in targets:
                if target in path:
                    yield tuple(list(path)[path[target] :])
                elif target in above and target not in done:
                    path[target] = len(path)
                    stack.append((target, iter(above[target])))
                    break
            else:
                stack.pop()
                del path[node]
                done.add(node)


def _knots(edges: Mapping[Node, Sequence[Edge[Node]]]) -> list[list[Node]]:
    """Strongly connected parts that hold a cycle when dates are ignored (Tarjan 1972, without recursion)."""
    order: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    on_stack: set[Node] = set()
    knots: list[list[Node]] = []
    for root in edges:
        if root in order:
            continue
        work: list[tuple[Node, Iterator[Edge[Node]]]] = []
        _enter(root, order, low, stack, on_stack)
        work.append((root, iter(edges[root])))
        while work:
            node, rest = work[-1]
            for edge in rest:
                if edge.target not in edges:
                    continue
                if edge.target not in order:
                    _enter(edge.target, order, low, stack, on_stack)
                    work.append((edge.target, iter(edges[edge.target])))
                    break
                if edge.target in on_stack:
                    low[node] = min(low[node], order[edge.target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    part = _leave(node, stack, on_stack)
                    if len(part) > 1 or any(edge.target == node for edge in edges[node]):
                        knots.append(part)
    return knots


def _enter(node: Node, order: dict[Node, int], low: dict[Node, int], stack: list[Node], on_stack: set[Node]) -> None:
    order[node] = low[node] = len(order)
    stack.append(node)
    on_stack.add(node)


def _leave(node: Node, stack: list[Node], on_stack: set[Node]) -> list[Node]:
    part: list[Node] = []
    while True:
        member = stack.pop()
        on_stack.discard(member)
        part.append(member)
        if member == node:
            return part
