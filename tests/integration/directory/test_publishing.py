"""From an edit to the topics other services read, through the real relay and broker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import TypeVar
from uuid import uuid4

from contracts.base import EventData
from contracts.events.directory import EmployeeChanged, SiteChanged, UnitChanged
from contracts.topics import DIRECTORY_EMPLOYEES, DIRECTORY_SITES, DIRECTORY_UNITS, TOPICS, Topic
from kit.kafka import ensure_topics
from kit.relay import Relay
from kit.tables import Table
from services.directory.employees.saving import save as save_employee
from services.directory.ids import entity_id
from services.directory.posts.saving import save as save_post
from services.directory.register.rows import Cause
from services.directory.register.store import Register
from services.directory.register.writing import Writing
from services.directory.sites.saving import save as save_site
from services.directory.units.saving import save as save_unit
from tests.unit.directory.records import FOUNDED, POSTS, SITES, STAFF, UNITS, employee

DEADLINE = 30.0
Model = TypeVar("Model", bound=EventData)
EDIT = Cause("edit")


@asynccontextmanager
async def relaying(register: Register, kafka: str) -> AsyncIterator[None]:
    relay = asyncio.create_task(Relay(register.client, register.db, kafka, "directory").run())
    try:
        yield
    finally:
        relay.cancel()
        with suppress(asyncio.CancelledError):
            await relay


async def until(table: Table[Model], key: str, text: str) -> None:
    """Until the state of `key` says `text`."""
    seen = asyncio.Event()

    def look(changed: str, state: Model | None) -> None:
        if changed == key and state is not None and text in state.to_json().decode():
            seen.set()

    table.on_change(look)
    look(key, table.get(key))
    await asyncio.wait_for(seen.wait(), DEADLINE)


async def test_states_reach_their_topics_and_the_latest_stands(register: Register, kafka: str) -> None:
    await ensure_topics(kafka, TOPICS, replication=1)
    mark = uuid4().hex[:8]  # the broker is shared: these entities are this test's own
    unit = replace(next(iter(UNITS.values())), code=f"U{mark}")
    site = replace(next(iter(SITES.values())), code=f"L{mark}")
    unit_id, site_id = entity_id("unit", unit.code), entity_id("site", site.code)
    person = employee(7, code=f"P{mark}")
    person = replace(
        person, assignments=(replace(person.assignments[0], unit_id=unit_id, site_id=site_id, valid_from=FOUNDED),)
    )
    person_id = entity_id("employee", person.code)

    async def found(writing: Writing) -> None:
        await save_unit(writing, unit_id, unit, 0)
        await save_site(writing, site_id, site, 0)
        await save_post(writing, STAFF, POSTS[STAFF], 0)
        await save_employee(writing, person_id, person, 0)

    async def rename(writing: Writing) -> None:
        await save_employee(writing, person_id, replace(person, name="Nama Baru", title_after="S.Sos."), 1)

    units, sites, people = await tables(kafka)
    try:
        await register.write(found, EDIT)  # before any relay runs: the journal keeps it
        async with relaying(register, kafka):
            await until(units, unit_id, unit.code)
            await until(sites, site_id, site.zone)
            await until(people, person_id, "Analis")
        await register.write(rename, EDIT)
        async with relaying(register, kafka):  # a relay that starts again goes on where the last one stopped
            await until(people, person_id, "Nama Baru, S.Sos.")
        state = people.get(person_id)
        assert state is not None
        assert state.assignments[0].post_title == "Analis"
        assert state.numbers[0].number == person.numbers[0].number
    finally:
        for table in (units, sites, people):
            await table.stop()


async def tables(kafka: str) -> tuple[Table[UnitChanged], Table[SiteChanged], Table[EmployeeChanged]]:
    def table(topic: Topic, model: type) -> Table:  # type: ignore[type-arg]
        return Table(kafka, topic, model)

    found = (
        table(DIRECTORY_UNITS, UnitChanged),
        table(DIRECTORY_SITES, SiteChanged),
        table(DIRECTORY_EMPLOYEES, EmployeeChanged),
    )
    for one in found:
        await one.start()
    return found
