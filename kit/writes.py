"""What a transaction has to write, gathered: one bulk write for each collection, however many did something in it.

```
writes = Writes(session)
writes.replace(entries, entry)
writes.delete(timers, key)
await writes.flush()
```
"""

from typing import Any

from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import DeleteOne, InsertOne, ReplaceOne
from pymongo.errors import BulkWriteError, DuplicateKeyError

from kit.mongo import Document, Session

Collection = AsyncIOMotorCollection[Document]
Operation = InsertOne[Document] | ReplaceOne[Document] | DeleteOne
DUPLICATE = 11000


class Writes:
    """Not yet in the database before `flush`; reads of `session` do not see it. By collection it keeps its order."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._operations: dict[str, tuple[Collection, list[Operation]]] = {}

    def insert(self, collection: Collection, document: Document) -> None:
        """A new document. `flush` raises DuplicateKeyError when there is one."""
        self._add(collection, InsertOne(document))

    def replace(self, collection: Collection, document: Document) -> None:
        """This document, new or in place of the one with its id."""
        self._add(collection, ReplaceOne({"_id": document["_id"]}, document, upsert=True))

    def delete(self, collection: Collection, identity: Any) -> None:
        """Remove a document; nothing happens when there is none."""
        self._add(collection, DeleteOne({"_id": identity}))

    async def flush(self) -> None:
        """Write all of it. Raises DuplicateKeyError, after which the transaction must end."""
        gathered, self._operations = self._operations, {}
        for collection, operations in gathered.values():
            try:
                await collection.bulk_write(operations, session=self.session)
            except BulkWriteError as error:
                if any(one["code"] == DUPLICATE for one in error.details["writeErrors"]):
                    raise DuplicateKeyError(str(error), DUPLICATE, error.details) from error
                raise

    def _add(self, collection: Collection, operation: Operation) -> None:
        self._operations.setdefault(collection.name, (collection, []))[1].append(operation)
