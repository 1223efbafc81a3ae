"""Positions: one document per partition number, with the next offset of each topic and the session of its owner.

Whoever takes a partition over writes its own session id into the checkpoint, after ending the transaction its
predecessor may have left open (a writer killed inside one keeps its locks for up to a minute otherwise). From then on
only the owner's compare-and-set matches, so a zombie writes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import structlog
from bson.binary import Binary, UuidRepresentation
from pymongo import MongoClient, UpdateOne
from pymongo.client_session import ClientSession
from pymongo.database import Database

from kit.projector.documents import Document
from kit.projector.outcomes import Fenced

log = structlog.get_logger()

COLLECTION = "checkpoints"


@dataclass(slots=True)
class Position:
    """Where one partition stands: `version` counts its transactions, `next` is the next offset per topic.

    `last` is the event id of the record before it: whoever takes over can see that the log is still the one it was.
    """

    partition: int
    version: int = 0
    next: dict[str, int] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """Where a partition goes from where it stands: the next offset and the last event id per topic."""

    position: Position
    reached: Mapping[str, int]
    last: Mapping[str, str]

    def document(self) -> list[Document]:
        """How the new place is stored."""
        return [
            {"topic": topic, "offset": offset, "last": self.last.get(topic, "")}
            for topic, offset in sorted(self.reached.items())
        ]


class Checkpoints:
    """The positions of one view, `view` being its name and generation, in the view's own database."""

    def __init__(self, client: "MongoClient[Document]", db: "Database[Document]", view: str) -> None:
        self._client = client
        # Session ids stay the binaries they are: as UUIDs they would not equal our own, nor could a command carry them.
        binaries = db.codec_options.with_options(uuid_representation=UuidRepresentation.UNSPECIFIED)
        self._collection = db.get_collection(COLLECTION, codec_options=binaries)
        self._view = view

    def claim(self, partition: int, session: ClientSession) -> Position:
        """Become the owner of a partition and learn where it stands."""
        identity = self._identity(partition)
        mine = session.session_id["id"]
        before = self._collection.find_one({"_id": identity})
        if before is None:
            self._collection.update_one(
                {"_id": identity},
                {"$setOnInsert": {"view": self._view, "partition": partition, "version": 0, "next": []}},
                upsert=True,
            )
        elif before.get("owner") not in (None, mine):
            self._end_session(before["owner"])
        # Written last: reading the position after it would let a living predecessor slip one more batch in between.
        after = self._collection.find_one_and_update(
            {"_id": identity}, {"$set": {"owner": mine, "claimed": datetime.now(UTC)}}, return_document=True
        )
        if after is None:
            raise Fenced(f"checkpoint {identity} vanished while it was claimed")
        return Position(
            partition,
            after["version"],
            {row["topic"]: row["offset"] for row in after["next"]},
            {row["topic"]: row["last"] for row in after["next"] if row.get("last")},
        )

    def advance(self, moves: Sequence[Move], session: ClientSession) -> None:
        """Move partitions on, in the transaction if there is one, all in one round trip.

        Raises Fenced unless we own every one of them just where we think it is.
        """
        mine, at = session.session_id["id"], datetime.now(UTC)
        result = self._collection.bulk_write(
            [
                UpdateOne(
                    {"_id": self._identity(move.position.partition), "version": move.position.version, "owner": mine},
                    {"$set": {"next": move.document(), "at": at}, "$inc": {"version": 1}},
                )
                for move in moves
            ],
            ordered=False,
            session=session,
        )
        if result.matched_count != len(moves):
            expected = ", ".join(f"p{one.position.partition:02d} at version {one.position.version}" for one in moves)
            raise Fenced(f"of {self._view}, {len(moves) - result.matched_count} of {expected} are no longer ours")

    def rewind(self, position: Position, topic: str, session: ClientSession) -> None:
        """Forget how far a topic was read. Raises Fenced when we are not the owner at this position."""
        left = {name: offset for name, offset in position.next.items() if name != topic}
        self.advance([Move(position, left, position.last)], session)
        position.next = left
        position.version += 1

    def release(self, partition: int, session: ClientSession) -> None:
        """Give a drained partition back, so that the next owner has no session to end."""
        self._collection.update_one(
            {"_id": self._identity(partition), "owner": session.session_id["id"]}, {"$set": {"owner": None}}
        )

    def _end_session(self, owner: Binary) -> None:
        """End the predecessor's open transaction; without one this does nothing."""
        log.info("ending the predecessor's session", view=self._view)
        self._client.admin.command({"killSessions": [{"id": owner}]})

    def _identity(self, partition: int) -> str:
        return f"{self._view}:p{partition:02d}"


def positions(documents: list[dict[str, Any]]) -> dict[tuple[str, int], int]:
    """Checkpoint documents as next offset by (topic, partition)."""
    return {(row["topic"], document["partition"]): row["offset"] for document in documents for row in document["next"]}
