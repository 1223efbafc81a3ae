"""The access log: who has read whose data, durable before the data is answered (PRODUCT X3).

```
noting: Annotated[Noting, Depends(noting)]
await noting(ids of the employees in the answer)
```
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Protocol

from fastapi import Request

from contracts.events.access import PersonViewed
from kit.access.principal import Principal
from kit.journal import Fact, Journal

REMEMBERED = 200_000
FACTS_AT_ONCE = 500

Noting = Callable[[Iterable[str]], Awaitable[None]]


class ReadLog(Protocol):
    """Where reads are written down."""

    async def note(self, principal: Principal, people: Iterable[str], operation: str) -> None:
        """Returns when it is on disk that `principal` has read data of `people` by `operation`."""


class Fresh:
    """Which reads of this hour this process has written down already: the last `REMEMBERED` of them."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._seen: OrderedDict[tuple[str, str, str, datetime], None] = OrderedDict()

    def of(self, principal: Principal, people: Iterable[str], operation: str) -> tuple[datetime, list[str]]:
        """Now, and those of `people` who are not written down yet. One's own data is nobody else's business."""
        now = self._clock()
        hour = now.replace(minute=0, second=0, microsecond=0)
        return now, [
            person
            for person in dict.fromkeys(people)
            if person != principal.employee_id and (principal.subject, person, operation, hour) not in self._seen
        ]

    def keep(self, principal: Principal, people: Iterable[str], operation: str, now: datetime) -> None:
        """They are written down."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        for person in people:
            self._seen[principal.subject, person, operation, hour] = None
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)


class JournaledReads:
    """Reads as facts in the service's journal; the relay publishes them."""

    def __init__(self, journal: Journal, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._journal = journal
        self._fresh = Fresh(clock)

    async def note(self, principal: Principal, people: Iterable[str], operation: str) -> None:
        """Raises Unwritten: then nobody may be answered."""
        now, fresh = self._fresh.of(principal, people, operation)
        for first in range(0, len(fresh), FACTS_AT_ONCE):
            some = fresh[first : first + FACTS_AT_ONCE]
            await self._journal.append([self._fact(principal, person, operation, now) for person in some])
        self._fresh.keep(principal, fresh, operation, now)

    def _fact(self, principal: Principal, person: str, operation: str, now: datetime) -> Fact:
        service = self._journal.service
        event = PersonViewed(
            employee_id=person,
            reader=principal.subject,
            reader_id=principal.employee_id,
            roles=tuple(sorted(principal.roles)),
            service=service,
            operation=operation,
            read_at=now,
        )
        # The same for every process that notes the same read, so that a repetition is known as one.
        named = f"{service}\t{principal.subject}\t{person}\t{operation}\t{now:%Y-%m-%dT%H}"
        identity = blake2b(named.encode(), digest_size=16).hexdigest()
        return Fact.of(event, event_id=identity, key=person, time=now)


def noting(request: Request) -> Noting:
    """Dependency: writes down that whoever asks has read data of these people by this route."""
    log: ReadLog = request.app.state.reads
    principal: Principal = request.scope["principal"]
    operation: str = request.scope["route"].name

    async def note(people: Iterable[str]) -> None:
        await log.note(principal, people, operation)

    return note
