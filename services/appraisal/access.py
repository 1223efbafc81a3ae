"""Who may use which routes of appraisal."""

from contracts.events.directory import EmployeeChanged
from kit.access import Requires, Role, Scope
from kit.access.mongo_copy import EMPLOYEES, MongoCopy, employee_row
from kit.access.principal import GIVEN
from kit.copying import Copied
from kit.mongo import Database

ALL = Scope.ALL

# One's own activities; superiors and whoever watches over the agency read them.
ACTIVITIES = Requires(
    {Role.PEGAWAI: Scope.SELF, Role.ATASAN: Scope.SUBORDINATES, Role.BKPSDM: ALL, Role.AUDITOR: ALL},
    writes={Role.PEGAWAI: Scope.SELF},
    person="employee_id",
)

# What waits for a decision. The personnel agency decides only for who has no superior.
DECISIONS = Requires({Role.ATASAN: Scope.SUBORDINATES, Role.BKPSDM: ALL})

# How much waits: asked by everybody's navigation.
COUNTED = Requires({Role.PEGAWAI: Scope.SELF, **DECISIONS.reads})

# What somebody is reminded of is told to nobody else.
REMINDERS = Requires({Role.PEGAWAI: Scope.SELF}, person="employee_id")

# The catalogue says nothing about people.
TASKS = Requires(dict.fromkeys(GIVEN, ALL), writes={Role.BKPSDM: ALL})

COPIES = (Copied(EmployeeChanged, EMPLOYEES, employee_row),)


def copy_of(db: Database) -> MongoCopy:
    """The directory as this service knows it. Nobody sees a unit as such here, so units are not copied."""
    return MongoCopy(db)
