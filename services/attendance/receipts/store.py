"""The chain in MongoDB: a row for each receipt, a document for each link, and where the chain is.

All that a link adds is one transaction, which first moves the chain on from where its writer has read it: of two that
would add the same link, one does.
"""

import json
from collections.abc import AsyncIterator, Collection, Sequence
from datetime import date
from typing import Any

from bson import Binary
from pymongo.errors import DuplicateKeyError

from kit.mongo import DURABLE, Client, Database, Document, Session, in_transaction
from services.attendance.receipts.hashing import path_of
from services.attendance.receipts.models import Head, Receipt
from services.attendance.receipts.rules import Chain, Link, link_id

RECEIPTS, LINKS, CHAIN = "receipts", "receipt_links", "receipt_chain"
HASH = 32


class Fenced(RuntimeError):
    """Somebody else has moved the chain on: read it again."""


class Receipts:
    """Everything about sealed punches. The journal is not touched here."""

    def __init__(self, client: Client, db: Database) -> None:
        self._client = client
        self.rows = db.get_collection(RECEIPTS, write_concern=DURABLE)
        self.links = db.get_collection(LINKS, write_concern=DURABLE)
        self._chain = db.get_collection(CHAIN, write_concern=DURABLE)

    async def setup(self) -> None:
        """Indexes. Idempotent."""
        await self.rows.create_index([("employee_id", 1), ("local_date", 1)], name="own")
        await self.rows.create_index([("link", 1), ("index", 1)], name="of_link", unique=True)

    async def chain(self) -> tuple[Chain, Document]:
        """Where the chain is, and its document: `token` and `recorded` say how far the journal has been followed."""
        row = await self._chain.find_one({"_id": "chain"}) or {}
        day = date.fromisoformat(row["day"]) if row.get("day") else None
        if "last" not in row:
            return Chain(), row
        return Chain(day, row["number"], row["punches"], row["closed"], row["last"]), row

    async def add(self, before: Chain, links: Sequence[Link], after: Chain, reached: Document) -> None:
        """Append links; durable on return. `reached` goes into the chain's document. Raises Fenced."""
        state = {
            **reached,
            "day": after.day.isoformat() if after.day else None,
            "number": after.number,
            "punches": after.punches,
            "closed": after.closed,
            "last": after.last,
        }
        rows = [row for link in links for row in rows_of(link)]

        async def write(session: Session) -> None:
            expected: Document = {"_id": "chain", "last": before.last}
            if before == Chain():
                expected = {"_id": "chain", "last": {"$exists": False}}
            moved = await self._chain.update_one(expected, {"$set": state}, upsert=before == Chain(), session=session)
            if not moved.matched_count and moved.upserted_id is None:
                raise Fenced("the chain has been moved on")
            await self.links.insert_many([document_of(link) for link in links], session=session)
            if rows:
                await self.rows.insert_many(rows, session=session)

        try:
            await in_transaction(self._client, write)
        except DuplicateKeyError as error:
            raise Fenced("a link or receipt is there already") from error

    async def reached(self, reached: Document) -> None:
        """Note how far the journal has been followed where nothing was added."""
        await self._chain.update_one({"_id": "chain"}, {"$set": reached}, upsert=True)

    async def sealed(self, punches: Collection[str]) -> set[str]:
        """Which of these punches have their receipt."""
        cursor = self.rows.find({"_id": {"$in": list(punches)}}, {"_id": 1}, batch_size=10_000)
        return {row["_id"] async for row in cursor}

    async def own(self, employee_id: str, first: date, last: date, limit: int) -> tuple[list[Document], int]:
        """The receipts of one employee for punches on these local dates, oldest first, and how many there are."""
        query = {"employee_id": employee_id, "local_date": {"$gte": first.isoformat(), "$lte": last.isoformat()}}
        cursor = self.rows.find(query, {"salt": 0, "data": 0}).sort([("local_date", 1), ("occurred_at", 1)])
        rows: list[Document] = await cursor.to_list(limit)
        return rows, int(await self.rows.count_documents(query))

    async def receipt(self, employee_id: str, punch_id: str) -> Receipt | None:
        """The receipt of a punch of this employee; None when it has none (yet). Raises ValueError where what is stored
        is no receipt any more."""
        row = await self.rows.find_one({"_id": punch_id, "employee_id": employee_id})
        link = await self.links.find_one({"_id": row["link"]}) if row else None
        if row is None or link is None:
            return None
        return receipt_of(row, link)

    async def of_links(self, names: Collection[str]) -> dict[str, dict[int, Document]]:
        """Rows by link and place in it."""
        found: dict[str, dict[int, Document]] = {name: {} for name in names}
        async for row in self.rows.find({"link": {"$in": list(names)}}, batch_size=10_000):
            found[row["link"]][row["index"]] = row
        return found

    async def links_after(self, name: str, limit: int, until: str = "~") -> list[Document]:
        """Links in their order after the one named ("" = from the first), up to `until`."""
        cursor = self.links.find({"_id": {"$gt": name, "$lte": until}}).sort("_id", 1).limit(limit)
        return [link async for link in cursor]

    async def link(self, name: str) -> Document | None:
        """A link by its place."""
        found: Document | None = await self.links.find_one({"_id": name})
        return found

    async def link_before(self, name: str) -> Document | None:
        """The last link before a place."""
        found: list[Document] = await self.links.find({"_id": {"$lt": name}}).sort("_id", -1).to_list(1)
        return found[0] if found else None

    async def days(self, first: date, last: date) -> AsyncIterator[Document]:
        """The last link of each day of the chain."""
        day = last
        while (link := await self.link_before(link_id(day.isoformat(), 99_999_999))) is not None:
            day = date.fromisoformat(link["head"]["day"])
            if day < first:
                return
            yield link
            day = date.fromordinal(day.toordinal() - 1)


def receipt_of(row: Document, link: Document) -> Receipt:
    """A receipt from its row and its link."""
    return Receipt(
        format="kinerja-receipt-1",
        punch=punch_of(row),
        recorded_at=row["recorded_at"],
        salt=bytes(row["salt"]).hex(),
        index=row["index"],
        path=[one.hex() for one in path_of(leaves_of(link), row["index"])],
        head=Head.model_validate(link["head"]),
        signature=link["signature"],
    )


def punch_of(row: Document) -> Any:
    """The punch as it was sealed."""
    return json.loads(row["data"])


def leaves_of(link: Document) -> list[bytes]:
    """The leaf hashes of a link."""
    joined = bytes(link["leaves"])
    return [joined[at : at + HASH] for at in range(0, len(joined), HASH)]


def document_of(link: Link) -> Document:
    """How a link lies in the database."""
    return {
        "_id": link.id,
        "head": link.head.model_dump(),
        "signature": link.signature,
        "leaves": Binary(b"".join(link.leaves)),
        "punches": [punch.punch_id for punch in link.punches],
        "entries": [punch.entry for punch in link.punches],
    }


def rows_of(link: Link) -> list[Document]:
    """The rows of its receipts."""
    return [
        {
            "_id": punch.punch_id,
            "employee_id": punch.punch["employee_id"],
            "local_date": punch.punch["local_date"],
            "occurred_at": punch.punch.get("occurred_at", ""),
            "recorded_at": punch.recorded_at,
            "link": link.id,
            "index": index,
            "entry": punch.entry,
            "salt": Binary(salt),
            "data": Binary(punch.data),
        }
        for index, (punch, salt) in enumerate(zip(link.punches, link.salts, strict=True))
    ]
