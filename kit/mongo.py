"""MongoDB: the one place that makes a client (ADR 1: motor now, PyMongo Async by changing this file)."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from random import random
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorClientSession, AsyncIOMotorDatabase
from pymongo.errors import (
    ConfigurationError,
    ConnectionFailure,
    CursorNotFound,
    DuplicateKeyError,
    ExecutionTimeout,
    PyMongoError,
    ServerSelectionTimeoutError,
)
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

if TYPE_CHECKING:
    from pymongo import MongoClient
    from pymongo.database import Database as SyncDatabase

    from kit.settings import Settings

Document = dict[str, Any]
T = TypeVar("T")
Client = AsyncIOMotorClient[Document]
Database = AsyncIOMotorDatabase[Document]
Session = AsyncIOMotorClientSession

# The database is away just now, or does not get done: try again. A node that steps down or starts tells a new
# connection that it can be neither written nor read, which the driver takes for a server without sessions and calls a
# ConfigurationError; one that was started anew between two parts of an answer knows nothing of the cursor.
AWAY = (ConnectionFailure, ConfigurationError, CursorNotFound, ExecutionTimeout)

# No change stream can begin there any more: ChangeStreamHistoryLost, ChangeStreamFatalError, InvalidResumeToken.
HISTORY_LOST = {286, 280, 260}

# Acknowledged means on the disk of a majority: nothing is answered before that (DESIGN section 3, stop 3).
DURABLE = WriteConcern(w="majority", j=True)

# For how long a transaction is begun again, and how long it pauses before that: at first, and at most.
AGAIN_SECONDS, AGAIN_LEAST, AGAIN_MOST = 30.0, 0.005, 0.5

AT_ONCE = 10_000  # documents of an answer that come in its first part: the server would send 101, then ask to be asked

TRIES = 3  # of work that makes a document which another may make at the same instant


def connect(settings: "Settings", *, server_selection_seconds: float = 3.0) -> Client:
    """A client whose every write is durable when it returns.

    `server_selection_seconds` bounds how long a call waits for a primary before it fails: short, because a terminal
    that is told "not stored" sends again, while one that waits blocks its queue.
    """
    return connect_uri(
        settings.mongo.get_secret_value(), settings.service, server_selection_seconds=server_selection_seconds
    )


def connect_uri(uri: str, name: str, *, server_selection_seconds: float = 3.0) -> Client:
    """`connect` from a bare URI; `name` is shown in the server's list of connections."""
    return AsyncIOMotorClient(
        uri,
        appname=name,
        w="majority",
        journal=True,
        tz_aware=True,
        uuidRepresentation="standard",
        serverSelectionTimeoutMS=int(server_selection_seconds * 1000),
        connectTimeoutMS=3000,
        io_loop=asyncio.get_running_loop(),
    )


def database(client: Client, settings: "Settings") -> Database:
    """The service's own database; no service names another's."""
    return client[settings.mongo_database]


def blocking(client: Client) -> "MongoClient[Document]":
    """The thread-side PyMongo client below Motor, for code that does many calls in one hop to a worker thread."""
    delegate: MongoClient[Document] = client.delegate
    return delegate


def blocking_database(db: Database) -> "SyncDatabase[Document]":
    """The thread-side database below a Motor database. Instants come and go as UTC without tzinfo: half the cost."""
    delegate: SyncDatabase[Document] = db.delegate
    return delegate.with_options(codec_options=db.codec_options.with_options(tz_aware=False))


def as_kept(at: datetime) -> datetime:
    """An instant in whole milliseconds, as the database keeps it: what is written and what is read again are equal."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


async def in_transaction(client: Client, work: Callable[[Session], Coroutine[Any, Any, T]], *, tries: int = 1) -> T:
    """Run `work` in one transaction and return its result.

    With `tries` (TRIES) a DuplicateKeyError begins it again: somebody made the same document first, now it is there.

    `work` is run again on a transient conflict, so it must have no effect but its writes in the session, and must not
    swallow a DuplicateKeyError (the server has then already aborted; engineering.md section 4.3). While no primary
    answers it is not run again: the caller is told after the time that a call waits for one.

    Motor's own `with_transaction` does the same but for the commit: what goes wrong there it raises at once (3.7.1).
    """
    ends, again = monotonic() + AGAIN_SECONDS, 0
    async with await client.start_session() as session:
        while True:
            try:
                return await _attempt(session, work, ends)
            except DuplicateKeyError:
                tries -= 1
                if tries <= 0:
                    raise
            except ServerSelectionTimeoutError:
                raise
            except PyMongoError as error:
                if not error.has_error_label("TransientTransactionError") or monotonic() > ends:
                    raise
            # Those who met do not meet again.
            await asyncio.sleep(random() * min(AGAIN_LEAST * 1.5**again, AGAIN_MOST))  # noqa: S311 - jitter
            again += 1


async def _attempt(session: Session, work: Callable[[Session], Coroutine[Any, Any, T]], ends: float) -> T:
    session.start_transaction(ReadConcern("snapshot"), DURABLE, max_commit_time_ms=10_000)
    try:
        result = await work(session)
    except BaseException:
        if session.in_transaction:  # type: ignore[truthy-function] # a property, whatever motor's types say
            await session.abort_transaction()
        raise
    while True:
        try:
            await session.commit_transaction()
        except (ServerSelectionTimeoutError, ExecutionTimeout):
            raise
        except PyMongoError as error:
            # It may have been done: to say it again does it once.
            if not error.has_error_label("UnknownTransactionCommitResult") or monotonic() > ends:
                raise
        else:
            return result


async def ping(client: Client) -> None:
    """Raises when no primary answers."""
    await client.admin.command("ping")
