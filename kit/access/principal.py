"""Who asks, as far as a token can say it."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account may be. All are given by the issuer but `ATASAN`: whoever has subordinates today has it."""

    PEGAWAI = "pegawai"
    ATASAN = "atasan"
    PIMPINAN = "pimpinan"
    BKPSDM = "bkpsdm"
    OPERATOR = "operator"
    AUDITOR = "auditor"
    INTEGRATION = "integration"


GIVEN = frozenset(Role) - {Role.ATASAN}
"""The roles that an issuer can give."""


class Scope(StrEnum):
    """How far a role sees on a route: nobody by name (numbers only), itself, its subordinates, its office (all who
    work in the same unit directly below the top), its units with all below, or everyone."""

    COUNTS = "counts"
    SELF = "self"
    SUBORDINATES = "subordinates"
    OFFICE = "office"
    SUBTREE = "subtree"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Principal:
    """`subject` is the issuer's name for the account, `client` the program it was given to, `employee_id` the person
    behind it: None for machines, and for accounts of people who are not employees. `expires` is when the token ends
    (epoch seconds), None when it does not."""

    subject: str
    client: str
    roles: frozenset[Role]
    employee_id: str | None = None
    expires: float | None = None
