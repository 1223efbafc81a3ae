"""Stop 5 of a punch: from `PunchRecorded` and `EmployeeChanged` to the presence read models.

    employee_days   one document per employee and local date: its punches by id, what follows from them, and what other
                    services say of the day (strands.py)
    employees       this service's copy of the directory's employees
    unit_days       shards: people `present`, or spared (`away`, `off`: states.py), punches, arrivals and the sums of
                    strands per unit and date
    site_days       shards per site and date: people assigned there so, `arrived` = first punch there
    date_moves      shards per date: how often its units' totals moved, for whoever keeps what it read of them
    unit_headcounts, site_headcounts   shards: dated changes of the number of people
    service_days    one document per service and local date: what citizens said of it (served.py)
    unit_periods, employee_periods   shards per unit, or employee, and week or month (periods.py)
    device_counts   shards: distinct punches stored per terminal, many terminals each (counts.py)

A day keeps its punches and is derived anew, so duplicates, late and disordered facts give the same document. Totals
are changed by what a day contributes now less what it contributed before. `last_at` of a total is the latest activity
ever seen there: it says when to look, and is not part of what a rebuild must reproduce.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database

from contracts.events.attendance import PunchRecorded, PunchReviewed
from contracts.events.directory import EmployeeChanged
from kit.projector import Documents, Poison, Projection
from kit.projector.documents import Touched
from kit.projector.projection import FEED
from kit.projector.shards import Shards
from services.reporting.presence import counts, served
from services.reporting.presence.attention import reasons
from services.reporting.presence.counts import DEVICE_COUNTS
from services.reporting.presence.inputs import Employee, Punch, Review
from services.reporting.presence.periods import EFFECTIVE, EMPLOYEE_PERIODS, UNIT_PERIODS
from services.reporting.presence.rules import (
    Document,
    bucket,
    calendar_day,
    derive,
    first_difference,
    headcount,
    instant,
    place,
    stored,
)
from services.reporting.presence.served import SERVICE_DAYS, Served
from services.reporting.presence.shares import DATE_MOVES, NOTHING, SITE_DAYS, UNIT_DAYS, Share, Totals
from services.reporting.presence.states import spared
from services.reporting.presence.strands import ASSESSED, STRANDS, Strand, Sums, sums_of

DAYS, EMPLOYEES = "employee_days", "employees"
HEADCOUNTS = {"unit_id": "unit_headcounts", "site_id": "site_headcounts"}
FEED_SECONDS = 3600
FEED_PEOPLE = 1_000
PUNCH, REVIEW, EMPLOYEE = PunchRecorded.TYPE, PunchReviewed.TYPE, EmployeeChanged.TYPE
NO_DAYS = (EMPLOYEE, served.KIND)
ASSESSED_FIELDS = f"{ASSESSED.name}."


class Presence(Projection):
    """The first view of the product: attendance joined with the directory."""

    name = "presence"
    inputs = {
        PUNCH: Punch,
        REVIEW: Review,
        EMPLOYEE: Employee,
        served.KIND: Served,
        **{kind: one.shape for kind, one in STRANDS.items()},
    }
    leading = (EMPLOYEE,)
    totals = (UNIT_DAYS, SITE_DAYS, DATE_MOVES, UNIT_PERIODS, EMPLOYEE_PERIODS, DEVICE_COUNTS, *HEADCOUNTS.values())
    collections = (DAYS, EMPLOYEES, SERVICE_DAYS, *totals, FEED)
    uncompared = (DATE_MOVES, FEED)

    def __init__(self) -> None:
        self._before: dict[str, Share] = {}
        self._days: dict[str, Document] = {}
        self._days_of: dict[str, list[Document]] = {}
        self._stored: dict[str, tuple[int, datetime]] = {}
        self._only_strands: set[str] = set()
        self._totals = Totals()

    def setup(self, db: "Database[Document]", suffix: str) -> None:
        """Collections and the indexes the reader needs; days are read by id, so they carry almost none."""
        super().setup(db, suffix)
        # Days whose employee the directory has not told us of: few, and found again when it does.
        db[DAYS + suffix].create_index(
            [("employee", ASCENDING)], name="unplaced", partialFilterExpression={"unit": {"$type": "null"}}
        )
        # Few as well: days that somebody should look at.
        db[DAYS + suffix].create_index(
            [("date", DESCENDING), ("unit", ASCENDING)],
            name="attention",
            partialFilterExpression={"attention": {"$exists": True}},
        )
        by_name = [("name", ASCENDING), ("_id", ASCENDING)]
        db[EMPLOYEES + suffix].create_index([("assignments.unit_id", ASCENDING), *by_name], name="by_unit")
        db[EMPLOYEES + suffix].create_index(by_name, name="by_name")
        for field in ("superior_id", "post_id"):  # who may see whom (kit/access/mongo_copy.py)
            db[EMPLOYEES + suffix].create_index([(f"assignments.{field}", ASCENDING)], name=f"by_{field}")
        db[UNIT_DAYS + suffix].create_index([("date", ASCENDING), ("unit", ASCENDING)], name="by_date")
        db[SERVICE_DAYS + suffix].create_index([("date", ASCENDING), ("unit", ASCENDING)], name="by_date")
        db[SITE_DAYS + suffix].create_index([("date", ASCENDING), ("site", ASCENDING)], name="by_date")
        db[UNIT_PERIODS + suffix].create_index([("period", ASCENDING), ("unit", ASCENDING)], name="by_period")
        by_person = [("period", ASCENDING), ("employee", ASCENDING), (EFFECTIVE, ASCENDING)]
        db[EMPLOYEE_PERIODS + suffix].create_index(by_person, name="by_period")  # with what is summed: it alone is read
        db[FEED + suffix].create_index("at", expireAfterSeconds=FEED_SECONDS, name="expiry")

    def touched(self, kinds: Sequence[str], events: Sequence[Any], documents: Documents) -> Iterator[Touched]:
        """The days punched or reviewed; then the employees of days that are not there yet, and those that changed."""
        days = {
            f"{event['employee_id']}|{event['local_date']}": event["employee_id"]
            for kind, event in zip(kinds, events, strict=True)
            if kind not in NO_DAYS
        }
        rated = [served.identity_of(event) for kind, event in zip(kinds, events, strict=True) if kind == served.KIND]
        yield {DAYS: days, SERVICE_DAYS: rated}
        known = documents.known(DAYS)
        changed = [event["employee_id"] for kind, event in zip(kinds, events, strict=True) if kind == EMPLOYEE]
        yield {EMPLOYEES: [*changed, *(employee for day, employee in days.items() if day not in known)]}

    def prepare(self, kinds: Sequence[str], events: Sequence[Any], documents: Documents) -> None:
        """For a changed employee also the days that may move."""
        self._before, self._days_of, self._stored, self._totals = {}, {}, {}, Totals()
        self._days = documents.known(DAYS)
        if EMPLOYEE not in kinds:
            return
        # A relay may send states again after a crash, older ones behind newer ones: only the newest moves anybody.
        newest: dict[str, Employee] = {}
        for kind, event in zip(kinds, events, strict=True):
            if kind == EMPLOYEE:
                known = newest.get(event["employee_id"])
                if known is None or known["changed_at"] <= event["changed_at"]:
                    newest[event["employee_id"]] = event
        self._load_moved(newest, documents)

    def _load_moved(self, newest: dict[str, Employee], documents: Documents) -> None:
        documents.load_where(DAYS, {"employee": {"$in": list(newest)}, "unit": {"$type": "null"}})
        for employee, data in newest.items():
            known = documents.get(EMPLOYEES, employee)
            since = first_difference(known["assignments"], data["assignments"]) if known else None
            if since is not None:
                documents.load_where(DAYS, {"_id": {"$gte": f"{employee}|{since}", "$lt": f"{employee}|~"}})
        for day in documents.loaded(DAYS):
            self._days_of.setdefault(day["employee"], []).append(day)

    def fold(self, kind: str, event: Any, documents: Documents) -> None:
        """One event into its documents."""
        if kind == PUNCH:
            self._punch(event, documents)
        elif kind == REVIEW:
            self._review(event, documents)
        elif kind == EMPLOYEE:
            self._employee(event, documents)
        elif kind == served.KIND:
            served.fold(event, documents, self._totals)
        else:
            self._strand(STRANDS[kind], event, documents)

    def _punch(self, data: Punch, documents: Documents) -> None:
        employee, on, punch_id, device = data["employee_id"], data["local_date"], data["punch_id"], data["device_id"]
        identity = f"{employee}|{on}"
        day = self._days.get(identity)
        if day is None:
            at = _checked(data)
            day = self._new_day(employee, on, documents)
        else:
            for punch in day["punches"]:
                if punch["id"] == punch_id:
                    return
            at = _checked(data)
            if identity not in self._before:
                self._before[identity] = _share(day)
                documents.put(DAYS, day)
        day["punches"].append(
            {
                "id": punch_id,
                "at": at,
                "device": device,
                "site": data["site_id"],
                "zone": data["zone"],
                "source": data["source"],
                "direction": data.get("direction", "unknown"),
                "method": data.get("method", "unknown"),
                "flags": data.get("flags", []),
            }
        )
        count, latest = self._stored.get(device, (0, at))
        self._stored[device] = (count + 1, at if at > latest else latest)

    def _new_day(self, employee: str, on: str, documents: Documents) -> Document:
        identity = f"{employee}|{on}"
        unit, site = self._place(employee, on, documents)
        day: Document = {"_id": identity, "employee": employee, "date": on, "unit": unit, "site": site, "punches": []}
        self._before[identity] = NOTHING
        self._days_of.setdefault(employee, []).append(day)
        documents.put(DAYS, day)
        return day

    def _review(self, data: Review, documents: Documents) -> None:
        """The latest decision counts, whether it comes before its punch or after."""
        employee, on, punch_id = data["employee_id"], data["local_date"], data["punch_id"]
        at = stored(data["reviewed_at"].astimezone(UTC))
        day = self._days.get(f"{employee}|{on}") or self._new_day(employee, on, documents)
        reviews = {review["id"]: review for review in day.get("reviews", ())}
        known = reviews.get(punch_id)
        # Of two decisions in one millisecond the same one wins in every order.
        if known is not None and (known["at"], known["outcome"]) >= (at, data["outcome"]):
            return
        if day["_id"] not in self._before:
            self._before[day["_id"]] = _share(day)
            documents.put(DAYS, day)
        reviews[punch_id] = {"id": punch_id, "at": at, "outcome": data["outcome"]}
        day["reviews"] = [reviews[identity] for identity in sorted(reviews)]

    def _strand(self, strand: Strand, data: Any, documents: Documents) -> None:
        """The highest version counts, whatever came before it."""
        employee, on = data["employee_id"], data["local_date"]
        day = self._days.get(f"{employee}|{on}") or self._new_day(employee, on, documents)
        strands = day.setdefault("strands", {})
        known = strands.get(strand.name)
        if known is not None and known["version"] >= data["version"]:
            return
        if day["_id"] not in self._before:
            self._before[day["_id"]] = _share(day)
            documents.put(DAYS, day)
        # In the order of their names, so that the same facts in any order make the same document.
        day["strands"] = dict(sorted((strands | {strand.name: strand.kept(data)}).items()))

    def _employee(self, data: Employee, documents: Documents) -> None:
        identity = data["employee_id"]
        known = documents.get(EMPLOYEES, identity)
        changed_at = stored(data["changed_at"].astimezone(UTC))
        if known is not None and known["changed_at"] > changed_at:
            return
        person: Document = {"_id": identity, **data, "changed_at": changed_at}
        del person["employee_id"]
        for field, collection in HEADCOUNTS.items():
            before = headcount(known["assignments"], field) if known else {}
            after = headcount(person["assignments"], field)
            for key in before.keys() | after.keys():
                change = after.get(key, 0) - before.get(key, 0)
                if change:
                    where, since = key
                    base = {field.removesuffix("_id"): where}
                    documents.totals.add(collection, where, base, {f"changes.{since}": change})
        documents.put(EMPLOYEES, person)
        for day in self._days_of.get(identity, ()):
            self._move(day, documents)

    def _move(self, day: Document, documents: Documents) -> None:
        unit, site = self._place(day["employee"], day["date"], documents)
        if (unit, site) != (day["unit"], day["site"]):
            if day["_id"] not in self._before:
                self._before[day["_id"]] = _share(day)
            day["unit"], day["site"] = unit, site
            documents.put(DAYS, day)

    def _place(self, employee: str, on: str, documents: Documents) -> tuple[str | None, str | None]:
        person = documents.get(EMPLOYEES, employee)
        return place(person["assignments"], on) if person else (None, None)

    def settle(self, documents: Documents) -> None:
        """Derive each changed day once, and move the totals by the difference."""
        for device, (count, latest) in self._stored.items():
            counts.add(documents.totals, device, count, latest)
        for identity, day in documents.changed(DAYS).items():
            derive(day)
            if found := reasons(day):
                day["attention"] = found
            else:
                day.pop("attention", None)
            before, now = self._before[identity], _share(day)
            self._totals.move(day["date"], day["employee"], before, now, day["last_at"])
            same = before.presence == now.presence and (before.sums != now.sums or not now.punches)
            if same and _assessed(before) == _assessed(now):
                self._only_strands.add(identity)
        self._totals.write(documents.totals)

    def changes(self, batch: Sequence[Documents], totals: Shards) -> Document:
        """For live readers: what moved. A batch that moved very many people says only which totals did."""
        moved = [identity for documents in batch for identity in documents.changed(DAYS)]
        # Who looks at who is in need not hear of what else a day holds; who looks at a card hears of everything.
        days = [identity for identity in moved if identity not in self._only_strands]
        self._only_strands.clear()
        people = [identity for documents in batch for identity in documents.changed(EMPLOYEES)]
        if not moved and not people and not any(documents.changed(SERVICE_DAYS) for documents in batch):
            return {}
        return {
            "units": sorted((one.base["unit"], one.base["date"]) for one in totals.changes(UNIT_DAYS).values()),
            "sites": sorted((one.base["site"], one.base["date"]) for one in totals.changes(SITE_DAYS).values()),
            "days": sorted(days) if len(days) <= FEED_PEOPLE else [],
            "cards": sorted(moved) if len(moved) <= FEED_PEOPLE else [],
            "employees": sorted(people) if len(people) <= FEED_PEOPLE else [],
            "employees_changed": len(people),
        }


def _checked(data: Punch) -> datetime:
    """The instant of a punch whose dates and zone are what they say. Raises Poison."""
    try:
        calendar_day(data["local_date"])
        at = instant(data["occurred_at"])
        bucket(at, data["zone"])  # as settle will: nothing may fail there any more
        return at
    except (ValueError, KeyError, OSError, OverflowError) as error:  # ZoneInfo: KeyError no such name, OSError a folder
        raise Poison(f"punch: {error}") from error


def _share(day: Document) -> Share:
    sums = sums_of(day) if "strands" in day else ()
    return Share(day["unit"], day["site"], day["first_site"], day["arrival"], day["count"], spared(day), sums)


def _assessed(share: Share) -> Sums:
    """What of a share rows of people show beside their presence: who is late, and by how much."""
    return tuple(one for one in share.sums if one[0].startswith(ASSESSED_FIELDS))
