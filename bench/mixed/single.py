"""What the probes send, one at a time, and the codes that ratings need."""

import asyncio
import time
from itertools import cycle
from typing import Any

from bench.entries import codes
from bench.mixed.desks import Desks
from bench.mixed.probes import SOURCES, Send
from bench.mixed.town import Person, Town
from bench.surge.ledger import wall_time
from bench.system import System
from bench.terminals.link import Link
from bench.terminals.wire import Answer, Requests, face_line
from services.feedback.ratings.store import Subject


async def laid(system: System, found: Town, many: int, few: int) -> tuple[list[str], list[str]]:
    """Codes for the load's ratings, and for those that are probes."""

    def subjects(services: list[Any], people: list[Person]) -> list[Subject]:
        pairs = zip(services, cycle(people), strict=False)
        return [Subject(one["id"], one["unit_id"], None, person.id) for one, person in pairs]

    return (
        await codes.laid(system.mongo_uri, subjects(found.services, found.others), many),
        await codes.laid(system.mongo_uri, subjects(found.probed_services, found.probed), few),
    )


def sends(desks: Desks, door: tuple[str, int], made: list[str]) -> dict[str, Send]:
    """By source. `door` is a device process', `made` are codes."""
    left = iter(made)

    async def punch(person: Person) -> bool:
        link, answered = Link(*door, keep_alive=False), asyncio.get_running_loop().create_future()
        line = face_line(person.pin, wall_time(person.zone, int(time.time())))
        link.ask(Requests(person.serial, "{}:{}".format(*door)).attlog(line), answered.set_result)
        answer: Answer | None = await answered
        return answer is not None and answer.acknowledged == 1

    found: dict[str, Send] = {
        "punch": punch,
        "activity": lambda person: desks.record(person, decided=False),
        "note": desks.note,
        "rating": lambda _: desks.rate(next(left)),
    }
    assert found.keys() == SOURCES.keys()
    return found
