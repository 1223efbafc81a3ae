"""Stop 5 of a punch: from `PunchRecorded` and `EmployeeChanged` to the presence read models.

    employee_days   one document per employee and local date: its punches by id, and what follows from them
    employees       this service's copy of the directory's employees
    unit_days       shards: present people and punches per unit and date
    site_days       shards: present people per site of first punch and date
    unit_headcounts, site_headcounts   shards: dated changes of the number of people
    device_counts   shards: distinct punches stored per terminal

A day keeps its punches and is derived anew, so duplicates, late and disordered facts give the same document. Totals
are shards per partition, changed by what a day contributes now less what it contributed before.
"""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from pymongo import ASCENDING
from pymongo.database import Database

from contracts.events.attendance import PunchRecorded
from contracts.events.directory import EmployeeChanged
from kit.projector import Documents, Event, Projection
from kit.projector.unit import FEED
from services.reporting.presence.rules import Document, derive, first_difference, headcount, place

DAYS, EMPLOYEES = "employee_days", "employees"
UNIT_DAYS, SITE_DAYS, DEVICE_COUNTS = "unit_days", "site_days", "device_counts"
HEADCOUNTS = {"unit_id": "unit_headcounts", "site_id": "site_headcounts"}
FEED_SECONDS = 3600
FEED_PEOPLE = 200

# What a day adds to totals: (unit, site of first punch, number of punches), kept from before the batch changed it.
Contribution = tuple[str | None, str | None, int]
NOTHING: Contribution = (None, None, 0)


