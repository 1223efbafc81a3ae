"""Who may use which routes of feedback. What citizens use has no account: ratings/public.py."""

from contracts.events.directory import EmployeeChanged, UnitChanged
from kit.access import Requires, Role, Scope
from kit.access.mongo_copy import EMPLOYEES
from kit.access.principal import GIVEN
from kit.access.units import UNITS, unit_row
from kit.copying import Copied
from services.feedback.notes.colleagues import person_row

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

# Notes of feedback. What was written to or by somebody is read by both sides and the superior, by nobody else: not the
# personnel agency, not auditors.
FEEDBACK = Requires({Role.ATASAN: Scope.SUBORDINATES}, person="employee_id")
PRAISE = Requires({Role.PEGAWAI: Scope.OFFICE}, person="employee_id")
NOTES = Requires({Role.PEGAWAI: Scope.SELF, Role.ATASAN: Scope.SUBORDINATES}, person="employee_id")
OWN_NOTES = Requires({Role.PEGAWAI: Scope.SELF}, person="employee_id")

# Requests for feedback that wait, and (asked by everybody's navigation) how many, and whom one may give feedback.
WAITING_REQUESTS = Requires({Role.ATASAN: Scope.SUBORDINATES})
SUBORDINATES = Requires({Role.PEGAWAI: Scope.SELF, **WAITING_REQUESTS.reads})

# Of a person the notes need the name and the posts' titles besides; the second edition has them.
EDITION = 2
COPIES = (Copied(EmployeeChanged, EMPLOYEES, person_row), Copied(UnitChanged, UNITS, unit_row))
