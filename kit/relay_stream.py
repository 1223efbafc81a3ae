"""A change stream read a whole batch per call, by the server's own aggregate and getMore commands.

The drivers' iterators hand out one document per hop (10,100/s through Motor); a batch a call follows a journal at
70,000/s and more. Source: MongoDB manual, change streams, `postBatchResumeToken`.
"""

from typing import Any

from bson import Int64
from pymongo.errors import OperationFailure

from kit.mongo import HISTORY_LOST, Client, Database, Document, Session

AWAIT_MS = 250


class HistoryLost(RuntimeError):
    """The server can no longer resume from this token: read the collection itself, then follow anew."""


class JournalStream:
    """Inserts of one collection, from a token on. Entries come as the journal wrote them, without raw bytes.

    Whoever wants others says so in a class of its own: `wanted` which entries, `fields` what of them, `beside` what of
    the change itself comes with them (`clusterTime`: when the server has stored it).
    """

    wanted: Document = {"facts.0": {"$exists": True}}
    fields = {"facts": 1, "trace": 1, "recorded": 1}
    beside: tuple[str, ...] = ()

    def __init__(self, client: Client, db: Database, collection: str, batch: int) -> None:
        self._client = client
        self._db = db
        self._collection = collection
        self._batch = batch
        self._session: Session | None = None
        self._cursor: Int64 | None = None

    async def open(self, token: Document | None) -> Document:
        """Start after `token`, or now; returns the token that resumes from here. Raises HistoryLost."""
        await self.close()
        self._session = await self._client.start_session()
        stage: Document = {"$changeStream": {"resumeAfter": token} if token else {}}
        pipeline: list[Document] = [
            stage,
            {"$match": {"operationType": "insert", **{f"fullDocument.{key}": one for key, one in self.wanted.items()}}},
            {"$project": {**{f"fullDocument.{name}": 1 for name in self.fields}, **dict.fromkeys(self.beside, 1)}},
        ]
        reply = await self._command(
            {"aggregate": self._collection, "pipeline": pipeline, "cursor": {"batchSize": 0}, "readConcern": MAJORITY}
        )
        self._cursor = Int64(reply["id"])
        first: Document = reply["postBatchResumeToken"]
        return first

    async def next(self) -> tuple[list[Document], Document]:
        """The next entries (none after 250 ms without any) and the token to resume after them."""
        reply = await self._command(
            {
                "getMore": self._cursor,
                "collection": self._collection,
                "batchSize": self._batch,
                "maxTimeMS": AWAIT_MS,
            }
        )
        changes = reply["nextBatch"]
        if self.beside:
            for change in changes:
                change["fullDocument"] |= {name: change[name] for name in self.beside}
        return [change["fullDocument"] for change in changes], reply["postBatchResumeToken"]

    async def close(self) -> None:
        """End the server's cursor with its session."""
        if self._session is not None:
            await self._session.end_session()
            self._session = self._cursor = None

    async def _command(self, command: Document) -> Document:
        try:
            reply: Any = await self._db.command(command, session=self._session, codec_options=self._db.codec_options)
        except OperationFailure as error:
            if error.code in HISTORY_LOST:
                raise HistoryLost(str(error)) from error
            raise
        cursor: Document = reply["cursor"]
        return cursor


MAJORITY = {"level": "majority"}
