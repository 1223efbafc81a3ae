"""Who may use which routes of feedback. What citizens use has no account: ratings/public.py."""

from contracts.events.directory import EmployeeChanged, UnitChanged
from kit.access import Requires, Role, Scope
from kit.access.mongo_copy import EMPLOYEES, employee_row
from kit.access.principal import GIVEN
from kit.copying import Copied
from services.feedback.units import UNITS, unit_row

ALL = Scope.ALL

# The catalogue says nothing about people.
CATALOGUE = Requires(dict.fromkeys(GIVEN, ALL), writes={Role.BKPSDM: ALL})

# A code for somebody served: by whoever served, or by the queue system for whom it called up.
CODES = Requires({Role.PEGAWAI: Scope.SELF, Role.INTEGRATION: ALL}, person="employee_id")

# Sheets of codes on paper, and what citizens wrote: for who answers for the unit. Nobody sees who wrote it.
UNIT_VOICES = Requires(
    {Role.PIMPINAN: Scope.SUBTREE, Role.BKPSDM: ALL, Role.AUDITOR: ALL},
    writes={Role.PIMPINAN: Scope.SUBTREE, Role.BKPSDM: ALL},
)

COPIES = (Copied(EmployeeChanged, EMPLOYEES, employee_row), Copied(UnitChanged, UNITS, unit_row))
