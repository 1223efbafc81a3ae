"""What a reporting process is told by its environment, beside kit/settings.py."""

from pydantic import Field

from kit.settings import Settings, Zone


class ReportingSettings(Settings):
    """One class for both roles; times in seconds.

    Both: `generation` is the set of collections that is written or read; when absent, the one in use as the database
    says (a rebuild writes the next one beside it and then switches).

    Projector: a transaction folds at most `batch_records` records (small batches are fresher, large ones drain faster;
    engineering.md section 8); a rebalance waits `rebalance_seconds` for the batch in hand; `poison_run` poison records
    in a row, or `poison_share` of the last `poison_window`, stop it.

    Readers: `zone` decides which day "today" is where a request names none. A source is called lagging when it is
    `lagging_seconds` behind; a terminal is silent when it was not heard of for `silent_seconds` (attendance says so
    every minute while it is heard) or attendance raised the alert. A request may wait `wait_most` for completeness.

    Live stream: `stream_history` is how far a process looks back when it starts, so that a reader that was connected
    to its predecessor can go on; `stream_pause` is the least time between two frames to one reader; a reader that has
    `stream_queue` unread frames is too slow and starts anew; `stream_readers` are served by one process at most.
    """

    service: str = "reporting"
    generation: int | None = Field(default=None, ge=1)

    batch_records: int = Field(default=5_000, ge=1, le=50_000)
    rebalance_seconds: float = Field(default=45, gt=0)
    poison_run: int = Field(default=50, ge=1)
    poison_share: float = Field(default=0.1, gt=0, le=1)
    poison_window: int = Field(default=1_000, ge=1)

    zone: Zone = "Asia/Jakarta"
    lagging_seconds: float = Field(default=15, gt=0)
    silent_seconds: float = Field(default=300, gt=0)
    wait_most: float = Field(default=10, ge=0)

    stream_history: float = Field(default=300, ge=0)
    stream_pause: float = Field(default=0.2, gt=0)
    stream_queue: int = Field(default=8, ge=1)
    stream_readers: int = Field(default=2_000, ge=1)
