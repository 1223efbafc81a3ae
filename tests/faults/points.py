"""Places in a service where it may be killed (-9), for the process under drill only: the product knows nothing of them.

Each wraps one method of the kit and ends the process at its n-th call, before or after the method's work.
"""

import os
import signal
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from pymongo.client_session import ClientSession

from kit.journal import Journal
from kit.projector.unit import Unit
from kit.relay import Relay


class Count:
    """Ends the process at the n-th call."""

    def __init__(self, number: int) -> None:
        self._left = number

    def down(self) -> None:
        """One call less."""
        self._left -= 1
        if self._left == 0:
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


POINTS: dict[str, Callable[[Count], None]] = {
    # The request is durable, the terminal has not heard of it.
    "intake-stored": lambda count: _after_await(Journal, "append", count),
    # The broker has acknowledged the batch, the relay's position is not saved.
    "relay-acknowledged": lambda count: _before(Relay, "_save", count),
    # Folded in memory; nothing is written.
    "projector-before": lambda count: _before(Unit, "_commit", count),
    # Everything is written in the open transaction and locked; it is not committed.
    "projector-inside": lambda count: _before(ClientSession, "commit_transaction", count),
    # Committed; the process does not know it yet.
    "projector-after": lambda count: _after(Unit, "_commit", count),
}


def arm(point: str, number: int) -> None:
    """Kill this process at the `number`-th passage of `point`."""
    POINTS[point](Count(number))
