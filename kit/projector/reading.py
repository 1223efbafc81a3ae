"""For readers of a view: how far it is, and waiting until it has reached a position."""

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from contracts.events.journal import JournalRelayed
from kit.mongo import Database
from kit.projector.checkpoint import COLLECTION, positions

REMEMBERED = 600


class TooLate(TimeoutError):
    """The view did not reach the position in time; the message says how far it got."""


async def reached(db: Database, view: str) -> dict[tuple[str, int], int]:
    """The next offset of each (topic, partition) the view has folded up to."""
    return positions(await db[COLLECTION].find({"_id": {"$gte": f"{view}:", "$lt": f"{view};"}}).to_list(None))


async def wait_for(
    db: Database, view: str, position: Mapping[tuple[str, int], int], *, timeout: float = 10.0, pause: float = 0.01
) -> None:
    """Return when the view has folded every record below `position` (next offset by topic and partition).

    Gives read-your-writes, and tests without sleeps. Raises TooLate after `timeout` seconds.
    """
    deadline = asyncio.get_running_loop().time() + timeout
    while True:
        now = await reached(db, view)
        behind = {at: (now.get(at, 0), offset) for at, offset in position.items() if now.get(at, 0) < offset}
        if not behind:
            return
        if asyncio.get_running_loop().time() > deadline:
            raise TooLate(f"{view} is behind after {timeout} s: {behind} (reached, wanted)")
        await asyncio.sleep(pause)


@dataclass(frozen=True, slots=True)
class Completeness:
    """Everything `service` recorded up to `complete_to` is in the view; None = not known yet."""

    service: str
    complete_to: datetime | None


class Watermarks:
    """The recent watermarks of each service's relay: the newest one whose positions a view has reached is its claim."""

    def __init__(self) -> None:
        self._seen: dict[str, deque[JournalRelayed]] = {}
        self._best: dict[str, datetime] = {}

    def note(self, key: str, state: JournalRelayed | None) -> None:
        """Listener for the table of `platform.journals`."""
        if state is not None:
            self._seen.setdefault(key, deque(maxlen=REMEMBERED)).append(state)

    def complete_to(self, at: Mapping[tuple[str, int], int], topics: frozenset[str]) -> list[Completeness]:
        """Per service, how far a view that stands `at` and reads `topics` is complete."""
        return [Completeness(service, self._newest(service, at, topics)) for service in sorted(self._seen)]

    def _newest(self, service: str, at: Mapping[tuple[str, int], int], topics: frozenset[str]) -> datetime | None:
        seen = self._seen[service]
        while seen:
            mark = seen[0]
            if any(at.get((p.topic, p.partition), 0) < p.next_offset for p in mark.positions if p.topic in topics):
                break
            # A relay that starts again further back takes no claim away: what was in the view is in it.
            self._best[service] = max(mark.relayed_to, self._best.get(service, mark.relayed_to))
            seen.popleft()
        return self._best.get(service)
