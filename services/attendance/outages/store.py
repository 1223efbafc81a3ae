"""Outages, the dates they are in doubt on, and what was decided, in MongoDB.

`outages`: what was found or told, with how far its people have been looked through (`marking`). `outage_cases`,
"outage|employee|date": each date whose shift it touches; `state` is open until somebody decides. Which of those are
pending is what the assessor found (`days/faults.py`), so it is asked of the assessed days and kept nowhere else.
`outage_decisions`: what was decided of which cases, and how far it has been carried out.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from pymongo import DESCENDING, UpdateOne

from kit.mongo import DURABLE, Database, Document, Session
from services.attendance.days.batch import DAYS, SUFFIX
from services.attendance.days.documents import day_id
from services.attendance.outages.rules import Found

OUTAGES, CASES, DECISIONS = "outages", "outage_cases", "outage_decisions"
DECIDED = ["excused", "refused"]
MOST_CASES = 20_000
"""Of one decision: more are decided by another."""


def case_id(outage_id: str, employee_id: str, day: date) -> str:
    """One employee's date under an outage."""
    return f"{outage_id}|{employee_id}|{day}"


def new_outage(fields: Document, step: Document) -> Document:
    """An outage without its id: its people are looked through at once."""
    return {
        "until": None,
        "healed": False,
        "reason": "",
        "evidence": "",
        "version": 1,
        "marked": 0,
        "marking": {"due": step["at"], "after": ""},
        "steps": [step],
        **fields,
    }


class Tally(NamedTuple):
    """How much of an outage is in doubt and not decided, and how many cases were."""

    days: int = 0
    people: int = 0
    minutes: int = 0
    excused: int = 0
    refused: int = 0


