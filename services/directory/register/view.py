"""Reading: one consistent picture of the whole directory, whatever is written meanwhile."""

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any, TypeVar

from kit.mongo import Database, Document, Session
from services.directory.register.kinds import Kind
from services.directory.register.paging import BY_NAME, Order
from services.directory.register.rows import HISTORY, Row, row, visible_at

T = TypeVar("T")
HEAD = "head"
HEAD_ID = "directory"


class View:
    """What readers of head number `visible` see, inside one session (a snapshot, or a transaction).

    `revision` counts commits: two views of one revision see the same.
    """

    def __init__(self, db: Database, session: Session, *, visible: int, revision: int) -> None:
        self._db = db
        self._session = session
        self.visible = visible
        self.revision = revision

    async def one(self, kind: Kind[T], identity: str) -> Row[T] | None:
        """One entity, or None."""
        found = await self._db[kind.collection].find_one(
            {"id": identity, **visible_at(self.visible)}, session=self._session
        )
        return None if found is None else row(kind, found)

    async def many(self, kind: Kind[T], identities: Iterable[str]) -> dict[str, Row[T]]:
        """Those of `identities` that exist, by id."""
        wanted = list(set(identities))
        return {found.id: found async for found in self.all(kind, {"id": {"$in": wanted}})} if wanted else {}

    async def all(
        self, kind: Kind[T], where: Mapping[str, Any] | None = None, *, in_order: bool = False
    ) -> AsyncIterator[Row[T]]:
        """Every entity that matches `where`, streamed; in no particular order, or in that of lists."""
        query = {**visible_at(self.visible), **(where or {})}
        cursor = self._db[kind.collection].find(query, session=self._session, batch_size=2_000)
        if in_order:
            cursor = cursor.sort([("sort", 1), ("id", 1)])
        async for document in cursor:
            yield row(kind, document)

    async def codes(self, kind: Kind[Any]) -> dict[str, str]:
        """The code of every entity, by id."""
        rows = self._db[kind.collection].find(
            visible_at(self.visible), {"_id": 0, "id": 1, "state.code": 1}, session=self._session, batch_size=5_000
        )
        return {row["id"]: row["state"]["code"] async for row in rows}

    async def documents(
        self,
        kind: Kind[Any],
        where: Mapping[str, Any],
        *,
        order: Order = BY_NAME,
        after: tuple[str, str] | None = None,
        limit: int = 0,
    ) -> list[Document]:
        """Raw rows in order, after the position `after` of that order, at most `limit` (0 = all)."""
        clauses: list[Mapping[str, Any]] = [visible_at(self.visible), where]
        if after:
            text, identity = after
            beyond = "$gt" if order.way == 1 else "$lt"
            clauses.append({"$or": [{order.field: {beyond: text}}, {order.field: text, "id": {beyond: identity}}]})
        cursor = self._db[kind.collection].find({"$and": clauses}, session=self._session)
        found: list[Document] = (
            await cursor.sort([(order.field, order.way), ("id", order.way)]).limit(limit).to_list(None)
        )
        return found

    async def count(self, kind: Kind[Any], where: Mapping[str, Any]) -> int:
        """How many entities match."""
        counted: int = await self._db[kind.collection].count_documents(
            {"$and": [visible_at(self.visible), where]}, session=self._session
        )
        return counted

    async def history(self, kind: Kind[Any], identity: str) -> list[Document]:
        """Every state the entity has had, newest first, the present one included; empty when it never existed."""
        # Rows already hidden by an import but not yet moved to the history are still in the collection.
        rows = self._db[kind.collection].find({"id": identity, "since": {"$lte": self.visible}}, session=self._session)
        states: list[Document] = await rows.sort("version", -1).to_list(None)
        known = {state["version"] for state in states}
        past = self._db[HISTORY].find({"kind": kind.name, "id": identity}, session=self._session).sort("version", -1)
        return states + [state async for state in past if state["version"] not in known]
