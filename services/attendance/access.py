"""Who may use which routes of attendance."""

from kit.access import Requires, Role, Scope

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
