"""Where the demo city's terminals hang and which PIN everybody has there. Pure and deterministic.

Terminals are spread over the sites in proportion to the people who work there, at least one each. Half of them are
enrolled with PINs of their own: the NIP. The other half share one PIN space with ordinals, as cities do that copy one
enrolment to all machines. Everybody is enrolled at every terminal of the own site.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from contracts.events.directory import EmployeeChanged, SiteChanged

TERMINALS = 212
SHARED_SPACE = "KOTA"
MODELS = ("Solution X100-C", "SenseFace 4A", "Solution X606-S", "ZKTeco MB20")


@dataclass(frozen=True, slots=True)
class Person:
    """Who is enrolled: present number, present site, ordinal in the city."""

    employee_id: str
    number: str
    site_id: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class DemoTerminal:
    """A terminal to register. `space` is its PIN space."""

    serial: str
    name: str
    site_id: str
    space: str
    model: str


def people_of(employees: Iterable[EmployeeChanged]) -> list[Person]:
    """Everybody with a number and a site; ordinals by number."""
    found = []
    for employee in employees:
        primary = [held for held in employee.assignments if held.kind == "primary"]
        if primary and employee.numbers:
            site = max(primary, key=lambda held: held.valid_from).site_id
            number = max(employee.numbers, key=lambda one: one.valid_from).number
            found.append((number, employee.employee_id, site))
    return [
        Person(employee_id, number, site, ordinal)
        for ordinal, (number, employee_id, site) in enumerate(sorted(found), 1)
    ]


def terminals_of(sites: Iterable[SiteChanged], people: Sequence[Person], count: int = TERMINALS) -> list[DemoTerminal]:
    """`count` terminals (as many as there are sites, if those are more)."""
    ordered = sorted(sites, key=lambda site: site.code)
    crowd = Counter(person.site_id for person in people)
    shares = apportion([crowd[site.site_id] for site in ordered], max(count, len(ordered)))
    terminals: list[DemoTerminal] = []
    for site, share in zip(ordered, shares, strict=True):
        for number in range(1, share + 1):
            ordinal = len(terminals) + 1
            serial = f"DEMO{ordinal:06d}"
            terminals.append(
                DemoTerminal(
                    serial=serial,
                    name=f"{site.name} {number}" if share > 1 else site.name,
                    site_id=site.site_id,
                    space=serial if ordinal % 2 else SHARED_SPACE,
                    model=MODELS[ordinal % len(MODELS)],
                )
            )
    return terminals


def apportion(weights: Sequence[int], total: int) -> list[int]:
    """Whole shares of `total`, at least 1 each, in proportion to `weights` (largest remainders)."""
    spare = total - len(weights)
    whole = sum(weights) or 1
    exact = [weight * spare for weight in weights]
    shares = [part // whole for part in exact]
    left = spare - sum(shares) if sum(weights) else 0
    by_rest = sorted(range(len(weights)), key=lambda index: (-(exact[index] % whole), index))
    for index in by_rest[:left]:
        shares[index] += 1
    return [1 + share for share in shares]


def enrolments_of(terminals: Iterable[DemoTerminal], people: Sequence[Person]) -> Iterator[tuple[str, str, str]]:
    """(space, pin, employee) of everybody at every terminal of the own site, each once."""
    at_site: dict[str, list[Person]] = {}
    for person in people:
        at_site.setdefault(person.site_id, []).append(person)
    for terminal in terminals:
        if terminal.space != SHARED_SPACE:
            for person in at_site.get(terminal.site_id, ()):
                yield terminal.space, person.number, person.employee_id
    for person in people:
        yield SHARED_SPACE, str(person.ordinal), person.employee_id
