"""From `DayAssessed`, `EmployeeChanged` and `CaseChanged` to months of attendance.

    employee_months   one document per employee and month: its days by day of the month, each with the unit of that
                      date, and what they come to in each unit (`parts`)
    unit_months       shards per unit and month: the sum of the parts there
    month_people      who and in which unit by date: what is needed of the directory to place a day
    employee_cases    the newest state of each discipline case of an employee, without dates, days or words

Parts are worked out anew from the days each time and the units' totals move by the difference, so days in any order,
doubled, or before their employee is known come to the same; who changes unit within a month counts in each for the
days there. The closings are few and for all, so readers hold them as a table (closing.py).
"""

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any

from pymongo import ASCENDING
from pymongo.database import Database

from contracts.events.cases import CaseChanged
from contracts.events.days import DayAssessed
from contracts.events.directory import EmployeeChanged
from kit.projector import Documents, Projection
from kit.projector.documents import Document, Touched
from services.reporting.months.inputs import Assessed, Case, Person
from services.reporting.months.rules import Part, difference, kept, parts_of, unit_on
from services.reporting.presence.rules import stored

GENERATION = 1
EMPLOYEE_MONTHS, UNIT_MONTHS, PEOPLE, CASES = "employee_months", "unit_months", "month_people", "employee_cases"
DAY, CASE, EMPLOYEE = DayAssessed.TYPE, CaseChanged.TYPE, EmployeeChanged.TYPE
UNKNOWN = ""
"""The name of whom the directory has not told of."""


