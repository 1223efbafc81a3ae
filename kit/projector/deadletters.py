"""Records that can never be folded: kept whole in the view's database, in the transaction that moves past them.

The entities they leave incomplete are marked in `incomplete`, so that a reader can say so; a replay that succeeds
clears the mark. A replay puts the record back on its own topic and partition: the owner folds it like any other, and
the header `kinerja-deadletter` tells it which letter it answers. Refused again it is the same letter, with the newest
reason and one refusal more. Who replayed or dropped a letter, and when, is kept with it.
"""

import re
from collections.abc import AsyncIterator, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaProducer
from pymongo import ASCENDING, UpdateOne
from pymongo.client_session import ClientSession
from pymongo.database import Database as SyncDatabase

from contracts.envelope import attribute
from kit.mongo import Database, Document

LETTERS = "dead_letters"
INCOMPLETE = "incomplete"
ANSWERS = "kinerja-deadletter"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who deals with a letter: the account, and the employee behind it if there is one."""

    subject: str
    employee_id: str | None = None


def setup(db: "SyncDatabase[Document]") -> None:
    """Collections and indexes, before anything is folded: a transaction should not create them."""
    db[LETTERS].create_index([("status", ASCENDING), ("first_seen", ASCENDING)], name="waiting")
    db[LETTERS].create_index([("view", ASCENDING), ("status", ASCENDING)], name="counted")
    db[INCOMPLETE].create_index([("letters", ASCENDING)], name="letters")


def letter(view: str, record: Any, reason: str) -> Document:
    """One dead letter: where it was, what it said, why it cannot be folded."""
    answers = attribute(record.headers, ANSWERS)
    return {
        # A replay that is poison again is the same letter, still waiting. Other views read the replay too: to them it
        # is a record like any other.
        "_id": answers if _ours(view, answers) else f"{view}:{record.topic}:{record.partition}:{record.offset}",
        "view": view,
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "key": record.key,
        "headers": [[name, value] for name, value in record.headers],
        "value": record.value,
        "reason": reason,
        "status": "waiting",
        "first_seen": datetime.now(UTC),
    }


def keep(
    db: "SyncDatabase[Document]",
    letters: Sequence[Document],
    lacking: Sequence[tuple[str, str]],
    session: ClientSession,
) -> None:
    """Inside the transaction: store letters and mark (entity, letter id) pairs as incomplete."""
    db[LETTERS].bulk_write(
        [UpdateOne({"_id": row["_id"]}, _kept(row), upsert=True) for row in letters], session=session
    )
    if lacking:
        db[INCOMPLETE].bulk_write(
            [UpdateOne({"_id": who}, {"$addToSet": {"letters": which}}, upsert=True) for who, which in lacking],
            session=session,
        )


def _kept(row: Document) -> Document:
    """A letter that is there already is only refused once more."""
    first = {name: value for name, value in row.items() if name != "reason"}
    refused = {"reason": row["reason"], "refused": row["first_seen"]}
    return {"$setOnInsert": first, "$set": refused, "$inc": {"refusals": 1}}


def answered(view: str, records: Sequence[Any], poison: Set[int]) -> list[str]:
    """The letters of this view that `records` are replays of, those whose `id()` is in `poison` left out.

    A replay carries one header more, the last one, so that ordinary records cost one look.
    """
    return [
        letter_id
        for record in records
        if record.headers and record.headers[-1][0] == ANSWERS and id(record) not in poison
        if _ours(view, letter_id := (record.headers[-1][1] or b"").decode("utf-8", "replace"))
    ]


def _ours(view: str, letter_id: str) -> bool:
    return letter_id.startswith(f"{view}:")


def clear(db: "SyncDatabase[Document]", letters: Sequence[str], session: ClientSession) -> None:
    """Inside the transaction: these letters were folded after all."""
    now = datetime.now(UTC)
    db[LETTERS].update_many(
        {"_id": {"$in": list(letters)}}, {"$set": {"status": "replayed", "ended": now}}, session=session
    )
    these = {"$in": list(letters)}
    db[INCOMPLETE].update_many({"letters": these}, {"$pull": {"letters": these}}, session=session)
    db[INCOMPLETE].delete_many({"letters": []}, session=session)


async def waiting(db: Database, limit: int = 100) -> AsyncIterator[Document]:
    """Letters nobody has dealt with, oldest first."""
    async for row in db[LETTERS].find({"status": "waiting"}).sort("first_seen", 1).limit(limit):
        yield row


def replaying(row: Document) -> bool:
    """Whether a letter is back on its topic and neither folded nor refused yet."""
    last = row["replays"][-1] if row.get("replays") else None
    return bool(
        last and row["status"] == "waiting" and last.get("acknowledged") and last["refusals"] == row.get("refusals", 1)
    )


async def replay(db: Database, producer: AIOKafkaProducer, letter_id: str, by: Actor) -> bool:
    """Put one letter back on its topic. False when there is none waiting under this id.

    Returns when the broker has it; raises its error when it does not. Who tries is written down first. The status
    stays `waiting` until a projector has folded it: a replay that is poison again changes nothing.
    """
    row = await db[LETTERS].find_one({"_id": letter_id, "status": "waiting"})
    if row is None:
        return False
    attempt = uuid4().hex
    tried = {"id": attempt, **asdict(by), "at": datetime.now(UTC), "refusals": row.get("refusals", 1)}
    await db[LETTERS].update_one({"_id": letter_id}, {"$push": {"replays": tried}})
    headers = [(name, value) for name, value in row["headers"] if name != ANSWERS]
    headers.append((ANSWERS, letter_id.encode()))
    await producer.send_and_wait(row["topic"], row["value"], row["key"], row["partition"], headers=headers)
    await db[LETTERS].update_one({"_id": letter_id, "replays.id": attempt}, {"$set": {"replays.$.acknowledged": True}})
    return True


async def drop(db: Database, letter_id: str, reason: str, by: Actor) -> bool:
    """Give a letter up, with the reason. The entities it concerns stay marked incomplete: they are."""
    now = datetime.now(UTC)
    result = await db[LETTERS].update_one(
        {"_id": letter_id, "status": "waiting"},
        {"$set": {"status": "dropped", "why": reason, "ended": now, "dropped": {**asdict(by), "at": now}}},
    )
    return bool(result.modified_count)


def as_text(value: bytes | None) -> str | None:
    """Bytes as text, with what is no text or would not be seen written as an escape."""
    if value is None:
        return None
    return "".join(
        one if one.isprintable() or one in "\n\t" else one.encode("unicode_escape").decode()
        for one in value.decode("utf-8", "backslashreplace")
    )


async def forget(db: Database, view: str) -> None:
    """A retired view: its letters go, and the marks they left."""
    its = {"$regex": f"^{re.escape(view)}:"}
    await db[INCOMPLETE].update_many({"letters": its}, {"$pull": {"letters": its}})
    await db[INCOMPLETE].delete_many({"letters": []})
    await db[LETTERS].delete_many({"_id": its})
