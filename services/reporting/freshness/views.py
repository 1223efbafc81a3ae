"""One view against what its topics hold. Pure."""

from collections.abc import Mapping
from datetime import datetime

from services.reporting.freshness.ends import Range
from services.reporting.freshness.models import PartitionFreshness, ViewFreshness
from services.reporting.freshness.position import ViewPosition
from services.reporting.freshness.standing import Standing


def view_of(
    position: ViewPosition,
    standing: Standing,
    lagging_seconds: float,
    known: Mapping[tuple[str, int], Range] | None,
    folded: Mapping[int, datetime | None],
    dead_letters: int,
) -> ViewFreshness:
    """`known` are the first and next offset of each partition, None when the broker did not say."""
    partitions = []
    for topic in sorted(position.topics, key=lambda one: one.name):
        for number in range(topic.partitions):
            at = standing.at.get((topic.name, number))
            there = known[topic.name, number] if known is not None else None
            partitions.append(
                PartitionFreshness(
                    topic=topic.name,
                    partition=number,
                    next_offset=at,
                    end_offset=there[1] if there is not None else None,
                    lag=lag_of(at, there),
                    folded_at=folded.get(number) if at is not None else None,
                )
            )
    lags = [one.lag for one in partitions if one.lag is not None]
    return ViewFreshness(
        view=position.view,
        freshness=standing.freshness(lagging_seconds),
        lag=sum(lags) if len(lags) == len(partitions) else None,
        folded_at=max((at for at in folded.values() if at is not None), default=None),
        dead_letters=dead_letters,
        partitions=partitions,
    )


def lag_of(at: int | None, there: Range | None) -> int | None:
    """Records still to be folded from the next offset `at`: those that retention has deleted are none."""
    if there is None:
        return None
    start, end = there
    return max(0, end - max(at or 0, start))
