"""What citizens wrote: kept without who, when and how many stars, published late, together and in random order."""

from collections.abc import Collection
from datetime import date
from secrets import SystemRandom
from uuid import uuid4

from kit.mongo import DURABLE, Client, Database, Document, Session, in_transaction
from kit.writes import Writes
from services.feedback.ratings.rules import RatingsRule, may_publish, publish_on

TEXTS, COMMENTS = "texts", "comments"
ORDER = [("published_on", -1), ("_id", 1)]
random = SystemRandom()


class Texts:
    """Texts that wait, and those that were published."""

    def __init__(self, client: Client, db: Database) -> None:
        self._client = client
        self._waiting = db.get_collection(TEXTS, write_concern=DURABLE)
        self._published = db.get_collection(COMMENTS, write_concern=DURABLE)

    async def setup(self) -> None:
        """Indexes; a transaction cannot make collections. Idempotent."""
        await self._waiting.create_index([("publish_on", 1), ("unit_id", 1)], name="due")
        await self._published.create_index(ORDER, name="newest")
        await self._published.create_index([("unit_id", 1), *ORDER], name="of_unit")

    def keep(self, text: str, code: Document, written: date, rule: RatingsRule, writes: Writes) -> None:
        """A text of the service that `code` is for."""
        due = publish_on(written, random.randint(0, rule.text_spread_days), rule)
        row = {"_id": str(uuid4()), "service_id": code["service_id"], "unit_id": code["unit_id"]}
        writes.insert(self._waiting, {**row, "text": text, "publish_on": str(due)})

    async def publish(self, today: date, rule: RatingsRule) -> int:
        """Publish what may be; how many texts that were. Safe from several processes at once."""
        units: list[str] = await self._waiting.distinct("unit_id", {"publish_on": {"$lte": str(today)}})
        return sum([await self._publish_of(unit, today, rule) for unit in units])

    async def page(self, units: Collection[str] | None, after: str, limit: int) -> list[Document]:
        """Published texts of these units (None: of all) that stand behind `after` (`day|id`, "": from the first)."""
        query: Document = {} if units is None else {"unit_id": {"$in": sorted(units)}}
        if after:
            day, _, identity = after.partition("|")
            query["$or"] = [{"published_on": {"$lt": day}}, {"published_on": day, "_id": {"$gt": identity}}]
        rows: list[Document] = await self._published.find(query).sort(ORDER).to_list(limit)
        return rows

    async def _publish_of(self, unit: str, today: date, rule: RatingsRule) -> int:
        async def write(session: Session) -> int:
            query = {"unit_id": unit, "publish_on": {"$lte": str(today)}}
            due: list[Document] = await self._waiting.find(query, session=session).to_list(None)
            if not may_publish([date.fromisoformat(row["publish_on"]) for row in due], today, rule):
                return 0
            random.shuffle(due)  # as they lie in the database they would tell which came first
            published = [
                {
                    "_id": str(uuid4()),
                    "service_id": row["service_id"],
                    "unit_id": unit,
                    "text": row["text"],
                    "published_on": str(today),
                }
                for row in due
            ]
            await self._waiting.delete_many({"_id": {"$in": [row["_id"] for row in due]}}, session=session)
            await self._published.insert_many(published, session=session)
            return len(due)

        return await in_transaction(self._client, write)


def position(row: Document) -> str:
    """Where a published text stands in the list."""
    return f"{row['published_on']}|{row['_id']}"
