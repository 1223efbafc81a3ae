"""Durable timers: something that shall happen at an instant, whatever dies until then.

```
timers = Timers(client, db, {"validation-due": deadlines.passed}, clock=clock)
timers.set("validation-due", entry_id, due, {"due_on": "2026-11-26"}, writes)   # in the transaction it is about
timers.cancel("validation-due", entry_id, writes)
serve(app, settings, background=[timers.run])
```

A timer is a document, one per kind and key; set again it is moved. Any number of processes may `run`: each timer is
claimed by one at a time, by compare-and-set and for the length of a lease, so that the next takes over from one that
was killed. The handler writes in the transaction that removes the timer: it may be begun more than once, its effect is
there exactly once. What was due while nobody ran fires as soon as somebody does, oldest first.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import structlog
from pymongo import ReturnDocument
from pymongo.errors import PyMongoError

from kit import metrics
from kit.mongo import DURABLE, TRIES, Client, Database, Document, Session, in_transaction
from kit.writes import Writes

log = structlog.get_logger()

COLLECTION = "timers"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer that is due."""

    kind: str
    key: str
    due: datetime
    payload: Document


Handler = Callable[[Timer, Session], Awaitable[None]]
"""What happens then. May be run again, so its only effect is what it writes in the session."""


class Lost(RuntimeError):
    """The timer was cancelled, moved, or taken over meanwhile: what was begun is rolled back."""


def timer_row(kind: str, key: str, due: datetime, payload: Document) -> Document:
    """How a timer that nobody has claimed lies in the collection."""
    return {
        "_id": f"{kind}|{key}",
        "kind": kind,
        "key": key,
        "due": due,
        "payload": payload,
        "owner": "",
        "leased": NEVER,
    }


class Timers:
    """The timers of one service. `lease` is how long a handler may take before another process tries, and the pause
    before a handler that failed is tried again; `poll` how late a timer may fire on a quiet day."""

    def __init__(
        self,
        client: Client,
        db: Database,
        handlers: Mapping[str, Handler],
        *,
        clock: Callable[[], datetime],
        lease: timedelta = timedelta(seconds=30),
        poll: timedelta = timedelta(seconds=1),
    ) -> None:
        self.collection = db.get_collection(COLLECTION, write_concern=DURABLE)
        self._client = client
        self._handlers = dict(handlers)
        self._clock = clock
        self._lease = lease
        self._poll = poll

    async def setup(self) -> None:
        """The index by which due ones are found; a transaction cannot make the collection. Idempotent."""
        await self.collection.create_index("due", name="due")

    def set(self, kind: str, key: str, due: datetime, payload: Document, writes: Writes) -> None:
        """Fire at `due`. One that is set already is moved, also from under a handler that has begun."""
        writes.replace(self.collection, timer_row(kind, key, due, payload))

    def cancel(self, kind: str, key: str, writes: Writes) -> None:
        """Do not fire. Nothing happens when there is none any more."""
        writes.delete(self.collection, f"{kind}|{key}")

    async def run(self) -> None:
        """For as long as the process runs."""
        while True:
            try:
                fired = await self.fire_next()
            except PyMongoError as error:
                log.warning("timers wait for the database", error=repr(error))
                fired = False
            if not fired:
                await asyncio.sleep(self._poll.total_seconds())

    async def fire_next(self) -> bool:
        """Fire the oldest timer that is due and nobody's; False when there is none."""
        now, owner = self._clock(), uuid4().hex
        row: Document | None = await self.collection.find_one_and_update(
            {"due": {"$lte": now}, "leased": {"$lte": now}, "kind": {"$in": sorted(self._handlers)}},
            {"$set": {"owner": owner, "leased": now + self._lease}},
            sort=[("due", 1)],
            return_document=ReturnDocument.AFTER,
        )
        metrics.TIMERS_DUE_SECONDS.set((now - row["due"]).total_seconds() if row else 0)
        if row is None:
            return False
        metrics.TIMERS_FIRED.labels(row["kind"], await self._fire(row)).inc()
        return True

    async def _fire(self, row: Document) -> str:
        timer = Timer(row["kind"], row["key"], row["due"], row["payload"])

        async def work(session: Session) -> None:
            # First: whoever cancels, moves or takes over at the same time meets us here.
            mine = {"_id": row["_id"], "owner": row["owner"]}
            if not (await self.collection.delete_one(mine, session=session)).deleted_count:
                raise Lost(row["_id"])
            await self._handlers[timer.kind](timer, session)

        try:
            await in_transaction(self._client, work, tries=TRIES)
        except Lost:
            return "lost"
        except PyMongoError:
            raise  # the lease runs out
        except Exception:
            log.exception("a timer failed and is tried again", kind=timer.kind, seconds=self._lease.total_seconds())
            return "failed"
        return "fired"
