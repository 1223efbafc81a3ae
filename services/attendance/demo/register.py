"""`python -m services.attendance demo`: registers the demo city's terminals and enrols its people.

Reads the directory's topics, so that it needs neither the directory's API nor a running worker. Twice changes nothing.
"""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pymongo import ReplaceOne

from contracts.events.directory import EmployeeChanged, SiteChanged, UnitChanged
from contracts.topics import DIRECTORY_EMPLOYEES, DIRECTORY_SITES, DIRECTORY_UNITS
from kit.access.mongo_copy import EMPLOYEES
from kit.kafka import ensure_registry
from kit.mongo import TRIES, Session, in_transaction
from kit.tables import Table
from services.attendance.demo.plan import enrolments_of, people_of, terminals_of
from services.attendance.demo.working_time import WorkingTime, working_time
from services.attendance.devices.models import Device
from services.attendance.directory.folds import SITES, UNITS, employee_document, site_document, unit_document
from services.attendance.enrolments.rules import pin_key
from services.attendance.parts import Parts
from services.attendance.schedules.writing import document
from services.attendance.settings import AttendanceSettings

GO_LIVE = date(2020, 1, 1)
BY = "demo"


@dataclass(frozen=True, slots=True)
class Registered:
    """What there is now, and what of it is new."""

    sites: int
    people: int
    terminals: int
    new_terminals: int
    enrolments: int
    new_enrolments: int
    new_schedules: int


async def register_demo(settings: AttendanceSettings) -> None:
    """Register and print how many. Raises SystemExit when the directory is empty."""
    await ensure_registry(settings)
    sites = Table(settings.kafka, DIRECTORY_SITES, SiteChanged)
    employees = Table(settings.kafka, DIRECTORY_EMPLOYEES, EmployeeChanged)
    units = Table(settings.kafka, DIRECTORY_UNITS, UnitChanged)
    tables = (sites, employees, units)
    await asyncio.gather(*(table.start() for table in tables))
    try:
        if not len(sites) or not len(employees):
            raise SystemExit("the directory's topics are empty: load the demo city there first")
        parts = Parts.of(settings)
        await parts.setup()
        done = await register(parts, list(sites.values()), list(employees.values()), list(units.values()))
    finally:
        await asyncio.gather(*(table.stop() for table in tables))
    sys.stdout.write(
        f"{done.terminals} terminals at {done.sites} sites ({done.new_terminals} new), {done.people} people, "
        f"{done.enrolments} enrolments ({done.new_enrolments} new), "
        f"{done.new_schedules} new rows of working time\n"
    )


async def register(
    parts: Parts, sites: list[SiteChanged], employees: list[EmployeeChanged], units: Sequence[UnitChanged] = ()
) -> Registered:
    """Write what is missing: the copies of the directory, terminals, enrolments, working time."""
    await _copy(parts, UNITS, [unit_document(unit) for unit in units])
    await _copy(parts, SITES, [site_document(site) for site in sites])
    await _copy(parts, EMPLOYEES, [employee_document(employee) for employee in employees])
    now = parts.clock()
    people = people_of(employees)
    terminals = terminals_of(sites, people)
    known = {row["_id"] async for row in parts.devices.devices.find({}, {"_id": 1})}
    fresh = [
        Device(
            serial=terminal.serial,
            status="active",
            name=terminal.name,
            site_id=terminal.site_id,
            pin_space=terminal.space,
            number=str(number),
            go_live=GO_LIVE,
            approved_at=now,
            changed_at=now,
        ).to_document()
        for number, terminal in enumerate(terminals, 1)
        if terminal.serial not in known
    ]
    if fresh:
        await parts.devices.devices.insert_many(fresh)
    enrolled = list(enrolments_of(terminals, people))
    present = await parts.enrolment_store.present([pin_key(space, pin) for space, pin, _ in enrolled])
    missing = [row for row in enrolled if present.get(pin_key(row[0], row[1])) != row[2]]
    await parts.enrolment_store.put_many(missing, now)
    scheduled = await _schedule(parts, working_time(units, employees, parts.book.today()))
    return Registered(len(sites), len(people), len(terminals), len(fresh), len(enrolled), len(missing), scheduled)


async def _schedule(parts: Parts, wanted: WorkingTime) -> int:
    """Rows of the book and patterns of employees that are not there yet, in one transaction; how many."""
    rows, sheets, now = parts.book.rows, parts.book.sheets, parts.clock()

    async def work(session: Session) -> int:
        await rows.turn(session)
        new = 0
        for kind, some in wanted.rows.items():
            known = {row["_id"] async for row in parts.db[kind].find({}, {"_id": 1}, session=session)}
            for row in some:
                if document(row)["id"] not in known:
                    await rows.put(kind, row, 0, BY, now, session)
                    new += 1
        owns = await sheets.owns(wanted.own, session)
        for person, one in wanted.own.items():
            if person not in owns:
                await sheets.assign(person, [one], one.valid_from, session)
                new += 1
        return new

    return await in_transaction(parts.client, work, tries=TRIES)


async def _copy(parts: Parts, collection: str, rows: list[dict[str, Any]]) -> None:
    """The worker writes these too; writing them here lets the terminals be used at once."""
    if not rows:
        return
    writes = [ReplaceOne({"_id": row["_id"]}, row, upsert=True) for row in rows]
    await parts.db[collection].bulk_write(writes, ordered=False)
