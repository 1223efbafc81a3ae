"""A total is kept as one document per partition (single writer, DESIGN section 5.4); these are their ids."""

from contracts.topics import PARTITIONS

PARTS = tuple(f"|p{number:02d}" for number in range(PARTITIONS))


def shard_ids(total: str) -> list[str]:
    """The ids of all shards of one total."""
    return [total + part for part in PARTS]
