"""How punches become links of the chain. Pure: time and salts come in as arguments.

A day of the chain is the agency's day on which punches were recorded, not on which they happened: what comes weeks
late is sealed when it comes, and a day that is closed stays so.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from contracts.envelope import rfc3339
from services.attendance.receipts.hashing import canonical, head_hash, punch_leaf, root_of
from services.attendance.receipts.models import NOTHING, Head

MOST_LEAVES = 1_024
"""Punches of one link: ten hashes in a receipt, and a transaction of a few hundred kilobytes."""


class Recorded(NamedTuple):
    """A punch as the journal has it: the fact, read and as published, when it was recorded, its journal entry."""

    punch_id: str
    punch: Mapping[str, Any]
    data: bytes
    recorded: datetime
    entry: Any

    @property
    def recorded_at(self) -> str:
        """The instant as a receipt says it."""
        return rfc3339(self.recorded)


@dataclass(frozen=True, slots=True)
class Chain:
    """Where a chain is: its last link `number` of `day`, how many `punches` that day has, whether it is closed, and the
    hash of that link."""

    day: date | None = None
    number: int = 0
    punches: int = 0
    closed: bool = True
    last: str = NOTHING


class Link(NamedTuple):
    """One link as stored: what is signed, the leaves under its root, the punches in their order and their salts."""

    head: Head
    signature: str
    leaves: list[bytes]
    salts: list[bytes]
    punches: list[Recorded]

    @property
    def id(self) -> str:
        """Its place: sorts as the chain does."""
        return link_id(self.head.day, self.head.number)


class Signs(Protocol):
    """Who signs."""

    @property
    def key_id(self) -> str:
        """The name of the key."""

    def sign(self, head: Head) -> str:
        """The signature in hexadecimal."""


def read_punch(data: bytes, recorded: datetime, entry: Any) -> Recorded | None:
    """A fact of the journal; None for what is no punch that could ever have been published."""
    try:
        punch = json.loads(data)
        names = (punch["punch_id"], punch["employee_id"], punch["local_date"])
        canonical(punch)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return Recorded(names[0], punch, data, recorded, entry) if all(type(one) is str for one in names) else None


def link_id(day: str, number: int) -> str:
    """The name of a link."""
    return f"{day}/{number:08d}"


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The agency's day of an instant."""
    return at.astimezone(zone).date()


def first_of_each(punches: Iterable[Recorded], sealed: set[str]) -> list[Recorded]:
    """Without those that are `sealed`, each id once: what comes first is what was recorded."""
    found: dict[str, Recorded] = {}
    for punch in punches:
        if punch.punch_id not in sealed:
            found.setdefault(punch.punch_id, punch)
    return list(found.values())


def day_for(chain: Chain, recorded: datetime, now: datetime, zone: ZoneInfo) -> date:
    """The day of the chain for a punch: that on which it was recorded, but never one before the chain's own, never one
    that is closed, and none that has not begun (the clock of some intake is wrong)."""
    day = local_day(min(recorded, now), zone)
    if chain.day is None:
        return day
    return max(day, chain.day + timedelta(days=1) if chain.closed else chain.day)


def cut(
    chain: Chain, punches: Sequence[Recorded], now: datetime, zone: ZoneInfo, most: int = MOST_LEAVES
) -> Iterator[list[Recorded]]:
    """Punches in their order, in pieces that become one link each."""
    piece: list[Recorded] = []
    day: date | None = None
    for punch in punches:
        own = day_for(chain, punch.recorded, now, zone)
        if day is not None:
            own = max(own, day)
        if piece and (own != day or len(piece) == most):
            yield piece
            piece = []
        day = own
        piece.append(punch)
    if piece:
        yield piece


def seal(
    chain: Chain, piece: Sequence[Recorded], salts: Sequence[bytes], zone: ZoneInfo, now: datetime, signer: Signs
) -> tuple[list[Link], Chain]:
    """The links that a piece of `cut` adds (its own, before it the closing one of a day that is over), and the chain
    after them."""
    links: list[Link] = []
    day = day_for(chain, piece[0].recorded, now, zone)
    if chain.day is not None and chain.day < day and not chain.closed:
        link, chain = close(chain, now, signer)
        links.append(link)
    if chain.day != day:
        chain = replace(chain, day=day, number=0, punches=0, closed=False)
    leaves = [punch_leaf(salt, punch.punch, punch.recorded_at) for punch, salt in zip(piece, salts, strict=True)]
    link, chain = _next(chain, leaves, list(salts), list(piece), now, signer)
    return [*links, link], chain


def is_over(chain: Chain, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the chain's day has passed and is not closed yet."""
    return chain.day is not None and not chain.closed and chain.day < local_day(now, zone)


def close(chain: Chain, now: datetime, signer: Signs) -> tuple[Link, Chain]:
    """The link that ends a day: `first` is how many punches the day has."""
    link, after = _next(chain, [], [], [], now, signer, closing=True)
    return link, replace(after, closed=True)


def _next(
    chain: Chain,
    leaves: list[bytes],
    salts: list[bytes],
    punches: list[Recorded],
    now: datetime,
    signer: Signs,
    *,
    closing: bool = False,
) -> tuple[Link, Chain]:
    head = Head(
        day=str(chain.day),
        number=chain.number + 1,
        first=chain.punches,
        size=len(leaves),
        root=root_of(leaves).hex(),
        previous=chain.last,
        closing=closing,
        sealed_at=rfc3339(now),
        key_id=signer.key_id,
    )
    after = replace(chain, number=head.number, punches=head.first + head.size, last=head_hash(head.model_dump()).hex())
    return Link(head, signer.sign(head), leaves, salts, punches), after
