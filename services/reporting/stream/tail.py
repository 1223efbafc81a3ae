"""Follows the view's change feed in a thread of its own and hands changes to the event loop.

A thread, because the driver's blocking change stream reads a batch per round trip and resumes by itself after a
network error; awaiting one document at a time through Motor costs seven times as much (engineering.md section 8).
Tokens are the hex strings of the stream's resume tokens: they compare as the changes are ordered (MongoDB manual,
change events, resume tokens).
"""

import asyncio
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from bson import Timestamp
from pymongo.errors import OperationFailure, PyMongoError
from pymongo.synchronous.change_stream import CollectionChangeStream

from kit.mongo import HISTORY_LOST, Client, Database, Document, blocking, blocking_database

log = structlog.get_logger()

AWAIT_MS = 250
PAUSE_SECONDS = 0.5
_TOKEN = re.compile("82[0-9A-F]{16,600}")
FIELDS = ("units", "days", "cards", "employees_changed")


@dataclass(frozen=True, slots=True)
class Change:
    """What one committed batch moved; `token` is its place in the order of all changes."""

    token: str
    units: list[tuple[str, str]]
    days: list[str]
    cards: list[str]
    employees: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """From `token` on every change follows. `gap`: changes before it may have been missed."""

    token: str
    gap: bool


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing has happened up to `token`."""

    token: str


Said = Change | Opened | Idle


class Tail:
    """`listener` is called on the event loop, in order. `history` seconds are read first, as far as there are any."""

    def __init__(
        self, client: Client, db: Database, collection: str, history: float, listener: Callable[[Said], None]
    ) -> None:
        self._client = blocking(client)
        self._collection = blocking_database(db)[collection]
        self._history = history
        self._listener = listener
        self._stop = threading.Event()
        self._waiting: list[Said] = []
        self._lock = threading.Lock()

    async def run(self) -> None:
        """Follow until cancelled. A database that is away is waited for."""
        self._loop = asyncio.get_running_loop()
        ended = self._loop.create_future()
        thread = threading.Thread(target=self._run, args=(ended,), name="feed-tail", daemon=True)
        thread.start()
        try:
            await ended
        finally:
            self._stop.set()
            await asyncio.to_thread(thread.join, 2)

    def _run(self, ended: "asyncio.Future[None]") -> None:
        try:
            self._follow()
        except BaseException as error:
            self._loop.call_soon_threadsafe(_fail, ended, error)

    def _follow(self) -> None:
        token: Mapping[str, Any] | None = None
        begun = False
        while not self._stop.is_set():
            try:
                floor, stream = self._open(token, look_back=not begun)
                with stream:
                    if token is None:
                        self._say(Opened(floor, gap=begun))
                    begun = True
                    while not self._stop.is_set() and stream.alive:
                        self._next(stream)
                        token = stream.resume_token or token
                if not self._stop.is_set():
                    log.warning("the feed was dropped or renamed: readers start anew")
                    token = None
            except PyMongoError as error:
                if isinstance(error, OperationFailure) and error.code in HISTORY_LOST:
                    log.warning("the feed cannot be resumed: readers start anew", error=str(error))
                    token = None
                else:
                    log.warning("the feed cannot be followed, trying again", error=str(error))
            self._stop.wait(PAUSE_SECONDS)

    def _open(
        self, token: Mapping[str, Any] | None, *, look_back: bool
    ) -> "tuple[str, CollectionChangeStream[Document]]":
        """The stream, and a token not later than the first change it brings."""
        if token is not None:
            return token["_data"], self._watch(start_after=token)
        now: Timestamp = self._client.admin.command("ping")["operationTime"]
        start = Timestamp(now.time - int(self._history), 1) if look_back else now
        try:
            return token_of(start), self._watch(start_at_operation_time=start)
        except OperationFailure as error:
            if error.code not in HISTORY_LOST:
                raise
        return token_of(now), self._watch(start_at_operation_time=now)

    def _watch(self, **start: Any) -> "CollectionChangeStream[Document]":
        pipeline: list[Document] = [
            {"$match": {"operationType": "insert"}},
            {"$project": {f"fullDocument.{name}": 1 for name in FIELDS}},
        ]
        return self._collection.watch(pipeline, max_await_time_ms=AWAIT_MS, **start)

    def _next(self, stream: "CollectionChangeStream[Document]") -> None:
        change = stream.try_next()
        if change is not None:
            self._say(_read(change))
        elif (token := stream.resume_token) is not None:
            self._say(Idle(token["_data"]))

    def _say(self, said: Said) -> None:
        with self._lock:
            self._waiting.append(said)
            alone = len(self._waiting) == 1
        if alone:
            self._loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        with self._lock:
            said, self._waiting = self._waiting, []
        for one in said:
            self._listener(one)


def token_of(start: Timestamp) -> str:
    """A string that sorts before every token of `start` or later, and after every earlier one.

    A token begins with its cluster time (type byte 0x82 of the server's KeyString, seconds, ordinal; all big-endian
    hex), which is why tokens compare as strings at all.
    """
    return f"82{start.time:08X}{start.inc:08X}"


def is_token(text: str) -> bool:
    """Whether a reader's token can be one of ours."""
    return _TOKEN.fullmatch(text) is not None


def _read(change: Any) -> Change:
    document = change["fullDocument"]
    return Change(
        token=change["_id"]["_data"],
        units=[(unit, date) for unit, date in document.get("units", ())],
        days=document.get("days", []),
        cards=document.get("cards", []),
        employees=bool(document.get("employees_changed")),
    )


def _fail(ended: "asyncio.Future[None]", error: BaseException) -> None:
    if not ended.done():
        ended.set_exception(error)
