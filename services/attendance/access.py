"""Who may use which routes of attendance."""

from kit.access import Reach, Requires, Role, Scope
from kit.access.mongo_copy import MongoCopy
from kit.mongo import Database, Document

ALL = Scope.ALL

# Terminals, their commands, alerts and held lines: operators work with them, the personnel agency and auditors look.
TERMINALS = Requires({Role.OPERATOR: ALL, Role.BKPSDM: ALL, Role.AUDITOR: ALL}, writes={Role.OPERATOR: ALL})

# Which PIN is whom, held lines of unknown PINs, files from a terminal's memory: the personnel agency's work as well.
PEOPLE_OF_TERMINALS = Requires(
    {Role.OPERATOR: ALL, Role.BKPSDM: ALL, Role.AUDITOR: ALL}, writes={Role.OPERATOR: ALL, Role.BKPSDM: ALL}
)

# What a terminal sent, byte for byte.
RAW = Requires({Role.OPERATOR: ALL, Role.AUDITOR: ALL})

# Punches of other systems' apps, for any employee.
APP_PUNCHES = Requires({Role.INTEGRATION: ALL})

# Kiosks are set up like terminals. Check-ins by phone and the phones they come from: one's own; superiors and the
# personnel agency see and decide.
PHONES = Requires(
    {Role.PEGAWAI: Scope.SELF, Role.ATASAN: Scope.SUBORDINATES, Role.BKPSDM: ALL, Role.AUDITOR: ALL},
    writes={Role.PEGAWAI: Scope.SELF},
    person="employee_id",
)
REVIEWS = Requires(
    {Role.ATASAN: Scope.SUBORDINATES, Role.BKPSDM: ALL, Role.AUDITOR: ALL},
    writes={Role.ATASAN: Scope.SUBORDINATES, Role.BKPSDM: ALL},
)

# Whether somebody decides about anybody: asked by everybody's navigation.
COUNTED = Requires({Role.PEGAWAI: Scope.SELF, **REVIEWS.reads})


def copy_of(db: Database) -> MongoCopy:
    """The directory as this service knows it. Nobody sees a unit as such here, so units are not copied."""
    return MongoCopy(db)


def within(reach: Reach, but: str | None = None) -> Document:
    """A reach as a query over rows of employees; `but` is left out of it."""
    return {} if reach.everyone else {"employee_id": {"$in": sorted(reach.people - {but})}}
