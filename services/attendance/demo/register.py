"""`python -m services.attendance demo`: registers the demo city's terminals and enrols its people.

Reads the directory's topics, so that it needs neither the directory's API nor a running worker. Twice changes nothing.
"""

import sys
from datetime import date

from pymongo import ReplaceOne

from contracts.events.directory import EmployeeChanged, SiteChanged
from contracts.topics import DIRECTORY_EMPLOYEES, DIRECTORY_SITES, TOPICS
from kit.kafka import ensure_topics
from kit.tables import Table
from services.attendance.app import Parts
from services.attendance.demo.plan import enrolments_of, people_of, terminals_of
from services.attendance.devices.models import Device
from services.attendance.directory.folds import employee_document, site_document
from services.attendance.settings import AttendanceSettings

GO_LIVE = date(2020, 1, 1)


async def register_demo(settings: AttendanceSettings) -> None:
    """Register, print how many. Raises SystemExit when the directory is empty."""
    await ensure_topics(settings.kafka, TOPICS)
    sites = Table(settings.kafka, DIRECTORY_SITES, SiteChanged)
    employees = Table(settings.kafka, DIRECTORY_EMPLOYEES, EmployeeChanged)
    await sites.start()
    await employees.start()
    try:
        await _register(settings, list(sites.values()), list(employees.values()))
    finally:
        await sites.stop()
        await employees.stop()


async def _register(settings: AttendanceSettings, sites: list[SiteChanged], employees: list[EmployeeChanged]) -> None:
    if not sites or not employees:
        raise SystemExit("the directory's topics are empty: load the demo city there first")
    parts = Parts.of(settings)
    await parts.setup()
    now = parts.clock()
    # The worker writes these too; writing them here lets the terminals be used at once.
    rows = [("sites", site_document(site)) for site in sites]
    rows += [("employees", employee_document(employee)) for employee in employees]
    for name in ("sites", "employees"):
        writes = [ReplaceOne({"_id": row["_id"]}, row, upsert=True) for kind, row in rows if kind == name]
        await parts.db[name].bulk_write(writes, ordered=False)
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
    present = await parts.enrolment_store.present([f"{space}|{pin}" for space, pin, _ in enrolled])
    missing = [row for row in enrolled if present.get(f"{row[0]}|{row[1]}") != row[2]]
    await parts.enrolment_store.put_many(missing, now)
    sys.stdout.write(
        f"{len(terminals)} terminals at {len(sites)} sites ({len(fresh)} new), "
        f"{len(people)} people, {len(enrolled)} enrolments ({len(missing)} new)\n"
    )
