"""Who a PIN is, from memory: bounded, filled by one query for many concurrent requests, followed for changes.

A miss is not remembered: a PIN enrolled a moment ago is found at once. Several intake processes agree because each
follows the collection's change stream.
"""

import asyncio
from collections.abc import Iterable

from kit.mongo import Database, Document
from services.attendance.enrolments.rules import FOREVER, Holder, Tenure, pin_key
from services.attendance.following import Change

COLLECTION = "enrolments"


def holder_of(document: Document) -> Holder:
    """The holder as stored: one employee, or a list of tenures when the PIN has changed hands."""
    former = [Tenure(past["until"], past["employee_id"]) for past in document.get("former", ())]
    current: str | None = document["employee_id"]
    if former or current is None:
        return (*former, Tenure(FOREVER, current))
    return current


class Enrolments:
    """`limit` bounds the PINs remembered: two generations of half that many, the older one is dropped whole."""

    collections = (COLLECTION,)

    def __init__(self, db: Database, *, limit: int = 100_000) -> None:
        self._collection = db.get_collection(COLLECTION)
        self._half = max(1, limit // 2)
        self._young: dict[str, Holder] = {}
        self._old: dict[str, Holder] = {}
        self._wanted: set[str] = set()
        self._changed: set[str] | None = None
        self._next: asyncio.Future[dict[str, Holder]] | None = None
        self._loader: asyncio.Task[None] | None = None

    async def holders(self, space: str, pins: Iterable[str]) -> dict[str, Holder]:
        """The holders of those PINs that are known in `space`. Raises the driver's error when storage is away."""
        found: dict[str, Holder] = {}
        missing: dict[str, str] = {}
        for pin in pins:
            key = pin_key(space, pin)
            holder = self._young.get(key)
            if holder is None:
                holder = self._promote(key)
            if holder is None:
                missing[key] = pin
            else:
                found[pin] = holder
        if missing:
            loaded = await self._load(missing)
            found.update({pin: loaded[key] for key, pin in missing.items() if key in loaded})
        return found

    def forget(self, key: str) -> None:
        """The enrolment changed: ask again next time."""
        self._young.pop(key, None)
        self._old.pop(key, None)
        if self._changed is not None:
            self._changed.add(key)

    def forget_all(self) -> None:
        """Very many changed: ask again for all."""
        for key in [*self._young, *self._old]:
            self.forget(key)
        self._young, self._old = {}, {}

    async def load(self) -> None:
        """Nothing is read ahead of being asked for; changes may have been missed."""
        self.forget_all()

    async def apply(self, change: Change) -> None:
        """An enrolment changed."""
        self.forget(change["documentKey"]["_id"])

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    def _promote(self, key: str) -> Holder | None:
        holder = self._old.pop(key, None)
        if holder is not None:
            self._remember(key, holder)
        return holder

    def _remember(self, key: str, holder: Holder) -> None:
        if len(self._young) >= self._half:
            self._old, self._young = self._young, {}
        self._young[key] = holder

    async def _load(self, keys: Iterable[str]) -> dict[str, Holder]:
        """Join the next query. While one is on its way, everybody's misses gather for the one after it."""
        self._wanted.update(keys)
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
        waiting = self._next
        if self._loader is None or self._loader.done():
            self._loader = asyncio.create_task(self._query_all(), name="enrolments")
        return await asyncio.shield(waiting)

    async def _query_all(self) -> None:
        while self._next is not None:
            wanted, self._wanted = self._wanted, set()
            answer, self._next = self._next, None
            self._changed = set()
            try:
                documents = await self._collection.find({"_id": {"$in": list(wanted)}}).to_list(None)
            except Exception as error:  # handed to everybody who waits for this query
                answer.set_exception(error)
                answer.exception()  # all of them may be gone by now
                continue
            found = {document["_id"]: holder_of(document) for document in documents}
            # What changed while the query ran may have been read in its old state: answer with it, do not keep it.
            for key in found.keys() - self._changed:
                self._remember(key, found[key])
            self._changed = None
            answer.set_result(found)
