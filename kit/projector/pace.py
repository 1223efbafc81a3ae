"""How long to wait between small transactions: freshness when it is quiet, fewer commits when it is busy."""

QUIET_RECORDS = 8
LONGEST_PAUSE = 0.025
PER_RECORD = 0.0005


def pause_after(records: int, seconds: float, full: int) -> float:
    """Seconds to wait after a batch of `records` that took `seconds`; `full` is the most a batch can hold.

    A handful of records: no wait, the next is as fresh as it can be. More: wait up to 25 ms so that the next batch is
    larger and the commit, which costs the same for one record as for fifty, is shared. A batch near full: we are
    behind, no wait.
    """
    if records <= QUIET_RECORDS or records * 4 >= full:
        return 0.0
    return min(LONGEST_PAUSE, records * PER_RECORD, seconds * 2)
