"""The demo city's accounts: one for each role, each a person of the city who would have it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from deploy.local.settings import DEMO_EMPLOYEES

# Posts whose holders get an account, by the codes of services/directory/demo/slots.py.
HEAD, SUPERIOR, PERSONNEL, OPERATOR, AUDITOR = "U17-01", "U17-06", "U10-03", "U27-07", "U09-06"


@dataclass(frozen=True, slots=True)
class Account:
    """An account and the employee behind it. `roles` as the realm names them; `post` is what the person is."""

    username: str
    roles: Sequence[str]
    employee_id: str
    name: str
    post: str


@cache
def accounts() -> tuple[Account, ...]:
    """All of them. The member of staff, the superior and the head are of one line: each sees the one before."""
    # The demo city is made with the directory's own models; a stack without it has no need to load them.
    from services.directory.demo.people import employees, ordinals
    from services.directory.demo.slots import slots
    from services.directory.employees.models import Employee, display_name
    from services.directory.ids import entity_id

    people = employees(DEMO_EMPLOYEES)
    leaders = [next(people) for _ in ordinals()]

    def holder(username: str, slot: str, *roles: str) -> Account:
        found = leaders[ordinals()[slot] - 1]
        return account(username, found, slots()[slot].title, "pegawai", *roles)

    def account(username: str, person: Employee, post: str, *roles: str) -> Account:
        return Account(username, roles, entity_id("employee", person.code), display_name(person), post)

    superior = holder("atasan", SUPERIOR)

    def staff() -> Iterator[Account]:
        for person in people:
            if person.assignments[-1].superior_id == superior.employee_id:
                yield account("pegawai", person, "staf", "pegawai")

    return (
        next(staff()),
        superior,
        holder("pimpinan", HEAD, "pimpinan"),
        holder("bkpsdm", PERSONNEL, "bkpsdm"),
        holder("operator", OPERATOR, "operator"),
        holder("auditor", AUDITOR, "auditor"),
    )
