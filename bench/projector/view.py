"""The view every contender writes, seen from outside: how far it is, whether it is right, what its documents are."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pymongo.database import Database

from bench.projector.punches import TOPIC, employee_rows, records
from bench.waiting import until_blocking
from kit.kafka import partition_of
from kit.mongo import Document
from services.reporting.presence.folds import DAYS, EMPLOYEES, Presence


@dataclass(frozen=True, slots=True)
class Generation:
    """One run of a contender: collections, checkpoints and consumer group of its own."""

    db: "Database[Document]"
    number: int

    @property
    def suffix(self) -> str:
        """What its collections end in."""
        return f"_v{self.number}"

    @property
    def days(self) -> str:
        """The collection of employee days."""
        return DAYS + self.suffix

    def prepare(self) -> None:
        """Empty collections with their indexes, and the people the topic speaks of."""
        plain: Any = self.db
        Presence().setup(plain, self.suffix)
        self.db[EMPLOYEES + self.suffix].insert_many(employee_rows(), ordered=False)

    def drop(self) -> None:
        """Away with it, so that the next run finds the database as this one did."""
        for name in self.db.list_collection_names():
            if name.endswith(self.suffix):
                self.db.drop_collection(name)

    def claimed(self) -> float:
        """When the first partition was taken over, in seconds since 1970."""
        rows = self._checkpoints()
        return float(min(row["claimed"].timestamp() for row in rows))

    def owners(self) -> list[int]:
        """How many partitions each owner has."""
        owned: dict[bytes, int] = {}
        for row in self._checkpoints():
            if row.get("owner"):
                owned[bytes(row["owner"])] = owned.get(bytes(row["owner"]), 0) + 1
        return sorted(owned.values())

    def folded(self) -> int:
        """Records of the topic below the checkpoints."""
        rows = self._checkpoints()
        return sum(at["offset"] for row in rows for at in row["next"] if at["topic"] == TOPIC)

    def wait_folded(self, count: int, seconds: float, alive: Callable[[], bool] = lambda: True) -> float:
        """When (seconds since 1970) the view had folded `count` records. Raises TimeoutError, or at once when dead."""
        until_blocking(lambda: not alive() or self.folded() >= count, seconds=seconds, what="draining", pause=0.02)
        if self.folded() < count:
            raise TimeoutError("the projector ended before it was done")
        return time.time()

    def _checkpoints(self) -> list[Document]:
        return list(self.db["checkpoints"].find({"view": f"presence{self.suffix}"}))


def expected(total: int) -> dict[str, set[str]]:
    """Punch ids by employee day that the loaded topic must become."""
    days: dict[str, set[str]] = {}
    for key, _, head, _ in records(total):
        values = dict(head)
        day = f"{key.decode()}|{values['ce_time'].decode()[:10]}"  # all of it within one calendar day of UTC and WIB
        days.setdefault(day, set()).add(values["ce_id"].decode())
    return days


def compare(db: "Database[Document]", collection: str, wanted: dict[str, set[str]]) -> dict[str, int]:
    """Punches lost and counted double in a view, against what was sent."""
    lost = double = unknown = 0
    seen = 0
    for row in db[collection].find({}, {"punches.id": 1}):
        ids = [punch["id"] for punch in row["punches"]]
        want = wanted.get(row["_id"], set())
        seen += len(want)
        lost += len(want - set(ids))
        unknown += len(set(ids) - want)
        double += len(ids) - len(set(ids))
    lost += sum(map(len, wanted.values())) - seen
    return {"lost": lost, "double": double, "unknown": unknown, "employee_days": len(wanted)}


def ends(total: int, partitions: int) -> list[int]:
    """Records in each partition of the loaded topic."""
    counts = [0] * partitions
    for key, _, _, _ in records(total):
        counts[partition_of(key, partitions)] += 1
    return counts
