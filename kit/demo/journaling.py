"""Writes a past into a service's own database, in large batches, so that doing it again changes nothing.

Documents have ids that are the same every time, and one that is there is left alone. What is said goes into the journal
with an entry id made of the facts' ids: the same facts are journaled once, by whatever run. Documents come before the
facts about them, and a day is noted as loaded after both: a run that was interrupted begins again with its day. Nobody
is answered before that note, which waits for the disk of a majority and so for all that was written before it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from typing import Any

from bson import ObjectId
from pymongo import UpdateOne
from pymongo.errors import BulkWriteError
from pymongo.write_concern import WriteConcern

from kit.journal import COLLECTION, Fact
from kit.mongo import Database, Document

DUPLICATE = 11_000
QUICK = WriteConcern(w=1, j=False)
FACTS, ENTRIES, DOCUMENTS = 250, 40, 4_000
"""Facts of an entry; entries and documents of an insert. An entry becomes visible to the relay within its 2 s."""


class PastJournal:
    """The journal and the collections of one service. `facts` is how many were journaled by this object."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._events = db.get_collection(COLLECTION, write_concern=QUICK)
        self.facts = 0

    async def keep(self, collection: str, rows: Iterable[Document]) -> None:
        """Insert what is not there yet."""
        target = self._db.get_collection(collection, write_concern=QUICK)
        for chunk in batches(rows, DOCUMENTS):
            await _insert(target, chunk)

    async def raise_to(self, collection: str, rows: Iterable[Document]) -> None:
        """Insert what is not there yet, and replace what is there in a lower `version`."""
        target = self._db.get_collection(collection, write_concern=QUICK)
        for chunk in batches(rows, DOCUMENTS):
            writes = []
            for row in chunk:
                query = {"_id": row["_id"], "version": {"$lt": row["version"]}}
                writes.append(UpdateOne(query, {"$set": {k: v for k, v in row.items() if k != "_id"}}, upsert=True))
            try:
                await target.bulk_write(writes, ordered=False)
            except BulkWriteError as error:
                _only_duplicates(error)

    async def say(self, facts: Iterable[Fact]) -> None:
        """Journal facts that have nothing kept beside them."""
        await self.say_entries(({}, chunk) for chunk in batches(facts, FACTS))

    async def say_entries(self, entries: Iterable[tuple[Mapping[str, Any], Sequence[Fact]]]) -> None:
        """Journal entries of their own fields, with their facts."""
        for chunk in batches(entries, ENTRIES):
            now = datetime.now(UTC)  # for every insert anew: an entry is visible soon after it was stamped
            rows = [
                {
                    "_id": entry_id(facts),
                    "recorded": now,
                    "trace": "",
                    "facts": [one.document() for one in facts],
                    **own,
                }
                for own, facts in chunk
            ]
            inserted = await _insert(self._events, rows)
            self.facts += sum(len(facts) for number, (_, facts) in enumerate(chunk) if number in inserted)


def entry_id(facts: Sequence[Fact]) -> ObjectId:
    """The same for the same facts in the same order."""
    return ObjectId(blake2b("\n".join(fact.id for fact in facts).encode(), digest_size=12).digest())


def batches(rows: Iterable[Any], size: int) -> Iterable[list[Any]]:
    """Cut a stream into lists."""
    source = iter(rows)
    while chunk := list(islice(source, size)):
        yield chunk


async def _insert(target: Any, rows: Sequence[Document]) -> set[int]:
    """Which of `rows` were not there yet."""
    try:
        await target.insert_many(rows, ordered=False)
    except BulkWriteError as error:
        return set(range(len(rows))) - _only_duplicates(error)
    return set(range(len(rows)))


def _only_duplicates(error: BulkWriteError) -> set[int]:
    """The rows that were there already. Raises the error when it is about anything else."""
    details: Mapping[str, Any] = error.details or {}
    failed = details.get("writeErrors", [])
    if details.get("writeConcernErrors") or not failed or any(one["code"] != DUPLICATE for one in failed):
        raise error
    return {one["index"] for one in failed}
