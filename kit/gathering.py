"""Group commit: while one write is on its way, what arrives waits and leaves together in the next.

So the cost of a durable write is shared by whoever asks at the same time, a quiet system answers at once, and those who
would change the same document do not meet in the database: one process has one writer.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

import structlog
from pymongo.errors import PyMongoError

from kit.mongo import AWAY, TRIES, Client, Session, in_transaction

log = structlog.get_logger()

T = TypeVar("T")
R = TypeVar("R")
Write = Callable[[Sequence[T]], Awaitable[Sequence[R | Exception]]]
"""Writes a group; what came of each, in order: an exception is raised for that one alone."""


class Unwritten(RuntimeError):
    """The group is not known to be stored: do not acknowledge. The cause is what went wrong."""


class Gathering(Generic[T, R]):
    """`most` bounds a group; `in_flight` how many groups may be on their way at once."""

    def __init__(self, write: Write[T, R], *, most: int = 500, in_flight: int = 1) -> None:
        self._write = write
        self._most = most
        self._in_flight = in_flight
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._writing = 0
        self._writers: set[asyncio.Task[None]] = set()

    async def put(self, item: T) -> R:
        """What came of `item`, once its group is durable. Raises Unwritten, and what was found wrong with the item.

        A caller that goes away takes nothing back: its item is written all the same.
        """
        outcome: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, outcome))
        if self._writing < self._in_flight:
            self._writing += 1
            writer = asyncio.create_task(self._write_all())
            self._writers.add(writer)
            writer.add_done_callback(self._writers.discard)
        return await outcome

    async def _write_all(self) -> None:
        try:
            await self._write_groups()
        finally:
            # Not when the task is known to be done: who is woken by it before that and asks again would wait for ever.
            self._writing -= 1

    async def _write_groups(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            try:
                outcomes = await self._write([item for item, _ in group])
            except PyMongoError as error:
                _fail(group, error)
            except BaseException as error:  # the process ends, or a bug: nobody may wait for a writer that is gone
                left, self._waiting = self._waiting, []
                _fail([*group, *left], error)
                raise
            else:
                for (_, waiting), outcome in zip(group, outcomes, strict=True):
                    if waiting.done():
                        continue  # the caller went away
                    if isinstance(outcome, Exception):
                        waiting.set_exception(outcome)
                    else:
                        waiting.set_result(outcome)


def _fail(group: Sequence[tuple[T, "asyncio.Future[R]"]], cause: BaseException) -> None:
    for _, waiting in group:
        if not waiting.done():
            # One each: two callers that raise the same exception would share its traceback.
            failure = Unwritten(f"{len(group)} that were to be written together are not known to be stored")
            failure.__cause__ = cause
            waiting.set_exception(failure)


def together(
    client: Client, work: Callable[[Sequence[T], Session], Awaitable[Sequence[R | Exception]]], *, most: int = 100
) -> Gathering[T, R]:
    """A gathering whose groups are transactions: `work` writes a group in a session, and may be begun again.

    Where a group fails for another reason than that the database is away, each of it is tried alone: what cannot be
    done fails nobody beside it.
    """

    async def transaction(items: Sequence[T]) -> Sequence[R | Exception]:
        async def attempt(session: Session) -> Sequence[R | Exception]:
            return await work(items, session)

        return await in_transaction(client, attempt, tries=TRIES)

    async def alone(item: T) -> R | Exception:
        try:
            return (await transaction([item]))[0]
        except AWAY:
            raise
        except Exception as error:  # noqa: BLE001 - raised to whoever asked
            return error

    async def write(items: Sequence[T]) -> Sequence[R | Exception]:
        if len(items) > 1:
            try:
                return await transaction(items)
            except AWAY:
                raise
            except Exception as error:  # noqa: BLE001 - raised below, by whom it is about
                log.warning(
                    "a group could not be written and is written one by one", size=len(items), error=repr(error)
                )
        return [await alone(item) for item in items]

    return Gathering(write, most=most)
