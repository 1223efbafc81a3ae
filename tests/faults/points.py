"""Places in a service where it may be killed (-9), for the process under drill only: the product knows nothing of them.

Each wraps one method of the kit and ends the process at its n-th call, before or after the method's work.
"""

import asyncio
import os
import signal
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from kit.journal import Journal
from kit.projector.unit import Unit
from kit.relay import Relay

ANSWER_SECONDS = 0.1


class Count:
    """Ends the process at the n-th call."""

    def __init__(self, number: int) -> None:
        self._left = number

    def down(self) -> None:
        """One call less."""
        if self.last():
            die()

    def last(self) -> bool:
        """One call less; whether it was the one."""
        self._left -= 1
        return self._left == 0


def die() -> None:
    """Nothing is flushed, closed or said."""
    os.kill(os.getpid(), signal.SIGKILL)


def _before(owner: type, name: str, count: Count) -> None:
    method: Callable[..., Any] = getattr(owner, name)

    def counted(*arguments: Any, **named: Any) -> Any:
        count.down()
        return method(*arguments, **named)

    patch.object(owner, name, counted).start()


def _after(owner: type, name: str, count: Count) -> None:
    method: Callable[..., Any] = getattr(owner, name)

    def counted(*arguments: Any, **named: Any) -> Any:
        result = method(*arguments, **named)
        count.down()
        return result

    patch.object(owner, name, counted).start()


def _after_await(owner: type, name: str, count: Count) -> None:
    method: Callable[..., Any] = getattr(owner, name)

    async def counted(*arguments: Any, **named: Any) -> Any:
        result = await method(*arguments, **named)
        count.down()
        return result

    patch.object(owner, name, counted).start()


def _instead_of_storing(count: Count) -> None:
    """Time enough for an answer that does not wait for storage to leave, then the end; the insert never happens."""
    insert: Callable[..., Any] = AsyncIOMotorCollection.insert_many

    async def counted(*arguments: Any, **named: Any) -> Any:
        if count.last():
            await asyncio.sleep(ANSWER_SECONDS)
            die()
        return await insert(*arguments, **named)

    patch.object(AsyncIOMotorCollection, "insert_many", counted).start()


POINTS: dict[str, Callable[[Count], None]] = {
    # Requests are read and wait for their group's insert, which never reaches the database.
    "intake-unstored": _instead_of_storing,
    # The request is durable, the terminal has not heard of it.
    "intake-stored": lambda count: _after_await(Journal, "append", count),
    # A batch of the change stream is in memory; nothing of it is sent.
    "relay-before": lambda count: _before(Relay, "_publish", count),
    # The broker has acknowledged the batch, the relay's position is not saved.
    "relay-acknowledged": lambda count: _before(Relay, "_save", count),
    # Folded in memory; nothing is written.
    "projector-before": lambda count: _before(Unit, "_commit", count),
    # Some of the view's collections are written in the open transaction, the others not.
    "projector-writing": lambda count: _after(Collection, "bulk_write", count),
    # Everything is written in the open transaction and locked; it is not committed.
    "projector-inside": lambda count: _before(ClientSession, "commit_transaction", count),
    # Committed; the process does not know it yet.
    "projector-after": lambda count: _after(Unit, "_commit", count),
}


def arm(point: str, number: int) -> None:
    """Kill this process at the `number`-th passage of `point`."""
    POINTS[point](Count(number))
