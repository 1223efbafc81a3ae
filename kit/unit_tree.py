"""The unit tree on one date, from dated unit states. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as calendar_date

from contracts.events.directory import UnitChanged, UnitVersion

ALL = "all"
"""The id under which the whole agency is asked for: above every root, where there is more than one."""


@dataclass(frozen=True, slots=True)
class Node:
    """One unit on the date of its tree."""

    id: str
    code: str
    name: str
    short_name: str
    parent: str | None


WHOLE = Node(ALL, "", "Semua unit", "Semua", None)


class Tree:
    """Units valid on a date. What names a parent that is unknown or not valid then stands as a root, so that nobody
    under it vanishes from the totals; so does one unit of a cycle.
    """

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._nodes = {node.id: node for node in nodes}
        self._parents: dict[str, str | None] = {}
        self._children: dict[str, list[str]] = {ALL: []}
        ordered = sorted(self._nodes.values(), key=lambda node: (node.code, node.id))
        for node in ordered:
            self._parents[node.id] = node.parent if node.parent in self._nodes else None
        for node in ordered:
            if self._in_cycle(node.id):
                self._parents[node.id] = None
        for node in ordered:
            self._children.setdefault(self._parents[node.id] or ALL, []).append(node.id)

    def _in_cycle(self, start: str) -> bool:
        seen: set[str] = set()
        at = self._parents[start]
        while at is not None and at not in seen:
            if at == start:
                return True
            seen.add(at)
            at = self._parents[at]
        return False

    def get(self, identity: str) -> Node | None:
        """A unit, or the whole agency under `ALL`; None when it is not valid on the date."""
        return WHOLE if identity == ALL else self._nodes.get(identity)

    def top(self) -> str:
        """What is shown when nobody asks for a unit: the only root, or the whole agency."""
        roots = self._children[ALL]
        return roots[0] if len(roots) == 1 else ALL

    def parent(self, identity: str) -> str | None:
        """The unit above, as this tree has it."""
        return self._parents.get(identity)

    def children(self, identity: str) -> list[str]:
        """The units directly below, in the order of their codes."""
        return self._children.get(identity, [])

    def path(self, identity: str) -> list[Node]:
        """From the root down to the parent."""
        found: list[Node] = []
        at = self._parents.get(identity)
        while at is not None:
            found.append(self._nodes[at])
            at = self._parents[at]
        return found[::-1]

    def office(self, identity: str) -> str:
        """The office a unit belongs to: the one on its way up that lies directly below the only root, itself where it
        is that root. Of several roots each is an office. A unit that is not valid on the date is one by itself."""
        way = [*(node.id for node in self.path(identity)), identity]
        return way[1] if len(way) > 1 and self.top() != ALL else way[0]

    def subtree(self, identity: str) -> list[str]:
        """The unit and all below it; never `ALL` itself."""
        found = [] if identity == ALL else [identity]
        waiting = list(self.children(identity))
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting.extend(self.children(at))
        return found

    def line(self, identity: str) -> list[str]:
        """The units above, from the root; the unit; and all below it: nothing beside it. A unit that is not valid on
        the date is alone."""
        return [*(node.id for node in self.path(identity)), *self.subtree(identity)]

    def is_whole(self, identity: str) -> bool:
        """Whether everything there is lies below: then totals need not be asked for unit by unit."""
        return identity == ALL or self._children[ALL] == [identity]

    def __len__(self) -> int:
        return len(self._nodes)


def on(date: calendar_date, units: Iterable[UnitChanged]) -> Tree:
    """The tree of the unit versions valid on `date`."""
    return during(date, date, units)


def during(first: calendar_date, last: calendar_date, units: Iterable[UnitChanged]) -> Tree:
    """The tree of the last day of a period, and in it what was closed before that day: where it last stood, under its
    last name. So no day of the period is without its unit."""
    return Tree(
        Node(unit.unit_id, unit.code, version.name, version.short_name, version.parent_id)
        for unit in units
        if (version := _latest(unit.versions, first, last)) is not None
    )


def _latest(versions: Iterable[UnitVersion], first: calendar_date, last: calendar_date) -> UnitVersion | None:
    """The version valid last within a period."""
    within = [one for one in versions if one.valid_from <= last and (one.valid_to is None or first <= one.valid_to)]
    return max(within, key=lambda one: one.valid_from, default=None)
