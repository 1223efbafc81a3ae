"""From totals of single units to totals of a unit with everything below it. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from kit.unit_tree import ALL, Tree
from services.reporting.presence.models import Totals
from services.reporting.presence.totals import Counted

NOTHING = Counted()


def summed(keys: Iterable[str], expected: Mapping[str, int], counted: Mapping[str, Counted]) -> Totals:
    """The totals of several units, or sites, taken together."""
    people = present = away = off = 0
    last_at: datetime | None = None
    for key in keys:
        people += expected.get(key, 0)
        found = counted.get(key, NOTHING)
        present, away, off = present + found.present, away + found.away, off + found.off
        if found.last_at is not None and (last_at is None or last_at < found.last_at):
            last_at = found.last_at
    # Headcount and presence are read one after the other: what moved between is not shown as negative.
    not_yet = max(0, people - present - away - off)
    return Totals.model_construct(
        expected=people, present=present, away=away, off=off, not_yet=not_yet, last_at=last_at
    )


def of_unit(tree: Tree, unit: str, expected: Mapping[str, int], counted: Mapping[str, Counted]) -> Totals:
    """A unit with everything below it. The whole agency includes units that the tree does not know."""
    below = {*expected, *counted} if unit == ALL or tree.is_whole(unit) else tree.subtree(unit)
    return summed(below, expected, counted)
