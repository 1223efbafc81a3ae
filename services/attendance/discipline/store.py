"""Standings and cases in MongoDB.

A year of somebody (`discipline_years`, `<employee>|<year>`) keeps of the days only those that count, so it is small and
worked out again in one piece; who never missed a minute has none. It is written by the worker alone. A case
(`discipline_cases`) is changed by the worker and by people: two at once conflict, and the later begins again with the
other's step in sight. A change of cases and what is said of it are one transaction.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pymongo import DESCENDING, ReplaceOne

from contracts.events.cases import CaseChanged
from kit.journal import Fact, Journal
from kit.mongo import DURABLE, TRIES, Client, Database, Document, Session, in_transaction
from kit.telemetry import current_traceparent
from kit.writes import Writes
from services.attendance.days.batch import DAYS, SUFFIX
from services.attendance.days.documents import day_id, said_between
from services.attendance.discipline.standing import Counting, counting

YEARS, CASES = "discipline_years", "discipline_cases"
FIELDS = {name: f"$said.{name}" for name in ("status", "missing", "late_minutes", "early_minutes", "absent_minutes")}
Work = Callable[[list[Document]], list[Document]]
"""From the cases there are to those that are new or different. May refuse by raising; has no other effect."""


class Discipline:
    """Of all employees."""

    def __init__(self, client: Client, db: Database, journal: Journal) -> None:
        self._client = client
        self._years = db.get_collection(YEARS, write_concern=DURABLE)
        self._cases = db.get_collection(CASES, write_concern=DURABLE)
        self._days = db[DAYS + SUFFIX]
        self._journal = journal

    async def setup(self) -> None:
        """Indexes; a transaction cannot make collections. Idempotent."""
        await self._years.create_index(
            [("year", 1), ("days", DESCENDING), ("_id", 1)], name="near", partialFilterExpression={"near": True}
        )
        await self._years.create_index("employee_id", name="own")
        await self._cases.create_index([("employee_id", 1), ("year", 1)], name="own")
        await self._cases.create_index([("status", 1), ("proposed_at", 1), ("_id", 1)], name="queue")

    async def years(self, identities: Collection[str]) -> dict[str, Document]:
        """Years by id (`year_id`)."""
        found = self._years.find({"_id": {"$in": list(identities)}})
        return {row["_id"]: row async for row in found}

    async def near(self, whose: Document, year: int, limit: int) -> tuple[list[Document], int]:
        """Who is close to a step, the most days first, and how many there are."""
        query = {"year": year, "near": True, **whose}
        order = [("days", DESCENDING), ("_id", 1)]
        return await self._years.find(query).sort(order).to_list(limit), await self.count_near(whose, year)

    async def count_near(self, whose: Document, year: int) -> int:
        """How many are close to a step."""
        return int(await self._years.count_documents({"year": year, "near": True, **whose}))

    async def write_years(self, rows: Sequence[Document]) -> None:
        """In place of those there are."""
        if rows:
            writes = [ReplaceOne({"_id": row["_id"]}, row, upsert=True) for row in rows]
            await self._years.bulk_write(writes, ordered=False)

    async def some(self, wanted: Iterable[tuple[str, date]]) -> dict[tuple[str, date], Counting]:
        """What days are now."""
        ids = [day_id(who, day) for who, day in wanted]
        return await self._counted({"_id": {"$in": ids}, "version": {"$gt": 0}})

    async def between(self, people: Collection[str], first: date, last: date) -> dict[tuple[str, date], Counting]:
        """What the days of some people are now."""
        return await self._counted(said_between(first, last, people))

    async def unresolved(self, employee_id: str, first: date, last: date) -> list[tuple[str, Sequence[str]]]:
        """The dates that are not complete, and why."""
        query = {**said_between(first, last, [employee_id]), "said.missing.0": {"$exists": True}}
        rows = await self._days.find(query, {"day": 1, "said.missing": 1}).sort("day", 1).to_list(None)
        return [(row["day"], row["said"]["missing"]) for row in rows]

    async def case(self, identity: str) -> Document | None:
        """A case."""
        found: Document | None = await self._cases.find_one({"_id": identity})
        return found

    async def cases_of(self, people: Collection[str], years: Collection[int]) -> list[Document]:
        """The cases of some people and years."""
        query = {"employee_id": {"$in": sorted(people)}, "year": {"$in": sorted(years)}}
        return list(await self._cases.find(query).sort("_id", 1).to_list(None))

    async def listed(self, whose: Document, states: Sequence[str], limit: int) -> tuple[list[Document], int]:
        """Cases in one of these states, those that wait longest first, and how many there are."""
        query = {"status": {"$in": list(states)}, **whose}
        order = [("proposed_at", 1), ("_id", 1)]
        return await self._cases.find(query).sort(order).to_list(limit), await self.count_cases(whose, states)

    async def count_cases(self, whose: Document, states: Sequence[str]) -> int:
        """How many cases there are."""
        return int(await self._cases.count_documents({"status": {"$in": list(states)}, **whose}))

    async def work(self, query: Document, work: Work, now: datetime) -> list[Document]:
        """Do `work` with the cases of a query; durable when it returns, with what is said of them. Raises what `work`
        raises."""

        async def write(session: Session) -> list[Document]:
            rows = await self._cases.find(query, session=session).sort("_id", 1).to_list(None)
            writes, made = Writes(session), work(rows)
            for row in made:
                writes.replace(self._cases, row)
            if made:
                self._journal.record([_fact(row, now) for row in made], writes, current_traceparent())
                await writes.flush()
            return made

        return await in_transaction(self._client, write, tries=TRIES)

    async def _counted(self, query: Document) -> dict[tuple[str, date], Counting]:
        wanted = {"employee_id": 1, "day": 1, "version": 1, "required": "$said.required_days", **FIELDS}
        found: dict[tuple[str, date], Counting] = {}
        async for row in self._days.find(query, wanted):
            found[row["employee_id"], date.fromisoformat(row["day"])] = of_day(row, row["version"])
        return found


def of_day(row: Mapping[str, Any], version: int) -> Counting:
    """A day as it is told or stored."""
    return counting(
        status=row["status"],
        complete=not row.get("missing"),
        late=row["late_minutes"],
        early=row["early_minutes"],
        absent_minutes=row["absent_minutes"],
        required=row.get("required", row.get("required_days", 0)) > 0,
        version=version,
    )


def year_id(employee_id: str, year: int) -> str:
    """The `_id` of a year."""
    return f"{employee_id}|{year}"


def _fact(row: Document, now: datetime) -> Fact:
    decision = row["decision"] or {}
    event = CaseChanged(
        case_id=row["_id"],
        evidence=tuple(one["day"] for one in row["evidence"]),
        decided_sanction=decision.get("sanction"),
        decided_on=decision.get("decided_on"),
        changed_at=now,
        **{name: row[name] for name in TOLD},
    )
    return Fact.of(event, event_id=f"case|{row['_id']}|{row['version']}", key=row["employee_id"], time=now)


TOLD = CaseChanged.model_fields.keys() - {"case_id", "evidence", "decided_sanction", "decided_on", "changed_at"}