class Outages:
    """Writes are durable when they return."""

    def __init__(self, db: Database) -> None:
        self.rows = db.get_collection(OUTAGES, write_concern=DURABLE)
        self.cases = db.get_collection(CASES, write_concern=DURABLE)
        self.decisions = db.get_collection(DECISIONS, write_concern=DURABLE)
        self._days = db[DAYS + SUFFIX]

    async def setup(self) -> None:
        """Indexes; a transaction cannot make collections. Idempotent."""
        await self.rows.create_index([("since", DESCENDING), ("_id", 1)], name="newest")
        await self.rows.create_index("marking.due", name="marking", sparse=True)
        await self.cases.create_index([("outage_id", 1), ("employee_id", 1), ("day", 1)], name="of")
        await self.decisions.create_index([("outage_id", 1), ("at", DESCENDING)], name="of")
        await self.decisions.create_index("running", name="running", partialFilterExpression={"running": True})

    async def one(self, outage_id: str, session: Session | None = None) -> Document | None:
        """An outage."""
        found: Document | None = await self.rows.find_one({"_id": outage_id}, session=session)
        return found

    async def page(self, state: str, skip: int, limit: int) -> list[Document]:
        """Newest first. `state`: "open" are those with something pending, or that last."""
        query: Document = {}
        if state != "all":
            waiting = await self._days.distinct("said.outages.outage_id", {"said.outages.outage_id": {"$exists": True}})
            query = {"$or": [{"_id": {"$in": waiting}}, {"until": None}, {"marking": {"$ne": None}}]}
            if state == "closed":
                query = {"$nor": [query]}
        newest = self.rows.find(query).sort([("since", DESCENDING), ("_id", 1)]).skip(skip)
        rows: list[Document] = await newest.to_list(limit)
        return rows

    async def standing(self) -> list[Document]:
        """Those that were found and have not ended."""
        found: list[Document] = await self.rows.find({"until": None, "signal": {"$ne": "told"}}).to_list(None)
        return found

    async def open(self, found: Found, fields: Document, at: datetime) -> bool:
        """List an outage that was found; False when it is listed already."""
        row = new_outage({**found._asdict(), **fields}, {"at": at, "what": "found", "by": None})
        done = await self.rows.update_one({"_id": found.key}, {"$setOnInsert": row}, upsert=True)
        return done.upserted_id is not None

    async def end(self, outage_id: str, until: datetime, at: datetime, *, healed: bool = False) -> None:
        """It is over; its people are looked through once more."""
        change: Document = {"until": until, "healed": healed, "marking": {"due": at, "after": ""}}
        step = {"at": at, "what": "healed" if healed else "ended", "by": None}
        await self.rows.update_one(
            {"_id": outage_id, "until": None}, {"$set": change, "$push": {"steps": step}, "$inc": {"version": 1}}
        )

    async def heal(self, outage_id: str, at: datetime) -> None:
        """What was missing has arrived: nothing is in doubt for its sake any more."""
        change = {"healed": True, "marking": {"due": at, "after": ""}}
        step = {"at": at, "what": "healed", "by": None}
        await self.rows.update_one(
            {"_id": outage_id, "healed": False}, {"$set": change, "$push": {"steps": step}, "$inc": {"version": 1}}
        )

    async def to_mark(self, now: datetime) -> Document | None:
        """An outage whose people have to be looked through, the one that waits longest."""
        found: Document | None = await self.rows.find_one({"marking.due": {"$lte": now}}, sort=[("marking.due", 1)])
        return found

    async def laid(self, outage_id: str, people: Collection[str], session: Session | None = None) -> list[Document]:
        """The cases of some people."""
        query = {"outage_id": outage_id, "employee_id": {"$in": sorted(people)}}
        found: list[Document] = await self.cases.find(query, session=session).to_list(None)
        return found

    async def holders(self, outage_id: str, after: str, limit: int) -> list[str]:
        """People with open cases, in order of id."""
        query = {"outage_id": outage_id, "state": "open", "employee_id": {"$gt": after}}
        rows = self.cases.aggregate(
            [{"$match": query}, {"$group": {"_id": "$employee_id"}}, {"$sort": {"_id": 1}}, {"$limit": limit}]
        )
        return [row["_id"] async for row in rows]

    async def case(self, outage_id: str, employee_id: str, day: date, session: Session) -> Document | None:
        """A case as it stands."""
        identity = case_id(outage_id, employee_id, day)
        found: Document | None = await self.cases.find_one({"_id": identity}, session=session)
        return found

    async def lay(self, outage_id: str, cases: Sequence[tuple[str, date, str]], session: Session) -> None:
        """(employee, date, fault as it lies on the sheet): open cases."""
        writes = [
            UpdateOne(
                {"_id": case_id(outage_id, who, day)},
                {
                    "$set": {"fault": fault},
                    "$setOnInsert": {"outage_id": outage_id, "employee_id": who, "day": str(day), "state": "open"},
                },
                upsert=True,
            )
            for who, day, fault in cases
        ]
        if writes:
            await self.cases.bulk_write(writes, session=session)

    async def pending(self, outage_id: str) -> list[tuple[str, date, int]]:
        """Employee, date and minutes of what is in doubt and not decided, in order: as the assessor has found."""
        found = self._days.find(
            {"said.outages.outage_id": outage_id}, {"employee_id": 1, "day": 1, "said.outages": 1}
        ).sort("_id", 1)
        return [
            (row["employee_id"], date.fromisoformat(row["day"]), one["minutes"])
            async for row in found
            for one in row["said"]["outages"]
            if one["outage_id"] == outage_id
        ]

    async def tallies(self, outages: Sequence[str]) -> dict[str, Tally]:
        """Counted by the database, of each of some outages."""
        own = {"said.outages.outage_id": {"$in": list(outages)}}
        each = {"outage": "$said.outages.outage_id", "employee_id": "$employee_id"}
        sums = {"days": {"$sum": 1}, "minutes": {"$sum": "$said.outages.minutes"}}
        whole = {name: {"$sum": f"${name}"} for name in sums}
        pending = self._days.aggregate(
            [
                *({"$match": own}, {"$unwind": "$said.outages"}, {"$match": own}),
                {"$group": {"_id": each, **sums}},
                {"$group": {"_id": "$_id.outage", "people": {"$sum": 1}, **whole}},
            ]
        )
        found = {one: Tally() for one in outages}
        async for row in pending:
            found[row["_id"]] = Tally(row["days"], row["people"], row["minutes"])
        decided = {"outage_id": {"$in": list(outages)}, "state": {"$in": DECIDED}}
        states = {"outage": "$outage_id", "state": "$state"}
        async for row in self.cases.aggregate([{"$match": decided}, {"$group": {"_id": states, "cases": {"$sum": 1}}}]):
            outage = row["_id"]["outage"]
            found[outage] = found[outage]._replace(**{row["_id"]["state"]: row["cases"]})
        return found

    async def decided(self, outage_id: str) -> list[Document]:
        """Cases that were decided, in order of employee and date."""
        query = {"outage_id": outage_id, "state": {"$in": DECIDED}}
        rows: list[Document] = await self.cases.find(query).sort("_id", 1).to_list(MOST_CASES)
        return rows

    async def days(self, cases: Sequence[tuple[str, date]]) -> dict[str, dict[str, Any]]:
        """What the assessed days say now, by id of the day."""
        ids = [day_id(who, day) for who, day in cases]
        return {row["_id"]: row["said"] async for row in self._days.find({"_id": {"$in": ids}}, {"said": 1})}

    async def running(self) -> Document | None:
        """A decision that is not carried out to its end, the oldest."""
        found: Document | None = await self.decisions.find_one({"running": True}, sort=[("at", 1)])
        return found

    async def history(self, outage_id: str) -> list[Document]:
        """Decisions about an outage, newest first."""
        rows = self.decisions.find({"outage_id": outage_id}, {"cases": 0}).sort([("at", DESCENDING), ("_id", 1)])
        found: list[Document] = await rows.to_list(200)
        return found
