"""The journal as the chain follows it: its punches, in its order."""

from collections.abc import AsyncIterator, Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from contracts.events.attendance import PunchRecorded
from kit.journal import COLLECTION
from kit.mongo import Client, Database, Document
from kit.relay import OVERLAP
from kit.relay_stream import JournalStream
from services.attendance.receipts.rules import MOST_LEAVES, Recorded, read_punch

AT_ONCE = 2_000  # entries of the stream: what they hold is bounded by bytes
REREAD = 200  # an entry of a file holds up to 2,000 facts


class PunchStream(JournalStream):
    """Entries with punches, and when the server stored them."""

    wanted = {"facts.type": PunchRecorded.TYPE}
    fields = {"_id": 1, "facts": 1, "recorded": 1}
    beside = ("clusterTime",)


class PunchJournal:
    """Reads only."""

    def __init__(self, client: Client, db: Database) -> None:
        self._client = client
        self._db = db
        self._events = db.get_collection(COLLECTION)

    def stream(self) -> PunchStream:
        """What is appended from now on, or from a token."""
        return PunchStream(self._client, self._db, COLLECTION, AT_ONCE)

    async def reread(self, since: datetime | None) -> AsyncIterator[list[Document]]:
        """Entries in the order of their recording, from a little before `since`, or all; enough for a link at once."""
        query: Document = {"facts.0": {"$exists": True}}
        if since is not None:
            query["recorded"] = {"$gte": since - OVERLAP}
        cursor = self._events.find(query, PunchStream.fields, batch_size=REREAD).sort("recorded", 1)
        gathered: list[Document] = []
        while entries := await cursor.to_list(REREAD):
            gathered += entries
            if sum(len(entry["facts"]) for entry in gathered) >= MOST_LEAVES:
                yield gathered
                gathered = []
        if gathered:
            yield gathered

    async def entries(self, names: Collection[Any]) -> dict[Any, Document]:
        """Entries by id."""
        cursor = self._events.find({"_id": {"$in": list(names)}}, PunchStream.fields, batch_size=REREAD)
        return {entry["_id"]: entry async for entry in cursor}

    async def recorded_between(self, after: tuple[datetime, Any] | None, until: datetime, limit: int) -> list[Document]:
        """Entries in the order of recording and id after one of them, recorded before `until`."""
        query: Document = {"recorded": {"$lt": until}}
        if after is not None:
            at, name = after
            query = {"$or": [{"recorded": at, "_id": {"$gt": name}}, {"recorded": {"$gt": at, "$lt": until}}]}
        order = [("recorded", 1), ("_id", 1)]
        found: list[Document] = await self._events.find(query, PunchStream.fields).sort(order).to_list(limit)
        return found


def punches_of(entries: Iterable[Document]) -> list[Recorded]:
    """The punches in entries, in their order. What cannot be read as one is left out: it gets no receipt, and is found
    by whoever looks for punches without."""
    found = []
    for entry in entries:
        for fact in entry["facts"]:
            if fact["type"] == PunchRecorded.TYPE:
                punch = read_punch(bytes(fact["data"]), entry["recorded"], entry["_id"])
                if punch is not None:
                    found.append(punch)
    return found


def backdated(entry: Document, most: timedelta = OVERLAP) -> timedelta | None:
    """How much later the server has stored an entry than it says; None when that is in order or not known."""
    stored = entry.get("clusterTime")
    late = stored.as_datetime() - entry["recorded"] if stored is not None else None
    return late if late is not None and late > most else None