class Presence(Projection):
    """The first view of the product: attendance joined with the directory."""

    name = "presence"
    models = (PunchRecorded, EmployeeChanged)
    collections = (DAYS, EMPLOYEES, UNIT_DAYS, SITE_DAYS, DEVICE_COUNTS, *HEADCOUNTS.values(), FEED)

    def __init__(self) -> None:
        self._before: dict[str, Contribution] = {}
        self._days_of: dict[str, list[Document]] = {}

    def setup(self, db: "Database[Document]", suffix: str) -> None:
        """Collections and the indexes the reader needs; days are read by id, so they carry almost none."""
        super().setup(db, suffix)
        # Days whose employee the directory has not told us of: few, and found again when it does.
        db[DAYS + suffix].create_index(
            [("employee", ASCENDING)], name="unplaced", partialFilterExpression={"unit": {"$type": "null"}}
        )
        db[EMPLOYEES + suffix].create_index([("assignments.unit_id", ASCENDING), ("name", ASCENDING)], name="by_unit")
        db[UNIT_DAYS + suffix].create_index([("date", ASCENDING), ("unit", ASCENDING)], name="by_date")
        db[SITE_DAYS + suffix].create_index([("date", ASCENDING), ("site", ASCENDING)], name="by_date")
        db[FEED + suffix].create_index("at", expireAfterSeconds=FEED_SECONDS, name="expiry")

    def prepare(self, events: Sequence[Event], documents: Documents) -> None:
        """Load the touched days and their employees; for a changed employee also the days that may move."""
        self._before = {}
        self._days_of = {}
        people: set[str] = set()
        days: set[str] = set()
        changed: dict[str, EmployeeChanged] = {}
        for event in events:
            data = event.data
            people.add(data.employee_id)
            if type(data) is PunchRecorded:
                days.add(f"{data.employee_id}|{data.local_date}")
            else:
                changed[data.employee_id] = data
        documents.load(EMPLOYEES, people)
        documents.load(DAYS, days)
        if changed:
            self._load_moved(changed, documents)

    def _load_moved(self, changed: dict[str, EmployeeChanged], documents: Documents) -> None:
        documents.load_where(DAYS, {"employee": {"$in": list(changed)}, "unit": None})
        for employee, data in changed.items():
            stored = documents.get(EMPLOYEES, employee)
            if stored is None:
                continue
            since = first_difference(stored["assignments"], _assignments(data))
            if since is not None:
                documents.load_where(DAYS, {"_id": {"$gte": f"{employee}|{since}", "$lt": f"{employee}|~"}})
        for day in documents.loaded(DAYS):
            self._days_of.setdefault(day["employee"], []).append(day)

    def fold(self, event: Event, documents: Documents) -> None:
        """One event into its documents."""
        if type(event.data) is PunchRecorded:
            self._punch(event.data, documents)
        else:
            self._employee(event.data, documents)

    def _punch(self, data: PunchRecorded, documents: Documents) -> None:
        date = str(data.local_date)
        identity = f"{data.employee_id}|{date}"
        day = documents.get(DAYS, identity)
        if day is None:
            unit, site = self._place(data.employee_id, date, documents)
            day = {"_id": identity, "employee": data.employee_id, "date": date}
            day |= {"unit": unit, "site": site, "punches": []}
            self._before[identity] = NOTHING
            self._days_of.setdefault(data.employee_id, []).append(day)
        elif any(punch["id"] == data.punch_id for punch in day["punches"]):
            return
        elif identity not in self._before:
            self._before[identity] = _contribution(day)
        # UTC without tzinfo: what the driver stores and loads, so that old and new punches compare.
        at = data.occurred_at.astimezone(UTC).replace(tzinfo=None)
        day["punches"].append(
            {
                "id": data.punch_id,
                "at": at,
                "device": data.device_id,
                "site": data.site_id,
                "zone": data.zone,
                "source": data.source,
                "direction": data.direction,
                "method": data.method,
                "flags": list(data.flags),
            }
        )
        documents.put(DAYS, day)
        documents.add(DEVICE_COUNTS, data.device_id, {"device": data.device_id}, {"stored": 1}, {"last_at": at})

    def _employee(self, data: EmployeeChanged, documents: Documents) -> None:
        stored = documents.get(EMPLOYEES, data.employee_id)
        # The directory's relay may send a state twice, or an older one again after a re-read: the newest stands.
        changed_at = data.changed_at.astimezone(UTC).replace(tzinfo=None)
        if stored is not None and stored["changed_at"] >= changed_at:
            return
        person = data.model_dump(mode="json", exclude={"employee_id", "changed_at"})
        person |= {"_id": data.employee_id, "changed_at": changed_at}
        for field, collection in HEADCOUNTS.items():
            before = headcount(stored["assignments"], field) if stored else {}
            after = headcount(person["assignments"], field)
            for key in before.keys() | after.keys():
                change = after.get(key, 0) - before.get(key, 0)
                if change:
                    where, since = key
                    documents.add(collection, where, {field.removesuffix("_id"): where}, {f"changes.{since}": change})
        documents.put(EMPLOYEES, person)
        for day in self._days_of.get(data.employee_id, ()):
            self._move(day, documents)

    def _move(self, day: Document, documents: Documents) -> None:
        unit, site = self._place(day["employee"], day["date"], documents)
        if (unit, site) != (day["unit"], day["site"]):
            if day["_id"] not in self._before:
                self._before[day["_id"]] = _contribution(day)
            day["unit"], day["site"] = unit, site
            documents.put(DAYS, day)

    def _place(self, employee: str, date: str, documents: Documents) -> tuple[str | None, str | None]:
        person = documents.get(EMPLOYEES, employee)
        return place(person["assignments"], date) if person else (None, None)

    def settle(self, documents: Documents) -> None:
        """Derive each changed day once, and move the totals by the difference."""
        for identity, day in documents.changed(DAYS).items():
            derive(day)
            self._count(day, self._before[identity], documents)

    def _count(self, day: Document, before: Contribution, documents: Documents) -> None:
        unit, site, punches = _contribution(day)
        old_unit, old_site, old_punches = before
        date, latest = day["date"], {"last_at": day["last_at"]}
        if unit == old_unit:
            if unit is not None and punches != old_punches:
                _add(documents, UNIT_DAYS, "unit", unit, date, {"punches": punches - old_punches}, latest)
        else:
            if old_unit is not None:
                _add(documents, UNIT_DAYS, "unit", old_unit, date, {"present": -1, "punches": -old_punches}, None)
            if unit is not None:
                _add(documents, UNIT_DAYS, "unit", unit, date, {"present": 1, "punches": punches}, latest)
        if site != old_site:
            if old_site is not None:
                _add(documents, SITE_DAYS, "site", old_site, date, {"present": -1}, None)
            if site is not None:
                _add(documents, SITE_DAYS, "site", site, date, {"present": 1}, latest)

    def changes(self, documents: Documents) -> Document:
        """For live readers: what moved. A batch that moved very many people says only which totals did."""
        days = documents.changed(DAYS)
        if not days and not documents.changed(EMPLOYEES):
            return {}
        units, sites = documents.shards(UNIT_DAYS).values(), documents.shards(SITE_DAYS).values()
        return {
            "units": sorted({(shard.base["unit"], shard.base["date"]) for shard in units}),
            "sites": sorted({(shard.base["site"], shard.base["date"]) for shard in sites}),
            "days": sorted(days) if len(days) <= FEED_PEOPLE else [],
            "employees": len(documents.changed(EMPLOYEES)),
        }


def _contribution(day: Document) -> Contribution:
    return day["unit"], day["first_site"], day["count"]


def _assignments(data: EmployeeChanged) -> list[Document]:
    return [held.model_dump(mode="json") for held in data.assignments]


def _add(
    documents: Documents, collection: str, of: str, identity: str, date: str, sums: dict[str, int], latest: Any
) -> None:
    documents.add(collection, f"{identity}|{date}", {of: identity, "date": date}, sums, latest)
