"""The demo city as the workload needs it: who punches where, who leads whom, and a quarter that only probes touch."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.morning import city
from bench.morning.city import Api, CityTerminal, NotReady


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a terminal: `serial` in `zone`, where `pin` is typed. `superior` is the own post's."""

    id: str
    unit: str
    superior: str | None
    pin: str
    serial: str
    zone: str


@dataclass(frozen=True, slots=True)
class Town:
    """`quarter` is a unit right below the agency. What its figures come to is moved by probes alone: they use its
    people (`probed`) and services, the load all `others`."""

    quarter: str
    probed: list[Person]
    others: list[Person]
    probed_services: list[Any]
    services: list[Any]
    terminals: list[CityTerminal]


async def read(api: Api, wanted: int) -> Town:
    """The smallest quarter with a service and at least `wanted` people, else the largest. Raises NotReady."""
    terminals = await city.read(api)
    employees = await api.pages("/api/directory/v1/employees", limit=500)
    units = (await api.get("/api/directory/v1/units/tree"))["items"]
    services = (await api.get("/api/feedback/v1/services"))["items"]
    return divided(people(terminals, employees), units, services, terminals, wanted)


def people(terminals: Sequence[CityTerminal], employees: Sequence[Any]) -> list[Person]:
    """Who is enrolled at a terminal of the own site; those of a site take turns over its terminals."""
    where: dict[str, list[tuple[str, CityTerminal]]] = defaultdict(list)
    for terminal in terminals:
        for pin, employee in terminal.pins:
            where[employee].append((pin, terminal))
    found = []
    for number, employee in enumerate(employees):
        own = [held for held in employee["assignments"] if held["kind"] == "primary"]
        if own and (places := where.get(employee["id"])):
            post, (pin, terminal) = max(own, key=lambda held: str(held["valid_from"])), places[number % len(places)]
            found.append(
                Person(employee["id"], post["unit_id"], post["superior_id"], pin, terminal.serial, terminal.zone)
            )
    return found


def divided(
    everybody: Sequence[Person],
    units: Sequence[Any],
    services: Sequence[Any],
    terminals: Sequence[CityTerminal],
    wanted: int,
) -> Town:
    """Set a quarter aside. Pure. Raises NotReady where no unit right below the top gives a service."""
    above = {unit["id"]: unit["parent_id"] for unit in units}
    quarter_of = {unit: _quarter(unit, above) for unit in above}
    inhabitants: dict[str, list[Person]] = defaultdict(list)
    for person in everybody:
        if (quarter := quarter_of.get(person.unit)) is not None:
            inhabitants[quarter].append(person)
    giving = {quarter_of[one["unit_id"]] for one in services} - {None}
    fit = sorted((len(inhabitants[quarter]), quarter) for quarter in giving if quarter is not None)
    if not fit:
        raise NotReady("no unit right below the agency gives a service: load the demo city")
    _, chosen = next((one for one in fit if one[0] >= wanted), fit[-1])
    mine = set(map(id, inhabitants[chosen]))
    return Town(
        chosen,
        # Who has no superior gets no note of feedback.
        [person for person in inhabitants[chosen] if person.superior],
        [person for person in everybody if id(person) not in mine and person.superior],
        [one for one in services if quarter_of[one["unit_id"]] == chosen],
        [one for one in services if quarter_of[one["unit_id"]] != chosen],
        list(terminals),
    )


def _quarter(unit: str, above: Mapping[str, str | None]) -> str | None:
    """The unit right below the top that a unit belongs to; None for the top itself."""
    at: str | None = unit
    while at is not None:
        parent = above.get(at)
        if parent is not None and above.get(parent) is None:
            return at
        at = parent
    return None
