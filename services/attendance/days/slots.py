"""Slots: keys that land on one partition each, so that a word to all partitions is one record a partition."""

from functools import lru_cache
from itertools import count

from contracts.topics import PARTITIONS
from kit.kafka import partition_of


def _slots() -> tuple[str, ...]:
    found: dict[int, str] = {}
    for number in count():
        found.setdefault(partition_of(str(number).encode(), PARTITIONS), str(number))
        if len(found) == PARTITIONS:
            return tuple(found[partition] for partition in range(PARTITIONS))
    raise AssertionError("numbers do not end")


SLOTS = _slots()


@lru_cache(maxsize=100_000)
def slot_of(employee_id: str) -> str:
    """The slot of the partition an employee is on."""
    return SLOTS[partition_of(employee_id.encode(), PARTITIONS)]
