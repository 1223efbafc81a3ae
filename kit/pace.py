"""How long relay and projector gather records before the next batch: freshness when quiet, fewer commits when busy."""

QUIET_RECORDS = 8
LEAST_PAUSE = 0.002
LONGEST_PAUSE = 0.025
PER_RECORD = 0.0005


def pause_after(records: int, seconds: float) -> float:
    """Seconds to wait for more when `records` are there and the last batch took `seconds`.

    A handful of records and quick batches: as good as none, the next is as fresh as it can be. More: up to 25 ms,
    so that the commit, which costs the same for one record as for fifty, is shared.
    """
    if records <= QUIET_RECORDS:
        return LEAST_PAUSE if records > 1 else 0.0
    return min(LONGEST_PAUSE, records * PER_RECORD, seconds * 2)
