"""Commands that may be sent twice: the same `Idempotency-Key` is done once and answered the same every time.

The key is inserted before the work begins, so of two requests at once exactly one works (engineering.md section 4.3:
insert first, never look first). The other waits a little for the answer, then is told to come back. An answer is kept
for a day. A process that dies at work leaves a lease behind; when it runs out the next request takes over.

To be exact even then, store the answer in the same transaction as the work:

```
async def work(attempt: Attempt) -> Answer:
    answer = Answer.of(created, status=201)
    async def write(session: Session) -> None:
        await posts.insert(created, session)
        await attempt.finish(answer, session)
    await in_transaction(client, write)
    return answer

return await idempotency.respond(request, key, work)
```

Where many commands share a transaction (kit/gathering.py) nothing is inserted before: `respond_within`, with `done` and
`Done.answer` in the transaction. That costs no write of its own and leaves no lease, but two at once may both be worked
out before one of them is begun again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Annotated
from uuid import uuid4

import structlog
from fastapi import Header, Request, Response
from pydantic import BaseModel
from pymongo.errors import DuplicateKeyError, PyMongoError

from kit import metrics
from kit.access.principal import Principal
from kit.mongo import DURABLE, Database, Document, Session
from kit.problems import Problem
from kit.writes import Writes

log = structlog.get_logger()

COLLECTION = "idempotency"
REPLAYED = "idempotency-replayed"

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=128,
        pattern=r"^[\x21-\x7e]+$",
        description="Chosen by the caller, new for each command, the same when the command is sent again (a UUID)",
    ),
]


class Superseded(RuntimeError):
    """Another process took this command over after the lease ran out; what this one wrote must be rolled back."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered, now and to every repetition."""

    status: int
    body: bytes
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, model: BaseModel, status: int = 200, headers: Mapping[str, str] | None = None) -> "Answer":
        """A model as JSON."""
        return cls(status, model.model_dump_json().encode(), headers=headers or {})

    def response(self, *, replayed: bool) -> Response:
        """The HTTP answer; a repetition carries `Idempotency-Replayed: true`."""
        headers = dict(self.headers) | ({REPLAYED: "true"} if replayed else {})
        return Response(self.body, status_code=self.status, headers=headers, media_type=self.media_type)


@dataclass(frozen=True, slots=True)
class Command:
    """What is asked for; the same one has the same scope (caller and route) and key. `body` is its hash."""

    scope: str
    key: str
    body: str

    @property
    def identity(self) -> dict[str, str]:
        """Its id in the collection."""
        return {"scope": self.scope, "key": self.key}

    @classmethod
    async def of(cls, request: Request, key: str) -> "Command":
        """Of an HTTP request."""
        asking: Principal | None = request.scope.get("principal")
        scope = f"{request.method} {request.url.path} {asking.subject if asking else ''}".rstrip()
        return cls(scope, key, sha256(await request.body()).hexdigest())


class Repeated(Exception):  # noqa: N818 - no error: it was done
    """The command was done before: its answer is repeated instead."""


