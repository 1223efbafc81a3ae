"""Who may use which routes of attendance."""

from collections.abc import Collection
from datetime import date
from typing import cast

from fastapi import Request

from kit.access import Authority, Reach, Requires, Role, Scope
from kit.access.mongo_copy import FOR_EVER, MongoCopy
from kit.access.principal import GIVEN
from kit.mongo import Database, Document
from services.attendance.directory.folds import UNITS

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
# Assessed days: one's own; superiors, unit heads and the personnel agency see those within their reach.
DAYS = Requires(
    {
        Role.PEGAWAI: Scope.SELF,
        Role.ATASAN: Scope.SUBORDINATES,
        Role.PIMPINAN: Scope.SUBTREE,
        Role.BKPSDM: ALL,
        Role.AUDITOR: ALL,
    },
    person="employee_id",
)
# Closing periods: the personnel agency; auditors look. One's own closed figures: DAYS.
CLOSINGS = Requires({Role.BKPSDM: ALL, Role.AUDITOR: ALL}, writes={Role.BKPSDM: ALL})
REVIEWS = Requires(
    {Role.ATASAN: Scope.SUBORDINATES, Role.BKPSDM: ALL, Role.AUDITOR: ALL},
    writes={Role.ATASAN: Scope.SUBORDINATES, Role.BKPSDM: ALL},
)

# Whether somebody decides about anybody: asked by everybody's navigation.
COUNTED = Requires({Role.PEGAWAI: Scope.SELF, **REVIEWS.reads})

# Corrections: one's own are asked for and read; superiors decide within their days, then the personnel agency, who
# alone takes an approved one back.
CORRECTIONS = Requires(PHONES.reads, writes=PHONES.writes, person="employee_id")
CORRECTION_DECISIONS = Requires(REVIEWS.writes)
CORRECTION_COUNT = Requires({Role.PEGAWAI: Scope.SELF, **CORRECTION_DECISIONS.reads})
REVOCATIONS = Requires({Role.BKPSDM: ALL})


# Patterns, holidays and what units are given: what holds for everybody says nothing about people.
SCHEDULES = Requires(dict.fromkeys(GIVEN, ALL), writes={Role.BKPSDM: ALL})

# Who changed them.
SCHEDULE_CHANGES = Requires({Role.BKPSDM: ALL, Role.AUDITOR: ALL})

# Who works when: one's own; superiors and heads of units draw up rosters, the personnel agency everything. Nobody draws
# up the own one (services/attendance/sheets/desk.py).
ROSTERS = Requires(
    {
        Role.PEGAWAI: Scope.SELF,
        Role.ATASAN: Scope.SUBORDINATES,
        Role.PIMPINAN: Scope.SUBTREE,
        Role.BKPSDM: ALL,
        Role.AUDITOR: ALL,
    },
    writes={Role.ATASAN: Scope.SUBORDINATES, Role.PIMPINAN: Scope.SUBTREE, Role.BKPSDM: ALL},
    person="employee_id",
)

# Patterns given to one employee: set by the personnel agency.
OWN_PATTERNS = Requires(ROSTERS.reads, writes={Role.BKPSDM: ALL}, person="employee_id")
# Receipts of punches: one's own. Their public keys: whoever has an account. Whether they still agree with the journal:
# operators look; auditors close what was found, since whoever runs the system may be who has changed something.
RECEIPTS = Requires({Role.PEGAWAI: Scope.SELF, Role.AUDITOR: ALL}, person="employee_id")
RECEIPT_KEYS = Requires(dict.fromkeys(GIVEN, ALL))
RECEIPT_DAYS = Requires({Role.OPERATOR: ALL, Role.AUDITOR: ALL})
INTEGRITY = Requires({Role.OPERATOR: ALL, Role.AUDITOR: ALL}, writes={Role.AUDITOR: ALL})
# Leave: one's own; superiors see and decide, the personnel agency for who has none, and records what came on paper.
LEAVE = Requires(
    {Role.PEGAWAI: Scope.SELF, Role.ATASAN: Scope.SUBORDINATES, Role.BKPSDM: ALL, Role.AUDITOR: ALL},
    writes={Role.PEGAWAI: Scope.SELF},
    person="employee_id",
)
# Files of letters: with one's own request; of what came on paper from the personnel agency that recorded it.
LEAVE_LETTERS = Requires(LEAVE.reads, writes={Role.PEGAWAI: Scope.SELF, Role.BKPSDM: ALL}, person="employee_id")
LEAVE_PREVIEW = Requires({Role.PEGAWAI: Scope.SELF, Role.BKPSDM: ALL}, person="employee_id")
LEAVE_RECORDS = Requires({Role.BKPSDM: ALL}, person="employee_id")
LEAVE_DECISIONS = Requires({Role.ATASAN: Scope.SUBORDINATES, Role.BKPSDM: ALL})
LEAVE_COUNTED = Requires({Role.PEGAWAI: Scope.SELF, **LEAVE_DECISIONS.reads})

