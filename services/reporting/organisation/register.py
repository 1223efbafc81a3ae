"""This process's copy of units and sites, followed from their topics."""

from collections import OrderedDict
from datetime import date as calendar_date

from contracts.events.directory import SiteChanged, UnitChanged
from contracts.topics import BY_TYPE
from kit import unit_tree as tree
from kit.tables import Table
from kit.unit_tree import Tree
from services.reporting.organisation.models import SiteRef, UnitDetail, UnitRef, UnitSummary

TREES_KEPT = 32


class Organisation:
    """Answers "who is above whom, and what is it called" for any date. `version` grows with every change."""

    def __init__(self, units: Table[UnitChanged], sites: Table[SiteChanged]) -> None:
        self.units = units
        self.sites = sites
        self.version = 0
        self._trees: OrderedDict[tuple[calendar_date, calendar_date], Tree] = OrderedDict()
        units.on_change(self._forget)
        sites.on_change(self._forget)

    @classmethod
    def following(cls, bootstrap: str) -> "Organisation":
        """From the topics of the directory; the tables are not started yet."""
        return cls(
            Table(bootstrap, BY_TYPE[UnitChanged.TYPE], UnitChanged),
            Table(bootstrap, BY_TYPE[SiteChanged.TYPE], SiteChanged),
        )

    def tree(self, date: calendar_date) -> Tree:
        """The unit tree on `date`."""
        return self.tree_during(date, date)

    def tree_during(self, first: calendar_date, last: calendar_date) -> Tree:
        """The unit tree of a period's last day, with what was closed within the period; the trees asked for last are
        kept."""
        found = self._trees.get((first, last))
        if found is None:
            found = self._trees[first, last] = tree.during(first, last, self.units.values())
            while len(self._trees) > TREES_KEPT:
                self._trees.popitem(last=False)
        self._trees.move_to_end((first, last))
        return found

    def site(self, identity: str | None) -> SiteRef | None:
        """A site by id; None when the directory has not told of it."""
        state = self.sites.get(identity) if identity else None
        return SiteRef(id=state.site_id, name=state.name, zone=state.zone) if state else None

    def sites_on(self, date: calendar_date) -> list[SiteRef]:
        """The sites valid on a date, in the order of their codes."""
        valid = [
            site
            for site in self.sites.values()
            if site.valid_from <= date and (site.valid_to is None or date <= site.valid_to)
        ]
        return [
            SiteRef(id=site.site_id, name=site.name, zone=site.zone)
            for site in sorted(valid, key=lambda site: site.code)
        ]

    def _forget(self, _key: str, _state: object) -> None:
        self.version += 1
        self._trees.clear()


def unit_ref(units: Tree, identity: str) -> UnitRef:
    """A unit as people are listed under it; one the tree does not know keeps its id for a name."""
    node = units.get(identity)
    return UnitRef(id=identity, name=node.name if node else identity)


def unit_summary(units: Tree, identity: str) -> UnitSummary:
    """A unit as a row of a list. It must be in the tree."""
    node = units.get(identity)
    if node is None:
        raise LookupError(f"unit {identity} is not in the tree")
    return UnitSummary(
        id=identity, name=node.name, short_name=node.short_name, has_children=bool(units.children(identity))
    )


def unit_detail(units: Tree, identity: str) -> UnitDetail:
    """A unit with the path to it. It must be in the tree."""
    node = units.get(identity)
    if node is None:
        raise LookupError(f"unit {identity} is not in the tree")
    path = [UnitRef(id=above.id, name=above.name) for above in units.path(identity)]
    return UnitDetail(id=identity, name=node.name, short_name=node.short_name, path=path)
