"""What waits near its day and past it, worked out when asked: authority is that of today, and so is what waits."""

from collections.abc import AsyncIterator, Collection
from datetime import date, timedelta

from kit.access.people import People
from kit.mongo import Database, Document
from services.appraisal.activities.rules import MinutesRule
from services.appraisal.deadlines.following import ENTRIES
from services.appraisal.deadlines.models import Escalated, Reminders


class Reminding:
    """Over the entries that wait."""

    def __init__(self, db: Database, people: People) -> None:
        self._entries = db[ENTRIES]
        self._people = people

    async def of(self, people: Collection[str], below: Collection[str], today: date, rule: MinutesRule) -> Reminders:
        """`people` are those about whom somebody decides, `below` those about whom these decide."""
        until, since = today + timedelta(days=rule.remind_days), today - timedelta(days=rule.escalate_days)
        mine = [row async for row in self._waiting(people, until, str(today))]
        late: dict[str, Escalated] = {}
        async for row in self._waiting(below, since, str(today)):
            superior = await self._people.superior(row["_id"], today)
            if superior is None:
                continue
            oldest = date.fromisoformat(row["oldest"])
            one = late.setdefault(superior, Escalated(superior_id=superior, overdue=0, oldest_due_on=oldest))
            one.overdue += row["entries"]
            one.oldest_due_on = min(one.oldest_due_on, oldest)
        overdue = sum(row["overdue"] for row in mine)
        return Reminders(
            due_soon=sum(row["entries"] for row in mine) - overdue,
            overdue=overdue,
            oldest_due_on=min((date.fromisoformat(row["oldest"]) for row in mine), default=None),
            escalated=sorted(late.values(), key=lambda one: (-one.overdue, one.superior_id)),
        )

    def _waiting(self, people: Collection[str], until: date, today: str) -> AsyncIterator[Document]:
        """By employee, what is due until a day."""
        match = {"status": "waiting", "employee_id": {"$in": sorted(people)}, "due_on": {"$lte": str(until)}}
        group: Document = {
            "_id": "$employee_id",
            "entries": {"$sum": 1},
            "overdue": {"$sum": {"$cond": [{"$lt": ["$due_on", today]}, 1, 0]}},
            "oldest": {"$min": "$due_on"},
        }
        return self._entries.aggregate([{"$match": match}, {"$group": group}])