# Outages: operators see what was found; whom it concerns, and what is decided of them, is the personnel agency's.
OUTAGES = Requires({Role.OPERATOR: ALL, Role.BKPSDM: ALL, Role.AUDITOR: ALL}, writes={Role.BKPSDM: ALL})
OUTAGE_PEOPLE = Requires({Role.BKPSDM: ALL, Role.AUDITOR: ALL}, writes={Role.BKPSDM: ALL})
# Discipline: where one stands oneself; superiors, unit heads and the personnel agency see those within their reach.
# Superiors examine light indications of their people, the personnel agency all others; nobody the own ones.
LADDER = DAYS
DISCIPLINE = Requires({role: scope for role, scope in DAYS.reads.items() if role != Role.PEGAWAI})
CASE_STEPS = Requires(REVIEWS.writes)
DISCIPLINE_COUNT = Requires(DAYS.reads)

# The discipline component of the allowance: months are seen as assessed days are; everybody may read the tables, the
# personnel agency chooses; months of whole units are the agency's.
ALLOWANCE = DAYS
ALLOWANCE_TABLES = SCHEDULES
ALLOWANCE_UNITS = SCHEDULE_CHANGES


def copy_of(db: Database) -> MongoCopy:
    """The directory as this service knows it."""
    return PlacedCopy(db)


class PlacedCopy(MongoCopy):
    """With the tree of units (services/attendance/directory/folds.py), which has no names here."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._units = db[UNITS]

    async def below(self, units: Collection[str], on: date) -> Collection[str]:
        """These units and all below them on a day."""
        children: dict[str, list[str]] = {}
        async for row in self._units.find({"versions.parent_id": {"$ne": None}}):
            for version in row["versions"]:
                if version["valid_from"] <= str(on) <= (version.get("valid_to") or FOR_EVER):
                    children.setdefault(version["parent_id"], []).append(row["_id"])
        found, waiting = set(units), list(units)
        while waiting:
            fresh = [one for one in children.get(waiting.pop(), ()) if one not in found]
            found.update(fresh)
            waiting += fresh
        return found

    async def posted(self, units: Collection[str], on: date) -> Collection[str]:
        """Who holds the own post in one of these units or below them on a day."""
        return await self._with({"unit_id": {"$in": sorted(await self.below(units, on))}, "kind": "primary"}, on)


async def everybody_within(reach: Reach, request: Request, but: str | None = None) -> Document:
    """`within`, the people of units in reach included."""
    if reach.everyone:
        return {"employee_id": {"$ne": but}} if but else {}
    people = set(reach.people)
    if reach.units:
        authority: Authority = request.app.state.authority
        people |= set(await cast(PlacedCopy, authority.copy).posted(reach.units, authority.today()))
    return {"employee_id": {"$in": sorted(people - {but})}}


def within(reach: Reach, but: str | None = None) -> Document:
    """A reach as a query over rows of employees; `but` is left out of it."""
    return {} if reach.everyone else {"employee_id": {"$in": sorted(reach.people - {but})}}
