"""The people of the directory as a past needs them, from the directory's topic."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contracts.events.directory import Assignment, EmployeeChanged
from contracts.topics import DIRECTORY_EMPLOYEES
from kit.demo.chance import share
from kit.tables import Table


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with the posts held as own ones, dated. `rank` from 0 up to 1 says who belongs to a smaller city."""

    id: str
    rank: float
    posts: tuple[Assignment, ...]

    def post(self, day: date) -> Assignment | None:
        """The own post on a day."""
        for held in reversed(self.posts):
            if held.valid_from <= day and (held.valid_to is None or day <= held.valid_to):
                return held
        return None


def people_of(employees: Iterable[EmployeeChanged]) -> list[Person]:
    """Everybody, those of the smallest city first."""
    found = []
    for employee in employees:
        own = [held for held in employee.assignments if held.kind == "primary"]
        posts = tuple(sorted(own, key=lambda held: held.valid_from))
        found.append(Person(employee.employee_id, share("rank", employee.employee_id), posts))
    return sorted(found, key=lambda person: (person.rank, person.id))


async def employees(kafka: str) -> list[EmployeeChanged]:
    """All states of the directory. Raises SystemExit when it is empty."""
    table = Table(kafka, DIRECTORY_EMPLOYEES, EmployeeChanged)
    await table.start()
    try:
        if not len(table):
            raise SystemExit("the directory's topic is empty: load the demo city there first")
        return list(table.values())
    finally:
        await table.stop()
