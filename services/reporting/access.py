"""Who may use which routes of reporting, and how far each sees: worked out from the view's own employees."""

from collections.abc import Collection
from datetime import date

from kit.access import Reach, Requires, Role, Scope
from kit.access.mongo_copy import MongoCopy
from kit.access.principal import GIVEN
from kit.mongo import Database
from kit.unit_tree import Tree
from services.reporting.organisation.register import Organisation
from services.reporting.presence.folds import EMPLOYEES
from services.reporting.presence.people import Whose

# Counts of units, sites and terminals: for everybody who has an account.
COUNTS = Requires(dict.fromkeys(GIVEN, Scope.ALL))

# People by name, with their day.
BY_NAME = {
    Role.PEGAWAI: Scope.SELF,
    Role.ATASAN: Scope.SUBORDINATES,
    Role.PIMPINAN: Scope.SUBTREE,
    Role.BKPSDM: Scope.ALL,
    Role.AUDITOR: Scope.ALL,
}
PEOPLE = Requires(BY_NAME, person="employee_id")

# Who has looked at somebody's data: everybody's own, and whoever watches over it.
OWN_LOG = Requires({Role.PEGAWAI: Scope.SELF, Role.BKPSDM: Scope.ALL, Role.AUDITOR: Scope.ALL}, person="employee_id")

# How the folding goes: nothing about people.
FOLDING = Requires(dict.fromkeys((Role.OPERATOR, Role.BKPSDM, Role.AUDITOR), Scope.ALL))

# What a record that could not be folded says, and what is done about it.
LETTERS = Requires({Role.OPERATOR: Scope.ALL})

# The live stream: counts for all, names for whoever may see them.
STREAM = Requires({**BY_NAME, Role.OPERATOR: Scope.COUNTS, Role.INTEGRATION: Scope.COUNTS})


def whose_of(reach: Reach, tree: Tree, shown: str) -> Whose:
    """The people of a unit with everything below it that a reach leaves."""
    wanted = None if tree.is_whole(shown) else tree.subtree(shown)
    if reach.everyone:
        return Whose(wanted)
    below = {one for unit in reach.units for one in tree.subtree(unit)}
    return Whose(sorted(below if wanted is None else below.intersection(wanted)), reach.people, wanted)


def copy_of(db: Database, suffix: str, organisation: Organisation) -> MongoCopy:
    """The directory as the presence view of one generation knows it."""

    def below(units: Collection[str], on: date) -> set[str]:
        tree = organisation.tree(on)
        return {one for unit in units for one in tree.subtree(unit)}

    return MongoCopy(db, EMPLOYEES + suffix, below)