class Idempotency:
    """The keys of one service. `keep` is how long answers are repeated, `lease` how long one attempt may take before
    another may take over, `patience` how long a second request waits for the first before it is told to come back."""

    def __init__(
        self,
        db: Database,
        *,
        keep: timedelta = timedelta(days=1),
        lease: timedelta = timedelta(seconds=30),
        patience: timedelta = timedelta(seconds=2),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.collection = db.get_collection(COLLECTION, write_concern=DURABLE)
        self.clock = clock
        self.keep = keep
        self._lease = lease
        self._patience = patience

    async def setup(self) -> None:
        """Create the index that lets old answers expire. Idempotent."""
        await self.collection.create_index("expires", expireAfterSeconds=0, name="expires")

    async def respond(self, request: Request, key: str, work: Callable[["Attempt"], Awaitable[Answer]]) -> Response:
        """Do `work` once for this caller, route and key; repeat its answer afterwards.

        Raises Problem 409 when the key was used with another body, or when the first attempt is still running (with
        Retry-After). An error of `work` forgets the key, so that the command may be sent again.
        """
        answer, replayed = await self.once(await Command.of(request, key), work)
        return answer.response(replayed=replayed)

    async def respond_within(
        self, request: Request, key: str, work: Callable[[Command], Awaitable[Answer]]
    ) -> Response:
        """`respond` for work that asks what is `done` and answers in its own transaction: nothing is noted before, so
        that nothing is left behind, and of two at once the second finds the first's answer.

        `work` raises Repeated for a command that is known. Raises Problem 409 when the key was used with another body.
        """
        command = await Command.of(request, key)
        try:
            answer = await work(command)
        except (Repeated, Problem):
            # Also when it is refused: what was done stays done, though it could not be done again.
            found: Document | None = await self.collection.find_one({"_id": command.identity})
            if found is None:
                raise
            _count("replayed")
            return _same(found, command.body).response(replayed=True)
        _count("first")
        return answer.response(replayed=False)

    async def done(self, commands: Collection[Command], writes: Writes) -> "Done":
        """Which of these were done, for the transaction of `writes`."""
        identities = [command.identity for command in commands]
        query = {"_id": {"$in": identities}}
        found = await self.collection.find(query, {"_id": 1}, session=writes.session).to_list(None) if commands else []
        return Done(self, writes, {(row["_id"]["scope"], row["_id"]["key"]) for row in found})

    async def once(self, command: Command, work: Callable[["Attempt"], Awaitable[Answer]]) -> tuple[Answer, bool]:
        """`respond` without HTTP: (answer, was it a repetition)."""
        attempt = Attempt(self, command.identity, command.body)
        known = await self._begin(attempt)
        if known is not None:
            _count("replayed")
            return known, True
        _count("first")
        try:
            answer = await work(attempt)
            if not attempt.finished:
                await attempt.finish(answer)
        except BaseException:
            await asyncio.shield(attempt.forget())
            raise
        return answer, False

    async def _begin(self, attempt: "Attempt") -> Answer | None:
        """None when the work is ours to do, else the stored answer."""
        deadline = asyncio.get_running_loop().time() + self._patience.total_seconds()
        pause = 0.02
        while True:
            try:
                await self.collection.insert_one(attempt.document(self.clock() + self._lease))
                return None
            except DuplicateKeyError:
                found: Document | None = await self.collection.find_one({"_id": attempt.identity})
            if found is None:
                continue  # expired or forgotten in between
            if "status" in found or found["body"] != attempt.body:
                return _same(found, attempt.body)
            if found["lease"] < self.clock() and await self._take_over(attempt, found["owner"]):
                return None
            if asyncio.get_running_loop().time() >= deadline:
                _count("in_progress")
                raise Problem(
                    409,
                    "idempotency-in-progress",
                    "Perintah yang sama masih diproses",
                    "Kirim ulang dengan Idempotency-Key yang sama beberapa saat lagi.",
                    headers={"Retry-After": "1"},
                )
            await asyncio.sleep(pause)
            pause = min(pause * 2, 0.25)

    async def _take_over(self, attempt: "Attempt", dead: str) -> bool:
        taken = await self.collection.update_one(
            {"_id": attempt.identity, "owner": dead, "status": {"$exists": False}},
            {"$set": {"owner": attempt.owner, "lease": self.clock() + self._lease}},
        )
        return bool(taken.matched_count)


class Done:
    """The commands that were done before a transaction, or in it."""

    def __init__(self, keys: Idempotency, writes: Writes, known: set[tuple[str, str]]) -> None:
        self._keys, self._writes, self._known = keys, writes, known

    def check_new(self, command: Command) -> None:
        """Raises Repeated when it was done."""
        if (command.scope, command.key) in self._known:
            raise Repeated

    def answer(self, command: Command, answer: Answer) -> None:
        """It is done now: its answer is written with what it did."""
        self._known.add((command.scope, command.key))
        row = {"_id": command.identity, "body": command.body, "expires": self._keys.clock() + self._keys.keep}
        self._writes.insert(self._keys.collection, row | _finished(answer))


class Attempt:
    """One try at one command."""

    def __init__(self, keys: Idempotency, identity: dict[str, str], body: str) -> None:
        self._keys = keys
        self.identity = identity
        self.body = body
        self.owner = uuid4().hex
        self.finished = False

    def document(self, lease: datetime) -> Document:
        """How the attempt is stored before the work begins."""
        return {
            "_id": self.identity,
            "body": self.body,
            "owner": self.owner,
            "lease": lease,
            "expires": self._keys.clock() + self._keys.keep,
        }

    async def finish(self, answer: Answer, session: Session | None = None) -> None:
        """Store the answer; with `session`, in the transaction of the work. Raises Superseded."""
        done = await self._keys.collection.update_one(
            {"_id": self.identity, "owner": self.owner}, {"$set": _finished(answer)}, session=session
        )
        if not done.matched_count:
            raise Superseded(f"{self.identity['scope']}: the command was taken over after its lease ran out")
        self.finished = True

    async def forget(self) -> None:
        """The work failed: the command may be sent again at once, or after the lease when the database is away too."""
        try:
            await self._keys.collection.delete_one(
                {"_id": self.identity, "owner": self.owner, "status": {"$exists": False}}
            )
        except PyMongoError as error:
            log.warning("a failed command keeps its key until the lease runs out", error=repr(error))


def _same(found: Document, body: str) -> Answer:
    if found["body"] != body:
        _count("conflict")
        raise Problem(
            409,
            "idempotency-key-reused",
            "Kunci idempotensi sudah dipakai",
            "Idempotency-Key ini sudah dipakai untuk isi yang berbeda. Pakai kunci baru untuk perintah baru.",
        )
    return Answer(found["status"], found["answer"], found["media_type"], found["headers"])


def _finished(answer: Answer) -> Document:
    return {
        "status": answer.status,
        "answer": answer.body,
        "media_type": answer.media_type,
        "headers": dict(answer.headers),
    }


def _count(outcome: str) -> None:
    metrics.IDEMPOTENT_REQUESTS.labels(outcome).inc()
