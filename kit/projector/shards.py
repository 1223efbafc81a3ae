"""Totals across partitions. Each writer adds to a shard of its own; whoever reads a total sums its shards.

A writer's shard carries the lowest partition number it owns: to own that partition it had to end whatever its
predecessor left open there, so no two transactions ever wait for each other on a shard, and one process writes one
shard however many partitions it has (ADR 13). As a shard is only ever added to, it may be negative; the sum is not.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from pymongo import UpdateOne

from contracts.topics import PARTITIONS

Document = dict[str, Any]


class Change:
    """What one total moves by in a batch, written as one `$inc`."""

    __slots__ = ("base", "latest", "sums")

    def __init__(self, base: Mapping[str, Any]) -> None:
        self.base = base
        self.sums: dict[str, int] = {}
        self.latest: dict[str, datetime] = {}


class Shards:
    """What one batch of one writer adds to totals, by logical collection and id of the total."""

    def __init__(self, writer: int) -> None:
        self.writer = writer
        self._changes: dict[str, dict[str, Change]] = {}

    def add(
        self,
        collection: str,
        total: str,
        base: Mapping[str, Any],
        sums: Mapping[str, int],
        latest: Mapping[str, datetime] | None = None,
    ) -> None:
        """Move a total by contribution(new) - contribution(old).

        `base` names what the total is of (written when its shard is created), `sums` are added, `latest` keeps the
        maximum.
        """
        changes = self._changes.setdefault(collection, {})
        change = changes.get(total)
        if change is None:
            change = changes[total] = Change(base)
        for field, amount in sums.items():
            change.sums[field] = change.sums.get(field, 0) + amount
        for field, instant in (latest or {}).items():
            if field not in change.latest or change.latest[field] < instant:
                change.latest[field] = instant

    def changes(self, collection: str) -> dict[str, Change]:
        """The totals of a collection that moved, by id."""
        return self._changes.get(collection, {})

    def writes(self) -> Iterator[tuple[str, list[UpdateOne]]]:
        """What to write, per logical collection."""
        for collection, changes in self._changes.items():
            updates = (_update(shard_id(total, self.writer), change) for total, change in changes.items())
            if some := [update for update in updates if update is not None]:
                yield collection, some


def shard_id(total: str, writer: int) -> str:
    """The `_id` of a writer's shard of a total."""
    return f"{total}|p{writer:02d}"


def shard_ids(total: str) -> list[str]:
    """The ids of all shards a total can have."""
    return [shard_id(total, writer) for writer in range(PARTITIONS)]


def stem(shard: str) -> str:
    """What the ids of all shards of a total begin with, in their order. No other id does: no total ends in `|p0`."""
    return shard[:-2]


def summed(shards: Iterable[Document]) -> dict[str, int]:
    """What a total's shards sum to, by dotted field, without the zeros that counting up and down leaves behind.

    Instants are left out: they say when to look and depend on what was folded on the way.
    """
    sums: dict[str, int] = {}
    for shard in shards:
        for field, amount in _amounts(shard, ""):
            sums[field] = sums.get(field, 0) + amount
    return {field: amount for field, amount in sums.items() if amount}


def _amounts(document: Document, prefix: str) -> Iterator[tuple[str, int]]:
    for field, value in document.items():
        if isinstance(value, dict):
            yield from _amounts(value, f"{prefix}{field}.")
        elif isinstance(value, int):
            yield prefix + field, value


def _update(identity: str, change: Change) -> UpdateOne | None:
    sums = {field: amount for field, amount in change.sums.items() if amount}
    if not sums and not change.latest:
        return None
    update: Document = {}
    if change.base:
        update["$setOnInsert"] = dict(change.base)
    if sums:
        update["$inc"] = sums
    if change.latest:
        update["$max"] = dict(change.latest)
    return UpdateOne({"_id": identity}, update, upsert=True)