class Months(Projection):
    """Attendance by month."""

    name = "months"
    inputs = {DAY: Assessed, CASE: Case, EMPLOYEE: Person}
    leading = (EMPLOYEE,)
    totals = (UNIT_MONTHS,)
    collections = (EMPLOYEE_MONTHS, UNIT_MONTHS, PEOPLE, CASES)

    def __init__(self) -> None:
        self._before: dict[str, list[Part]] = {}
        self._months_of: dict[str, list[Document]] = {}

    def setup(self, db: "Database[Document]", suffix: str) -> None:
        """Collections, and the indexes that serve a list in the order of names."""
        super().setup(db, suffix)
        months, by_name = db[EMPLOYEE_MONTHS + suffix], [("name", ASCENDING), ("_id", ASCENDING)]
        months.create_index([("month", ASCENDING), *by_name], name="by_name")
        months.create_index([("month", ASCENDING), ("units", ASCENDING), *by_name], name="by_unit")
        # Months of people the directory has not told us of: few, and found again when it does.
        months.create_index([("employee", ASCENDING)], name="unknown", partialFilterExpression={"name": UNKNOWN})
        db[UNIT_MONTHS + suffix].create_index([("month", ASCENDING), ("unit", ASCENDING)], name="by_month")

    def touched(self, kinds: Sequence[str], events: Sequence[Any], documents: Documents) -> Iterator[Touched]:
        """The months of the days, and everybody named."""
        wanted: dict[str, dict[str, None]] = {EMPLOYEE_MONTHS: {}, PEOPLE: {}, CASES: {}}
        for kind, event in zip(kinds, events, strict=True):
            if kind == CASE:
                wanted[CASES][event["employee_id"]] = None
                continue
            wanted[PEOPLE][event["employee_id"]] = None
            if kind == DAY:
                wanted[EMPLOYEE_MONTHS][identity(event["employee_id"], event["local_date"])] = None
        yield wanted

    def prepare(self, kinds: Sequence[str], events: Sequence[Any], documents: Documents) -> None:
        """Of somebody who has another name or other posts now, all months; of whom nothing was known, what waits."""
        self._before, self._months_of = {}, {}
        new: set[str] = set()
        for kind, event in zip(kinds, events, strict=True):
            if kind != EMPLOYEE:
                continue
            employee = event["employee_id"]
            known = documents.get(PEOPLE, employee)
            if known is None:
                new.add(employee)
            elif (known["name"], known["posts"]) != (event["name"], posts_of(event)):
                documents.load_where(EMPLOYEE_MONTHS, {"_id": {"$gte": f"{employee}|", "$lt": f"{employee}|~"}})
        if new:
            documents.load_where(EMPLOYEE_MONTHS, {"employee": {"$in": sorted(new)}, "name": UNKNOWN})
        if EMPLOYEE in kinds:
            for month in documents.loaded(EMPLOYEE_MONTHS):
                self._months_of.setdefault(month["employee"], []).append(month)

    def fold(self, kind: str, event: Any, documents: Documents) -> None:
        """One event into its document."""
        if kind == DAY:
            self._day(event, documents)
        elif kind == CASE:
            _case(event, documents)
        else:
            self._employee(event, documents)

    def _day(self, event: Assessed, documents: Documents) -> None:
        """The highest version counts, whatever came before it."""
        employee, on = event["employee_id"], event["local_date"]
        key = identity(employee, on)
        month = documents.get(EMPLOYEE_MONTHS, key)
        if month is None:
            month = {"_id": key, "employee": employee, "month": on[:7], "name": UNKNOWN, "days": {}, "parts": []}
        days, number = month["days"], on[8:]
        if number in days and days[number]["version"] >= event["version"]:
            return
        # In the order of the days, so that the same days in any order make the same document.
        month["days"] = dict(sorted((days | {number: kept(event)}).items()))
        self._put(month, documents)

    def _employee(self, event: Person, documents: Documents) -> None:
        employee, changed_at = event["employee_id"], stored(event["changed_at"].astimezone(UTC))
        known = documents.get(PEOPLE, employee)
        if known is not None and known["changed_at"] > changed_at:
            return
        person = {"_id": employee, "name": event["name"], "posts": posts_of(event), "changed_at": changed_at}
        documents.put(PEOPLE, person)
        for month in self._months_of.get(employee, ()):
            self._put(month, documents)

    def _put(self, month: Document, documents: Documents) -> None:
        self._before.setdefault(month["_id"], month["parts"])
        documents.put(EMPLOYEE_MONTHS, month)

    def settle(self, documents: Documents) -> None:
        """Place and sum each changed month once, and move the units' totals by the difference."""
        for key, month in documents.changed(EMPLOYEE_MONTHS).items():
            person = documents.get(PEOPLE, month["employee"])
            posts = person["posts"] if person else ()
            month["name"] = person["name"] if person else UNKNOWN
            for number, day in month["days"].items():
                day["unit"] = unit_on(posts, f"{month['month']}-{number}")
            month["parts"] = parts_of(month["days"])
            month["units"] = [part["unit"] for part in month["parts"]]
            for unit, sums in difference(self._before[key], month["parts"]).items():
                base = {"unit": unit, "month": month["month"]}
                documents.totals.add(UNIT_MONTHS, f"{unit}|{month['month']}", base, sums)


def _case(event: Case, documents: Documents) -> None:
    employee = event["employee_id"]
    document = documents.get(CASES, employee) or {"_id": employee, "cases": []}
    cases = {case["id"]: case for case in document["cases"]}
    known = cases.get(event["case_id"])
    if known is not None and known["version"] >= event["version"]:
        return
    told = {name: event[name] for name in ("version", "year", "level", "status")}
    cases[event["case_id"]] = {"id": event["case_id"], **told}
    documents.put(CASES, {**document, "cases": [cases[case] for case in sorted(cases)]})


def identity(employee: str, on: str) -> str:
    """The id of the month of an employee that a date `YYYY-MM-DD` is in."""
    return f"{employee}|{on[:7]}"


def posts_of(event: Person) -> list[Document]:
    """The primary posts, with their periods: acting posts move nobody."""
    return [
        {"unit_id": post["unit_id"], "valid_from": post["valid_from"], "valid_to": post.get("valid_to")}
        for post in event["assignments"]
        if post["kind"] == "primary"
    ]
