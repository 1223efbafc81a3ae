"""Who may use which routes of appraisal."""

from contracts.events.directory import EmployeeChanged, UnitChanged
from kit.access import Requires, Role, Scope
from kit.access.mongo_copy import EMPLOYEES, employee_row
from kit.access.principal import GIVEN
from kit.access.units import UNITS, unit_row
from kit.copying import Copied

ALL = Scope.ALL

# One's own activities; superiors, heads of units and whoever watches over the agency read them. Heads decide nothing:
# that is the superior's (DECISIONS).
ACTIVITIES = Requires(
    {
        Role.PEGAWAI: Scope.SELF,
        Role.ATASAN: Scope.SUBORDINATES,
        Role.PIMPINAN: Scope.SUBTREE,
        Role.BKPSDM: ALL,
        Role.AUDITOR: ALL,
    },
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

COPIES = (Copied(EmployeeChanged, EMPLOYEES, employee_row), Copied(UnitChanged, UNITS, unit_row))
